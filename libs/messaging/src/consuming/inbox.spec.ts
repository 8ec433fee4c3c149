import type { Envelope } from '@headwater/contracts';
import { newestOfEach } from './inbox';

const said = (subject: string, revision: number, republished?: true): Envelope<object> =>
  ({ tenantid: 'demo', subject, revision, republished }) as Envelope<object>;
const told = (events: Envelope<object>[]) => newestOfEach(events).map(({ subject, revision, republished = false }) => [subject, revision, republished]);

test('the newest state of each entity, in any order', () => {
  expect(told([said('1', 2), said('2', 1), said('1', 3), said('1', 1)])).toEqual([['1', 3, false], ['2', 1, false]]);
});

test('what was only said again is marked as that', () => {
  expect(told([said('1', 2, true), said('1', 2, true)])).toEqual([['1', 2, true]]);
});

test.each([
  ['before', [said('1', 5), said('1', 6, true)]],
  ['after', [said('1', 6, true), said('1', 5)]],
])('something that happened isn\'t lost in what was said again %s it', (_when, events) => {
  expect(told(events)).toEqual([['1', 6, false]]);
});
