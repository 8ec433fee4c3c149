import { pageText } from './page-text';

const bytes = (text: string, encoding: BufferEncoding): Uint8Array => Buffer.from(text, encoding);

test.each([
  ['UTF-8 without a word', bytes('Müller', 'utf8'), 'text/html', 'Müller'],
  ['Latin 1 without a word', bytes('Müller', 'latin1'), 'text/html', 'Müller'],
  ['what the header says', bytes('Müller', 'latin1'), 'text/html; charset="ISO-8859-1"', 'Müller'],
  ['Latin 1 that is said to be UTF-8', bytes('Müller', 'latin1'), 'text/html; charset=UTF-8', 'Müller'],
  ['what the page says', Buffer.concat([Buffer.from('<meta charset=koi8-r>'), Buffer.from([0xd4, 0xc5, 0xd3, 0xd4])]), 'text/html', '<meta charset=koi8-r>тест'],
  ['http-equiv', Buffer.concat([Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'), Buffer.from([0x83, 0x65])]), '', expect.stringContaining('テ')],
  ['a mark before all else', bytes('\ufeffAda', 'utf8'), 'text/html; charset=latin1', 'Ada'],
  ['UTF-16 with its mark', bytes('\ufeffAda', 'utf16le'), 'text/html', 'Ada'],
  ['UTF-16 that is none', bytes('<meta charset="utf-16">ü', 'utf8'), '', '<meta charset="utf-16">ü'],
  ['an encoding that nobody knows', bytes('Müller', 'utf8'), 'text/html; charset=klingon', 'Müller'],
  ['a character that was cut off', bytes('Mü', 'utf8').subarray(0, 2), '', 'M'],
  ['a Windows character', bytes('\x80', 'latin1'), 'text/html; charset=windows-1252', '€'],
  ['nothing', new Uint8Array(), '', ''],
])('reads %s', (_what, body, contentType, expected) => expect(pageText(body, contentType)).toEqual(expected));
