import { Injectable, Logger } from '@nestjs/common';
import {
  DomainError,
  type AnswerOf, type Envelope, type GivenUp, type LeadConvertedData, type QuestionOf, type SettleConversion, type SettleConvertedLeads, type SettleLead,
  type SettleMerge,
  type Transition,
} from '@headwater/contracts';
import { ToldEvents } from '@headwater/messaging';
import { apartFromHeld, Database, faultPoint, type Tx } from '@headwater/platform';
import { firstStatus, type LeadStatus } from './domain/lead-status';
import { convert } from './domain/move';
import { inProgress } from './domain/refusals';
import { isLeaseOver, notReserved, settlementOf } from './domain/reservation';
import { FollowMerges } from './follow-merges';
import { Neighbours } from './neighbours';
import { HistoriesStore } from './store/histories.store';
import { StatusesStore } from './store/statuses.store';

type Settlement = QuestionOf<typeof SettleLead>;

/** Ends reservations: told by the holder, learnt from its event, or asked for when a lease ran out. */
@Injectable()
export class SettleLeads {
  private readonly logger = new Logger(SettleLeads.name);

  constructor(
    private readonly database: Database,
    private readonly statuses: StatusesStore,
    private readonly histories: HistoriesStore,
    private readonly neighbours: Neighbours,
    private readonly merges: FollowMerges,
    private readonly events: ToldEvents,
  ) {}

  /** @throws DomainError 409 `not_reserved` for a token that is not this lead's */
  async settle({ tenant, lead_id, token, outcome }: Settlement): Promise<AnswerOf<typeof SettleLead>> {
    await this.database.transaction(async (tx) => {
      const present = await this.statuses.lock(tx, tenant, lead_id);
      if (!present) throw notReserved();
      const ended = await this.histories.settlementOf(tx, present, token);
      if (settlementOf(present, token, outcome.kind, ended) === 'repetition') return;
      if (outcome.kind === 'done') {
        await this.lock(tx, [{ present, ...convert(present, outcome.converted, outcome.actor) }]);
      } else {
        await this.statuses.release(tx, [present]);
        await this.histories.addSettlements(tx, [{ tenant_id: tenant, lead_id, token, outcome: 'aborted' }]);
      }
    });
    return {};
  }

  /** Conversions that are done, or given up, told by their holder. One that is known already, or whose token is not the lead's, stays as it is. */
  async settleConverted({ items, aborted = [] }: QuestionOf<typeof SettleConvertedLeads>): Promise<AnswerOf<typeof SettleConvertedLeads>> {
    if (aborted.length > 0) await this.takeBack(aborted);
    if (items.length === 0) return {};
    const told = new Map(items.map((item) => [`${item.tenant} ${item.lead_id}`, item]));
    await this.events.during(items.flatMap(({ events = [] }) => events), () => this.database.transaction(async (tx) => {
      const leads = await this.statuses.lockAll(tx, items.map(({ tenant, lead_id }) => ({ tenant_id: tenant, lead_id })));
      const itemOf = ({ tenant_id, lead_id }: LeadStatus) => told.get(`${tenant_id} ${lead_id}`)!;
      const held = leads.filter((lead) => !lead.converted && lead.reservation_token === itemOf(lead).token);
      await this.lock(tx, held.map((present) => ({ present, ...convert(present, itemOf(present).converted, itemOf(present).actor) })));
      return new Set([...held, ...leads.filter(({ converted }) => converted)].map(itemOf));
    }), (settled) => items.flatMap((item) => (settled.has(item) ? [] : item.events ?? [])));
    faultPoint('conversion.settlement_committed');
    return {};
  }

  /** A conversion that its event tells of is done, whatever was heard of it before. */
  async fromConversion(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    const conversions = new Map(events.map(({ tenantid, data }) => [`${tenantid} ${data.lead_id}`, { tenant: tenantid, ...data }]));
    const leads = [...conversions.values()];
    // Unconverted at first, so that the conversion stands in the history of a lead that nothing else was heard of, too.
    const rows = await this.statuses.hold(tx, leads.map(({ tenant, lead_id, into }) =>
      firstStatus(tenant, { lead_id, created_at: into.converted_at, converted: null })));
    await this.lock(tx, rows.filter(({ converted }) => !converted).map((present) => {
      const { into, actor } = conversions.get(`${present.tenant_id} ${present.lead_id}`) as LeadConvertedData;
      return { present, ...convert(present, into, actor) };
    }));
  }

  /**
   * A lease that ran out is a suspicion, not a release: the holder decides, and only its abort sets the lead free. Not to
   * be called within a transaction.
   * @throws DomainError 409 `conversion_in_progress`, `merge_in_progress` when the holder doesn't answer
   */
  async settleExpired(tenant: string, leadId: number): Promise<void> {
    const [lead] = await this.statuses.find(tenant, [leadId]);
    if (!lead || !isLeaseOver(lead)) return;
    const question = { tenant, lead_id: leadId, token: lead.reservation_token as string };
    try {
      await (lead.reservation_holder === 'conversion' ? this.settleConversion(question) : this.settleMerge(question));
    } catch (error) {
      throw error instanceof DomainError && error.body.kind === 'unavailable' ? inProgress(lead) : error;
    }
  }

  private async settleConversion(question: QuestionOf<typeof SettleConversion>): Promise<void> {
    const { outcome } = await this.neighbours.settleConversion(question);
    await this.settle({ ...question, outcome });
  }

  private async settleMerge(question: QuestionOf<typeof SettleMerge>): Promise<void> {
    const { outcome } = await this.neighbours.settleMerge(question);
    if (outcome.kind === 'done') await this.merges.told({ ...outcome.news, token: question.token });
    else await this.release(outcome.lead_ids.map((lead_id) => ({ ...question, lead_id })));
  }

  /** Sets the leads of merges, or conversions, free again that come to nothing; those that aren't reserved under their token stay as they are. */
  async release(reserved: GivenUp[]): Promise<void> {
    await this.database.transaction((tx) => this.releaseIn(tx, reserved));
  }

  /** Of conversions that have nothing to do with each other: one whose lead somebody holds keeps no other waiting. */
  private async takeBack(aborted: GivenUp[]): Promise<void> {
    await apartFromHeld(this.database, aborted, async (tx, some) => {
      await this.releaseIn(tx, some);
      return [];
    }, ({ lead_id }, err) => this.logger.warn({ err, lead_id }, 'A lead that is given back stays reserved until its lease is over'));
  }

  private async releaseIn(tx: Tx, reserved: GivenUp[]): Promise<void> {
    const leads = await this.statuses.lockAll(tx, reserved.map(({ tenant, lead_id }) => ({ tenant_id: tenant, lead_id })));
    const ended = leads.flatMap((lead) => reserved.filter(({ tenant, lead_id }) => tenant === lead.tenant_id && lead_id === lead.lead_id)
      .map(({ token }) => ({ tenant_id: lead.tenant_id, lead_id: lead.lead_id, token, outcome: 'aborted' as const, isHeld: lead.reservation_token === token })));
    await this.statuses.release(tx, ended.filter(({ isHeld }) => isHeld));
    await this.histories.addSettlements(tx, ended);
  }

  private async lock(tx: Tx, conversions: { present: LeadStatus; lead: LeadStatus; transitions: Transition[] }[]): Promise<void> {
    await this.statuses.save(tx, conversions.map(({ lead }) => lead));
    await this.histories.addTransitions(tx, conversions.flatMap(({ lead: { tenant_id, lead_id }, transitions }) =>
      transitions.map((transition) => ({ ...transition, tenant_id, lead_id }))));
    await this.histories.addSettlements(tx, conversions.flatMap(({ present: { tenant_id, lead_id, reservation_token } }) =>
      (reservation_token ? [{ tenant_id, lead_id, token: reservation_token, outcome: 'done' as const }] : [])));
  }
}
