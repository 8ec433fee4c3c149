import { GRADES, TEMPERATURES, type Crossing, type IntakeState, type LeadScoreView, type Ranking, type ScoreDistribution, type SimulatedLead, type SimulationFindings } from '@headwater/contracts';
import { withEvidence } from './with-evidence';
import type { Scored } from '../lead-score';
import type { ScoringModel } from '../scoring-model';

/** What became of a lead, as far as it is known; null while nobody knows. */
export type KnownOutcome = 'won' | 'lost' | 'converted' | 'disqualified' | null;

/** A lead as it scores by what is active, and as it would by another model. */
export interface TriedLead {
  lead: IntakeState;
  /** a converted lead keeps its score, and takes part in the ranking alone */
  isLocked: boolean;
  outcome: KnownOutcome;
  before: Scored & { document: ScoringModel };
  after: Scored & { document: ScoringModel };
}

const TENS = 10;
const MOST_CROSSING = 100;
const MOST_SAMPLES = 10;
const TOP_SHARE = 0.1;
const GOOD: ReadonlySet<KnownOutcome> = new Set<KnownOutcome>(['won', 'converted']);

/** Adds up what a model would do, lead by lead, in memory that doesn't grow but for the leads whose outcome is known. */
export class Simulation {
  private leads = 0;
  private changed = 0;
  private readonly before = emptyDistribution();
  private readonly after = emptyDistribution();
  private readonly hot = emptyCrossing();
  private readonly mql = emptyCrossing();
  private readonly ranked: { good: boolean; before: number; after: number }[] = [];
  private samples: { difference: number; sample: () => SimulatedLead }[] = [];

  add(tried: TriedLead): void {
    const { lead, isLocked, outcome, before, after } = tried;
    const views = [before.state.effective, after.state.effective] as const;
    if (outcome) this.ranked.push({ good: GOOD.has(outcome), before: before.state.computed.total_score, after: after.state.computed.total_score });
    if (isLocked) return;
    this.leads += 1;
    count(this.before, views[0], before.state.mql);
    count(this.after, views[1], after.state.mql);
    const difference = Math.abs(views[1].total_score - views[0].total_score);
    if (difference > 0) this.changed += 1;
    cross(this.hot, lead.lead_id, views, views[0].temperature === 'hot', views[1].temperature === 'hot');
    cross(this.mql, lead.lead_id, views, before.state.mql, after.state.mql);
    this.keepSample(difference, () => ({ lead_id: lead.lead_id, before: explained(lead, before), after: explained(lead, after) }));
  }

  /** Those whose score would move most; of equal ones the first. */
  private keepSample(difference: number, sample: () => SimulatedLead): void {
    if (difference === 0 || (this.samples.length === MOST_SAMPLES && difference <= this.samples[MOST_SAMPLES - 1].difference)) return;
    this.samples = [...this.samples, { difference, sample }].sort((one, other) => other.difference - one.difference).slice(0, MOST_SAMPLES);
  }

  findings(): SimulationFindings {
    return {
      leads: this.leads, changed: this.changed, before: finished(this.before, this.leads), after: finished(this.after, this.leads),
      hot: this.hot, mql: this.mql,
      ranking: this.ranked.length === 0 ? null : ranking(this.ranked), samples: this.samples.map(({ sample }) => sample()),
    };
  }
}

const explained = (lead: IntakeState, { state, contributions, document }: TriedLead['before']) =>
  ({ score: state.effective, model_version: state.model_version, contributions: withEvidence(contributions, lead, document) });

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

const emptyDistribution = () =>
  ({ total: 0, grades: zeros(GRADES), temperatures: zeros(TEMPERATURES), mql: 0, histogram: Array.from({ length: TENS }, () => 0) });
const emptyCrossing = (): Crossing => ({ rise: 0, fall: 0, leads: [] });

function count(into: ReturnType<typeof emptyDistribution>, { total_score, grade, temperature }: LeadScoreView, mql: boolean): void {
  into.total += total_score;
  into.grades[grade] += 1;
  into.temperatures[temperature] += 1;
  into.mql += mql ? 1 : 0;
  into.histogram[Math.min(TENS - 1, Math.floor(total_score / TENS))] += 1;
}

function finished({ total, ...rest }: ReturnType<typeof emptyDistribution>, leads: number): ScoreDistribution {
  return { mean: leads === 0 ? null : hundredth(total / leads), ...rest };
}

function cross(into: Crossing, lead_id: number, [before, after]: readonly [LeadScoreView, LeadScoreView], was: boolean, is: boolean): void {
  if (was === is) return;
  into[is ? 'rise' : 'fall'] += 1;
  if (into.leads.length < MOST_CROSSING) into.leads.push({ lead_id, direction: is ? 'rise' : 'fall', before: before.total_score, after: after.total_score });
}

/** How well each model tells those who became customers from those who didn't. */
function ranking(ranked: { good: boolean; before: number; after: number }[]): Ranking {
  const good = ranked.filter((one) => one.good).length;
  const base = good / ranked.length;
  const top = Math.ceil(ranked.length * TOP_SHARE);
  const by = (model: 'before' | 'after') => {
    const precision = goodAtTop(ranked.map((one) => ({ good: one.good, total: one[model] })), top) / top;
    return { precision: thousandth(precision), lift: base === 0 ? null : hundredth(precision / base) };
  };
  return { leads: ranked.length, good, base_rate: thousandth(base), top, before: by('before'), after: by('after') };
}

/** Of the `top` highest; where equal totals straddle the edge, the share of good ones among them, so that no order decides. */
function goodAtTop(ranked: { good: boolean; total: number }[], top: number): number {
  const edge = [...ranked].sort((one, other) => other.total - one.total)[top - 1].total;
  const above = ranked.filter(({ total }) => total > edge);
  const level = ranked.filter(({ total }) => total === edge);
  const goodOf = (some: { good: boolean }[]) => some.filter(({ good }) => good).length;
  return goodOf(above) + (goodOf(level) * (top - above.length)) / level.length;
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;
const thousandth = (value: number): number => Math.round(value * 1_000) / 1_000;
