import { fieldError, type Channel, type FieldError, type SpendRequest } from '@headwater/contracts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A year and its leap day: longer than anybody books an advertisement by. */
const MOST_DAYS = 366;

/** An entry of spend with its days read; `channel` and `currency` are null where its campaign has to say. */
export interface SpendReading {
  campaign: string;
  channel: Channel | null;
  from: string;
  to: string;
  amount: number;
  currency: string | null;
  external_id: string | null;
}

/** What is wrong with an entry of the right shape, else the entry. */
export function readSpend({ campaign, channel, from, to, amount, currency, external_id }: SpendRequest): SpendReading | FieldError[] {
  const last = to ?? from;
  const errors = [
    ...(campaign.trim() ? [] : [fieldError('campaign', 'required', 'campaign must not be empty')]),
    ...[['from', from], ['to', last]].filter(([field, day]) => !isDay(day) && !(field === 'to' && to == null))
      .map(([field, day]) => fieldError(field, 'wrong_format', `${field}: the calendar has no ${day}`)),
  ];
  if (errors.length === 0 && last < from) errors.push(fieldError('to', 'reversed_period', 'to must not be before from'));
  if (errors.length === 0 && daysOf(from, last) > MOST_DAYS) errors.push(fieldError('to', 'too_long', `A period has at most ${MOST_DAYS} days`));
  if (errors.length > 0) return errors;
  return {
    campaign: campaign.trim(), channel: channel ?? null, from, to: last, amount: Math.round(amount * 100) / 100, currency: currency ?? null,
    external_id: external_id?.trim() || null,
  };
}

/** Whether a text is a day that the calendar has: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  const midnight = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

const daysOf = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
