import { Injectable } from '@nestjs/common';
import type { AnswerOf, Envelope, IntakeState, LeadMergedData, LeadTie, MergeStatuses, QuestionOf } from '@headwater/contracts';
import { causedByEvent, eventAbout, LeadTies, targetsOf, tieOf, type Cause, type NewTie } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { firstStatus, qualificationState, type LeadStatus } from './domain/lead-status';
import { followMembers } from './domain/merged-standing';
import { FollowNurturing } from './nurturing/follow-nurturing';
import { RecordDecisions } from './record-decisions';
import { HistoriesStore } from './store/histories.store';
import { StatusesStore, type Held, type LeadKey, type Locked } from './store/statuses.store';

type News = QuestionOf<typeof MergeStatuses>;
type Answer = AnswerOf<typeof MergeStatuses>;

/** What brought leads together, or apart. */
interface Why { kind: 'merge' | 'unmerge'; actor: string; cause: Cause }

interface Tied extends NewTie, Pick<LeadTie, 'created_at' | 'entry_status'> {}

const SYSTEM = 'system';

/** Keeps who belongs to whom, and each lead where it stands with those that were merged into it. */
@Injectable()
export class FollowMerges {
  constructor(
    private readonly database: Database,
    private readonly ties: LeadTies,
    private readonly statuses: StatusesStore,
    private readonly histories: HistoriesStore,
    private readonly decisions: RecordDecisions,
    private readonly nurturing: FollowNurturing,
  ) {}

  /** Told by intake, before it answers. Ends the reservation under the token. */
  told(news: News): Promise<Answer> {
    const work = (tx: Tx) => this.toldWithin(tx, news);
    return news.dry_run ? this.database.tryOut(work) : this.database.transaction(work);
  }

  private async toldWithin(tx: Tx, { tenant, ties, primary, actor, cause, token, correlation_id }: News): Promise<Answer> {
    const tied = ties.map((tie) => ({ ...tie, tenant_id: tenant }));
    const led = { tenant_id: tenant, lead_id: primary.lead_id };
    await this.statuses.insertMissing(tx, [firstStatus(tenant, primary)]);
    await this.learn(tx, tied, [led], token ? new Set([token]) : new Set());
    const why = { kind: cause, actor, cause: { correlationId: correlation_id } };
    await this.follow(tx, [...tied, led], () => why);
    const [lead] = await this.statuses.find(tenant, [primary.lead_id], tx);
    return { qualification: qualificationState(lead) };
  }

  /** Learnt from the events, whichever come first. What was learnt before is looked at once more, and changes nothing. */
  async fromIntake(kind: Why['kind'], events: Envelope<LeadMergedData>[], tx: Tx): Promise<void> {
    const tied = events.map(({ tenantid, data: { lead } }) => tiedBy(tenantid, lead));
    const primaries = events.map(({ tenantid, data }) => ({ tenant_id: tenantid, lead_id: data.primary_id }));
    await this.learn(tx, tied, primaries, null);
    await this.follow(tx, [...tied, ...primaries], (lead) => {
      const event = eventAbout(events, lead);
      return { kind, actor: event.data.actor ?? SYSTEM, cause: causedByEvent(event) };
    });
  }

  /** Intake was asked for leads, and some of them turned out to be merged. */
  async fromSnapshots(tenant: string, leads: IntakeState[], correlationId: string): Promise<void> {
    const tied = leads.filter(({ merged_into }) => merged_into).map((lead) => tiedBy(tenant, lead));
    if (tied.length === 0) return;
    await this.database.transaction(async (tx) => {
      await this.learn(tx, tied, [], null);
      await this.follow(tx, tied, () => ({ kind: 'merge', actor: SYSTEM, cause: { correlationId } }));
    });
  }

  /** Leads that were merged have changed: so may have those that they belong to. */
  followChanged(tx: Tx, leads: LeadStatus[], cause: Cause): Promise<void> {
    return this.followKnown(tx, leads.filter(({ primary_id }) => primary_id !== null), cause);
  }

  /** Leads that are heard of after others were merged into them stand where those do. */
  async followKnown(tx: Tx, leads: LeadKey[], cause: Cause): Promise<void> {
    if (leads.length > 0) await this.follow(tx, leads, () => ({ kind: 'merge', actor: SYSTEM, cause }));
  }

  /**
   * The same of leads that are held, before anything is decided by where they stand.
   * @returns a function from lead to lead: as it stands then
   */
  async followLate(tx: Tx, held: readonly (Locked & { isLatePrimary?: boolean })[], cause: Cause): Promise<(lead: Locked) => Locked> {
    const late = held.filter(({ isLatePrimary }) => isLatePrimary);
    await this.followKnown(tx, late, cause);
    const anew = new Map((await this.statuses.lockAll(tx, late)).map((lead) => [nameOf(lead), lead]));
    return (lead) => anew.get(nameOf(lead)) ?? lead;
  }

  /** @param others that are concerned; @param tokens of the reservations that this ends; null: those of the leads whose tie is new */
  private async learn(tx: Tx, tied: Tied[], others: LeadKey[], tokens: ReadonlySet<string> | null): Promise<void> {
    await this.statuses.insertMissing(tx, tied.map(({ tenant_id, lead_id, created_at, entry_status }) =>
      firstStatus(tenant_id, { lead_id, created_at, converted: null, attribution: { entry_status } })));
    const { rows } = await this.statuses.lockFamilies(tx, [...tied, ...others, ...targetsOf(tied)]);
    const learnt = new Set((await this.ties.learn(tx, tied)).map(nameOf));
    const ended = tokens ?? new Set(rows.flatMap(({ reservation_token, reservation_holder, ...row }) =>
      (reservation_token && reservation_holder !== 'conversion' && learnt.has(nameOf(row)) ? [reservation_token] : [])));
    const reserved = rows.filter(({ reservation_token }) => reservation_token && ended.has(reservation_token));
    await this.statuses.release(tx, reserved);
    await this.histories.addSettlements(tx, reserved.map(({ tenant_id, lead_id, reservation_token }) =>
      ({ tenant_id, lead_id, token: reservation_token as string, outcome: 'done' as const })));
  }

  private async follow(tx: Tx, leads: LeadKey[], why: (lead: LeadKey) => Why): Promise<void> {
    const held = await this.statuses.lockFamilies(tx, leads);
    const entries = held.rows.flatMap(({ now, ...lead }) => {
      const { kind, actor, cause } = why(lead);
      const decision = followMembers(lead, membersOf(held, lead), kind, { actor, at: now });
      return decision ? [{ decision: { ...decision, announce: decision.announce && lead.primary_id === null }, cause }] : [];
    });
    const inherited = await this.nurturing.inherited(tx, entries.flatMap(({ decision: { lead, transitions } }) =>
      (transitions.some(({ to, cause }) => to === 'nurturing' && cause === 'merge') ? [{ lead, members: membersOf(held, lead).members }] : [])));
    await this.decisions.record(tx, entries.map((entry) => ({ ...entry, enrolment: inherited.get(nameOf(entry.decision.lead)) })));
    await this.nurturing.followTies(tx, held.rows);
  }
}

const nameOf = ({ tenant_id, lead_id }: LeadKey): string => `${tenant_id} ${lead_id}`;

const tiedBy = (tenant: string, lead: IntakeState): Tied => ({ ...tieOf(tenant, lead), created_at: lead.created_at, entry_status: lead.attribution.entry_status });

function membersOf({ rows, families }: Held, lead: LeadStatus): { members: LeadStatus[]; isAlone: boolean } {
  const members = families.membersOf(lead);
  const counting = new Set(members.filter(({ outranked }) => !outranked).map(nameOf));
  return { members: rows.filter((row) => counting.has(nameOf(row))), isAlone: members.length === 0 };
}
