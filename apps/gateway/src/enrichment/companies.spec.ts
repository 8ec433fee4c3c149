import { sentAsCsv, sentAsList, type SentCompanies } from './companies';

const rowsOf = async (sent: SentCompanies) => {
  const rows = [];
  for await (const row of sent()) rows.push(row);
  return rows;
};

test('a table is read with the lines that its rows stand on', async () => {
  expect(await rowsOf(sentAsCsv('\ufeffdomain;name;employees\ntechcorp.com;"Tech; Corp\nInc";250\n\nada.example;Ada\n'))).toEqual([
    { line: 3, fields: { domain: 'techcorp.com', name: 'Tech; Corp\nInc', employees: '250' } }, { line: 5, fields: { domain: 'ada.example', name: 'Ada' } },
  ]);
});

test('a large one comes in pieces', async () => {
  const rows = await rowsOf(sentAsCsv(`domain,company_name\n${Array.from({ length: 20_000 }, (_, i) => `c${i}.example,"Größe ${i}"`).join('\n')}`));
  expect([rows.length, rows[19_999]]).toEqual([20_000, { line: 20_001, fields: { domain: 'c19999.example', company_name: 'Größe 19999' } }]);
});

test.each(['domain\n"a', `domain\n${'x'.repeat(70_000)}`])('what is no table is refused', async (csv) => {
  await expect(rowsOf(sentAsCsv(csv))).rejects.toMatchObject({ body: { kind: 'malformed', code: 'malformed' } });
});

test('a list is a table without a head, its custom fields are columns', async () => {
  expect(await rowsOf(sentAsList([{ domain: 'a.example', custom_fields: { tier: 'gold' } }]))).toEqual([{ line: 1, fields: { domain: 'a.example', 'custom_fields.tier': 'gold' } }]);
});
