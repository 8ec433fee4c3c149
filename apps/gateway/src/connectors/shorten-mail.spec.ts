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

const textsOf = async (mail: Buffer) => {
  const { text, html } = await PostalMime.parse(mail);
  return { text, html };
};

describe('an e-mail without what is thrown away', () => {
  it('says the same: its texts, and how long its attachments are', async () => {
    expect(await read(HEAD + mixed(TEXT, pdf(1), pdf(1_000_000), pdf(3_001, 'inline')))).toMatchObject({
      text: 'I want five.\n-- \nAnn', attachments: [['a.pdf', 1], ['a.pdf', 1_000_000], ['a.pdf', 3_001]],
    });
  });

  it('says how long attachments are once they are decoded', async () => {
    const attached = (encoding: string, content: string): string => `Content-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${content}`;
    const all = [attached('quoted-printable', '=C3=A9=\r\n=3D;b\r\nc'), attached('(x) base64', 'YWJj\r\nZGU='), attached('8bit', 'a;b\r\nc')];
    expect((await read(HEAD + mixed(...all))).attachments).toEqual([['a.csv', 8], ['a.csv', 5], ['a.csv', 6]]);
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

  it.each([
    'Content-Type: text/plain (simple); charset=utf-8', 'Content-Type: (c) text/plain', 'Content-Type: "text/plain"', 'Content-Type: text/html (x)', 'Content-Type : TEXT/plain',
    'Content-Type:\r\n text/plain', 'Content-Type: text/plain\r\nContent-Type: application/pdf', 'X: y\r\n Content-Type: application/pdf', 'X: y\rContent-Type: application/pdf', 'Content-Type: text/plain; boundary=b',
    'Content-Disposition: attachment-x', 'Content-Disposition: x; y=attachment', 'Content-Transfer-Encoding: (x) base64', 'Content-Transfer-Encoding: ba(x)se64', 'X: y\r\n\r\r\nContent-Type: application/pdf',
  ])('keeps the text below %j, alone and as a part', async (head) => {
    const text = 'SSB3YW50IGZpdmUu';
    for (const mail of [`${HEAD}${head}\r\n\r\n${text}`, HEAD + mixed(`${head}\r\n\r\n${text}`, pdf(10))]) expect(await textsOf(shortened(Buffer.from(mail)))).toEqual(await textsOf(Buffer.from(mail)));
    expect(Object.values(await textsOf(shortened(Buffer.from(`${HEAD}${head}\r\n\r\n${text}`)))).join()).toMatch(/SSB3YW50IGZpdmUu|I want five/);
  });

  it.each<[string, string]>([
    ['boundary*0="ab"; boundary*1="cd"', 'abcd'], ["boundary*=us-ascii''abcd", 'abcd'], ['boundary="a\\"b"', 'a"b'], ['boundary="a\r\n b"', 'a b'], [`boundary=${'x'.repeat(300)}`, 'x'.repeat(300)],
    ['(boundary=z) ; boundary=b', 'b'], ['x="; boundary=z"; boundary=b', 'b'], ['boundary=b;boundary=c', 'b'], ['boundary = b', 'b'], ['boundary="b', 'b'], ['boundary=b--', 'b--'], ['boundary=none', 'b'],
  ])('keeps the texts between boundaries named by %j', async (parameter, boundary) => {
    const mail = `${HEAD}Content-Type: multipart/mixed; ${parameter}\r\n\r\n${parts(boundary, TEXT, pdf(10), TEXT)}`;
    const texts = await textsOf(Buffer.from(mail));
    expect(await textsOf(shortened(Buffer.from(mail)))).toEqual(texts);
    expect(texts.text !== undefined).toBe(parameter !== 'boundary=none');
  });

  it('takes for the beginning of a part what is one to the parser, and drops what stands behind the last', async () => {
    const patch = `Content-Type: text/x-diff\r\nContent-Disposition: attachment; filename=a.diff\r\n\r\n--b/x\r\n--- b\r\n-- b\r\n${'+1\r\n'.repeat(1_000)}`;
    const inner = `Content-Type: multipart/mixed; boundary=bb\r\n\r\n${parts('bb', TEXT, patch)}--bb\r\n\r\nno part`;
    const mail = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts('b', inner, 'Content-Type: text/plain\r\n\r\nThe last').replaceAll('--b\r\n', '--b \t\r\n')}${'no part\r\n'.repeat(10_000)}`;
    const { text, attachments, short } = await read(mail);
    expect([text, short < 1_000]).toEqual(['I want five.\n-- \nAnn\n\nThe last', true]);
    expect(attachments).toEqual([['a.diff', '--b/x\r\n--- b\r\n-- b\r\n'.length + 4_000]]);
  });

  it('has the text of HTML behind a picture, and what is no HTML beside it', async () => {
    const html = `<img src="data:image/png;base64,${'A'.repeat(600_000)}"><p>Hello</p>`;
    const encoded = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n');
    for (const part of [`Content-Type: text/html\r\n\r\n${html}`, `Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`]) {
      const mail = await read(HEAD + mixed(part, TEXT));
      expect([mail.html?.includes('<p>Hello</p>'), mail.text?.includes('I want five')]).toEqual([true, true]);
    }
  });

  const LINES = 'a\n'.repeat(1_000_000);
  const FORWARDED = 'Content-Type: message/rfc822\r\n\r\n';
  const encoded = (lines: string): string => `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(lines).toString('base64')}`;
  const within = (head: string): string => `${HEAD}${head}\r\n`;
  const [inHtml, inParts, inDigest, inForwarded] = [
    'Content-Type: text/html\r\n', 'Content-Type: multipart/mixed; boundary="b b"\r\n\r\n--b b\r\n', 'Content-Type: multipart/digest; boundary="b b"\r\n\r\n--b b\r\n',
    FORWARDED.repeat(3),
  ].map(within) as [string, string, string, string];
  it.each<[string, string, string[]?]>([
    ['long lines', 'x'.repeat(1_000_000)], ['short lines', LINES, [inHtml, inParts, inDigest, inForwarded]], ['empty lines', '\n'.repeat(1_000_000), [inHtml, inForwarded]],
    ['what looks like parts', '--b b\n'.repeat(200_000)], ['what looks less like parts', '--b b!\n'.repeat(200_000), [inHtml, inParts]],
    ['parts', parts('b b', ...Array.from({ length: 50_000 }, () => 'A: b\r\n\r\nx'))], ['boundaries', Array.from({ length: 20_000 }, (_, i) => `--b b\nContent-Type: multipart/x; boundary=${i}\n\n`).join('')],
    ['its end', mixed(TEXT) + LINES, [inForwarded]], ['heads', mixed(...Array.from({ length: 6 }, () => `${FORWARDED}${LINES.slice(0, 250_000)}\nx`)), [inForwarded]],
    ['a head', `\n--b b\n${LINES}`], ['e-mails that were forwarded', FORWARDED.repeat(9) + mixed(TEXT) + LINES], ['encoded lines', mixed(...Array.from({ length: 20 }, () => encoded(LINES.slice(0, 100_000))))],
  ])('is short and soon read, whatever it is long by: %s', async (_by, body, heads = [inParts]) => {
    for (const head of heads) {
      const start = process.cpuUsage(); // whatever else the machine does
      const short = shortened(Buffer.from(head + body));
      await PostalMime.parse(short, { maxRfc822NestingDepth: 2 }).catch((error: Error) => expect(error.message).toContain('nesting depth'));
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(5_000); // at most some 400 ms; without bounds it takes up to a minute
      const mail = short.toString();
      expect([mail.length < 1_600_000, mail.split('\n').length < 26_000, mail.startsWith(head)]).toEqual([true, true, true]);
    }
  });

  it('may name its sender in the characters of old mail programs', async () => {
    expect((await read('From: J\xfcrgen M\xfcller <j@x.example>\r\n\r\nx')).from).toMatchObject({ name: 'Jürgen Müller', address: 'j@x.example' });
  });
});
