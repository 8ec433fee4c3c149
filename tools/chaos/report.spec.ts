import { conclusionOf, failuresOf, gapsOf, numbersOf, type Outcome } from './report';
import { TARGETS, type Target } from './schedule';

const kill = (...targets: Target[]) => ({ accepted: 100, targets, unanswered: 40, backlog: { outbox: 3, consumers: null }, waited_ms: 5 });
const clean: Outcome = {
  options: { leads: 300, seed: 1, outage: 5, loseBroker: false, keep: false, help: false },
  tally: { sent: 300, unanswered: 0, accepted: 300, spooled: 12, retries: 80, given_up: 0, answers: { 201: 288, 202: 12 } },
  kills: [kill(...TARGETS), kill(...TARGETS)], missed: [], loss: null, settlement: { seconds: 61.23, unfinished: null }, findings: [],
};
const lost = { verdict: 'lost', what: 'without a lead', count: 4, examples: ['a', 'b', 'c', 'd'] } as const;

test('begins with the numbers that are asked for, in their order', () => {
  expect(Object.entries(numbersOf({ ...clean, findings: [{ ...lost, examples: [] }] })).slice(0, 12)).toEqual([
    ['sent', 300], ['accepted', 300], ['kept', 296], ['lost', 4], ['doubled', 0], ['unscored', 0], ['unrouted', 0], ['unsettled', 0],
    ['kills', 16], ['spooled', 12], ['retries', 80], ['settle_s', 61.2],
  ]);
});

test('has nothing to say against a clean run', () => {
  expect([failuresOf(clean), gapsOf(clean)]).toEqual([[], []]);
});

test('says what was not kept to', () => {
  const outcome: Outcome = {
    ...clean, tally: { ...clean.tally, accepted: 299 }, loss: { unconsumed: 9, retained: 90, replayed: 80, replay_s: 300 },
    settlement: { seconds: 300, unfinished: '2 at consumers' },
    findings: [{ ...lost, examples: [...lost.examples] }],
  };
  expect(failuresOf(outcome)).toEqual([
    '1 of 300 submissions were not accepted', 'of 90 events that the broker lost, 80 were published again in 300 s',
    'after 300 s this was still on its way: 2 at consumers', 'lost: 4 without a lead (a; b; c; …)',
  ]);
});

test('says what was not killed often enough', () => {
  expect(gapsOf({ ...clean, kills: [kill(...TARGETS), kill(...TARGETS.filter((target) => target !== 'nats'))] }))
    .toEqual(['nats was killed 1 times, not 2']);
});

const faulty: Outcome = { ...clean, findings: [{ ...lost, examples: [] }] };
const idle: Outcome = { ...clean, kills: [] };

test.each([
  ['a clean run', clean, true, 'Nothing was lost, nothing was doubled.'],
  ['a run with faults', faulty, false, 'Headwater did not keep what it promises.'],
  ['a run without kills', idle, false, 'The run proves nothing: too little was killed.'],
  ['a sabotage with faults', sabotaged(faulty), true, 'The sabotage (no-spool) was noticed.'],
  ['a sabotage without', sabotaged(clean), false, 'The sabotage (no-spool) was not noticed.'],
  ['a sabotage with faults but without kills', sabotaged({ ...faulty, kills: [] }), false, 'The run proves nothing: too little was killed.'],
])('concludes from %s', (_what, outcome, isGood, sentence) => {
  expect(conclusionOf(outcome)).toEqual({ isGood, sentence });
});

function sabotaged(outcome: Outcome): Outcome {
  return { ...outcome, options: { ...outcome.options, sabotage: 'no-spool' } };
}
