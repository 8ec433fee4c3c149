import { repOf } from '../../../test/reps';
import { officeHours } from '../calendars';
import { Directory, windowAt, type Person } from './directory';

const person = (id: number, more: Partial<Person> = {}): Person =>
  ({ id, time_zone: 'Europe/Berlin', skills: [], languages: [], max_per_window: {}, calendar: null, leave: [], ...more });
const nobody = () => 0;

describe('who is there', () => {
  const leave = [
    { from: '2026-03-02T00:00:00.000Z', until: '2026-03-04T00:00:00.000Z' }, { from: '2026-03-04T00:00:00.000Z', until: '2026-03-06T00:00:00.000Z' },
  ];
  const directory = new Directory(1, [person(1, { leave, skills: ['erp'] }), person(2, { calendar: officeHours('Europe/Berlin') })], []);

  test.each([
    [1, '2026-03-01T23:59:59.999Z', null],
    [1, '2026-03-02T00:00:00.000Z', { why: 'leave', until: '2026-03-06T00:00:00.000Z' }],
    [1, '2026-03-06T00:00:00.000Z', null],
    [2, '2026-03-02T08:00:00.000Z', null],
    [2, '2026-03-02T07:59:59.000Z', { why: 'hours', until: '2026-03-02T08:00:00.000Z' }],
    [2, '2026-03-06T16:00:00.000Z', { why: 'hours', until: '2026-03-09T08:00:00.000Z' }],
  ])('rep %s at %s', (id, now, away) => expect(directory.at(repOf(id), now, nobody).away).toEqual(away));

  test('of whom nothing is known stays as they are', () => {
    const rep = repOf(3);
    expect(directory.at(rep, '2026-03-02T12:00:00.000Z', nobody)).toBe(rep);
    expect(directory.at(repOf(1), '2026-03-02T12:00:00.000Z', nobody).skills).toEqual(['erp']);
  });
});

describe('windows', () => {
  test.each([
    ['hour', 'America/New_York', '2026-03-02T03:59:00.000Z', '2026-03-02T03'],
    ['day', 'America/New_York', '2026-03-02T03:59:00.000Z', '2026-03-01'],
    ['week', 'America/New_York', '2026-03-02T03:59:00.000Z', '2026-02-23'],
    ['week', 'UTC', '2026-03-02T03:59:00.000Z', '2026-03-02'],
    ['month', 'Pacific/Kiritimati', '2026-02-28T12:00:00.000Z', '2026-03'],
  ] as const)('the %s of %s at %s is %s', (per, zone, now, began) => expect(windowAt(per, zone, now)).toBe(began));

  test('are those that somebody has a limit for, with what they got in them', () => {
    const directory = new Directory(1, [person(1, { max_per_window: { day: 20, hour: 3 } })], []);
    expect(directory.countsWindows).toBe(true);
    expect(directory.at(repOf(1), '2026-03-02T12:00:00.000Z', ({ per }) => (per === 'day' ? 7 : 0)).windows).toEqual(
      [{ per: 'hour', most: 3, taken: 0 }, { per: 'day', most: 20, taken: 7 }]);
    expect(new Directory(1, [person(1)], []).at(repOf(1), '2026-03-02T12:00:00.000Z', nobody).windows).toBeUndefined();
  });
});

test('a lead gets its territory among its facts, where there are any', () => {
  const facts = { country: 'DE' };
  expect(new Directory(1, [], []).placed(facts)).toBe(facts);
  const germany = { id: 5, name: 'Germany', parent_id: null, countries: ['DE'], regions: [], postal: [], account_ids: [], domains: [], owners: [1], team_id: null };
  expect(new Directory(1, [], [germany]).placed(facts)).toEqual(
    { country: 'DE', territory: { id: 5, name: 'Germany', path: ['Germany'], by: 'country', reps: [1], team_id: null } });
  const [none, one, same, other] = [new Directory(0, [], []), new Directory(1, [], [germany]), new Directory(1, [], [germany]), new Directory(2, [], [])];
  expect([one.placesOtherwise(none), other.placesOtherwise(one), same.placesOtherwise(one), other.placesOtherwise(none)]).toEqual([true, true, false, false]);
});
