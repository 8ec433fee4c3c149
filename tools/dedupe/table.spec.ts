import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mustHave, readTable } from './table';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-dedupe-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content: string | Buffer, name = 'leads.csv'): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test.each([
  ['commas', 'id,name\n1,Ito\n'], ['semicolons', 'id;name\n1;Ito\n'], ['tabs', 'id\tname\n1\tIto\n'], ['bars', 'id|name\n1|Ito'],
  ['quotes, spaces and a byte order mark', '\ufeff"id" , "name"\r\n1 , "Ito"\r\n\r\n'], ['a delimiter within quotes', '"id",name\n"1",Ito'],
])('reads what is separated by %s', (_, content) => {
  expect(readTable(written(content))).toMatchObject({ columns: ['id', 'name'], rows: [{ id: '1', name: 'Ito' }] });
});

test('reads what is zipped, what Windows wrote, lines within quotes, and rows that are too short', () => {
  expect(readTable(written(gzipSync('id,name\n1,Ito'), 'leads.csv.gz')).rows).toEqual([{ id: '1', name: 'Ito' }]);
  expect(readTable(written(Buffer.from('id,name\n1,M\u00fcller', 'latin1'))).rows).toEqual([{ id: '1', name: 'Müller' }]);
  expect(readTable(written('id,name\n1,"Ito\nand Ray"\n2')).rows).toEqual([{ id: '1', name: 'Ito\nand Ray' }, { id: '2', name: '' }]);
});

test('what programs write for nothing is nothing', () => {
  expect(readTable(written('id,a,b,c\n1,NA,NULL,Nana')).rows).toEqual([{ id: '1', a: '', b: '', c: 'Nana' }]);
});

test('columns may be named where the file doesn\'t', () => {
  expect(readTable(written('1,Ito'), ['id', 'name']).rows).toEqual([{ id: '1', name: 'Ito' }]);
  expect(() => readTable(written('1,Ito,x'), ['id', 'name'])).toThrow('has more columns than the 2 that --header names');
});

test('says in a sentence what is wrong', () => {
  expect(() => readTable(join(folder, 'none.csv'))).toThrow("none.csv can't be read: ENOENT");
  expect(() => readTable(written('id,name\n'))).toThrow('leads.csv has no rows');
  expect(() => mustHave({ file: 'leads.csv', columns: ['id', 'name'], rows: [] }, 'nome'))
    .toThrow('leads.csv has no column "nome"; it has id, name');
});
