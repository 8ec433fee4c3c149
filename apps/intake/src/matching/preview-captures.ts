import { Injectable } from '@nestjs/common';
import { likeliest } from '@headwater/matching';
import type { AnswerOf, CapturePreview, LikelyDuplicate, PreviewCaptures as PreviewRequest, QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { AccountFinder, accountKeysOf } from '../domain/account-finder';
import type { Lead } from '../domain/lead';
import { comparableOfLead, keysOfComparable } from '../domain/matching/comparable-of-lead';
import { explainMatch } from '../domain/matching/explain-match';
import { cardOf } from '../domain/matching/review-view';
import { planCaptures, type KnownLead, type Outcome } from '../domain/plan-captures';
import { readSubmission, type Submission } from '../domain/read-submission';
import { LeadsStore } from '../store/leads.store';
import { MatchRecordsStore } from '../store/match-records.store';
import { CrowdedKeys } from './crowded-keys';
import { MatchingModels, type TenantMatching } from './matching-models';

interface Looked { submission: Submission; matching: TenantMatching; comparable: ReturnType<typeof comparableOfLead>; keys: number[] }

/** Says what would become of submissions, and which leads may be the same persons', without writing anything or keeping anybody waiting. */
@Injectable()
export class PreviewCaptures {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly records: MatchRecordsStore,
    private readonly models: MatchingModels, private readonly crowded: CrowdedKeys,
  ) {}

  async preview({ items, tenants }: QuestionOf<typeof PreviewRequest>): Promise<AnswerOf<typeof PreviewRequest>> {
    const submissions = items.map((item) => readSubmission(item, tenants[item.tenant]));
    const outcomes = await this.outcomes(submissions);
    const candidates = await this.candidates(submissions);
    const named = outcomes.map(({ draft, doubt }) => [...(draft.isNew ? [] : [draft.lead.id]), ...(doubt ? [doubt.lead.id] : [])]);
    const shown = await this.shown(submissions, candidates.map((ids, i) => [...new Set([...named[i], ...ids])]));
    const models = await this.models.of(this.database, submissions.map(({ item }) => item.tenant));
    return {
      previews: outcomes.map((outcome, i) => previewOf(outcome, shown[i]
        .flatMap((lead) => likelyDuplicate(outcome.submission, lead, models.get(lead.tenant_id)!, named[i].includes(lead.id)))
        .sort((a, b) => b.probability - a.probability || a.lead.lead_id - b.lead.lead_id).slice(0, MOST_SHOWN))),
    };
  }

  /** Each for itself, against what is there now. */
  private async outcomes(submissions: Submission[]): Promise<Outcome[]> {
    const keys = submissions.flatMap(({ item: { tenant }, keys: own }) => own.map((key) => ({ ...key, tenant })));
    const known = await this.leads.sharing(this.database, keys, { lock: false });
    const accounts = new AccountFinder(await this.leads.accountsOf(this.database, submissions.flatMap(accountKeysOf)));
    // A plan changes the leads that it is made with: each has copies of its own.
    return submissions.map((submission) => planCaptures([submission], known.map(copyOf), accounts, submission.item.received_at).outcomes[0]);
  }

  /** Ids of those who share keys with each. */
  private async candidates(submissions: Submission[]): Promise<number[][]> {
    const models = await this.models.of(this.database, submissions.map(({ item }) => item.tenant));
    const looked = submissions.map((submission): Looked => {
      const matching = models.get(submission.item.tenant)!;
      const comparable = comparableOfLead(submission, matching.model);
      return { submission, matching, comparable, keys: keysOfComparable(submission.item.tenant, comparable, matching.model) };
    });
    const holders = await this.crowded.holders(this.database, looked.flatMap(({ keys }) => keys));
    const likely = looked.map(({ matching, keys }) =>
      likeliest(NOBODY, keys.flatMap((key) => (holders.has(key) ? [holders.get(key)!] : [])), matching.records));
    const refs = likely.flatMap((ids, i) => ids.map((id) => ({ tenant: looked[i].submission.item.tenant, id })));
    const records = new Map((await this.records.find(this.database, refs)).map((record) => [record.lead_id, record]));
    return looked.map(({ submission: { item }, matching: { matcher }, comparable }, i) => likely[i].filter((id) => {
      const other = records.get(id);
      return other?.tenant_id === item.tenant && matcher.compare(comparable, other.record).band !== 'new';
    }));
  }

  private async shown(submissions: Submission[], ids: number[][]): Promise<Lead[][]> {
    const leads = new Map<number, Lead>();
    for (const tenant of new Set(submissions.map(({ item }) => item.tenant))) {
      const wanted = ids.flatMap((own, i) => (submissions[i].item.tenant === tenant ? own : []));
      for (const lead of await this.leads.get(this.database, tenant, [...new Set(wanted)])) leads.set(lead.id, lead);
    }
    return ids.map((own) => own.flatMap((id) => leads.get(id) ?? []));
  }
}

const MOST_SHOWN = 10;
/** A submission has no id among leads. */
const NOBODY = 0;

const copyOf = ({ lead, keys }: KnownLead): KnownLead => ({ lead: { ...lead }, keys });

function previewOf({ draft: { isNew, lead, changed }, verdict, because }: Outcome, candidates: LikelyDuplicate[]): CapturePreview {
  return { verdict, because, lead_id: isNew ? null : lead.id, changed: isNew ? [] : [...changed], account: isNew ? lead.account : null, candidates };
}

/** @param isNamed what is exact or in doubt is shown whatever the fields say */
function likelyDuplicate(submission: Submission, lead: Lead, { model, matcher }: TenantMatching, isNamed: boolean): LikelyDuplicate[] {
  const { band, ...comparison } = matcher.compare(comparableOfLead(submission, model), comparableOfLead(lead, model));
  if (band === 'new' && !isNamed) return [];
  const sides = [submission, lead].map(({ profile, facts }) => ({ profile, company_domain: facts.company_domain }));
  return [{
    ...explainMatch({ band: band === 'same' ? 'same' : 'review', ...comparison }, sides[0], sides[1]),
    lead: cardOf({
      id: lead.id, profile: lead.profile, company_domain: lead.facts.company_domain, created_at: lead.created_at,
      converted: lead.converted !== null, merged_into: null,
    }),
  }];
}
