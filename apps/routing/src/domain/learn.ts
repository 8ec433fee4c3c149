import type { ConvertedInto, IntakeState } from '@headwater/contracts';
import type { Assignment, Change, LeadKey } from './assignment';
import { leadFacts, type LeadFacts, type ScoreFacts } from './rule-fields';

/** What intake says of a lead: its facts are read where it is news, which it seldom is when a score comes. */
export interface IntakeNews { readonly revision: number; readonly facts: LeadFacts }

export const intakeNews = (lead: IntakeState): IntakeNews => ({ revision: lead.revision, get facts() { return leadFacts(lead); } });

/** What others told of a lead. */
export interface LeadNews extends LeadKey {
  readonly intake?: IntakeNews;
  readonly score?: { readonly revision: number; readonly facts: ScoreFacts };
  readonly converted?: ConvertedInto | null;
}

/**
 * Each publisher's part counts when it is newer than what is known; what a lead was converted into first stays.
 * @returns what was known, the same object, when the news are none
 */
export function learn(known: Assignment, { intake, score, converted }: LeadNews): Assignment {
  let next = known;
  if (intake && intake.revision > known.intake_revision) next = { ...next, intake_revision: intake.revision, facts: intake.facts };
  if (score && score.revision > known.scoring_revision) next = { ...next, scoring_revision: score.revision, score: score.facts };
  if (converted && !known.converted) next = { ...next, converted };
  return next;
}

/** @param news of each of the leads that are stored so, in the same order */
export const learnAll = (stored: readonly Assignment[], news: readonly LeadNews[]): Change[] =>
  stored.map((before, i) => ({ before, after: learn(before, news[i]) }));
