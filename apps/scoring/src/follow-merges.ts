import { Injectable } from '@nestjs/common';
import type { AnswerOf, Envelope, IntakeState, LeadMergedData, MergeScores, QuestionOf } from '@headwater/contracts';
import { causedByEvent, Consumer, eventAbout, LeadTies, targetsOf, tieOf, type Cause, type NewTie, type TiedLead } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { present } from './domain/lead-score';
import { RescoreLeads, type LeadChange } from './rescore-leads';
import { EvidenceStore } from './store/evidence.store';
import { keyOf, ScoresStore } from './store/scores.store';

type News = QuestionOf<typeof MergeScores>;
type Answer = AnswerOf<typeof MergeScores>;

interface Why { kind: 'merge' | 'unmerge'; actor: string | null; cause: Cause }

/** Leads that came together, or apart. */
interface Told {
  ties: NewTie[];
  /** what intake says of some of them now */
  snapshots: (TiedLead & { lead: IntakeState })[];
  why: (lead: TiedLead) => Why;
}

/** Keeps who belongs to whom: what merged leads did counts for the one that they belong to, and of their own scores nobody is told. */
@Injectable()
export class FollowMerges {
  constructor(
    private readonly database: Database,
    private readonly ties: LeadTies,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly rescoring: RescoreLeads,
    private readonly consumer: Consumer,
  ) {}

  /** Told by intake, before it answers. */
  told(news: News): Promise<Answer> {
    this.consumer.sawLive();
    const work = (tx: Tx) => this.toldWithin(tx, news);
    return news.dry_run ? this.database.tryOut(work) : this.database.transaction(work);
  }

  private async toldWithin(tx: Tx, { tenant, ties, primary, actor, cause, correlation_id }: News): Promise<Answer> {
    const why = { kind: cause, actor, cause: { correlationId: correlation_id } };
    await this.follow(tx, {
      ties: ties.map((tie) => ({ ...tie, tenant_id: tenant })), snapshots: [{ tenant_id: tenant, lead_id: primary.lead_id, lead: primary }], why: () => why,
    });
    const held = await this.scores.find(tx, tenant, [primary.lead_id]);
    const evidence = await this.evidence.load(tx, held);
    return { score: held.map((score) => present(score, evidence.get(keyOf(score))!)?.state ?? null)[0] ?? null };
  }

  /** Learnt from the events, whichever come first. */
  async fromIntake(kind: Why['kind'], events: Envelope<LeadMergedData>[], tx: Tx): Promise<void> {
    await this.follow(tx, {
      ties: events.map(({ tenantid, data }) => tieOf(tenantid, data.lead)),
      snapshots: events.map(({ tenantid, data: { lead } }) => ({ tenant_id: tenantid, lead_id: lead.lead_id, lead })),
      why: (lead) => {
        const event = eventAbout(events, lead);
        return { kind, actor: event.data.actor ?? null, cause: causedByEvent(event) };
      },
    });
  }

  /** Intake was asked for leads, and some of them turned out to be merged. */
  async fromSnapshots(tx: Tx, tenant: string, leads: IntakeState[], correlationId: string): Promise<void> {
    const ties = leads.filter(({ merged_into }) => merged_into).map((lead) => tieOf(tenant, lead));
    await this.follow(tx, { ties, snapshots: [], why: () => ({ kind: 'merge', actor: null, cause: { correlationId } }) });
  }

  /** A tie that is known already changes nothing: its primaries were scored with it. */
  private async follow(tx: Tx, { ties, snapshots, why }: Told): Promise<void> {
    if (ties.length === 0) return;
    const concerned = [...ties, ...targetsOf(ties)];
    const before = await this.scores.lock(tx, concerned.map(asLead));
    const learnt = new Set((await this.ties.learn(tx, ties)).map(nameOf));
    const after = await this.scores.lock(tx, concerned.map(asLead));
    // Whoever had one of them, or has one now, and, at its end, each of them.
    const refolded = new Map([...before, ...after].filter((score) => learnt.has(nameOf(tied(score))))
      .flatMap(({ tenant, leadId, above }) => [...above, leadId].map((id) => tied({ tenant, leadId: id })))
      .map((lead) => [nameOf(lead), lead]));
    const newest = new Map(snapshots.map((snapshot) => [nameOf(snapshot), snapshot]));
    const changes = [...new Map([...newest, ...refolded]).values()].map((lead): LeadChange => {
      const { kind, actor, cause } = why(lead);
      const intake = newest.get(nameOf(lead))?.lead;
      return {
        ...asLead(lead), cause,
        change: refolded.has(nameOf(lead)) ? { cause: kind, actor, intake } : { cause: 'update', intake },
      };
    });
    await this.rescoring.apply(tx, await this.scores.lock(tx, changes), changes);
  }
}

const asLead = ({ tenant_id, lead_id }: TiedLead) => ({ tenant: tenant_id, leadId: lead_id });
const tied = ({ tenant, leadId }: { tenant: string; leadId: number }): TiedLead => ({ tenant_id: tenant, lead_id: leadId });
const nameOf = ({ tenant_id, lead_id }: TiedLead): string => `${tenant_id} ${lead_id}`;
