import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { NurtureRulesInForce } from './rules-in-force';

const EVERY_MS = 900;

/** Looks whose rules are for open leads, however many leads' days have come meanwhile. */
@Injectable()
export class LookAtRules extends Loop {
  protected readonly whenFailed = 'Rules over open leads that another replica has put count here later';

  constructor(private readonly database: Database, private readonly rules: NurtureRulesInForce) {
    super();
  }

  protected async round(): Promise<number> {
    await this.rules.look(this.database);
    return EVERY_MS;
  }
}
