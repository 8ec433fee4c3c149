import { DateTime } from 'luxon';
import { DomainError } from '@headwater/contracts';

const MOST_YEARS = 5;

/**
 * When a recycle date begins.
 * @param date YYYY-MM-DD @param zone IANA, the tenant's @param now RFC 3339
 * @returns RFC 3339
 * @throws DomainError 422 at `recycle_date`: no date, not after today, more than five years ahead
 */
export function recycleAt(date: string, zone: string, now: string): string {
  const day = DateTime.fromISO(date, { zone });
  if (!day.isValid) throw refusal('wrong_format', 'recycle_date must be a date');
  const today = DateTime.fromISO(now, { zone }).startOf('day');
  if (day <= today) throw refusal('date_in_past', 'recycle_date must be after today');
  if (day > today.plus({ years: MOST_YEARS })) throw refusal('date_too_far', `recycle_date must be within ${MOST_YEARS} years`);
  return day.startOf('day').toUTC().toISO() as string;
}

const refusal = (code: string, detail: string): DomainError => DomainError.invalidField('recycle_date', code, detail);
