import { Injectable } from '@nestjs/common';
import { Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import type { Change } from '../domain/assignment';
import { unassignedAlert } from '../domain/settle-lead';
import { QueueStore } from '../store/queue.store';

/** Tells managers that leads find nobody: of the first of them, and then once an hour at most. */
@Injectable()
export class AlertManagers {
  constructor(private readonly queue: QueueStore, private readonly outbox: Outbox) {}

  /** @param changes of leads; those that didn't come to the queue by it are left out */
  async ofQueued(tx: Tx, changes: readonly (Change & { cause: Cause })[]): Promise<void> {
    const queued = changes.filter(({ before, after: { waits } }) => waits?.for === 'queue' && waits.queue === undefined && before.waits !== waits);
    if (queued.length === 0) return;
    const first = new Map(queued.map((change) => [change.after.tenant, change] as const).reverse());
    const managers = await this.queue.managersToAlert(tx, [...first.keys()]);
    await this.outbox.add(tx, managers.map((manager) => {
      const { after, cause } = first.get(manager.tenant)!;
      return { event: unassignedAlert(after, manager), cause };
    }));
  }
}
