import type { Contribution } from '@headwater/contracts';
import { hundredths, line, sum } from './contribution-lines';
import type { BehavioralRules, SignalRule } from './scoring-model';
import { countSignals, type Counted, type CountedRule, type Signal } from './signals/count-signals';

export type { Signal } from './signals/count-signals';

const DAY_MS = 86_400_000;

/**
 * What the signals are worth at `now`, one line per type, in hundredths of a point, and what the caps of periods and groups take off,
 * before the part is capped and rounded. A signal of the future counts as one of now; one that the model doesn't know counts nothing.
 * The order of the signals doesn't matter.
 */
export function scoreEngagement(signals: readonly Signal[], { groups, ...rules }: BehavioralRules, now: string): Contribution[] {
  if (signals.length === 0) return [];
  const moment = Date.parse(now);
  const lines = countSignals(signals, rules).flatMap((counted) => linesOf(counted, moment).map((one) => ({ group: counted.rule.group, line: one })));
  const caps = groups.map(({ name, cap }) => {
    const excess = sum(lines.filter(({ group }) => group === name).map((one) => one.line)) - hundredths(cap);
    return line('behavioral', `cap.${name}`, excess > 0 ? -excess : 0, `${name} counts for at most ${cap}`);
  });
  return [...lines.map((one) => one.line), ...caps].filter(({ points }) => points !== 0);
}

/** Exponential decay: `points · 0.5^(age / half-life)`, never more than at first. @param now milliseconds of the epoch */
export const decay = (at: number, { half_life_days }: SignalRule, now: number): number =>
  0.5 ** (Math.max(0, now - at) / DAY_MS / half_life_days);

function linesOf({ rule, seen, counted }: CountedRule, now: number): Contribution[] {
  const worth = (pointsOf: (one: Counted) => number): number =>
    hundredths(counted.reduce((total, one) => total + pointsOf(one) * decay(one.at, rule, now), 0));
  const uncapped = worth(() => rule.points);
  const latest = counted[counted.length - 1];
  const of = counted.length < seen ? `${counted.length} of ${seen}` : `${seen}`;
  const policy = rule.repeat && rule.repeat !== 'every' ? `, ${rule.repeat.replaceAll('_', ' ')}` : '';
  const because = `${of} × ${rule.signal}${policy}, the latest ${inDays(Math.max(0, now - latest.at) / DAY_MS)}`;
  const own = line('behavioral', `signal.${rule.signal}`, uncapped, because);
  if (!rule.cap) return [own];
  const { points, per } = rule.cap;
  return [own, line('behavioral', `cap.${rule.signal}.${per}`, worth((one) => one.points) - uncapped, `${rule.signal} counts for at most ${points} points in a ${per}`)];
}

function inDays(age: number): string {
  const days = Math.floor(age);
  if (days === 0) return 'within a day';
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
