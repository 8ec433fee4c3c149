import { openBody } from './open-body';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const form = 'application/x-www-form-urlencoded';
const part = (value: string): string => `--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n${value}\r\n--b--\r\n`;

describe('what a vendor sends', () => {
  it.each<[string, Buffer, string, unknown]>([
    ['UTF-8', Buffer.from('{"name":"Müller"}'), 'application/json', { name: 'Müller' }],
    ['UTF-8 with its mark', Buffer.from('\ufeff{"name":"Müller"}'), 'application/json', { name: 'Müller' }],
    ['another encoding, as it says', latin('{"name":"M\xfcller"}'), 'application/json; charset=iso-8859-1', { name: 'Müller' }],
    ['Japanese, as it says', Buffer.from([0x22, 0x83, 0x65, 0x22, 0x20]), 'application/json; charset="Shift_JIS"', 'テ'],
    ['another encoding, which it does not say', latin('{"name":"M\xfcller \x80"}'), 'application/json', { name: 'Müller €' }],
    ['an encoding that there is not', Buffer.from('{"name":"Müller"}'), 'application/json; charset=klingon', { name: 'Müller' }],
    ['a form in UTF-8', Buffer.from('a%5Bname%5D=M%C3%BCller'), form, { a: { name: 'Müller' } }],
    ['a form in another encoding', Buffer.from('name=M%FCller'), form, { name: 'Müller' }],
    ['a form in Cyrillic, as it says', Buffer.from('name=%D4%C5%D3%D4'), `${form}; charset=koi8-r`, { name: 'тест' }],
    ['a form in parts in another encoding', latin(part('M\xfcller')), 'multipart/form-data; boundary=b', { name: 'Müller' }],
    ['text', latin('M\xfcller'), 'text/plain', 'Müller'],
  ])('is read as %s', async (_what, bytes, type, body) => {
    expect((await openBody(bytes, type)).body).toEqual(body);
  });

  it('is kept as its text where it is a form of too many fields, and whole up to there', async () => {
    const fields = (many: number): [Buffer, string][] => [
      [Buffer.from(Array.from({ length: many }, (_, i) => `f${i}=v`).join('&')), form],
      [Buffer.from(`${Array.from({ length: many }, (_, i) => `--b\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\nv\r\n`).join('')}--b--\r\n`), 'multipart/form-data; boundary=b'],
    ];
    for (const [bytes, type] of fields(2_000)) expect((await openBody(bytes, type)).body).toMatchObject({ f0: 'v', f1999: 'v' });
    for (const [bytes, type] of fields(2_001)) expect((await openBody(bytes, type)).body).toBe(bytes.toString());
  });
});
