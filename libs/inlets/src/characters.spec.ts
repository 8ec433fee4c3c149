import { textIn, urlEncoded } from './characters';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('the text of bytes', () => {
  it.each<[string, Buffer, string | undefined, string]>([
    ['UTF-8', Buffer.from('Müller'), undefined, 'Müller'], ['no UTF-8', latin('M\xfcller \x80'), undefined, 'Müller €'],
    ['a Western name', latin('\x80 \x93x\x94'), 'windows-1252', '€ “x”'], ['another Western name', latin('\x80'), 'L1', '€'],
    ['a Western name for UTF-8', Buffer.from('Müller'), 'iso-8859-1', 'Müller'], ['the name of UTF-8 for what is none', latin('M\xfcller'), 'utf8', 'Müller'],
    ['another name', Buffer.from([0xd4, 0xc5, 0xd3, 0xd4]), 'koi8-r', 'тест'], ['a name that nobody knows', Buffer.from('Müller'), 'klingon', 'Müller'],
    ['a mark', Buffer.from('\ufeffMüller'), 'koi8-r', 'Müller'], ['the mark of UTF-16', Buffer.from('\ufeffMüller', 'utf16le'), undefined, 'Müller'],
  ])('is read by %s', (_what, bytes, charset, text) => expect(textIn(bytes, charset)).toBe(text));

  it('leaves out a character that is not all there, where it was cut', () => {
    const cut = Buffer.from('Mü').subarray(0, 2);
    expect([textIn(cut, undefined, { isCut: true }), textIn(cut)]).toEqual(['M', 'MÃ']);
  });
});

describe('the fields of a form', () => {
  it('have their names and values, in its characters', () => {
    expect(urlEncoded(Buffer.from('a+b=1%262&&c&%D4=%C5%D3%zz'), 'koi8-r')).toEqual([['a b', '1&2'], ['c', ''], ['т', 'ес%zz']]);
  });

  it('may hold percent signs that escape nothing', () => {
    expect(urlEncoded(Buffer.from('a=%4&b=%&c=%%41&d=100%25&e=%zz%'))).toEqual([['a', '%4'], ['b', '%'], ['c', '%A'], ['d', '100%'], ['e', '%zz%']]);
  });

  it.each([undefined, 'koi8-r'])('are no more than there is time for, in %s', (charset) => {
    expect(urlEncoded(Buffer.from('a&'.repeat(5_000_000)), charset)).toBeNull();
    expect(urlEncoded(Buffer.from('a&'.repeat(1_999)), charset)).toHaveLength(1_999);
  });
});
