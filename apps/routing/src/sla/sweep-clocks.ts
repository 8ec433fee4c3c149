import { Injectable } from '@nestjs/common';
import { Sweep } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { FireClocks } from './fire-clocks';
import { ReassignBreached } from './reassign-breached';

/** Deals with clocks when their moment comes; who breached one may lose the lead to somebody else. */
@Injectable()
export class SweepClocks extends Sweep {
  protected readonly whenFailed = 'Clocks of first responses pause';

  constructor(private readonly database: Database, private readonly fire: FireClocks, private readonly reassign: ReassignBreached) {
    super();
  }

  protected async due(most: number): Promise<number> {
    const fired = await this.database.transaction((tx) => this.fire.due(tx, most));
    if (fired > 0) this.reassign.wake();
    return fired;
  }

  protected nextIn(): Promise<number | null> {
    return this.fire.nextIn();
  }

  protected putOff(): Promise<void> {
    return this.fire.putOff();
  }
}
