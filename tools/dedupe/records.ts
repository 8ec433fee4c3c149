import { comparableOf, type Comparable, type MatchingModel } from '@headwater/matching';
import type { MappedColumn } from './mapping';
import type { Table } from './table';

/** What the matcher sees of the rows: columns of one field joined in their order, normalised, without what is empty. */
export function recordsOf({ rows }: Table, columns: readonly MappedColumn[], model: MatchingModel): Comparable[] {
  return rows.map((row) => {
    const values: Record<string, string> = {};
    for (const { column, field } of columns) {
      const value = row[column];
      if (value) values[field] = values[field] ? `${values[field]} ${value}` : value;
    }
    return comparableOf(values, model);
  });
}
