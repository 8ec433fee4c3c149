import type { Contribution, ConvertedInto, IntakeState, LedgerEntry, ScoreOverride, ScoringState } from '@headwater/contracts';
import { hundredths } from './contribution-lines';
import { newFeatures, type Features } from './features';
import { nextModel, ownModel, type ModelChoice, type VersionedModel } from './models/choose-model';
import { withEvidence } from './models/with-evidence';
import { nextCheckAt } from './next-check';
import type { Signal } from './score-engagement';
import { scoreLead, type Parts } from './score-lead';
import { hasExpired } from './score-override';
import { viewOf } from './score-view';
import { withSignals } from './signals/with-signals';
import type { ScoringModel } from './scoring-model';

export type { VersionedModel } from './models/choose-model';

/** What scoring keeps of a lead. `lead` and `scored` are null while only something about it, not the lead, has arrived. */
export interface LeadScore {
  readonly tenant: string;
  readonly leadId: number;
  /** intake's revision of `lead`; 0 without one */
  readonly intakeRevision: number;
  readonly lead: IntakeState | null;
  readonly converted: ConvertedInto | null;
  readonly scored: Pick<Scored, 'state'> | null;
  /** of the present epoch's revisions: a first score has the next one */
  readonly base: number;
  /** the stars that it was given itself */
  readonly rating: number | null;
  /** the lead that it belongs to since a merge; nobody is told of its score any more */
  readonly primaryId: number | null;
  /** intake's revision as of which it is kept what the lead is like; null, or an older one, when a build from before that was kept has scored it */
  readonly featuresRevision: number | null;
}

export interface Scored { readonly state: ScoringState; readonly contributions: Contribution[] }

/** What a score is made from besides the lead. */
export interface Evidence extends ModelChoice {
  readonly signals: readonly Signal[];
  /** what the log of overrides comes to */
  readonly override: ScoreOverride | null;
  /** the most stars among the leads that were merged into it, unless somebody has given it others since */
  readonly mergedRating: number | null;
  /** RFC 3339 */
  readonly now: string;
}

export type LedgerCause =
  | 'capture' | 'update' | 'signal' | 'override' | 'override_cleared' | 'override_expired' | 'rating' | 'recompute' | 'decay' | 'model'
  | 'merge' | 'unmerge';

/** What happened to a lead. Its signals and overrides are in the evidence already. */
export interface Change {
  readonly cause: LedgerCause;
  readonly reason?: string | null;
  readonly actor?: string | null;
  /** ignored unless newer than what is kept */
  readonly intake?: IntakeState;
  /** announced with its new facts, even if the score is the same */
  readonly tells?: boolean;
  /** ids of those among the signals of the evidence that this change brought */
  readonly freshSignals?: ReadonlySet<string>;
  /** undefined leaves the stars, null takes them back */
  readonly rating?: number | null;
}

export type LedgerLine = Omit<LedgerEntry, 'id' | 'cause'> & { cause: LedgerCause };

export interface Rescored {
  readonly score: LeadScore & { lead: IntakeState; scored: Scored; mergedRating: number | null };
  /** what intake says of it is other than it was kept */
  readonly isNewLead: boolean;
  readonly ledger: LedgerLine[];
  /** what it is like by now, where that has changed */
  readonly features: Features | null;
  /** when time alone may bring it into other bands, null for never; absent where nothing could have changed that */
  readonly nextCheck?: { readonly at: string | null };
  readonly announce: { readonly scored: boolean; readonly rated: { readonly former: number | null } | null };
}

/** These are told in the history even when they add no points. */
const TOLD: ReadonlySet<LedgerCause> = new Set<LedgerCause>(['capture', 'override', 'override_cleared', 'override_expired', 'rating', 'merge', 'unmerge']);

/** These tell themselves what becomes of an override that has ended meanwhile. */
const PINS: ReadonlySet<LedgerCause> = new Set<LedgerCause>(['override', 'override_cleared', 'override_expired']);

/** A merge brings signals along, and its end takes them away: whatever the score is before it, it is another one after it. */
const REFOLDS: ReadonlySet<LedgerCause> = new Set<LedgerCause>(['merge', 'unmerge']);

/**
 * The score after a change, what the ledger has to say of it, and what is to be announced. The ledger tells the decay
 * since the last scoring and a change of model as lines of their own, and folds to the computed score.
 * @returns null when there is no lead to score yet, the change is older than what is kept, or the override whose end it is was replaced
 */
export function rescore(held: LeadScore, change: Change, evidence: Evidence): Rescored | null {
  const isNewer = (change.intake?.revision ?? 0) > held.intakeRevision;
  if (change.intake && !isNewer && !REFOLDS.has(change.cause)) return null;
  const lead = isNewer && change.intake ? change.intake : held.lead;
  if (!lead) return null;

  const before = held.scored?.state ?? null;
  const converted = held.converted ?? lead.converted ?? null;
  const model = nextModel(lead, held.converted, evidence);
  const own = change.rating === undefined ? held.rating : change.rating;
  const rating = mostStars(own, evidence.mergedRating);
  const next = evaluate({ lead, converted, rating, before, model, isFresh: change.cause === 'unmerge', ...evidence });
  if (change.cause === 'override_expired' && !hasExpired(before?.override, next.state.scored_at)) return null;
  const isChanged = !before || !isSame(before, next.state);
  const tells = change.tells === true;
  const revision = (before?.revision ?? held.base) + (isChanged || tells ? 1 : 0);
  const scored = { ...next, state: { ...next.state, revision } };
  return {
    score: { ...held, featuresRevision: lead.revision, intakeRevision: lead.revision, lead, converted, rating: own, mergedRating: evidence.mergedRating, scored },
    isNewLead: lead !== held.lead,
    ledger: ledgerOf(held, change, evidence, scored.state),
    features: newFeatures(held, lead),
    ...nextCheck(held, change, evidence.signals, { state: scored.state, model: model.document, isFinal: converted !== null }),
    announce: announced(held, change, scored.state),
  };
}

/** Most leads have done nothing, and nothing is kept of when to look at them again. */
function nextCheck(
  { primaryId }: LeadScore, { cause }: Change, signals: readonly Signal[], { isFinal, ...basis }: { state: ScoringState; model: ScoringModel; isFinal: boolean },
): Pick<Rescored, 'nextCheck'> {
  if (signals.length === 0 && cause !== 'decay') return {};
  return { nextCheck: { at: isFinal || primaryId !== null ? null : nextCheckAt({ ...basis, signals }) } };
}

function announced({ primaryId, scored }: LeadScore, { cause, rating, tells = false }: Change, after: ScoringState): Rescored['announce'] {
  if (primaryId !== null) return { scored: false, rated: null };
  const before = scored?.state;
  const isRated = before !== undefined && (before.rating ?? null) !== (after.rating ?? null);
  return {
    // A lead of its own again is told of: nobody has heard how its score went on meanwhile.
    scored: !before || tells || isMoved(before, after) || cause === 'unmerge' || (cause === 'merge' && isRated),
    rated: isRated && rating !== undefined ? { former: before.rating ?? null } : null,
  };
}

export const mostStars = (one: number | null, other: number | null): number | null =>
  (one === null || other === null ? one ?? other : Math.max(one, other));

/** The score as of now, without a change: signals have decayed since it was written. Null for a lead that has none. */
export const present = (held: LeadScore, evidence: Evidence): Scored | null =>
  (held.lead ? presentBy(held, evidence, standsFor(held.lead, held, evidence)) : null);

/** The same, with what each line was read from. */
export function explained(held: LeadScore, evidence: Evidence): Scored | null {
  const scored = present(held, evidence);
  if (!scored || !held.lead) return scored;
  return { ...scored, contributions: told(scored, { lead: held.lead, signals: evidence.signals, model: standsFor(held.lead, held, evidence) }) };
}

const told = ({ contributions }: Scored, { lead, signals, model: { document } }: { lead: IntakeState; signals: readonly Signal[]; model: VersionedModel }): Contribution[] =>
  withSignals(withEvidence(contributions, lead, document), signals, document);

const standsFor = (lead: IntakeState, { converted }: LeadScore, evidence: Evidence): VersionedModel =>
  ownModel(lead, converted, evidence) ?? evidence.active;

/** The same by a model that somebody chose. */
export function presentBy({ lead, converted, scored }: LeadScore, evidence: Evidence, model: VersionedModel): Scored | null {
  if (!lead || !scored) return null;
  return evaluate({ lead, converted, rating: scored.state.rating ?? null, before: scored.state, model, ...evidence });
}

/**
 * The score at another moment: of the past by what had happened until then, of the future as it fades. The evidence holds the override
 * and the model of that moment; the facts of the lead are those of now. Of the past nobody remembers how a temperature was entered.
 */
export function asOf(held: LeadScore, evidence: Evidence, moment: string): Scored | null {
  const { lead, converted, scored } = held;
  if (!lead || !scored) return null;
  const isPast = Date.parse(moment) < Date.parse(evidence.now);
  const signals = isPast ? evidence.signals.filter(({ at }) => Date.parse(at) <= Date.parse(moment)) : evidence.signals;
  const model = (isPast ? evidence.own : ownModel(lead, converted, evidence)) ?? evidence.active;
  const then = evaluate({ ...evidence, lead, converted, rating: scored.state.rating ?? null, before: scored.state, isFresh: isPast, model, signals, now: moment });
  return { ...then, contributions: told(then, { lead, signals, model }) };
}

/**
 * Whether the models that are active now make something else of a lead than the one that its score stands for, both as of now. What
 * time alone has moved isn't counted, nor what only the number of the model tells apart.
 */
export function isRemodelled({ lead, converted, scored }: LeadScore, evidence: Evidence): boolean {
  if (!lead || !scored || converted) return false;
  const [own, next] = [ownModel(lead, converted, evidence), nextModel(lead, converted, evidence)];
  if (!own || own.version === next.version) return false;
  const by = (model: VersionedModel): ScoringState =>
    evaluate({ lead, converted, rating: scored.state.rating ?? null, before: scored.state, model, ...evidence }).state;
  const after = by(next);
  // Where nothing was done there is nothing that decays.
  const before = evidence.signals.length === 0 ? scored.state : by(own);
  return !isSame({ ...before, model_version: next.version }, after);
}

interface Basis {
  lead: IntakeState;
  converted: ConvertedInto | null;
  rating: number | null;
  before: ScoringState | null;
  /** the temperature of before was another lead's as well: it doesn't hold this one's up */
  isFresh?: boolean;
  signals: readonly Signal[];
  override: ScoreOverride | null;
  model: VersionedModel;
  now: string;
}

/** At its conversion the clock of a lead stops: neither decay nor later signals move what it was converted with. */
function evaluate({ lead, converted, rating, before, isFresh = false, signals, override, model, now }: Basis): Scored {
  const end = converted ? Date.parse(converted.converted_at) : Infinity;
  const counted = signals.filter(({ at }) => Date.parse(at) <= end || end === Infinity);
  const at = Date.parse(now) > end ? new Date(end).toISOString() : now;
  const { bands } = model.document;
  const { contributions, ...parts } = scoreLead(lead, counted, model.document, at);
  const silent = counted.length === 0;
  const computed = viewOf(parts, { bands, silent, former: isFresh ? null : before?.computed.temperature ?? null, pinned: false });
  const effective = override ? viewOf(pinned(parts, override), { bands, silent, former: null, pinned: true }) : computed;
  const hotReasons = [
    ...(effective.temperature === 'hot' ? ['temperature'] : []),
    ...(rating !== null && rating >= bands.hot_rating ? ['rating'] : []),
  ];
  const state: ScoringState = {
    lead_id: lead.lead_id, revision: before?.revision ?? 1, effective, computed, override, rating,
    is_hot: hotReasons.length > 0, hot_reasons: hotReasons, mql: effective.total_score >= bands.mql,
    model_version: model.version, scored_at: at,
  };
  return { state, contributions };
}

const pinned = ({ demographic, behavioral }: Parts, override: ScoreOverride): Parts => ({
  demographic: override.demographic_score == null ? demographic : hundredths(override.demographic_score),
  behavioral: override.behavioral_score == null ? behavioral : hundredths(override.behavioral_score),
});

function ledgerOf(held: LeadScore, change: Change, evidence: Evidence, after: ScoringState): LedgerLine[] {
  const { lead, converted, scored } = held;
  const said = { reason: change.reason ?? null, actor: change.actor ?? null };
  if (!lead || !scored) return [difference(null, after, 'capture', said)];

  const { state } = scored;
  if (REFOLDS.has(change.cause)) return [difference(state, after, change.cause, said)];
  const signals = evidence.signals.filter(({ signal_id }) => !change.freshSignals?.has(signal_id));
  const asWas = (model: VersionedModel, override = state.override ?? null): ScoringState => evaluate({
    lead, converted, rating: state.rating ?? null, before: state, signals, override, model, now: evidence.now,
  }).state;
  const next = nextModel(lead, converted, evidence);
  const own = ownModel(lead, converted, evidence) ?? next;
  // Where nothing was done there is nothing that decays.
  const decayed = signals.length === 0 ? state : asWas(own);
  const remodelled = own.version === next.version ? decayed : asWas(next);
  const ended = hasExpired(state.override, after.scored_at) && !PINS.has(change.cause) ? asWas(next, evidence.override) : null;
  return [
    difference(state, decayed, 'decay'),
    difference(decayed, remodelled, 'model', { reason: `model version ${next.version}`, actor: null }),
    ...(ended ? [difference(remodelled, ended, 'override_expired')] : []),
    difference(ended ?? remodelled, after, change.cause, said),
  ].filter((line) => line.demographic !== 0 || line.behavioral !== 0 || TOLD.has(line.cause));
}

function difference(
  before: ScoringState | null, after: ScoringState, cause: LedgerCause,
  said: Pick<LedgerLine, 'reason' | 'actor'> = { reason: null, actor: null },
): LedgerLine {
  return {
    cause,
    demographic: hundredths(after.computed.demographic_score - (before?.computed.demographic_score ?? 0)),
    behavioral: hundredths(after.computed.behavioral_score - (before?.computed.behavioral_score ?? 0)),
    effective_total: after.effective.total_score,
    ...said,
    at: after.scored_at,
  };
}

type View = ScoringState['effective'];
const isSameView = (one: View, other: View): boolean =>
  one.demographic_score === other.demographic_score && one.behavioral_score === other.behavioral_score
  && one.grade === other.grade && one.temperature === other.temperature;

/** What `lead.scored` tells of: the effective score, its grade and temperature, the MQL mark, and whether it is hot. */
const isMoved = (before: ScoringState, after: ScoringState): boolean =>
  !isSameView(before.effective, after.effective) || before.mql !== after.mql || before.is_hot !== after.is_hot;

/** Whether nothing that a reader of the state can see has changed, but for the time. */
const isSame = (before: ScoringState, after: ScoringState): boolean =>
  !isMoved(before, after) && isSameView(before.computed, after.computed) && isSameOverride(before.override, after.override)
  && (before.rating ?? null) === (after.rating ?? null) && before.hot_reasons.join() === after.hot_reasons.join()
  && before.model_version === after.model_version;

type Override = ScoreOverride | null | undefined;
const isSameOverride = (one: Override, other: Override): boolean =>
  (one?.behavioral_score ?? null) === (other?.behavioral_score ?? null)
  && (one?.demographic_score ?? null) === (other?.demographic_score ?? null)
  && (one?.reason ?? null) === (other?.reason ?? null) && one?.by === other?.by && one?.at === other?.at
  && (one?.expires_at ?? null) === (other?.expires_at ?? null);
