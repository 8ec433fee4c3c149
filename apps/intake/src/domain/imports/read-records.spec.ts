import fc from 'fast-check';
import { LONGEST_RECORD, readRecords, type Dialect } from './read-records';

const rfc4180: Dialect = { delimiter: ',', quote: '"', line_end: 'lf' };
const read = (text: string, { dialect = rfc4180, isLast = true } = {}) => readRecords(Buffer.from(text), dialect, { isLast });
const fieldsOf = (text: string, dialect?: Dialect) => read(text, { dialect }).records.map(({ fields, broken }) => fields ?? broken!.code);

describe('readRecords', () => {
  it.each([
    ['plain', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['no end of line at the end, CRLF and LF mixed', 'a,b\r\n1,2\n3,4', [['a', 'b'], ['1', '2'], ['3', '4']]],
    ['blank lines', '\n\na,b\n\n1,2\n\n', [['a', 'b'], ['1', '2']]],
    ['quotes, delimiters and ends of lines in quotes', '"a ""b""","c,d","e\r\nf"\n1,2,3\n', [['a "b"', 'c,d', 'e\r\nf'], ['1', '2', '3']]],
    ['blanks around quotes', 'a, "b" ,c\n', [['a', 'b', 'c']]],
    ['empty fields', ',,\n"",,""\n', [['', '', ''], ['', '', '']]],
    ['quotes that are none', '5" screen,x\n1,2\n', [['5" screen', 'x'], ['1', '2']]],
    ['a lonely CR', 'a\rb,c\n', [['a\rb', 'c']]],
  ])('reads %s', (_what, text, records) => {
    expect(fieldsOf(text)).toEqual(records);
  });

  it('reads by another delimiter, quote and end of line', () => {
    expect(fieldsOf("'a;b';c\r1;2\r", { delimiter: ';', quote: "'", line_end: 'cr' })).toEqual([['a;b', 'c'], ['1', '2']]);
    expect(fieldsOf('"a\tb"\n', { delimiter: '\t', quote: null, line_end: 'lf' })).toEqual([['"a', 'b"']]);
  });

  it('refuses the line of a wrong quote, and goes on with the next one', () => {
    expect(fieldsOf('a,b\n"x"y,1\n2,3\n')).toEqual([['a', 'b'], 'wrong_quote', ['2', '3']]);
    expect(fieldsOf('a,b\n"x,1\n2,3\n4,5\n')).toEqual([['a', 'b'], 'unclosed_quote', ['2', '3'], ['4', '5']]);
    expect(read('a\n"x\n').records[1]).toMatchObject({ text: '"x', end: 5 });
  });

  it('leaves a record alone that may go on', () => {
    expect(read('a,b\n"x\n', { isLast: false })).toEqual({ records: [{ fields: ['a', 'b'], end: 4 }], rest: 4 });
  });

  it('does not wait for ever for the end of a quote', () => {
    const rows = '1,2\n'.repeat(LONGEST_RECORD / 4);
    const { records, rest } = read(`a,"b\n${rows}`, { isLast: false });
    expect([records[0].broken?.code, records.length, rest]).toEqual(['unclosed_quote', 1 + LONGEST_RECORD / 4, 5 + rows.length]);
    expect(read(`${'x'.repeat(LONGEST_RECORD + 1)}\n1,2\n`).records.map(({ broken }) => broken?.code)).toEqual(['too_long', undefined]);
  });

  it('says where each record ends', () => {
    const cell = fc.stringMatching(/^[a-zäö€,"\n ]{0,6}$/).map((text) => text.trim());
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 20 }), (rows) => {
      const lines = rows.map((row) => `${row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\n`);
      const { records } = read(lines.join(''));
      expect(records.map(({ fields }) => fields)).toEqual(rows);
      const ends = lines.map((_, i) => Buffer.byteLength(lines.slice(0, i + 1).join('')));
      expect(records.map(({ end }) => end)).toEqual(ends);
    }));
  });
});
