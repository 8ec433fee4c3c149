import * as fc from 'fast-check';
import { sum } from '../contribution-lines';
import { defaultModel } from '../default-model';
import { scoreEngagement } from '../score-engagement';
import type { Repeat, SignalRule } from '../scoring-model';
import { countSignals, type Signal } from './count-signals';
import { withSignals } from './with-signals';

const RULE: SignalRule = { signal: 'web_visit', group: 'web', points: 2, half_life_days: 14 };
const at = (...times: string[]): Signal[] => times.map((time, i) => ({ signal_id: `s${i}`, type: 'web_visit', at: time.length === 10 ? `${time}T10:00:00Z` : time }));
const counting = (rule: Partial<SignalRule>, signals: Signal[], time_zone?: string) => countSignals(signals, { signals: [{ ...RULE, ...rule }], time_zone })[0].counted.map(({ signal_id, points }) => [signal_id, points]);

describe('which signals count', () => {
  const VISITS = at('2026-11-29T23:59:59Z', '2026-11-30T00:00:00Z', '2026-11-30T00:59:00Z', '2026-12-01');

  it.each([
    ['every', ['s0', 's1', 's2', 's3']], ['first_only', ['s0']], ['once_per_hour', ['s0', 's1', 's3']], ['once_per_day', ['s0', 's1', 's3']],
    ['once_per_week', ['s0', 's1']], // 30 November 2026 is a Monday
    ['once_per_month', ['s0', 's3']],
  ] satisfies [Repeat, string[]][])('%s', (repeat, ids) => {
    expect(counting({ repeat }, VISITS).map(([id]) => id)).toEqual(ids);
  });

  it('up to the cap of their period, the earliest first, and negative ones alike', () => {
    expect(counting({ cap: { points: 3, per: 'day' } }, VISITS)).toEqual([['s0', 2], ['s1', 2], ['s2', 1], ['s3', 2]]);
    expect(counting({ points: -2, cap: { points: 3, per: 'month' } }, VISITS)).toEqual([['s0', -2], ['s1', -1], ['s2', -0], ['s3', -2]]);
  });

  it.each([
    // Tokyo is 9 hours ahead, Los Angeles 8 behind: its 1 December begins with the second.
    ['once_per_day', 'Asia/Tokyo', ['s0', 's2']], ['once_per_day', 'America/Los_Angeles', ['s0', 's1']], ['once_per_day', 'UTC', ['s0', 's3']],
    ['once_per_month', 'America/Los_Angeles', ['s0', 's1']], ['once_per_month', 'Asia/Tokyo', ['s0']], ['once_per_hour', 'Asia/Kolkata', ['s0', 's1', 's2', 's3']],
  ] satisfies [Repeat, string, string[]][])('%s by the clocks of %s', (repeat, zone, ids) => {
    const visits = at('2026-12-01T07:59:00Z', '2026-12-01T08:00:00Z', '2026-12-01T15:00:00Z', '2026-12-02T00:00:00Z');
    expect(counting({ repeat }, visits, zone).map(([id]) => id)).toEqual(ids);
  });

  it('a day of 25 hours is one', () => {
    const visits = at('2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'); // Berlin
    expect(counting({ cap: { points: 3, per: 'day' } }, visits, 'Europe/Berlin')).toEqual([['s0', 2], ['s1', 1], ['s2', 2]]);
  });

  it('as they happened, not as they came', () => {
    const signal = fc.record({ signal_id: fc.uuid(), type: fc.constantFrom('web_visit', 'call'), at: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-03-01'), noInvalidDate: true }).map((time) => time.toISOString()) });
    const repeat = fc.constantFrom<Repeat>('every', 'first_only', 'once_per_hour', 'once_per_day', 'once_per_week', 'once_per_month');
    fc.assert(fc.property(fc.array(signal, { maxLength: 30 }), repeat, fc.option(fc.integer({ min: 0, max: 9 })), fc.infiniteStream(fc.nat()), (signals, policy, cap, order) => {
      const rule: SignalRule = { ...RULE, repeat: policy, cap: cap === null ? null : { points: cap, per: 'day' } };
      const shuffled = signals.map((one) => ({ one, place: order.next().value as number })).sort((a, b) => a.place - b.place).map(({ one }) => one);
      expect(countSignals(shuffled, { signals: [rule] })).toEqual(countSignals(signals, { signals: [rule] }));
    }));
  });
});

describe('the explanation', () => {
  const now = '2026-12-01T10:00:00Z';
  const explained = (rule: Partial<SignalRule>, signals: Signal[]) =>
    scoreEngagement(signals, { groups: [{ name: 'web', cap: 50 }], signals: [{ ...RULE, half_life_days: 3_650, ...rule }] }, now);

  it('has the cap of a period as a line of its own', () => {
    const lines = explained({ cap: { points: 3, per: 'day' } }, at('2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z', '2026-12-01T09:30:00Z', '2026-12-01T09:40:00Z'));
    expect(lines).toEqual([
      { part: 'behavioral', rule: 'signal.web_visit', points: 800, because: '4 × web_visit, the latest within a day' },
      { part: 'behavioral', rule: 'cap.web_visit.day', points: -500, because: 'web_visit counts for at most 3 points in a day' },
    ]);
    expect(sum(lines)).toBe(300);
  });

  it('says how many of the signals count by the repeat policy', () => {
    expect(explained({ repeat: 'once_per_day' }, at('2026-11-30', '2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z'))[0])
      .toMatchObject({ points: 400, because: '2 of 3 × web_visit, once per day, the latest within a day' });
  });

  it('names the latest signals that a line counts, where somebody asks', () => {
    const signals = [...at('2026-12-01T08:00:00Z', '2026-12-01T09:00:00Z', '2026-12-01T09:30:00Z', '2026-12-01T09:40:00Z'), { signal_id: 'u', type: 'unknown', at: now }];
    const lines = withSignals(scoreEngagement(signals, defaultModel.behavioral, now), signals, defaultModel);
    expect(lines).toEqual([expect.objectContaining({ rule: 'signal.web_visit', evidence: { signals: ['s3', 's2', 's1'] } })]);
  });

  it('is as it was for models without caps and policies', () => {
    const lines = scoreEngagement([...at('2026-12-01'), { signal_id: 'u', type: 'unsubscribe', at: now }], defaultModel.behavioral, now);
    expect(lines.map(({ rule, points }) => [rule, points])).toEqual([['signal.web_visit', 100], ['signal.unsubscribe', -1_500]]);
  });
});
