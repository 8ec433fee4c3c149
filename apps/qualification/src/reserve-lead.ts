import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type ReserveLead, type ReserveLeads as ReserveLeadsRequest } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { qualificationState } from './domain/lead-status';
import { assertMergeable, assertReservable } from './domain/reservation';
import { KnowLeads } from './know-leads';
import { SettleLeads } from './settle-lead';
import { HistoriesStore } from './store/histories.store';
import { StatusesStore, type Locked } from './store/statuses.store';

/** Gives a lead to the one that is about to end it, and to nobody else meanwhile. */
@Injectable()
export class ReserveLeads {
  constructor(
    private readonly database: Database,
    private readonly know: KnowLeads,
    private readonly settlements: SettleLeads,
    private readonly statuses: StatusesStore,
    private readonly histories: HistoriesStore,
  ) {}

  /**
   * The same token again renews its lease.
   * @throws DomainError 404; 409 `lead_locked`, `conversion_in_progress`, `not_qualified`; `not_reserved` for a token
   * whose reservation has ended
   */
  async reserve({ context, lead_id, token, holder, lease_seconds }: QuestionOf<typeof ReserveLead>): Promise<AnswerOf<typeof ReserveLead>> {
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    await this.settlements.settleExpired(tenant, lead_id);
    return this.database.transaction(async (tx) => {
      const lead = await this.statuses.lock(tx, tenant, lead_id) as Locked;
      assertReservable(lead, token, await this.histories.settlementOf(tx, lead, token));
      await this.statuses.reserve(tx, [lead], token, holder, lease_seconds);
      return { qualification: qualificationState(lead), transitions: await this.histories.transitions(tenant, lead_id, tx) };
    });
  }

  /**
   * All leads of a merge, or of its end, or none of them; locked in the order of their ids.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `not_reserved`
   */
  async reserveAll(
    { context, lead_ids, token, holder, lease_seconds }: QuestionOf<typeof ReserveLeadsRequest>,
  ): Promise<AnswerOf<typeof ReserveLeadsRequest>> {
    const tenant = context.tenant.id;
    const known = await this.know.present(tenant, lead_ids);
    if (known.length < new Set(lead_ids).size) throw DomainError.notFound('Lead');
    for (const id of lead_ids) await this.settlements.settleExpired(tenant, id);
    return this.database.transaction(async (tx) => {
      const leads = await this.statuses.lockAll(tx, known);
      const ended = await this.histories.settlementsOf(tx, leads, token);
      leads.forEach((lead, i) => assertMergeable(lead, token, ended[i], holder));
      await this.statuses.reserve(tx, leads, token, holder, lease_seconds);
      return { statuses: leads.map(qualificationState) };
    });
  }
}
