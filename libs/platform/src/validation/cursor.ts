import { DomainError } from '@headwater/contracts';

/**
 * Where a page begins in a list that is in the order of numbers: behind the one with which the former page ended.
 * @param most the largest number that there may be
 * @returns null at the beginning
 * @throws DomainError `wrong_cursor`
 */
export function numberIn(cursor: string | null | undefined, most = Number.MAX_SAFE_INTEGER): number | null {
  if (cursor == null) return null;
  if (/^[1-9]\d{0,15}$/.test(cursor) && Number(cursor) <= most) return Number(cursor);
  throw DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page');
}

/**
 * A page of such a list, for which one row more was read than it has room for.
 * @param numberOf by what the list is ordered
 * @returns the rows that are shown, and where the next page begins: null behind the last one
 */
export function cutPage<Row>(found: readonly Row[], limit: number, numberOf: (row: Row) => number): { shown: Row[]; next_cursor: string | null } {
  return { shown: found.slice(0, limit), next_cursor: found.length > limit ? String(numberOf(found[limit - 1])) : null };
}
