import { NOW, read, request, settings } from '../../test/payloads';
import { inboundEmail } from './inbound-email';
import type { Mail } from './mail';
import { hmac } from './signatures';

const mail = (more: Partial<Mail> = {}): Mail => ({
  message_id: '<1@techcorp.com>', from: { name: 'Ada Ito', address: 'ada@techcorp.com' }, reply_to: null, to: ['sales@crm.example'], subject: 'A demo', text: 'Hello',
  reply: null, headers: {}, return_path: 'ada@techcorp.com', attachments: [], ...more,
});
const codeOf = (more: Partial<Mail>) => read(inboundEmail, mail(more)).ignored[0]?.[1];

describe('inbound e-mail', () => {
  it('makes a lead of the sender, with what was written as a note and what the signature says', () => {
    const text = [
      'Hello,', 'can we have a demo?', '', 'Best,', 'Ada', '-- ', 'Ada Ito', 'Position: CTO', 'Firma: TechCorp GmbH', 'Tel.: +49 30 123456 | Mobil: +49 (151) 2345-678',
      'www: techcorp.com', '', 'On Mon, 2 Nov 2026 at 10:00, Sales <s@crm.example> wrote:', '> Hi', '> Phone: +1 999 999 9999',
    ].join('\r\n');
    expect(read(inboundEmail, mail({ text, attachments: [{ name: 'plan.pdf', type: 'application/pdf', bytes: 12 }] }))).toMatchObject({
      ids: ['<1@techcorp.com>'],
      leads: [{
        email: 'ada@techcorp.com', full_name: 'Ada Ito', description: 'A demo', job_title: 'CTO', company_name: 'TechCorp GmbH', phone: '+49 30 123456',
        mobile: '+49 (151) 2345-678', website: 'techcorp.com', notes: expect.stringMatching(/^A demo\n\nHello,\ncan we have a demo\?[^>]*techcorp\.com\n\nAttached: plan\.pdf \(application\/pdf, 12 bytes\)$/),
      }],
    });
  });

  it('takes nothing for a signature that is not labelled clearly', () => {
    expect(read(inboundEmail, mail({ text: 'The title: a story\nPhone: see below\n+49 30 123456\nI met: you' })).leads[0])
      .toEqual({ email: 'ada@techcorp.com', full_name: 'Ada Ito', description: 'A demo', notes: 'A demo\n\nThe title: a story\nPhone: see below\n+49 30 123456\nI met: you' });
  });

  it.each([
    ['auto_reply', { headers: { 'auto-submitted': 'auto-replied' } }], ['auto_reply', { headers: { 'auto-submitted': 'auto-generated; x=1' } }],
    ['auto_reply', { headers: { 'x-autoreply': 'yes' } }], ['mailing_list', { headers: { precedence: 'bulk' } }], ['mailing_list', { headers: { 'list-id': '<a.b>' } }],
    ['bounce', { return_path: '' }], ['bounce', { headers: { 'content-type': 'multipart/report; report-type=delivery-status' } }],
    ['bounce', { from: { name: '', address: 'MAILER-DAEMON@mx.example' } }], ['no_sender', { from: { name: '', address: 'no-reply@shop.example' } }], ['no_sender', { from: null }],
    [undefined, { headers: { 'auto-submitted': 'no' } }], [undefined, { return_path: null }],
  ])('%s: %j', (code, more) => {
    expect(codeOf(more as Partial<Mail>)).toBe(code);
  });

  it('has the whole text where there is nothing that it answers to', () => {
    const notesOf = (reply: string | null) => read(inboundEmail, mail({ text: 'We need 20 seats', reply })).leads[0].notes;
    expect([null, '', ' \r\n', 'Yes, 20'].map(notesOf)).toEqual([...Array.from({ length: 3 }, () => 'A demo\n\nWe need 20 seats'), 'A demo\n\nYes, 20']);
  });

  it('takes whoever is to be answered where nobody reads what is sent back', () => {
    const from = { name: 'Website', address: 'noreply@ours.example' };
    expect(read(inboundEmail, mail({ from, reply_to: { name: 'Ada', address: 'ada@techcorp.com' } })).leads[0]).toMatchObject({ email: 'ada@techcorp.com', full_name: 'Ada' });
  });

  it("knows Mailgun's signature in the form, urlencoded and in parts", () => {
    const secrets = settings({ mailgun_key: 'mg' });
    const timestamp = String(NOW / 1_000);
    const signature = hmac('sha256', 'mg', 'hex', timestamp, 'tok');
    const urlencoded = request(`timestamp=${timestamp}&token=tok&signature=${signature}&subject=x`, { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    const part = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const parts = request(`${part('timestamp', timestamp)}${part('token', 'tok')}${part('signature', signature)}--b--\r\n`, { headers: { 'content-type': 'multipart/form-data; boundary=b' } });
    for (const signed of [urlencoded, parts]) {
      expect(inboundEmail.verify(signed, secrets, NOW)).toEqual({ ok: true });
      expect(inboundEmail.verify(signed, secrets, NOW + 301_000).ok).toBe(false);
      expect(inboundEmail.verify(signed, settings({ mailgun_key: 'other' }), NOW).ok).toBe(false);
    }
  });
});
