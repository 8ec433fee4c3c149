import type { Envelope } from '@headwater/contracts';
import { EventLog } from './event-log';

const event = (changes: Partial<Envelope>): Envelope =>
  ({ id: '1', type: 'lead.updated', source: 'intake', leadid: 7, revision: 2, data: { a: 1, b: 2 }, ...changes }) as Envelope;

const findingsOf = (...events: Envelope[]) => {
  const log = new EventLog();
  for (const one of events) log.add(one);
  return log.findings();
};

test('takes a repetition for one, also under another id and with its members in another order', () => {
  expect(findingsOf(event({}), event({}), event({ id: '2', data: { b: 2, a: 1 } }))).toEqual([]);
});

test('takes states of other revisions, leads and publishers for what they are', () => {
  expect(findingsOf(event({}), event({ revision: 3, data: {} }), event({ leadid: 8, data: {} }), event({ source: 'scoring', data: {} }))).toEqual([]);
});

test('finds two contents of one revision', () => {
  expect(findingsOf(event({}), event({ id: '2', data: { a: 1, b: 3 } })))
    .toEqual([expect.objectContaining({ verdict: 'doubled', count: 1, examples: ['intake, lead 7, revision 2'] })]);
});

test('leaves facts alone, which may carry the revision that they happened at', () => {
  expect(findingsOf(event({ type: 'lead.rated' }), event({ type: 'lead.rated', data: {} }))).toEqual([]);
});

test('knows the events of a type, each once', () => {
  const log = new EventLog();
  for (const id of ['1', '2', '2']) log.add(event({ id, type: 'lead.touched' }));
  expect(log.idsOf('lead.touched')).toEqual(['1', '2']);
  expect(log.idsOf('lead.routed')).toEqual([]);
});
