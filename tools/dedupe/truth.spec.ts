import type { Table } from './table';
import { truthOfColumn, truthOfPairs } from './truth';

const table = (columns: string[], ...rows: string[][]): Table => ({
  file: 'leads.csv', columns, rows: rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]!]))),
});
const LEADS = table(['id', 'who'], ['a1', 'x'], ['a2', 'x'], ['a3', 'y'], ['a4', ''], ['a5', ''], ['a6', 'x']);
const OTHERS = table(['id', 'who'], ['b1', 'x'], ['b2', 'y'], ['b3', 'x']);

describe('a column', () => {
  test('makes records with one value one person\'s, and none of those without', () => {
    const truth = truthOfColumn([LEADS], 'who');
    expect(truth.pairs).toBe(3);
    expect([truth.of(0, 1), truth.of(0, 2), truth.of(3, 4)]).toEqual([true, false, false]);
  });

  test('counts only pairs across two files', () => {
    const truth = truthOfColumn([LEADS, OTHERS], 'who');
    expect(truth.pairs).toBe(3 * 2 + 1);
    expect([truth.of(0, 6), truth.of(2, 7), truth.of(0, 7)]).toEqual([true, true, false]);
  });

  test('that makes no pair is no truth', () => {
    expect(() => truthOfColumn([LEADS], 'id')).toThrow('The column "id" makes no two records one person\'s');
  });
});

describe('a file of pairs', () => {
  test('makes true what it lists, whichever comes first, and all else false', () => {
    const truth = truthOfPairs([LEADS], 'id', table(['group', 'one', 'other'], ['g', 'a2', 'a1'], ['g', 'a1', 'a2'], ['h', 'a3', 'a4']));
    expect(truth).toMatchObject({ pairs: 2, note: undefined });
    expect([truth.of(0, 1), truth.of(1, 0), truth.of(0, 2)]).toEqual([true, true, false]);
  });

  test('with labels judges only its own pairs', () => {
    const truth = truthOfPairs([LEADS], 'id', table(['one', 'other', 'match_score'], ['a1', 'a2', '0.9'], ['a1', 'a3', '0']));
    expect([truth.pairs, truth.of(0, 1), truth.of(0, 2), truth.of(0, 3)]).toEqual([1, true, false, undefined]);
  });

  test('with two files names a record of each, even if their ids are alike', () => {
    const numbered = (...ids: string[]) => table(['id'], ...ids.map((id) => [id]));
    const list = table(['ltable_id', 'rtable_id', 'label'], ['1', '3', '1'], ['2', '2', '0']);
    const truth = truthOfPairs([numbered('1', '2', '3'), numbered('1', '2', '3')], 'id', list);
    expect([truth.pairs, truth.of(0, 5), truth.of(1, 4), truth.of(0, 4)]).toEqual([1, true, false, undefined]);
  });

  test('with two files may name the second one\'s record first', () => {
    const truth = truthOfPairs([LEADS, OTHERS], 'id', table(['one', 'other'], ['b1', 'a2'], ['a3', 'b2']));
    expect([truth.pairs, truth.of(1, 6), truth.of(2, 7), truth.note]).toEqual([2, true, true, undefined]);
  });

  test('of more columns that could be ids, those that are called so count', () => {
    const numbered = table(['id'], ['1'], ['2'], ['3']);
    expect(truthOfPairs([numbered], 'id', table(['class', 'id_1', 'id_2'], ['1', '2', '3'])).of(1, 2)).toBe(true);
  });

  test('says how many name records that are not there', () => {
    expect(truthOfPairs([LEADS], 'id', table(['one', 'other'], ['a1', 'a2'], ['a1', 'a9'])).note)
      .toBe('1 pairs of leads.csv name records that are not there; they are left out');
  });

  test.each([
    [table(['one'], ['a1']), 'leads.csv should have two columns with ids of records, but has one'],
    [table(['one', 'other'], ['z1', 'z2']), 'leads.csv should have two columns with ids of records, but has none'],
    [table(['one', 'other', 'label'], ['a1', 'a2', '0']), 'leads.csv has no true pair in it'],
  ])('that names no pairs is refused', (list, sentence) => {
    expect(() => truthOfPairs([LEADS], 'id', list)).toThrow(sentence);
  });

  test('needs ids that are unique', () => {
    expect(() => truthOfPairs([LEADS], 'who', table(['one', 'other'], ['x', 'y']))).toThrow('has values twice');
  });
});
