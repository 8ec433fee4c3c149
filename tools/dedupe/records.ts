import { KINDS, type Comparable, type MatchingModel } from '@headwater/matching';
import { FULL_NAME, type MappedColumn } from './mapping';
import type { Table } from './table';

/** What the matcher sees of the rows: columns of one field joined in their order, normalised, without what is empty. */
export function recordsOf({ rows }: Table, columns: readonly MappedColumn[], model: MatchingModel): Comparable[] {
  const kinds = new Map(model.fields.map(({ name, kind }) => [name, KINDS[kind]!]));
  return rows.map((row) => {
    const values: Record<string, string> = {};
    for (const { column, field } of columns) {
      const value = row[column];
      if (value) values[field] = values[field] ? `${values[field]} ${value}` : value;
    }
    return Object.fromEntries(Object.entries(withNameSplit(values)).flatMap(([field, value]) => {
      const normal = kinds.get(field)?.normalise(value);
      return normal ? [[field, normal]] : [];
    }));
  });
}

/** "Ann Mary Ito" and "Ito, Ann Mary": the last word, or what stands before the comma, is the family's. */
function withNameSplit({ [FULL_NAME]: full, ...values }: Record<string, string>): Record<string, string> {
  if (!full || values.first_name || values.last_name) return values;
  const [, family, given] = /^([^,]+),([^,]+)$/.exec(full) ?? [];
  if (family && given) return { ...values, first_name: given, last_name: family };
  const words = full.trim().split(/\s+/);
  const first = words.slice(0, -1).join(' ');
  return { ...values, ...(first && { first_name: first }), last_name: words.at(-1)! };
}
