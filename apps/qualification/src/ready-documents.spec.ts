import { ReadyDocuments, type DocumentKey } from './ready-documents';

const QUERIES = { query: () => Promise.reject(new Error('Nobody asks the database here')) };

function documents() {
  const read: string[][] = [];
  const kind = new ReadyDocuments<string, { words: string }>((_, keys) => {
    read.push(keys.map(({ tenant, version, name }) => `${tenant} ${version} ${name ?? ''}`.trim()));
    return Promise.resolve([...keys].reverse().filter(({ version }) => version < 90).map((key) => ({ ...key, document: `${key.name ?? 'one'} ${key.version}` })));
  }, ({ tenant, document }) => ({ words: `${tenant}: ${document}` }));
  return { read, of: async (...keys: DocumentKey[]) => (await kind.of(QUERIES, keys)).map(({ words }) => words) };
}

it('are read once, those of several tenants together, and answered in the order in which they were asked for', async () => {
  const { read, of } = documents();
  const [a, b, c] = [{ tenant: 'a', version: 1 }, { tenant: 'b', version: 1 }, { tenant: 'a', version: 1, name: 'bant' }];
  expect(await of(a, b)).toEqual(['a: one 1', 'b: one 1']);
  expect(await of(c, b, a)).toEqual(['a: bant 1', 'b: one 1', 'a: one 1']);
  expect(await of({ ...a, version: 2 })).toEqual(['a: one 2']);
  expect(read).toEqual([['a 1', 'b 1'], ['a 1 bant'], ['a 2']]);
  expect(await of()).toEqual([]);
});

it('one that is said to be in force, and is not there, is an error', async () => {
  await expect(documents().of({ tenant: 'a', version: 99 })).rejects.toThrow('There is no version 99 of a document of a');
});

it('are forgotten when there are many, and read again; what was asked for is answered all the same', async () => {
  const { read, of } = documents();
  const many = Array.from({ length: 1_500 }, (_, i) => ({ tenant: `t${i}`, version: 1 }));
  expect(await of(...many)).toHaveLength(1_500);
  expect(await of(many[0], many[1_499])).toEqual(['t0: one 1', 't1499: one 1']);
  expect(read.slice(1)).toEqual([['t1499 1']]);
});
