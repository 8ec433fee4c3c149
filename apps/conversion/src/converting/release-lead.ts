import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@headwater/platform';
import { ConversionsStore, type Attempt } from '../store/conversions.store';
import { Neighbours } from './neighbours';

/** Gives an attempt up, so that the lead is free for the next one at once. */
@Injectable()
export class ReleaseLead {
  private readonly logger = new Logger(ReleaseLead.name);

  constructor(
    private readonly database: Database, private readonly neighbours: Neighbours, private readonly conversions: ConversionsStore,
  ) {}

  /**
   * Never fails: the refusal that led here is the one to answer, and what can't be released now is released when the
   * lease has run out. What turns out to be done (its commit arrived, the acknowledgement didn't) stays done.
   */
  async release(attempt: Attempt): Promise<void> {
    const { tenant, leadId, token } = attempt;
    try {
      if (!(await this.conversions.abort(this.database, attempt))) return;
      await this.neighbours.release({ tenant, lead_id: leadId }, token);
    } catch (error) {
      this.logger.warn({ err: error, lead_id: leadId }, 'The lead stays reserved until its lease is over');
    }
  }

  /** Takes an attempt back that was refused before it held anything: a lead that there is not leaves nothing behind. */
  async forget(attempt: Attempt): Promise<void> {
    await this.conversions.remove(this.database, attempt);
  }
}
