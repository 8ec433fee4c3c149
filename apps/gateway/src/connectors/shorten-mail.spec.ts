import PostalMime from 'postal-mime';
import { lengthOf, shortened } from './shorten-mail';

const HEAD = 'From: Ann <ann@x.example>\r\nSubject: Hi\r\nMIME-Version: 1.0\r\n';
const parts = (boundary: string, ...all: string[]): string => `${all.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\n`;
const mixed = (...all: string[]): string => `Content-Type: multipart/mixed;\r\n\tboundary="b b"\r\n\r\nThis is MIME.\r\n${parts('b b', ...all)}`;
const TEXT = 'Content-Type: text/plain; charset=utf-8\r\n\r\nI want five.\r\n-- \r\nAnn';
const pdf = (length: number, disposition = 'attachment'): string =>
  `Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: ${disposition}; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${
    Buffer.alloc(length).toString('base64').replace(/.{76}/g, '$&\r\n')}`;

const read = async (mail: string) => {
  const short = shortened(Buffer.from(mail, 'latin1'));
  const { text, html, from, attachments } = await PostalMime.parse(short, { attachmentEncoding: 'arraybuffer' });
  return { short: short.length, text: text?.trim(), html, from, attachments: attachments.map(({ filename, content }) => [filename, lengthOf(content)]) };
};

describe('an e-mail without what is thrown away', () => {
  it('says the same: its texts, and how long its attachments are', async () => {
    expect(await read(HEAD + mixed(TEXT, pdf(1), pdf(1_000_000), pdf(3_001, 'inline')))).toMatchObject({
      text: 'I want five.\n-- \nAnn', attachments: [['a.pdf', 1], ['a.pdf', 1_000_000], ['a.pdf', 3_001]],
    });
  });

  it('has what stands in parts within parts, and in e-mails that were forwarded', async () => {
    const inner = `Content-Type: multipart/alternative; boundary=i\r\n\r\n${parts('i', 'Content-Type: text/html\r\n\r\n<p>One</p>', TEXT)}`;
    const forwarded = `Content-Type: message/rfc822\r\n\r\n${HEAD}${mixed('\r\nThe other text.', pdf(500_000))}`;
    const { text, html, attachments, short } = await read(HEAD + `Content-Type: multipart/mixed; boundary=o\r\n\r\n${parts('o', inner, forwarded)}`);
    expect(text).toMatch(/I want five[^]*The other text/);
    expect(html).toContain('<p>One</p>');
    expect([attachments, short < 2_000]).toEqual([[['a.pdf', 500_000]], true]);
  });

  it('that is no part of another is left alone where it is short', () => {
    for (const mail of [`${HEAD}\r\nHello`, HEAD, '\r\nHello', '', `${HEAD}\n\nx\n`]) expect(shortened(Buffer.from(mail)).toString()).toBe(mail);
  });

  it.each<[string, string]>([
    ['long lines', 'x'.repeat(1_000_000)], ['short lines', 'x\n'.repeat(1_000_000)], ['empty lines', '\n'.repeat(1_000_000)], ['what looks like parts', '--b b\n'.repeat(200_000)],
    ['parts', parts('b b', ...Array.from({ length: 50_000 }, () => 'A: b\r\n\r\nx'))], ['boundaries', Array.from({ length: 20_000 }, (_, i) => `--b b\nContent-Type: multipart/x; boundary=${i}\n\n`).join('')],
  ])('is short, whatever it is long by: %s', async (_by, body) => {
    for (const head of [`${HEAD}\r\n`, `${HEAD}Content-Type: text/html\r\n\r\n`, `${HEAD}Content-Type: multipart/mixed; boundary="b b"\r\n\r\n--b b\r\n\r\n`]) {
      const mail = shortened(Buffer.from(head + body)).toString();
      expect([mail.length < 350_000, mail.split('\n').length < 6_000]).toEqual([true, true]);
      expect(mail.startsWith(head)).toBe(true);
    }
  });

  it('may name its sender in the characters of old mail programs', async () => {
    expect((await read('From: J\xfcrgen M\xfcller <j@x.example>\r\n\r\nx')).from).toMatchObject({ name: 'Jürgen Müller', address: 'j@x.example' });
  });
});
