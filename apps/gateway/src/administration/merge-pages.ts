import { DomainError, type DeadLetter, type Service } from '@headwater/contracts';

/** How far each service's letters were shown: the id of the last one, absent for nothing yet. */
export type Position = Partial<Record<Service, number>>;

/**
 * One page of several services' letters, the newest first; each service's own order is kept.
 * @param lists of each service the letters below its position, at least `limit + 1` of them if it has so many
 * @returns `next`, the position behind the page, or null when nothing is left
 */
export function mergePages(lists: DeadLetter[][], from: Position, limit: number): { letters: DeadLetter[]; next: Position | null } {
  const waiting = lists.map((list) => [...list]);
  const letters: DeadLetter[] = [];
  while (letters.length < limit) {
    const newest = waiting.filter((list) => list.length > 0)
      .reduce<DeadLetter[] | null>((best, list) => (best && best[0].at >= list[0].at ? best : list), null);
    if (!newest) break;
    letters.push(...newest.splice(0, 1));
  }
  const isMore = waiting.some((list) => list.length > 0);
  return { letters, next: isMore ? { ...from, ...Object.fromEntries(letters.map(({ service, id }) => [service, id])) } : null };
}

export const writePosition = (position: Position): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws DomainError `invalid` for a cursor that isn't ours */
export function readPosition(cursor: string | undefined): Position {
  if (cursor === undefined) return {};
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (isPosition(position)) return position;
  } catch {
    // said below, with the field
  }
  throw DomainError.invalidField('cursor', 'wrong_format', 'cursor is not one of this list');
}

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(Number.isSafeInteger);
