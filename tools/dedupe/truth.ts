import { RunError } from '../instance/run-error';
import { mustHave, type Table } from './table';

/** Which pairs of records are one person's. Records of two tables are numbered through. */
export interface Truth {
  /** how many pairs are */
  pairs: number;
  /** undefined: nobody has judged this pair, and it counts neither way */
  of(i: number, j: number): boolean | undefined;
  /** what a reader of the result should know */
  note?: string;
}

/** One value of the column, one person; a record without a value is alone. */
export function truthOfColumn(tables: readonly Table[], column: string): Truth {
  for (const table of tables) mustHave(table, column);
  const entities = tables.flatMap(({ rows }) => rows.map((row) => row[column]!));
  const [first, second] = tables.map(({ rows }) => tally(rows.map((row) => row[column]!)));
  let pairs = 0;
  for (const [entity, count] of first!) pairs += second ? count * (second.get(entity) ?? 0) : (count * (count - 1)) / 2;
  if (pairs === 0) throw new RunError(`The column "${column}" makes no two records one person's`);
  return { pairs, of: (i, j) => entities[i] !== '' && entities[i] === entities[j] };
}

function tally(entities: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entity of entities) if (entity) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  return counts;
}

/**
 * The pairs that a file lists, each by two ids; where it has labels, those that are labelled false are judged, too, and nothing else is.
 * @param id column with the ids; each table's first when undefined @throws RunError when it can't be seen which columns name records
 */
export function truthOfPairs(tables: readonly Table[], id: string | undefined, list: Table): Truth {
  const label = list.columns.find((column) => LABEL.test(column) && list.rows.every((row) => readLabel(row[column]!) !== undefined));
  const places = placesOf(tables, id);
  const [left, right] = idColumns(list, places, label);
  const judged = new Map<string, boolean>();
  let unknown = 0;
  for (const row of list.rows) {
    const [i, j] = pairOf(places, row[left]!, row[right]!);
    if (i === undefined || j === undefined) unknown += 1;
    else if (i !== j) judged.set(keyOf(i, j), label === undefined || readLabel(row[label]!)!);
  }
  const pairs = [...judged.values()].filter(Boolean).length;
  if (pairs === 0) throw new RunError(`${list.file} has no true pair in it`);
  return {
    pairs, of: (i, j) => judged.get(keyOf(i, j)) ?? (label === undefined ? false : undefined),
    note: unknown > 0 ? `${unknown} pairs of ${list.file} name records that are not there; they are left out` : undefined,
  };
}

/** Of two tables, the one and the other's record, whichever is named first. */
function pairOf(places: readonly Map<string, number>[], one: string, other: string): [number | undefined, number | undefined] {
  const [first, last] = [places[0]!, places.at(-1)!];
  return first.has(one) && last.has(other) ? [first.get(one), last.get(other)] : [first.get(other), last.get(one)];
}

const keyOf = (i: number, j: number): string => (i < j ? `${i} ${j}` : `${j} ${i}`);

/** For each table, where the record with an id is. */
function placesOf(tables: readonly Table[], idColumn: string | undefined): Map<string, number>[] {
  let offset = 0;
  return tables.map((table) => {
    const { file, columns, rows } = table;
    const id = idColumn ?? columns[0]!;
    mustHave(table, id);
    const places = new Map(rows.map((row, index) => [row[id]!, offset + index]));
    if (places.size < rows.length) {
      throw new RunError(`The column "${id}" of ${file} has values twice, and can't be the records' id; --id names another`);
    }
    offset += rows.length;
    return places;
  });
}

const LABEL = /label|match|score|truth|gold|duplicate|same/i;
const LABELS: Readonly<Record<string, boolean>> = { true: true, false: false, t: true, f: false, yes: true, no: false, y: true, n: false };

/** A share, or a yes or no. */
function readLabel(value: string): boolean | undefined {
  const share = Number(value);
  if (value !== '' && share >= 0 && share <= 1) return share >= 0.5;
  return LABELS[value.toLowerCase()];
}

/** The two columns whose values are ids; among more of them, the two that are called so. */
function idColumns({ file, columns, rows }: Table, places: readonly Map<string, number>[], label: string | undefined): [string, string] {
  const isId = (column: string): boolean => {
    const known = rows.filter((row) => places.some((of) => of.has(row[column]!))).length;
    return known >= rows.length / 2;
  };
  const candidates = columns.filter((column) => column !== label && isId(column));
  const named = candidates.filter((column) => /id/i.test(column));
  const [left, right, ...more] = candidates.length > 2 ? named : candidates;
  if (!left || !right || more.length > 0) {
    throw new RunError(`${file} should have two columns with ids of records, but has ${candidates.join(', ') || 'none'}; `
      + '--id names the column of ids');
  }
  return [left, right];
}
