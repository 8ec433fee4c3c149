import { Injectable, Logger } from '@nestjs/common';
import { ReleaseLeads, ReserveLeads, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Database, stallPoint } from '@headwater/platform';
import { MergesStore } from '../store/merges.store';

/** How long qualification leaves the leads to one merge; longer than all bounds of its steps together. */
export const LEASE_SECONDS = 30;
const RELEASE_MS = 2_000;

interface Reserved {
  context: Context;
  leadIds: number[];
  token: string;
  holder: 'merge' | 'unmerge';
}

/** Reserves leads while something is decided about them; what comes to nothing sets them free at once. */
@Injectable()
export class HoldReservation {
  private readonly logger = new Logger(HoldReservation.name);

  constructor(private readonly database: Database, private readonly requester: Requester, private readonly merges: MergesStore) {}

  /** @throws DomainError as qualification refused, or as `work` did */
  async hold<Answer>(reserved: Reserved, work: () => Promise<Answer>): Promise<Answer> {
    const { context, leadIds, token, holder } = reserved;
    try {
      await this.requester.ask(ReserveLeads, { context, lead_ids: leadIds, token, holder, lease_seconds: LEASE_SECONDS });
      await stallPoint('merge.after_reserve');
      return await work();
    } catch (error) {
      await this.giveUp(reserved);
      throw error;
    }
  }

  /**
   * Never fails: the refusal that led here is the one to answer, and what can't be released now is released when the lease has
   * run out. What turns out to be done (its commit arrived, the acknowledgement didn't) stays done.
   */
  private async giveUp({ context, leadIds, token }: Reserved): Promise<void> {
    try {
      if (!(await this.merges.abort(this.database, context.tenant.id, token))) return;
      await this.requester.ask(ReleaseLeads, { tenant: context.tenant.id, lead_ids: leadIds, token }, { timeoutMs: RELEASE_MS });
    } catch (error) {
      this.logger.warn({ err: error }, 'Leads stay reserved until their lease is over');
    }
  }
}
