import {
  DescribeLeadsToConvert, DescribeOwnersToConvert, DomainError, ExplainScoresToConvert, FindRep, GetStatuses, LockConvertedAssignments, LockConvertedLeads,
  LockConvertedScores, ReserveLeadsToConvert, SettleConvertedLeads,
  type ConvertedInto, type ExplainedReview, type IntakeState, type KeyTouch, type LeadConvertedInto, type RepView, type ReservedLead, type Transition,
} from '@headwater/contracts';
import { intakeState, type Cell } from '@headwater/testing';

const rep = (id: number, user_id: string): RepView => ({
  id, user_id, name: `Rep ${id}`, email: `rep${id}@example.com`, team: null, time_zone: 'UTC', weight: 1, active: true,
});

/** Everybody is a rep but 404; 410 has left. */
const repOf = (id: number): RepView | null => (id === 404 ? null : { ...rep(id, `u${id}`), active: id !== 410 });

const keyTouch = (lead_id: number): KeyTouch => ({
  submission_id: `submission-${lead_id}`, at: '2026-11-20T09:00:00.000Z', entry: 'form', inlet: null, channel: 'direct', source: 'web', campaign: null, utm: null,
  click_ids: null, page_url: null, referrer: null,
});

type Given = Parameters<typeof intakeState>[0];

/** The contract of intake, qualification, scoring and routing, as far as conversion uses it. */
export class OtherServices {
  /** tokens under which leads are reserved */
  readonly reserved = new Map<number, string>();
  /** who was told that a lead is converted, in order */
  readonly told: { who: string; lead_id: number; converted: ConvertedInto }[] = [];
  /** how many leads were set free by each request */
  readonly releases: number[] = [];
  /** what stands in the way of the next step; taken away by the test */
  readonly obstacles: { qualification?: DomainError; beforeProfile?: () => Promise<void>; afterReserve?: () => Promise<void> } = {};
  /** open duplicate reviews of leads */
  readonly reviews = new Map<number, ExplainedReview[]>();
  private readonly leads = new Map<string, IntakeState>();
  private readonly unqualified = new Set<number>();
  private readonly owners = new Map<number, number>();
  private readonly ends: Record<'scoring' | 'routing', (() => Promise<void>)[]> = { scoring: [], routing: [] };

  private constructor(private readonly cell: Cell) {}

  static async in(cell: Cell): Promise<OtherServices> {
    const others = new OtherServices(cell);
    await others.answerForIntake();
    await others.answerForQualification();
    await others.answerForScoring();
    await others.answerForRouting();
    return others;
  }

  /** A lead that is qualified unless told otherwise. */
  add(given: Given, { tenant = 'demo', qualified = true, owner }: { tenant?: string; qualified?: boolean; owner?: number } = {}): number {
    this.leads.set(`${tenant} ${given.lead_id}`, intakeState(given));
    if (!qualified) this.unqualified.add(given.lead_id);
    if (owner) this.owners.set(given.lead_id, owner);
    return given.lead_id;
  }

  /** The service stops answering, until it is told to answer again. */
  async leave(service: 'scoring' | 'routing'): Promise<void> {
    await Promise.all(this.ends[service].map((end) => end()));
  }

  async answerForScoring(): Promise<void> {
    const effective = { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A', temperature: 'hot' } as const;
    this.ends.scoring = await Promise.all([this.cell.answer(ExplainScoresToConvert, ({ items }) => ({
      facts: items.map(({ lead_id }) => ({
        score: {
          lead_id, revision: 1, effective, computed: effective, override: null, rating: null, is_hot: true, hot_reasons: [], mql: true,
          model_version: 3, scored_at: '2026-11-20T09:00:00.000Z',
        },
        contributions: [{ part: 'demographic' as const, rule: 'company_size', points: 4_200, because: 'employees 250 is at least 201' }],
      })),
    })), this.cell.answer(LockConvertedScores, (locks) => this.hear('scoring', locks))]);
  }

  async answerForRouting(): Promise<void> {
    this.ends.routing = await Promise.all([this.cell.answer(DescribeOwnersToConvert, ({ items }) => ({
      facts: items.map(({ lead_id, user_id }) => {
        const owner = this.owners.get(lead_id);
        return {
          assignment: { lead_id, revision: 1, owner: owner ? { id: owner, name: `Rep ${owner}` } : null, team: null, priority: 'normal' as const },
          owner: owner ? rep(owner, `u${owner}`) : null, rep: user_id?.startsWith('rep-') ? rep(Number(user_id.slice(4)), user_id) : null,
          owners: owner ? [{ id: owner, name: `Rep ${owner}`, at: '2026-11-20T09:00:00.000Z', cause: 'capture' }] : [],
        };
      }),
    })), this.cell.answer(LockConvertedAssignments, (locks) => this.hear('routing', locks)),
    this.cell.answer(FindRep, ({ rep_id }) => ({ rep: rep_id ? repOf(rep_id) : null }))]);
  }

  private async answerForIntake(): Promise<void> {
    await this.cell.answer(DescribeLeadsToConvert, async ({ items }) => {
      if (items.some(({ lead_id }) => this.reserved.has(lead_id))) await this.obstacles.beforeProfile?.();
      return {
        facts: items.map(({ tenant, lead_id }) => {
          const lead = this.leads.get(`${tenant} ${lead_id}`);
          const touch = keyTouch(lead_id);
          return lead ? {
            lead, primary_id: lead.merged_into ?? null, touches: { first: touch, last: touch, made_lead: touch, list: [touch], count: 1 },
            reviews: this.reviews.get(lead_id) ?? [],
          } : null;
        }),
      };
    });
    await this.cell.answer(LockConvertedLeads, (locks) => this.hear('intake', locks));
  }

  private reserve(tenant: string, lead_id: number, token: string): ReservedLead {
    const lead = this.leads.get(`${tenant} ${lead_id}`);
    if (this.obstacles.qualification) throw this.obstacles.qualification;
    if (!lead) throw DomainError.notFound('Lead');
    if (lead.merged_into) throw DomainError.conflict('lead_merged', `Lead ${lead_id} is merged into lead ${lead.merged_into}`, { primary_id: lead.merged_into });
    if (this.unqualified.has(lead_id)) throw DomainError.conflict('not_qualified', 'Lead must be qualified before conversion');
    const holder = this.reserved.get(lead_id);
    if (holder && holder !== token) throw DomainError.conflict('conversion_in_progress', 'Somebody else converts it');
    this.reserved.set(lead_id, token);
    const transition = (from: 'new' | 'contacted', to: 'contacted' | 'qualified', ms: number): Transition =>
      ({ from, to, cause: 'qualify', actor: 'user:1', at: '2026-11-20T10:00:00.000Z', ms_in_previous: ms });
    return {
      ok: true,
      qualification: {
        lead_id, revision: 3, status: 'qualified' as const, lifecycle_stage: 'sql' as const, cycle: 1, in_status_since: '2026-11-20T10:00:00.000Z',
        first_contacted_at: '2026-11-20T10:00:00.000Z', qualified_at: '2026-11-20T10:00:00.000Z',
      },
      transitions: [transition('new', 'contacted', 3_600_000), transition('contacted', 'qualified', 0)],
      assessment: { id: 5, qualified: true, reason: null, notes: 'Budget approved', by: 'Mia', at: '2026-11-20T10:00:00.000Z' },
    };
  }

  private async answerForQualification(): Promise<void> {
    await this.cell.answer(ReserveLeadsToConvert, async ({ items }) => {
      const results = items.map(({ tenant, lead_id, token }): ReservedLead => {
        try {
          return this.reserve(tenant, lead_id, token);
        } catch (error) {
          return { ok: false, refusal: (error as DomainError).body };
        }
      });
      await this.obstacles.afterReserve?.();
      return { results };
    });
    await this.cell.answer(GetStatuses, ({ ids }) => ({
      statuses: ids.map((lead_id) => ({
        lead_id, revision: 3, status: this.unqualified.has(lead_id) ? 'contacted' as const : 'qualified' as const, lifecycle_stage: 'sql' as const, cycle: 1,
        in_status_since: '2026-11-20T10:00:00.000Z',
      })),
    }));
    await this.cell.answer(SettleConvertedLeads, ({ items, aborted = [] }) => {
      if (aborted.length > 0) this.releases.push(aborted.length);
      for (const { lead_id, token } of [...items, ...aborted]) if (this.reserved.get(lead_id) === token) this.reserved.delete(lead_id);
      return this.hear('qualification', { items });
    });
  }

  private hear(who: string, { items }: { items: LeadConvertedInto[] }): Record<string, never> {
    for (const { lead_id, converted } of items) this.told.push({ who, lead_id, converted });
    return {};
  }
}
