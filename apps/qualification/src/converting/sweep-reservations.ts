import { Injectable } from '@nestjs/common';
import { DomainError } from '@headwater/contracts';
import { Loop } from '@headwater/messaging';
import { about, isTemporary } from '@headwater/platform';
import { SettleLeads } from '../settle-lead';
import { ReservationsStore } from '../store/reservations.store';
import type { LeadKey } from '../store/statuses.store';

/** Leads of one round. */
const BATCH = 50;
/** A lease is over in 30 seconds, so that nobody holds a lead for longer than a minute. */
const EVERY_MS = 2_000;

/**
 * Asks the holders of reservations whose time is over what became of them, as the next command on the lead would: nobody has to come for it. Every
 * replica does; what two of them settle at once is settled once, under the lock of the lead.
 */
@Injectable()
export class SweepReservations extends Loop {
  protected readonly whenFailed = 'Leads stay reserved whose time is over';
  /** who doesn't answer now keeps no other lead waiting: the next round goes on behind it */
  private after = 0;

  constructor(private readonly reservations: ReservationsStore, private readonly settlements: SettleLeads) {
    super();
  }

  protected async round(): Promise<number> {
    const expired = await this.reservations.expired(this.after, BATCH);
    await Promise.all(expired.map((lead) => this.settle(lead)));
    const isFull = expired.length === BATCH;
    this.after = isFull ? expired[BATCH - 1].lead_id : 0;
    return isFull ? 0 : EVERY_MS;
  }

  private async settle({ tenant_id, lead_id }: LeadKey): Promise<void> {
    try {
      await this.settlements.settleExpired(tenant_id, lead_id);
    } catch (error) {
      const passes = error instanceof DomainError || isTemporary(error);
      about({ tenant: tenant_id }, () => this.logger[passes ? 'warn' : 'error'](
        { err: error, lead_id }, 'A lead stays reserved: its holder does not say what became of it'));
    }
  }
}
