import type { Contribution } from '@headwater/contracts';
import { hundredths, line, sum } from './contribution-lines';
import type { BehavioralRules, SignalRule } from './scoring-model';

/** Something that a lead did; `at` is RFC 3339. */
export interface Signal { readonly signal_id: string; readonly type: string; readonly at: string }

const DAY_MS = 86_400_000;

/**
 * What the signals are worth at `now`, one line per type, in hundredths of a point, and what the caps of the groups take
 * off, before the part is capped and rounded. A signal of the future counts as one of now; one that the model doesn't
 * know counts nothing. The order of the signals doesn't matter.
 */
export function scoreEngagement(signals: readonly Signal[], { groups, signals: rules }: BehavioralRules, now: string): Contribution[] {
  const lines = rules.map((rule) => ({ group: rule.group, line: worthOf(rule, signals, now) }));
  const caps = groups.map(({ name, cap }) => {
    const excess = sum(lines.filter(({ group }) => group === name).map((one) => one.line)) - hundredths(cap);
    return line('behavioral', `cap.${name}`, excess > 0 ? -excess : 0, `${name} counts for at most ${cap}`);
  });
  return [...lines.map((one) => one.line), ...caps].filter(({ points }) => points !== 0);
}

/** Exponential decay: `points · 0.5^(age / half-life)` per signal. */
function worthOf(rule: SignalRule, signals: readonly Signal[], now: string): Contribution {
  const ages = signals.filter(({ type }) => type === rule.signal)
    .map(({ at }) => Math.max(0, Date.parse(now) - Date.parse(at)) / DAY_MS)
    .sort((one, other) => one - other);
  const worth = ages.reduce((total, age) => total + rule.points * 0.5 ** (age / rule.half_life_days), 0);
  const latest = ages.length === 0 ? '' : `, the latest ${inDays(ages[0])}`;
  return line('behavioral', `signal.${rule.signal}`, hundredths(worth), `${ages.length} × ${rule.signal}${latest}`);
}

function inDays(age: number): string {
  const days = Math.floor(age);
  if (days === 0) return 'within a day';
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
