import type { BehavioralRules, Period, Repeat, SignalRule } from '../scoring-model';
import { zoneOffset } from './zone-offset';

/** Something that a lead did; `at` is RFC 3339. */
export interface Signal { readonly signal_id: string; readonly type: string; readonly at: string }

/** A signal that counts by its rule. */
export interface Counted {
  readonly signal_id: string;
  /** milliseconds of the epoch */
  readonly at: number;
  /** points before any decay, within the cap of its period */
  readonly points: number;
}

/** What a rule makes of the signals: it doesn't depend on when one looks. */
export interface CountedRule {
  readonly rule: SignalRule;
  /** all of its type */
  readonly seen: number;
  /** those that its repeat policy lets count, the earliest first */
  readonly counted: readonly Counted[];
}

/** The rules that have signals, in the order of the model. Neither the order of the signals matters, nor which came first to us. */
export function countSignals(
  signals: readonly Signal[], { signals: rules, time_zone }: Pick<BehavioralRules, 'signals' | 'time_zone'>,
): CountedRule[] {
  if (signals.length === 0) return [];
  const byType = new Map<string, Signal[]>();
  for (const signal of signals) {
    const known = byType.get(signal.type);
    if (known) known.push(signal);
    else byType.set(signal.type, [signal]);
  }
  const zone = time_zone ?? 'UTC';
  return rules.flatMap((rule) => {
    const seen = byType.get(rule.signal);
    return seen ? [{ rule, seen: seen.length, counted: withinCap(rule, repeated(rule.repeat ?? 'every', inOrder(seen), zone), zone) }] : [];
  });
}

interface Timed { signal_id: string; at: number }

const inOrder = (signals: Signal[]): Timed[] => signals.map(({ signal_id, at }) => ({ signal_id, at: Date.parse(at) }))
  .sort((one, other) => one.at - other.at || (one.signal_id < other.signal_id ? -1 : 1));

const PERIOD_OF_REPEAT: Readonly<Record<Exclude<Repeat, 'every' | 'first_only'>, Period>> =
  { once_per_hour: 'hour', once_per_day: 'day', once_per_week: 'week', once_per_month: 'month' };

/** The first of each period stands for it. */
function repeated(repeat: Repeat, signals: Timed[], zone: string): Timed[] {
  if (repeat === 'every') return signals;
  if (repeat === 'first_only') return signals.slice(0, 1);
  const period = PERIOD_OF_REPEAT[repeat];
  return signals.filter(({ at }, i) => i === 0 || periodOf(signals[i - 1].at, period, zone) !== periodOf(at, period, zone));
}

function withinCap({ points, cap }: SignalRule, signals: Timed[], zone: string): Counted[] {
  if (!cap) return signals.map((signal) => ({ ...signal, points }));
  const used = new Map<number, number>();
  return signals.map((signal) => {
    const period = periodOf(signal.at, cap.per, zone);
    const left = Math.max(0, cap.points - (used.get(period) ?? 0));
    used.set(period, (used.get(period) ?? 0) + Math.abs(points));
    return { ...signal, points: Math.sign(points) * Math.min(Math.abs(points), left) };
  });
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** The epoch began on a Thursday; weeks begin on Mondays. */
const MONDAY_MS = 3 * DAY_MS;

/** The number of the period in which a moment lies, by the clocks of a time zone; hours are UTC's, as clocks that are put back show one twice. */
function periodOf(at: number, period: Period, zone: string): number {
  if (period === 'hour') return Math.floor(at / HOUR_MS);
  const local = zone === 'UTC' ? at : at + zoneOffset(zone, at);
  switch (period) {
    case 'day': return Math.floor(local / DAY_MS);
    case 'week': return Math.floor((local + MONDAY_MS) / WEEK_MS);
    case 'month': {
      const day = new Date(local);
      return day.getUTCFullYear() * 12 + day.getUTCMonth();
    }
  }
}
