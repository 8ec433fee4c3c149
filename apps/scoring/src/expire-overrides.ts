import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { RescoreLeads } from './rescore-leads';
import { EvidenceStore } from './store/evidence.store';
import { keyOf, ScoresStore } from './store/scores.store';

/** Reads are exact at any time: only others hear of it so much later. */
const EVERY_MS = 10_000;
const AT_A_TIME = 200;

/** What people pinned for some time ends: the score is written, told in the history and announced, once, as if somebody had taken it back. */
@Injectable()
export class ExpireOverrides extends Loop {
  protected readonly whenFailed = 'Overrides end later';

  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
    private readonly scores: ScoresStore,
    private readonly rescoring: RescoreLeads,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    return await this.database.transaction((tx) => this.endSome(tx)) < AT_A_TIME ? EVERY_MS : 0;
  }

  private async endSome(tx: Tx): Promise<number> {
    const ended = await this.evidence.takeExpired(tx, AT_A_TIME);
    if (ended.length === 0) return 0;
    const held = await this.scores.lock(tx, ended);
    const leads = new Map(ended.map((lead) => [keyOf(lead), lead]));
    await this.rescoring.apply(tx, held, [...leads.values()].map((lead) =>
      ({ ...lead, change: { cause: 'override_expired' as const }, cause: { correlationId: randomUUID() } })));
    return ended.length;
  }
}
