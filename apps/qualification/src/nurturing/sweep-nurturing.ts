import { Injectable } from '@nestjs/common';
import { Sweep } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { ExitLeads } from './exit-leads';

/** Looks at leads that are nurtured when their day comes. */
@Injectable()
export class SweepNurturing extends Sweep {
  protected readonly whenFailed = 'Leads whose day has come go on being nurtured';

  constructor(private readonly database: Database, private readonly exits: ExitLeads) {
    super();
  }

  protected due(most: number): Promise<number> {
    return this.database.transaction((tx) => this.exits.due(tx, most));
  }

  protected nextIn(): Promise<number | null> {
    return this.exits.nextIn();
  }

  protected putOff(): Promise<void> {
    return this.exits.putOff();
  }
}
