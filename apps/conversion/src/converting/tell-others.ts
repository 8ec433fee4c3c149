import { Injectable, Logger } from '@nestjs/common';
import type { ConvertedInto } from '@headwater/contracts';
import type { Attempt } from '../store/conversions.store';
import { Neighbours } from './neighbours';

/** A conversion that is done. */
export interface Settled {
  attempt: Attempt;
  converted: ConvertedInto;
  actor: string;
}

/** Tells the lead's owners before the caller is answered, so that every write after the answer meets the lock. */
@Injectable()
export class TellOthers {
  private readonly logger = new Logger(TellOthers.name);

  constructor(private readonly neighbours: Neighbours) {}

  /** Never fails: who doesn't hear it now learns it from `lead.converted`, and qualification asks when the lease is over. */
  async tell({ attempt: { tenant, leadId, token }, converted, actor }: Settled): Promise<void> {
    await Promise.all(this.neighbours.tellings({ tenant, lead_id: leadId, token, converted, actor }).map(async ({ service, told }) => {
      try {
        await told;
      } catch (error) {
        this.logger.warn({ err: error, lead_id: leadId }, `${service} has yet to hear that the lead is converted`);
      }
    }));
  }
}
