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
