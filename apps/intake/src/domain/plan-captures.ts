import type { KnownAccount, LeadFacts, Verdict } from '@headwater/contracts';
import type { AccountFinder, FoundAccount } from './account-finder';
import { CandidatePool, type Draft } from './candidate-pool';
import { stillEnriched } from './enrichment/provenance';
import type { Lead } from './lead';
import { matchSubmission } from './match-submission';
import { mergeProfile, type Values } from './merge-profile';
import { propose } from './pending-changes';
import type { MatchKey, Submission } from './read-submission';

export interface Outcome {
  submission: Submission;
  draft: Draft;
  verdict: Verdict;
  because: string;
  /** a lead that may be the same person's: people have to look at the two */
  doubt: Draft | null;
}

export interface KnownLead {
  lead: Lead;
  /** exclusive: those that it owns */
  keys: MatchKey[];
}

/** Ids of new leads while they have none; above all real ones, so that known leads come first in a match. */
const TEMPORARY = 2 ** 52;

/**
 * Decides a batch in the order of its submissions, each against the leads that are known and those that the batch itself
 * has made so far.
 * @param known every open or converted lead of the same tenant that shares a key with one of the submissions
 * @param accounts that the persons of the submissions may belong to
 * @param now RFC 3339
 */
export function planCaptures(
  submissions: Submission[], known: KnownLead[], accounts: AccountFinder, now: string,
): { outcomes: Outcome[]; drafts: Draft[] } {
  const pool = new CandidatePool();
  for (const { lead, keys } of known) pool.add({ lead, isNew: false, changed: new Set(), newKeys: new Map() }, keys);
  const outcomes = submissions.map((submission): Outcome => {
    const { candidate: match, doubt, because } = matchSubmission(submission, pool.sharing(submission.item.tenant, submission.keys));
    if (match && !match.converted) {
      const changed = apply(submission, match.draft, now, pool);
      pool.learn(match, submission.keys.map((key) => ({ ...key, exclusive: false })));
      return { submission, draft: match.draft, verdict: changed ? 'updated' : 'touched', because, doubt: null };
    }
    if (match && !submission.raisedHand) return { submission, draft: match.draft, verdict: 'touched', because, doubt: null };
    const former = match?.draft.lead ?? null;
    const found = accounts.of(submission);
    const account = former ? null : found;
    const draft = newLead(submission, TEMPORARY + pool.size, now, former, found);
    addKeys(draft, submission.keys, pool);
    pool.add(draft, [...draft.newKeys.values()]);
    return { submission, draft, doubt: doubt?.draft ?? null, ...reasonOf(former, doubt !== null, account, because) };
  });
  return { outcomes, drafts: pool.drafts.filter(({ isNew, changed, newKeys }) => isNew || changed.size > 0 || newKeys.size > 0) };
}

/** What is said of a new lead. A doubt goes first: it asks for a decision. */
function reasonOf(former: Lead | null, inDoubt: boolean, account: FoundAccount | null, because: string): Pick<Outcome, 'verdict' | 'because'> {
  if (former) return { verdict: 'created', because: `${because} as lead ${former.id}, which is converted: a new lead for a new interest` };
  if (inDoubt) return { verdict: 'review', because };
  return account ? { verdict: 'existing_customer', because: account.because } : { verdict: 'created', because };
}

function addKeys(draft: Draft, keys: MatchKey[], pool: CandidatePool): void {
  for (const key of keys) draft.newKeys.set(`${key.kind} ${key.value}`, { ...key, exclusive: pool.mayOwn(draft, key) });
}

/** @returns whether a field of the lead changed */
function apply(submission: Submission, draft: Draft, now: string, pool: CandidatePool): boolean {
  const { lead } = draft;
  const { item, profile, facts, note } = submission;
  const late = item.spooled === true && !item.deferred;
  const [edited, enriched] = [lead.edited, lead.enriched].map((fields) => new Set(Object.keys(fields)));
  const merged = mergeProfile(lead.profile, profile, { fillsOnly: item.anonymous || late || item.fills_only === true, edited, enriched });
  const latestNote = late && lead.notes ? null : note;
  addKeys(draft, submission.keys.filter((key) => !waits(key, merged.pending)), pool);
  const changes: string[] = [...merged.changed];
  if (latestNote) changes.push('notes');
  const pending = propose(lead.pending, merged.pending, item);
  if (pending !== lead.pending) draft.changed.add('pending_changes');
  lead.pending = pending;
  if (submission.attribution.campaign && !lead.attribution.campaign) {
    lead.attribution = { ...lead.attribution, campaign: submission.attribution.campaign };
    changes.push('campaign');
  }
  if (changes.length === 0) return false;
  lead.enriched = stillEnriched(lead.enriched, lead.profile, merged.profile);
  lead.profile = merged.profile;
  lead.facts = factsAfter(lead.facts, merged.changed, facts);
  lead.notes = latestNote ?? lead.notes;
  lead.updated_at = now;
  for (const field of changes) draft.changed.add(field);
  return true;
}

/** A key of a value that waits for a person's consent isn't the lead's yet. */
const waits = ({ kind }: MatchKey, pending: Values): boolean =>
  (kind === 'email' ? 'email' in pending : kind === 'phone' && ('phone' in pending || 'mobile' in pending));

/** Facts follow the fields that they are about. */
function factsAfter(known: LeadFacts, changed: string[], sent: LeadFacts): LeadFacts {
  const facts = { ...known };
  if (changed.includes('email')) Object.assign(facts, { email_valid: sent.email_valid, email_kind: sent.email_kind, email_mx: null });
  if (changed.includes('phone')) facts.phone_valid = sent.phone_valid;
  if (changed.includes('mobile')) facts.mobile_valid = sent.mobile_valid;
  if (changed.includes('industry')) facts.industry_raw = sent.industry_raw;
  if (changed.includes('website') || (changed.includes('email') && !known.company_domain)) {
    facts.company_domain = sent.company_domain ?? facts.company_domain;
  }
  return facts;
}

/** The account that a converted lead has become part of; whose it is has perhaps changed since. */
const accountOf = ({ converted }: Lead, found: KnownAccount | null): KnownAccount | null => (converted ? {
  account_id: converted.account_id, contact_id: converted.contact_id,
  owner_id: (found?.account_id === converted.account_id ? found.owner_id : null) ?? converted.owner_id ?? null,
} : null);

function newLead(submission: Submission, id: number, now: string, former: Lead | null, found: FoundAccount | null): Draft {
  const { item, profile, facts, attribution, note } = submission;
  const converted = former?.converted;
  return {
    lead: {
      id, tenant_id: item.tenant, revision: 1, profile, facts, attribution, edited: {}, enriched: {}, pending: {}, notes: note,
      reengaged_from: former && converted ? {
        lead_id: former.id, account_id: converted.account_id, contact_id: converted.contact_id, customer_id: converted.customer_id,
      } : null,
      account: former ? accountOf(former, found?.account ?? null) : found?.account ?? null,
      converted: null, merged_into: null, created_at: now, updated_at: now,
    },
    isNew: true,
    changed: new Set(),
    newKeys: new Map(),
  };
}
