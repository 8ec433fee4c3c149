import type { DeadLetter, Service } from '@headwater/contracts';
import { mergePages, readPosition, writePosition, type Position } from './merge-pages';

const letter = (service: Service, id: number, minute: number) =>
  ({ service, id, at: `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z` }) as DeadLetter;

const SCORING = [letter('scoring', 9, 50), letter('scoring', 4, 20), letter('scoring', 3, 10)];
const ROUTING = [letter('routing', 2, 40), letter('routing', 1, 5)];

/** What the services would answer. */
const below = (position: Position, limit: number) => [SCORING, ROUTING].map((list) =>
  list.filter(({ service, id }) => id < (position[service] ?? Infinity)).slice(0, limit + 1));

test.each([1, 2, 3, 5, 50])('pages of %d show every letter once, the newest first', (limit) => {
  const shown: string[] = [];
  let position: Position | null = {};
  while (position) {
    const page: { letters: DeadLetter[]; next: Position | null } = mergePages(below(position, limit), position, limit);
    expect(page.letters.length).toBeLessThanOrEqual(limit);
    shown.push(...page.letters.map(({ service, id }) => `${service} ${id}`));
    position = page.next && readPosition(writePosition(page.next));
  }
  expect(shown).toEqual(['scoring 9', 'routing 2', 'scoring 4', 'scoring 3', 'routing 1']);
});

test("a service's own order stays, whatever its clock said", () => {
  const late = [letter('scoring', 9, 1), letter('scoring', 8, 59)];
  expect(mergePages([late, ROUTING], {}, 2)).toMatchObject({ letters: [{ id: 2 }, { id: 1 }], next: { routing: 1 } });
});

test.each(['nonsense', writePosition([] as unknown as Position), writePosition({ scoring: 'x' } as unknown as Position)])('%s is no cursor', (cursor) => {
  expect(() => readPosition(cursor)).toThrow('cursor is not one of this list');
});
