import type { DisqualificationReason, IntakeState, NurtureRules } from '@headwater/contracts';
import { evaluate, explain, type Condition, type Facts } from '@headwater/rules';
import type { LeadStatus } from '../lead-status';
import type { Terms } from './enrolment';
import { scoreFacts } from './find-exit';

const DAY_MS = 86_400_000;

/** What rules see of a lead that is disqualified. @param known what intake told; null where it didn't */
export function entryFacts(lead: Pick<LeadStatus, 'score' | 'lifecycle_stage'>, reason: DisqualificationReason | null, known: IntakeState | null): Facts {
  const { profile, attribution } = known ?? {};
  return { ...profile, ...attribution, ...scoreFacts(lead), reason };
}

/** The first rule that enrols a lead, as what it says of the enrolment; null when none does. @param at RFC 3339 */
export function entryOf({ enrol }: NurtureRules, facts: Facts, at: string): Terms | null {
  for (const { name, when, stage, recycle_after_days } of enrol) {
    const { holds, trace } = evaluate(when as Condition, facts);
    if (!holds) continue;
    const recycle_at = recycle_after_days ? new Date(Date.parse(at) + recycle_after_days * DAY_MS).toISOString() : null;
    return { stage, recycle_at, because: `rule "${name}" (${explain(trace)})` };
  }
  return null;
}
