import type { DomainError } from '@headwater/contracts';
import { readSpendCsv } from './read-spend-csv';

describe('readSpendCsv', () => {
  it('reads rows by the names of their columns, in the ways in which tools write them', () => {
    expect(readSpendCsv('\ufeffDay,Campaign name,Channel,Amount spent,Currency\n2026-03-01,"Spring, 2026",Paid Social,1250.50,usd\n\n2026-03-02,spring,email,7,\n')).toEqual([
      { line: 2, entry: { from: '2026-03-01', campaign: 'Spring, 2026', channel: 'paid_social', amount: 1250.5, currency: 'USD' } },
      { line: 4, entry: { from: '2026-03-02', campaign: 'spring', channel: 'email', amount: 7 } },
    ]);
    expect(readSpendCsv('campaign;from;to;cost;id\nads;2026-03-01;2026-03-31;3100,25;a-1\n'))
      .toEqual([{ line: 2, entry: { campaign: 'ads', from: '2026-03-01', to: '2026-03-31', amount: 3100.25, external_id: 'a-1' } }]);
  });

  it.each<[string, string, number | string]>([
    [',', '1,250.00', 1250], [';', '1.250,5', 1250.5], ['\t', '12,345,678', 12345678], [';', "1'250.05", 1250.05], [',', '1 250', 1250], [',', '0.123456', 0.123456],
    [',', '1,250', 1250], [',', '1.250', 1.25], [';', '1.250', '1.250'], [';', '1,250', '1,250'], [',', '1,25.00', '1,25.00'], [',', '-5', '-5'], [',', '12,34,567.00', '12,34,567.00'],
    [',', '0,125', 0.125], [',', '12345,678', 12345.678], [',', '0,123,456', '0,123,456'], [';', '012.345,60', '012.345,60'],
    [';', '0,125', 0.125], ['\t', '0.125', 0.125], [';', '1234.567', 1234.567], ['\t', '1234,567', 1234.567], [';', '1,2345', 1.2345], ['\t', '1.250', '1.250'],
  ])('reads an amount in a table with %j: %s', (delimiter, text, amount) => {
    expect(readSpendCsv([['campaign', 'from', 'amount'], ['ads', '2026-03-01', `"${text}"`]].map((row) => row.join(delimiter)).join('\n'))[0].entry.amount).toBe(amount);
  });

  it('reads the currency where it stands behind the name of the amount', () => {
    const table = 'Campaign name,Reporting starts,Reporting ends,Amount spent (USD)\nads,2026-03-01,2026-03-07,10.00\nads,2026-03-08,,\n';
    expect(readSpendCsv(table).map(({ entry }) => entry)).toEqual([
      { campaign: 'ads', from: '2026-03-01', to: '2026-03-07', amount: 10, currency: 'USD' }, { campaign: 'ads', from: '2026-03-08' },
    ]);
    for (const name of ['Channel (USD)', 'Cost (net)', 'Cost (AVG)', 'Cost (all)']) expect(refusalOf(`campaign,from,${name}\n`).body.code).toBe('wrong_columns');
  });

  it('takes neither of two currencies', () => {
    const table = 'campaign,from,Amount spent (USD),currency\nads,2026-03-01,10,EUR\nads,2026-03-02,10,usd\nads,2026-03-03,10,\n';
    expect(readSpendCsv(table).map(({ entry }) => entry.currency)).toEqual(['USD or EUR', 'USD', 'USD']);
  });

  it('leaves what is wrong with a row to whoever checks entries', () => {
    expect(readSpendCsv('campaign,from,amount\nads,2026-03-01,a lot\nads\nads,2026-03-01,1,2\n').map(({ entry }) => entry)).toEqual([
      { campaign: 'ads', from: '2026-03-01', amount: 'a lot' }, { campaign: 'ads' }, { campaign: 'ads', from: '2026-03-01', amount: 1, 'column 4': '2' },
    ]);
  });

  it.each([
    ['', ['no column campaign', 'no column from', 'no column amount']],
    ['campaign,from,amount,mood\n', ['"mood"']],
    ['campaign,from,amount,cost\n', ['amount twice']],
  ])('refuses the columns of %j', (text, sentences) => {
    const refusal = refusalOf(text);
    expect(refusal.body.errors?.map(({ field }) => field)).toEqual(sentences.map(() => '(header)'));
    sentences.forEach((sentence, i) => expect(refusal.body.errors?.[i].detail).toContain(sentence));
  });

  it('says where a quotation is not closed', () => {
    expect(refusalOf('campaign,from,amount\nads,"2026-03-01,1\n').body).toMatchObject({ kind: 'malformed', detail: expect.stringMatching(/look at line \d/) });
  });
});

function refusalOf(text: string): DomainError {
  try {
    readSpendCsv(text);
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('It was taken');
}
