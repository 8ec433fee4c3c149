import fc from 'fast-check';
import {
  LeadCaptured, LeadConverted, LeadEngaged, LeadMerged, LeadQualified, LeadRated, LeadScored, LeadTouched, LeadUnmerged, LeadUpdated,
  type ConvertedInto, type IntakeState, type LeadScoreView, type NewEvent, type ScoringState,
} from '@headwater/contracts';
import { intakeState } from '@headwater/testing';

const HOUR_MS = 3_600_000;
const PAST = '2026-11-20T09:00:00.000Z';
/** Decay would tell two runs apart that are seconds apart: what is yet to come hasn't decayed. One hour for all, whenever they are told of. */
const HOUR_TO_COME = Date.now() + HOUR_MS;
const inHours = (hours: number): string => new Date(HOUR_TO_COME + hours * HOUR_MS).toISOString();

/** What happens to a lead, without its names. */
const happening = fc.record({
  snapshots: fc.array(fc.record({
    job_title: fc.constantFrom('CTO', 'Manager', 'Student'), employees: fc.constantFrom(5, 250, 2_000),
    industry: fc.constantFrom('technology', 'retail', 'other'),
  }), { minLength: 1, maxLength: 4 }),
  signals: fc.array(fc.constantFrom('web_visit', 'demo_request', 'webinar', 'unsubscribe', 'unheard_of'), { maxLength: 4 }),
  overrides: fc.array(fc.record({
    behavioral_score: fc.option(fc.integer({ min: 0, max: 50 })), demographic_score: fc.option(fc.integer({ min: 0, max: 50 })),
  }), { maxLength: 2 }),
  scores: fc.array(fc.record({
    behavioral: fc.integer({ min: 0, max: 50 }), demographic: fc.integer({ min: 0, max: 50 }),
    stars: fc.option(fc.integer({ min: 1, max: 5 })),
  }), { minLength: 1, maxLength: 4 }),
  touches: fc.array(fc.boolean(), { maxLength: 2 }),
  /** converted at the end; or put aside before it begins, and perhaps brought back by a raised hand; or neither */
  fate: fc.constantFrom('converted', 'disqualified', 'open'),
});
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const CONVERTED: Omit<ConvertedInto, 'converted_at'> = { account_id: 11, contact_id: 12, customer_id: 13, opportunity_id: null };

/** The history as it happened, of one lead of one tenant. */
export function historyOf({ snapshots, signals, overrides, scores, touches, fate }: Happening, tenant: string, lead_id: number): NewEvent[] {
  const leads = snapshots.map((profile, i) => intakeState({ lead_id, revision: i + 1, profile: { ...profile, country: 'US', email: `lead-${lead_id}@techcorp.com` } }));
  const [captured, ...updated] = leads;
  return [
    LeadCaptured.ofLead(tenant, captured, { lead: captured, touch: touchOf(lead_id, 0, true), enrichment_pending: false }),
    ...updated.map((lead) => LeadUpdated.ofLead(tenant, lead, { lead, changed: ['job_title'] })),
    ...signals.map((signal, i) => LeadEngaged.ofLead(tenant, { lead_id }, { lead_id, signal, signal_id: `signal-${i}`, at: inHours(1) })),
    ...scores.flatMap((score, i) => scored(tenant, { ...score, revision: i + 1, formerStars: scores[i - 1]?.stars ?? null }, leads)),
    ...touches.map((raised, i) => LeadTouched.ofLead(tenant, { lead_id }, touchOf(lead_id, i + 1, raised))),
    ...overrides.map((pins, i) => LeadQualified.ofLead(tenant, { lead_id, revision: i + 2 }, {
      qualification: { lead_id, revision: i + 2, status: 'qualified', lifecycle_stage: 'sql', cycle: 1, in_status_since: PAST },
      transitions: [], score_override: { ...pins, by: 'Ann', at: inHours(i + 1) },
    })),
    ...(fate === 'converted'
      ? [LeadConverted.ofLead(tenant, { lead_id }, { lead_id, into: { ...CONVERTED, converted_at: inHours(9) }, actor: 'Ann', attribution: {} })] : []),
  ];
}

const touchOf = (lead_id: number, n: number, raised_hand: boolean) =>
  ({ lead_id, submission_id: `submission-${n}`, at: inHours(n), entry: 'form', channel: 'direct', raised_hand });

interface Score { revision: number; behavioral: number; demographic: number; stars: number | null; formerStars: number | null }

/** A score, and the rating that led to it where there was one. */
function scored(tenant: string, { revision, behavioral, demographic, stars, formerStars }: Score, leads: IntakeState[]): NewEvent[] {
  const lead = leads[Math.min(revision, leads.length) - 1];
  const total_score = behavioral + demographic;
  const temperature = total_score >= 75 ? 'hot' : total_score >= 45 ? 'warm' : 'cold';
  const view: LeadScoreView = { total_score, behavioral_score: behavioral, demographic_score: demographic, grade: 'C', temperature };
  const score: ScoringState = {
    lead_id: lead.lead_id, revision, effective: view, computed: view, rating: stars, is_hot: temperature === 'hot', hot_reasons: [],
    mql: total_score >= 50, model_version: 1, scored_at: PAST,
  };
  return [
    LeadScored.ofLead(tenant, score, { score, contributions: [], lead }),
    ...(stars === null ? [] : [LeadRated.ofLead(tenant, score, { score, former_rating: formerStars })]),
  ];
}

/** In which order it is delivered otherwise: a list of places in the history, each twice, cut into parts. */
export interface Delivery { parts: number[][] }

const deliveryOf = (length: number, largestPart: number): fc.Arbitrary<Delivery> => fc.tuple(
  fc.shuffledSubarray([...Array(length).keys(), ...Array(length).keys()], { minLength: 2 * length }),
  fc.array(fc.integer({ min: 1, max: largestPart }), { minLength: 2 * length, maxLength: 2 * length }),
).map(([order, sizes]) => {
  const parts: number[][] = [];
  for (let from = 0, i = 0; from < order.length; from += sizes[i], i += 1) parts.push(order.slice(from, from + sizes[i]));
  return { parts };
});

/** A happening with two ways to deliver those of its events that `isHeard` picks: one by one, and several at a time. */
export const deliveries = (isHeard: (event: NewEvent) => boolean) => happening.chain((what) => {
  const { length } = historyOf(what, 'any', 1).filter(isHeard);
  return fc.record({ what: fc.constant(what), oneByOne: deliveryOf(length, 1), inParts: deliveryOf(length, 4) });
});

const ENDS = ['merged', 'unmerged', 'merged again'] as const;

/** What happens to two leads of one person, one of which is merged into the other at the end of it, and perhaps set apart again. */
export interface Merging { primary: Happening; other: Happening; end: (typeof ENDS)[number] }

/**
 * A primary is open: of a hand that was raised for it only time tells whether that was before the merge, so whether it says anything of the
 * other lead. That one may have been put aside, and brought back.
 */
const merging = fc.record({ primary: happening, other: happening, end: fc.constantFrom(...ENDS) }).map(({ primary, other, end }): Merging => ({
  primary: { ...primary, fate: 'open' }, other: { ...other, fate: other.fate === 'converted' ? 'open' : other.fate }, end,
}));

export interface Pair { primary: number; other: number }

export function historyOfMerge({ primary: led, other: brought, end }: Merging, tenant: string, { primary, other }: Pair): NewEvent[] {
  const last = brought.snapshots.length;
  const { job_title, industry, employees } = brought.snapshots[last - 1];
  const state = (n: number, merged_into: number | null): IntakeState =>
    intakeState({ lead_id: other, revision: last + n, merged_into, profile: { job_title, industry, employees, country: 'US', email: `lead-${other}@techcorp.com` } });
  const merged = (n: number) => LeadMerged.ofLead(tenant, state(n, primary), { lead: state(n, primary), primary_id: primary, merge_id: n, actor: 'Ann' });
  const unmerged = LeadUnmerged.ofLead(tenant, state(2, null), { lead: state(2, null), primary_id: primary, merge_id: 1, actor: 'Ann' });
  return [
    ...historyOf(led, tenant, primary), ...historyOf(brought, tenant, other), merged(1),
    ...(end === 'merged' ? [] : [unmerged]), ...(end === 'merged again' ? [merged(3)] : []),
  ];
}

/** The same of a merge. */
export const deliveriesOfMerges = (isHeard: (event: NewEvent) => boolean) => merging.chain((what) => {
  const { length } = historyOfMerge(what, 'any', { primary: 1, other: 2 }).filter(isHeard);
  return fc.record({ what: fc.constant(what), oneByOne: deliveryOf(length, 1), inParts: deliveryOf(length, 4) });
});
