import { LeadCaptured, LeadEngaged } from '@headwater/contracts';
import { STREAM } from '@headwater/messaging';
import { eventually, intakeState, startCell, type Cell } from '@headwater/testing';
import { scoring } from '../../apps/scoring/src/scoring.module';

// What chaos must notice is shown to be broken here, at the smallest scale: each of these holds without the sabotage,
// by its neighbours here.
let cell: Cell;
beforeEach(async () => { cell = await startCell({ services: [] }); });
afterEach(() => cell.stop());

const lead = intakeState({ lead_id: 1 });
const captured = LeadCaptured.ofLead('demo', lead, {
  lead, enrichment_pending: false,
  touch: { lead_id: 1, submission_id: 's', at: lead.created_at, entry: 'api', channel: 'direct', raised_hand: true },
});
const visited = LeadEngaged.ofLead('demo', { lead_id: 1 }, { lead_id: 1, signal_id: 'a', signal: 'web_visit', at: lead.created_at });
const scored = () => cell.rows('scoring', 'select from lead_score where scored_at is not null');
const unconsumed = async (): Promise<number> => {
  let count = 0;
  for await (const { num_pending, num_ack_pending } of (await cell.jetstream()).consumers.list(STREAM)) count += num_pending + num_ack_pending;
  return count;
};

it('no-inbox: what was taken in is not remembered', async () => {
  await cell.spawn({ name: 'scoring', sabotage: 'no-inbox' });
  await cell.publish([captured, visited]);
  await cell.settled();
  expect(await cell.rows('scoring', 'select signal_id from signal')).toEqual([{ signal_id: 'a' }]);
  expect(await cell.rows('scoring', 'select from inbox')).toEqual([]);
});

it('no-outbox: a process that dies after its commit takes the event with it', async () => {
  const doomed = await cell.spawn({ name: 'scoring', sabotage: 'no-outbox', fault: 'consumer.after_commit' });
  await cell.publish([captured]);
  expect(await doomed.exited).toBe('SIGKILL');
  await cell.add(scoring, { ACK_WAIT_SECONDS: '1' });
  await cell.settled();
  expect(await scored()).toHaveLength(1);
  expect(cell.events('lead.scored')).toEqual([]);
});

it('ack-first: a process that dies before its commit takes the effect with it', async () => {
  const doomed = await cell.spawn({ name: 'scoring', sabotage: 'ack-first', fault: 'consumer.before_commit' });
  await cell.publish([captured]);
  expect(await doomed.exited).toBe('SIGKILL');
  expect(await scored()).toEqual([]);
  // What it acknowledged the broker has by then, and comes to when it can.
  await eventually('nothing waits for anybody', async () => await unconsumed() === 0);
});

it.each([
  [{ fault: 'nowhere' }, 'FAULT takes one of relay.before_publish, '],
  [{ fault: 'relay.before_publish:last' }, 'FAULT takes relay.before_publish:1 for its first arrival'],
  [{ sabotage: 'no-tests' }, 'HEADWATER_SABOTAGE takes one of no-inbox, '],
])('%j keeps the process from starting, and says what there is', async (wrong, words) => {
  await expect(cell.spawn({ name: 'scoring', ...wrong })).rejects.toThrow(words);
});
