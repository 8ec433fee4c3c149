import type { DisqualificationReason, IntakeState } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import { leadFacts, scoreFacts } from '../lead-facts';
import type { LeadStatus } from '../lead-status';
import type { CompiledRules, Entry } from './compile-rules';
import type { Terms } from './enrolment';
import type { Told } from './told-facts';

const DAY_MS = 86_400_000;

type Scored = Pick<LeadStatus, 'score' | 'lifecycle_stage'>;

/** What rules see of a lead that is disqualified. @param known what intake told; null where it didn't */
export const entryFacts = ({ score, lifecycle_stage }: Scored, reason: DisqualificationReason | null, known: IntakeState | null): Facts =>
  ({ ...(known ? leadFacts(known) : {}), ...scoreFacts(score), lifecycle_stage, reason });

/** The first rule that enrols a lead that is disqualified, as what it says of the enrolment; null when none does. @param at RFC 3339 */
export function entryOf({ afterDisqualification }: CompiledRules, facts: Facts, at: string): Terms | null {
  const entry = afterDisqualification.find(({ holds }) => holds(facts));
  return entry ? termsOf(entry, facts, at) : null;
}

/**
 * The first rule that begins to hold for an open lead, in the status that it has. One that held before takes nobody along: who has taken a lead up since
 * has the last word.
 * @param before what the score was; null of a lead that nothing was known of
 * @param told what intake tells of it, and told before
 * @param at RFC 3339
 */
export function entryOfOpen(
  { ofOpen }: CompiledRules, before: Scored | null, lead: Scored & Pick<LeadStatus, 'status'>, told: Pick<Told, 'before' | 'now' | 'unknownBefore'>, at: string,
): Terms | null {
  const facts = openFacts(lead, told.now);
  const former = before && openFacts(before, told.before);
  const begins = ({ holds, asksFor }: Entry): boolean => holds(facts) && (former === null || asksFor.some(told.unknownBefore) || !holds(former));
  const entry = lead.status === 'disqualified' ? undefined : ofOpen.find((one) => one.from.has(lead.status) && begins(one));
  return entry ? termsOf(entry, facts, at) : null;
}

const openFacts = ({ score, lifecycle_stage }: Scored, told: Facts): Facts => ({ ...told, ...scoreFacts(score), lifecycle_stage });

function termsOf({ name, stage, recycle_after_days, why }: Entry, facts: Facts, at: string): Terms {
  const recycle_at = recycle_after_days ? new Date(Date.parse(at) + recycle_after_days * DAY_MS).toISOString() : null;
  return { stage, recycle_at, because: `rule "${name}" (${why(facts)})` };
}
