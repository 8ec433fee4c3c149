import { encode } from 'iconv-lite';
import fc from 'fast-check';
import type { ImportEncoding } from '@headwater/contracts';
import { FileWindow, type FileRow } from './file-window';
import type { Cursor } from './import-record';
import { LONGEST_RECORD } from './read-records';
import type { CsvFormat } from './sniff-format';

const BEGINNING: Cursor = { offset: 0, row: 0, line: 0 };
const format = (encoding: ImportEncoding = 'utf-8'): CsvFormat => ({ encoding, delimiter: ',', quote: '"', line_end: 'lf', header: false });

/** All rows of a file that comes in pieces of one size. */
function rowsOf(file: Buffer, { size = 4, from = BEGINNING, how = format(), header = false }: { size?: number; from?: Cursor; how?: CsvFormat; header?: boolean } = {}): FileRow[] {
  const window = new FileWindow(how, from, header);
  const rows: FileRow[] = [];
  for (;;) {
    const begin = Math.floor(window.needs / size) * size;
    const end = Math.min(begin + size, file.length);
    rows.push(...window.read(file.subarray(window.needs, end), end === file.length));
    if (end === file.length) return rows;
  }
}

const shown = (rows: FileRow[]) => rows.map(({ row, line, fields, broken }) => [row, line, fields?.join('|') ?? broken?.code]);

describe('FileWindow', () => {
  it('numbers rows and lines, and knows neither header nor blank lines as rows', () => {
    expect(shown(rowsOf(Buffer.from('name,city\n\nA,"x\ny"\r\n\r\nB,z'), { header: true }))).toEqual([[1, 3, 'A|x\ny'], [2, 6, 'B|z']]);
  });

  it.each<[ImportEncoding, string]>([
    ['utf-8', 'Zoë,日本\nŁ,"a\n\nb"\nx,𝒳\n'], ['utf-16le', 'Zoë,日本\nŁ,"a\n\nb"\nx,𝒳\n'], ['utf-16be', 'Zoë,日本\nਊ,"a\n\nb"\nx,𝒳'],
    ['windows-1252', 'Zoë,Müller\nÅ,"a\nb"\n'], ['shift_jis', '山田,東京\nソ,"能\n表"\n'], ['gb18030', '张三,北京\n'], ['big5', '陳,功\n'],
  ])('goes on behind any row of a file in %s, whatever the size of its pieces', (encoding, text) => {
    const file = encode(text, encoding, { addBOM: false });
    const how = format(encoding);
    const whole = rowsOf(file, { size: 1_000, how });
    expect(whole.every(({ fields, broken }) => fields?.length === 2 && !broken)).toBe(true);
    for (const size of [2, 4, 8, 64]) expect(rowsOf(file, { size, how })).toEqual(whole);
    whole.forEach(({ after }, i) => expect(rowsOf(file, { size: 4, how, from: after })).toEqual(whole.slice(i + 1)));
    expect(whole.at(-1)!.after.offset).toBe(file.length);
  });

  it('goes on behind any row of any file', () => {
    fc.assert(fc.property(fc.stringMatching(/^[ab,"\n\r ]{0,40}$/), fc.integer({ min: 1, max: 9 }), (text, size) => {
      const file = Buffer.from(text);
      const whole = rowsOf(file, { size: 100 });
      const again = rowsOf(file, { size });
      expect(shown(again)).toEqual(shown(whole));
      whole.forEach(({ after }, i) => expect(shown(rowsOf(file, { size, from: after }))).toEqual(shown(whole.slice(i + 1))));
    }));
  });

  it('refuses rows with bytes that are no text, and no others', () => {
    const file = Buffer.concat([Buffer.from('a,é\n'), Buffer.from([0x62, 0x2c, 0xff, 0x0a]), Buffer.from('c,\0\nd,ü\n')]);
    const rows = rowsOf(file, { size: 100 });
    expect(rows.map(({ broken }) => broken?.code)).toEqual([undefined, 'invalid_bytes', 'illegal_character', undefined]);
    expect(rows[3].after).toEqual({ offset: file.length, row: 4, line: 4 });
    expect(rows[3].fields).toEqual(['d', 'ü']);
  });

  it('skips a line without end, and holds little of it', () => {
    const file = Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(5 * LONGEST_RECORD, 'x'), Buffer.from('\nc,d\n')]);
    for (const size of [64 * 1024, 3 * LONGEST_RECORD]) {
      const rows = rowsOf(file, { size });
      expect(shown(rows)).toEqual([[1, 1, 'a|b'], [2, 2, 'too_long'], [3, 3, 'c|d']]);
      expect(shown(rowsOf(file, { size, from: rows[1].after }))).toEqual([[3, 3, 'c|d']]);
    }
  });
});
