import type { Mail } from '@headwater/inlets';
import { openMail } from './open-mail';

const open = async (text: string | Buffer, type: string): Promise<Mail> => (await openMail(Buffer.from(text as string, 'latin1'), type)).body as Mail;
const part = (name: string, value: string, more = '') => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

describe('an e-mail that a service posts', () => {
  it('is read from a form in the characters that its sender names, with attachments by name alone', async () => {
    const form = [
      part('from', 'J\xf6rg <j@firma.example>'), part('text', 'Gr\xfc\xdfe'), part('subject', 'Hallo'), part('charsets', '{"from":"iso-8859-1","text":"iso-8859-1"}'),
      part('envelope', '{"from":"j@firma.example","to":["s@crm.example"]}'), part('headers', 'Message-ID: <1@x>\nX-Folded: a\n b'),
      part('attachment1', 'bytes', '; filename="a.pdf"\r\nContent-Type: application/pdf'), '--b--\r\n',
    ].join('');
    expect(await open(form, 'multipart/form-data; boundary=b')).toEqual({
      message_id: '<1@x>', from: { name: 'Jörg', address: 'j@firma.example' }, reply_to: null, to: [], subject: 'Hallo', text: 'Grüße', reply: null,
      headers: { 'message-id': '<1@x>', 'x-folded': 'a b' }, return_path: 'j@firma.example', attachments: [{ name: 'a.pdf', type: 'application/pdf', bytes: 5 }],
    });
  });

  it('has the text of its HTML where it has no other', async () => {
    const html = '<head><title>x</title></head><style>p { }</style><p>One &amp; two</p><div>three<br>four</div><script>never()</script>';
    const entities = '<p>It&#39;s &quot;urgent&quot;: &eacute;t&eacute;, &euro;500&hellip;</p>&lt;b&gt;';
    expect((await open(JSON.stringify({ From: 'a@b.io', HtmlBody: entities }), 'application/json')).text).toBe('It\'s "urgent": été, €500…\n<b>');
    expect((await open(JSON.stringify({ From: 'a@b.io', HtmlBody: html, MessageID: '00000000-0000-0000-0000-000000000000' }), 'application/json')))
      .toMatchObject({ text: 'One & two\nthree\nfour', message_id: null });
    expect((await open(JSON.stringify({ From: 'a@b.io', HtmlBody: '<br> ' }), 'application/json')).text).toBeNull();
  });

  it('is known by its lines where the sender does not say what it sends', async () => {
    for (const type of ['application/octet-stream', 'text/plain']) expect((await open('From: Ann <ann@x.example>\r\nSubject: Hi\r\n\r\nx', type)).from?.address).toBe('ann@x.example');
  });

  it.each(['a form', 'a document', 'bytes'])('keeps of all in %s no more than a message has room for', async (kind) => {
    const long = '\u0001'.repeat(300_000);
    const many = Array.from({ length: 5_000 }, (_, i) => `somebody.${i}@x.example`).join(', ');
    const headers = Array.from({ length: 150 }, (_, i) => [`X-${i}`, long.slice(0, 1_500)]);
    const files = Array.from({ length: 90 }, () => ({ Name: long.slice(0, 3_000), ContentType: long.slice(0, 3_000), ContentLength: 1 }));
    const sent: Record<string, [string, string]> = {
      'a form': [`${part('from', `${long.slice(0, 5_000)} <a@b.io>`)}${part('to', many)}${part('subject', long)}${part('body-plain', long)}${part('stripped-text', long)}${part('message-headers', JSON.stringify(headers))}${
        part('f', 'x', `; filename="${'y'.repeat(10_000)}"`).repeat(90)}--b--\r\n`, 'multipart/form-data; boundary=b'],
      'a document': [JSON.stringify({ From: 'a@b.io', FromFull: { Name: long, Email: 'a@b.io' }, To: many, Subject: long, MessageID: long, TextBody: long, StrippedTextReply: long, Headers: headers, Attachments: files }), 'application/json'],
      bytes: [`From: a@b.io\r\nTo: ${many.replaceAll(', ', ',\r\n ')}\r\nSubject: ${'s'.repeat(9_000)}\r\nMessage-ID: <${'m'.repeat(5_000)}>\r\n\r\n${long}`, 'message/rfc822'],
    };
    const mail = await open(...sent[kind]);
    expect(mail).toMatchObject({ from: { address: 'a@b.io' }, text: long.slice(0, 30_000) });
    expect([mail.to.length, mail.subject?.length]).toEqual([50, 1_000]);
    expect(Buffer.byteLength(JSON.stringify(mail))).toBeLessThan(800_000);
  });

  it('is read no further than its head is of a length that can be read', async () => {
    expect(await open(`From: a@b.io\r\n${'X: xxxxxx\r\n'.repeat(60_000)}\r\nx`, 'message/rfc822')).toMatchObject({ from: { address: 'a@b.io' }, text: null });
  });

  it('is a bounce by the empty return path of the envelope', async () => {
    expect((await open(`${part('from', 'MAILER <m@x.example>')}${part('envelope', '{"from":""}')}--b--\r\n`, 'multipart/form-data; boundary=b')).return_path).toBe('');
    expect((await open('Return-Path: <>\r\nFrom: m@x.example\r\n\r\nx', 'message/rfc822')).return_path).toBe('');
  });

  it.each([
    ['hello', 'text/plain'], ['{"a":1}', 'application/json'], ['[]', 'application/json'], ['a=b', 'application/x-www-form-urlencoded'],
    ['no parts', 'multipart/form-data; boundary=b'], ['no boundary', 'multipart/form-data'], ['', 'message/rfc822'],
    [`From: a@b.io\r\n${Array.from({ length: 25 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('')}`, 'message/rfc822'],
  ].map(([text, type]) => [text.slice(0, 20), type, text]))('is none in %j of %s, without an error', async (_begin, type, text) => {
    const { body } = await openMail(Buffer.from(text), type);
    expect((body as Mail | null)?.from ?? null).toBeNull();
  });
});
