import { NOW, read, request, settings, testWith } from '../../test/payloads';
import { calendly } from './calendly';
import { hmac } from './signatures';

describe('Calendly', () => {
  testWith('calendly/hull_webhook-invitee-created.json', 'reads who booked', (content) => {
    expect(read(calendly, JSON.parse(content))).toMatchObject({
      ids: ['invitee.created https://api.calendly.com/scheduled_events/DDVRNUTABYGF4LO2/invitees/AHT4VZ5PQYFOSTFB'],
      leads: [{ email: 'betty@rei.com', full_name: 'Betty', custom_fields: { timezone: 'America/New_York' } }],
      raised: [undefined],
    });
  });

  it('reads questions, tracking and the meeting; a cancellation is no raised hand', () => {
    const payload = {
      uri: 'u', email: 'a@b.io', first_name: 'Ada', last_name: 'Ito', name: 'Ada Ito', text_reminder_number: '+1 415 555 2671',
      questions_and_answers: [{ question: 'Company name', answer: 'TechCorp', position: 0 }, { question: 'Was möchten Sie besprechen?', answer: 'CRM', position: 1 }],
      tracking: { utm_source: 'news', utm_campaign: 'q4' }, scheduled_event: { name: 'Demo', start_time: '2026-12-01T10:00:00Z' },
      cancellation: { canceled_by: 'Ada', reason: 'ill' },
    };
    expect(read(calendly, { event: 'invitee.created', payload }).leads[0]).toMatchObject({
      first_name: 'Ada', last_name: 'Ito', mobile: '+1 415 555 2671', company_name: 'TechCorp', utm: { source: 'news', campaign: 'q4' },
      custom_fields: { was_möchten_sie_besprechen: 'CRM', meeting: 'Demo' }, notes: 'Booked Demo for 2026-12-01T10:00:00Z with Calendly',
    });
    expect(read(calendly, { event: 'invitee.canceled', payload })).toMatchObject({
      ids: ['invitee.canceled u'], raised: [false], leads: [{ notes: 'Cancelled Demo for 2026-12-01T10:00:00Z with Calendly (by Ada: ill)' }],
    });
    expect(read(calendly, { event: 'invitee_no_show.created', payload }).ignored).toEqual([['invitee_no_show.created u', 'not_a_lead']]);
  });

  it('knows its signature, for five minutes', () => {
    const secrets = settings({ signing_key: 'ck' });
    const time = NOW / 1_000;
    const signed = (t: number) => request('{}', { headers: { 'calendly-webhook-signature': `t=${t},v1=${hmac('sha256', 'ck', 'hex', `${t}.{}`)}` } });
    expect(calendly.verify(signed(time), secrets, NOW)).toEqual({ ok: true });
    expect(calendly.verify(signed(time - 301), secrets, NOW)).toEqual({ ok: false, why: 'The signed time is too long ago, or ahead' });
    expect(calendly.verify({ ...signed(time), bytes: Buffer.from('[]') }, secrets, NOW).ok).toBe(false);
    expect(calendly.verify(request('{}', { headers: { 'calendly-webhook-signature': 'v1=0' } }), secrets, NOW).ok).toBe(false);
  });
});
