import type { ConvertedInto, IntakeState } from '@headwater/contracts';
import { evaluate } from '@headwater/rules';
import { factsOf } from '../lead-facts';
import type { ScoringModel } from '../scoring-model';
import { withNamed } from './named-conditions';

export interface VersionedModel { readonly version: number; readonly document: ScoringModel }

/** The models that there are for a lead. */
export interface ModelChoice {
  /** the one that its score was written with; null before the first */
  readonly own: VersionedModel | null;
  /** the active one for all leads that no segment has */
  readonly active: VersionedModel;
  /** the active ones of segments, the first to be asked first */
  readonly segments?: readonly VersionedModel[];
  /** what is active now has looked at it already, and found nothing to write */
  readonly isReached?: boolean;
}

/** The active model for a lead: that of the first segment that has it, else the one for all others. */
export function activeFor(lead: IntakeState, { active, segments = [] }: ModelChoice): VersionedModel {
  if (segments.length === 0) return active; // the facts of a lead cost more than the rest of its score
  const facts = factsOf(lead);
  return segments.find(({ document: { segment, conditions } }) => segment && evaluate(withNamed(segment.when, conditions ?? []), facts).holds) ?? active;
}

/** The model that a lead is scored with next: a converted one keeps the model that it was converted with. */
export const nextModel = (lead: IntakeState, converted: ConvertedInto | null, choice: ModelChoice): VersionedModel =>
  (converted && choice.own ? choice.own : activeFor(lead, choice));

/** The model that the score of a lead stands for. A re-score leaves what it doesn't change as it is, and counts for it all the same. */
export const ownModel = (lead: IntakeState, converted: ConvertedInto | null, choice: ModelChoice): VersionedModel | null =>
  (choice.isReached && choice.own && !converted ? activeFor(lead, choice) : choice.own);
