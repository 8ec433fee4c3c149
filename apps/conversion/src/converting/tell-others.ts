import { Injectable, Logger } from '@nestjs/common';
import { Neighbours } from './neighbours';
import type { Settled } from './settled';

/** Tells the leads' owners before the callers are answered, so that every write after the answer meets the lock. */
@Injectable()
export class TellOthers {
  private readonly logger = new Logger(TellOthers.name);

  constructor(private readonly neighbours: Neighbours) {}

  /** Asks at once. Never fails: who doesn't hear it now learns it from `lead.converted`, and qualification asks when the lease is over. */
  async tell(conversions: Settled[]): Promise<void> {
    const leads = conversions.map(({ attempt }) => attempt.leadId);
    await Promise.all(this.neighbours.tellings(conversions).map(async ({ service, told }) => {
      try {
        await told;
      } catch (error) {
        this.logger.warn({ err: error, lead_ids: leads }, `${service} has yet to hear that leads are converted`);
      }
    }));
  }
}
