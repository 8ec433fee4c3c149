import { Injectable } from '@nestjs/common';
import type { AnswerOf, QuestionOf, ReserveLead } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { qualificationState } from './domain/lead-status';
import { assertReservable } from './domain/reservation';
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
      await this.statuses.reserve(tx, lead, token, holder, lease_seconds);
      return { qualification: qualificationState(lead), transitions: await this.histories.transitions(tenant, lead_id, tx) };
    });
  }
}
