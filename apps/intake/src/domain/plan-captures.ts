import type { LeadFacts, Verdict } from '@headwater/contracts';
import type { Lead } from './lead';
import { matchSubmission, type Candidate } from './match-submission';
import { mergeProfile, type Values } from './merge-profile';
import { propose } from './pending-changes';
import type { MatchKey, Submission } from './read-submission';

/** A lead that a batch creates or touches, as it is after the batch. */
export interface Draft {
  lead: Lead;
  isNew: boolean;
  changed: Set<string>;
  /** keys that it has besides those stored */
  newKeys: Map<string, MatchKey>;
}

export interface Outcome {
  submission: Submission;
  draft: Draft;
  verdict: Verdict;
  because: string;
}

export interface KnownLead {
  lead: Lead;
  keys: Pick<MatchKey, 'kind' | 'value'>[];
}

/** Ids of new leads while they have none; above all real ones, so that known leads come first in a match. */
const TEMPORARY = 2 ** 52;

/**
 * Decides a batch in the order of its submissions, each against the leads that are known and those that the batch itself
 * has made so far.
 * @param known every open or converted lead of the same tenant that shares a key with one of the submissions
 * @param now RFC 3339
 */
export function planCaptures(submissions: Submission[], known: KnownLead[], now: string): { outcomes: Outcome[]; drafts: Draft[] } {
  const pool: Pooled[] = known.map(({ lead, keys }) =>
    candidate({ lead, isNew: false, changed: new Set(), newKeys: new Map() }, keys));
  const outcomes = submissions.map((submission): Outcome => {
    const tenant = submission.item.tenant;
    const { candidate: match, because } = matchSubmission(submission, pool.filter((one) => one.tenant === tenant));
    if (match && !match.converted) {
      const changed = apply(submission, match.draft, now, ownership(pool, match.draft));
      match.keys.push(...submission.keys);
      return { submission, draft: match.draft, verdict: changed ? 'updated' : 'touched', because };
    }
    if (match && !submission.raisedHand) return { submission, draft: match.draft, verdict: 'touched', because };
    const draft = newLead(submission, TEMPORARY + pool.length, now, match?.draft.lead ?? null);
    addKeys(draft, submission.keys, ownership(pool, draft));
    pool.push(candidate(draft, submission.keys));
    return {
      submission, draft, verdict: 'created',
      because: match ? `${because} as lead ${match.id}, which is converted: a new lead for a new interest` : because,
    };
  });
  const drafts = [...new Set(pool.map(({ draft }) => draft))].filter(({ isNew, changed, newKeys }) => isNew || changed.size > 0 || newKeys.size > 0);
  return { outcomes, drafts };
}

type Pooled = Candidate & { tenant: string; draft: Draft };

/** Whether a lead may own a key: no other open lead of the tenant has it. Else it is found by it, and no more. */
const ownership = (pool: Pooled[], own: Draft) => (key: MatchKey): boolean => key.exclusive && !pool.some((other) =>
  other.draft !== own && !other.converted && other.tenant === own.lead.tenant_id
  && other.keys.some(({ kind, value }) => kind === key.kind && value === key.value));

function addKeys(draft: Draft, keys: MatchKey[], mayOwn: (key: MatchKey) => boolean): void {
  for (const key of keys) draft.newKeys.set(`${key.kind} ${key.value}`, { ...key, exclusive: mayOwn(key) });
}

const candidate = (draft: Draft, keys: Pick<MatchKey, 'kind' | 'value'>[]) => ({
  id: draft.lead.id,
  tenant: draft.lead.tenant_id,
  get profile() { return draft.lead.profile; },
  get facts() { return draft.lead.facts; },
  converted: draft.lead.converted !== null,
  keys: [...keys],
  draft,
});

/** @returns whether a field of the lead changed */
function apply(submission: Submission, draft: Draft, now: string, mayOwn: (key: MatchKey) => boolean): boolean {
  const { lead } = draft;
  const { item, profile, facts, note } = submission;
  const late = item.spooled === true && !item.deferred;
  const merged = mergeProfile(lead.profile, profile, { fillsOnly: item.anonymous || late, edited: new Set(Object.keys(lead.edited)) });
  const latestNote = late && lead.notes ? null : note;
  addKeys(draft, submission.keys.filter((key) => !waits(key, merged.pending)), mayOwn);
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
  if (changed.includes('email')) Object.assign(facts, { email_valid: sent.email_valid, email_kind: sent.email_kind });
  if (changed.includes('phone')) facts.phone_valid = sent.phone_valid;
  if (changed.includes('mobile')) facts.mobile_valid = sent.mobile_valid;
  if (changed.includes('industry')) facts.industry_raw = sent.industry_raw;
  if (changed.includes('website') || (changed.includes('email') && !known.company_domain)) {
    facts.company_domain = sent.company_domain ?? facts.company_domain;
  }
  return facts;
}

function newLead(submission: Submission, id: number, now: string, former: Lead | null): Draft {
  const { item, profile, facts, attribution, note } = submission;
  const converted = former?.converted;
  return {
    lead: {
      id, tenant_id: item.tenant, revision: 1, profile, facts, attribution, edited: {}, pending: {}, notes: note,
      reengaged_from: former && converted ? {
        lead_id: former.id, account_id: converted.account_id, contact_id: converted.contact_id, customer_id: converted.customer_id,
      } : null,
      converted: null, created_at: now, updated_at: now,
    },
    isNew: true,
    changed: new Set(),
    newKeys: new Map(),
  };
}
