import type { ImportColumn } from '@headwater/contracts';
import type { FileRow } from './file-window';
import { readRow } from './row-to-lead';

const columns: ImportColumn[] = ['last_name', 'email', 'annual_revenue', 'custom_fields.size', null]
  .map((field, column) => ({ column, header: `Column ${column}`, field, confidence: 1 }));
const row = (...fields: string[]): FileRow => ({ row: 1, line: 2, fields, after: { offset: 0, row: 1, line: 2 } });

describe('readRow', () => {
  it('makes a lead of the columns that are read', () => {
    expect(readRow(row(' Byron ', 'ada@x.example', '1,5 Mio', '42', ''), columns, {})).toEqual({
      lead: { last_name: 'Byron', email: 'ada@x.example', annual_revenue: 1_500_000, custom_fields: { size: '42' } }, problems: [], isComplete: true,
    });
  });

  it('says what it left out, by the name of the column, and that the lead has not all of the row', () => {
    const { lead, problems, isComplete } = readRow(row('Byron', '', 'lots', '', ''), columns, {});
    expect([lead, problems.map(({ column, code }) => [column, code]), isComplete]).toEqual([{ last_name: 'Byron' }, [['Column 2', 'no_number']], false]);
    expect(readRow(row('Byron', '', '', '', 'internal'), columns, {}).isComplete).toBe(false);
  });

  it.each([
    ['wrong_number_of_fields', row('Byron', 'a@b.example')], ['wrong_number_of_fields', row('Byron', '', '', '', '', 'x')],
    ['empty_row', row('', ' ', '', '', '')], ['empty_row', row('', '', 'lots', '', '')], ['empty_row', row('', '', '', '', 'internal')],
    ['unclosed_quote', { ...row(), fields: null, broken: { code: 'unclosed_quote', because: 'A quote is opened and never closed' } }],
  ])('refuses as %s', (code, refused) => {
    expect(readRow(refused, columns, {}).rejected?.code).toBe(code);
  });

  it('does not mind empty fields at the end, nor the guard against formulas', () => {
    expect(readRow(row('Byron', '', '', "'+1", '', '', ' '), columns, {})).toMatchObject({ lead: { custom_fields: { size: '+1' } } });
    expect(readRow(row("'t Hooft", '', '', '', ''), columns, {}).lead.last_name).toBe("'t Hooft");
  });

  it('adds what was said of all rows, where the row says nothing', () => {
    const tagged = [...columns, { column: 5, header: 'Tags', field: 'tags', confidence: 1 }, { column: 6, header: 'Source', field: 'source', confidence: 1 }];
    const options = { source: 'trade_show', campaign: 'fair', tags: ['fair'] };
    expect(readRow(row('Byron', '', '', '', '', 'a;fair', ''), tagged, options).lead).toMatchObject({ tags: ['a', 'fair'], source: 'trade_show', campaign: 'fair' });
    expect(readRow(row('Byron', '', '', '', '', '', 'web'), tagged, options).lead).toMatchObject({ source: 'web' });
  });
});
