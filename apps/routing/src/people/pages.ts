import { DomainError } from '@headwater/contracts';

/** A page of rows in the order of their ids ends with an id; the next one begins behind it. @returns null on the last page */
export const pageAfter = (rows: readonly { id: number }[], limit: number): string | null => (rows.length > limit ? String(rows[limit - 1].id) : null);

/** @throws DomainError `wrong_cursor` */
export function pageFrom(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (/^[1-9]\d{0,15}$/.test(cursor) && Number.isSafeInteger(Number(cursor))) return Number(cursor);
  throw DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page');
}
