import { Injectable } from '@nestjs/common';
import { Sweep } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { FireClocks } from './fire-clocks';
import { ReassignBreached } from './reassign-breached';

/** Deals with clocks when their moment comes, and gives leads to others whose first contact didn't come in time. */
@Injectable()
export class SweepClocks extends Sweep {
  protected readonly whenFailed = 'Clocks of first responses pause';

  constructor(private readonly database: Database, private readonly fire: FireClocks, private readonly reassign: ReassignBreached) {
    super();
  }

  protected override async round(): Promise<number> {
    const restMs = await super.round();
    return await this.reassign.next() > 0 ? 0 : restMs;
  }

  protected due(most: number): Promise<number> {
    return this.database.transaction((tx) => this.fire.due(tx, most));
  }

  protected nextIn(): Promise<number | null> {
    return this.fire.nextIn();
  }

  protected putOff(): Promise<void> {
    return this.fire.putOff();
  }
}
