import type { DisqualificationReason, IntakeState } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import { leadFacts, scoreFacts } from '../lead-facts';
import type { LeadStatus } from '../lead-status';
import type { CompiledRules, Entry } from './compile-rules';
import { daysAfter, shortened, type Terms } from './enrolment';
import { followTold, type KeptFacts, type News, type Told } from './told-facts';

type Scored = Pick<LeadStatus, 'score' | 'lifecycle_stage'>;
type Standing = Scored & Pick<LeadStatus, 'scoring_revision'>;
type Open = Standing & Pick<LeadStatus, 'status'>;

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
  { ofOpen }: CompiledRules, before: Standing | null, lead: Open, told: Pick<Told, 'before' | 'now' | 'unknownBefore'>, at: string,
): Terms | null {
  const facts = openFacts(lead, told.now);
  const former = before && openFacts(before, told.before);
  const isFirst = ({ asksForScore }: Entry): boolean => before === null || (asksForScore && before.scoring_revision === 0);
  const mayBeAsked = ({ from, asksForScore }: Entry): boolean =>
    (from as ReadonlySet<string>).has(lead.status) && !(asksForScore && lead.scoring_revision === 0);
  const begins = (one: Entry): boolean =>
    one.holds(facts) && (former === null || isFirst(one) || one.asksFor.some(told.unknownBefore) || !one.holds(former));
  const entry = lead.status === 'disqualified' ? undefined : ofOpen.find((one) => mayBeAsked(one) && begins(one));
  return entry ? termsOf(entry, facts, at) : null;
}

/**
 * Goes by everything that is told of an open lead at once, the oldest first; the first of it by which a rule begins to hold enrols it, and what changed
 * until then counts no more.
 * @param kept of what was told, as long as these rules are in force
 * @param lead null where it may be enrolled by nothing
 * @returns what is to be kept, null where it is as it was; and what enrols the lead
 */
export function followNews<Heard extends News>(
  rules: CompiledRules, before: Standing | null, lead: Open | null, kept: KeptFacts | null, news: readonly Heard[], at: string,
): { kept: KeptFacts | null; entry: { terms: Terms; by: Heard } | null } {
  let present = kept;
  let entry: { terms: Terms; by: Heard } | null = null;
  for (const one of [...news].sort((a, b) => a.revision - b.revision)) {
    const told = followTold(present, one, rules.factsOfOpen);
    present = told.kept ?? present;
    const terms: Terms | null = lead && !entry ? entryOfOpen(rules, before, lead, told, at) : null;
    if (terms) entry = { terms, by: one };
  }
  if (entry && present) present = { ...present, since: 0 };
  return { kept: present === kept ? null : present, entry };
}

const openFacts = ({ score, lifecycle_stage }: Scored, told: Facts): Facts => ({ ...told, ...scoreFacts(score), lifecycle_stage });

function termsOf({ name, stage, recycle_after_days, why }: Entry, facts: Facts, at: string): Terms {
  const recycle_at = recycle_after_days ? daysAfter(at, recycle_after_days) : null;
  return { stage, recycle_at, because: shortened(`rule "${name}" (${why(facts)})`) };
}
