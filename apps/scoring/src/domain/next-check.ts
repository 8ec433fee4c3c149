import type { ScoringState } from '@headwater/contracts';
import { hundredths, wholePoints } from './contribution-lines';
import type { Bands, ScoringModel } from './scoring-model';
import { decay } from './score-engagement';
import { countSignals, type CountedRule, type Signal } from './signals/count-signals';

const DAY_MS = 86_400_000;
/** By then nothing is left of the slowest signal that a model may have. */
const HORIZON_MS = 100_000 * DAY_MS;
const PRECISION_MS = 1_000;
/** Where points rise again as negative ones fade, the next crossing can't be told exactly: it isn't looked for more often than this. */
const LEAST_MS = 30_000;

interface Basis {
  /** as it was written at `scored_at` */
  state: ScoringState;
  /** those that count */
  signals: readonly Signal[];
  model: ScoringModel;
}

/**
 * The first moment (RFC 3339) at which time alone may have brought the effective score out of its grade, its temperature or its MQL
 * mark; null when it never will. Before it, it has not: points that fade bring the total down, negative ones that fade bring it up, and
 * each kind by itself goes one way only, so that where both leave it in its bands, it is in them. The moment is found by bisection.
 */
export function nextCheckAt({ state, signals, model }: Basis): string | null {
  if (state.override?.behavioral_score != null) return null;
  const rules = countSignals(signals, model.behavioral).filter(({ rule }) => rule.points !== 0);
  if (rules.length === 0) return null;
  const from = Date.parse(state.scored_at);
  const { low, high } = edgesOf(state, model.bands);
  const demographic = state.effective.demographic_score;
  const worth = rules.map((counted) => worthFrom(counted, from));
  const totalAt = (positive: number, negative: number): number => demographic + behavioral(worth, model, positive, negative);
  const [falls, rises] = [rules.some(({ rule }) => rule.points > 0), rules.some(({ rule }) => rule.points < 0)];
  const isIn = (at: number): boolean => (!falls || totalAt(at, from) >= low) && (!rises || totalAt(from, at) < high);
  if (isIn(from + HORIZON_MS)) return null;
  let [inside, outside] = [from, from + HORIZON_MS];
  while (outside - inside > PRECISION_MS) {
    const middle = Math.floor((inside + outside) / 2);
    if (isIn(middle)) inside = middle;
    else outside = middle;
  }
  return new Date(rises ? Math.max(outside, from + LEAST_MS) : outside).toISOString();
}

/** The total stays in its bands from `low` up to, not including, `high`. */
function edgesOf({ effective: { grade, temperature }, mql, override }: ScoringState, bands: Bands): { low: number; high: number } {
  const grades = ([['F', -Infinity], ['D', bands.grades.D], ['C', bands.grades.C], ['B', bands.grades.B], ['A', bands.grades.A]] as const);
  const place = grades.findIndex(([name]) => name === grade);
  const slack = override ? 0 : bands.hysteresis;
  const { warm, hot } = bands.temperatures;
  const temperatures = { hot: [hot - slack, Infinity], warm: [warm - slack, hot], cold: [-Infinity, warm], suspect: [-Infinity, warm] }[temperature];
  return {
    low: Math.max(grades[place][1], temperatures[0], mql ? bands.mql : -Infinity),
    high: Math.min(grades[place + 1]?.[1] ?? Infinity, temperatures[1], mql ? Infinity : bands.mql),
  };
}

interface Worth { rule: CountedRule['rule']; at: (moment: number) => number }

/** Of signals that have happened the sum decays as one of them does; those of the next minutes still stand still. */
function worthFrom({ rule, counted }: CountedRule, from: number): Worth {
  const past = counted.filter(({ at }) => at <= from).reduce((total, { at, points }) => total + points * decay(at, rule, from), 0);
  const ahead = counted.filter(({ at }) => at > from);
  if (ahead.length === 0) return { rule, at: (moment) => past * decay(from, rule, moment) };
  return { rule, at: (moment) => ahead.reduce((total, { at, points }) => total + points * decay(at, rule, moment), past * decay(from, rule, moment)) };
}

/** The part in points, of points that fade as of one moment, and of negative ones as of another. */
function behavioral(worth: readonly Worth[], { behavioral: { groups } }: ScoringModel, positive: number, negative: number): number {
  let raw = 0;
  for (const { name, cap } of groups) {
    let sum = 0;
    for (const { rule, at } of worth) if (rule.group === name) sum += hundredths(at(rule.points > 0 ? positive : negative));
    raw += Math.min(sum, hundredths(cap));
  }
  return wholePoints(raw) / hundredths(1);
}
