import { Injectable } from '@nestjs/common';
import type { Context } from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { assertWritable } from './domain/refusals';
import { KnowLeads } from './know-leads';
import { SettleLeads } from './settle-lead';
import { StatusesStore, type Locked } from './store/statuses.store';

/** What every command about a lead has. */
export interface LeadCommand { context: Context; lead_id: number }

/** Holds a lead for a person's command that goes by itself. */
@Injectable()
export class HoldLead {
  constructor(
    private readonly database: Database, private readonly know: KnowLeads, private readonly settlements: SettleLeads, private readonly statuses: StatusesStore,
  ) {}

  /**
   * Does the work in one transaction, with the lead under lock, once per idempotency key.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`; what the work throws
   */
  async during<Answer>(command: LeadCommand, work: (tx: Tx, lead: Locked) => Promise<Answer>): Promise<Answer> {
    const { context: { tenant }, lead_id } = command;
    await this.know.require(tenant.id, lead_id);
    await this.settlements.settleExpired(tenant.id, lead_id);
    return once(this.database, attemptOf(command.context), async (tx) => {
      const lead = await this.statuses.lock(tx, tenant.id, lead_id) as Locked;
      assertWritable(lead);
      return work(tx, lead);
    });
  }
}
