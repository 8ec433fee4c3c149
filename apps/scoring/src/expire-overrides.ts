import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WakeUp } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { RescoreLeads } from './rescore-leads';
import { EvidenceStore } from './store/evidence.store';
import { keyOf, ScoresStore } from './store/scores.store';

/** Reads are exact at any time: only others hear of it so much later. */
const EVERY_MS = 10_000;
const AT_A_TIME = 200;

/** What people pinned for some time ends: the score is written, told in the history and announced, once, as if somebody had taken it back. */
@Injectable()
export class ExpireOverrides implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ExpireOverrides.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly evidence: EvidenceStore,
    private readonly scores: ScoresStore,
    private readonly rescoring: RescoreLeads,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wakeUp.now();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      if (await this.endSome() < AT_A_TIME && !this.stopping) await this.wakeUp.within(EVERY_MS);
    }
  }

  private async endSome(): Promise<number> {
    try {
      return await this.database.transaction((tx) => this.endWithin(tx));
    } catch (error) {
      this.logger.warn({ err: error }, 'Overrides end later');
      return 0;
    }
  }

  private async endWithin(tx: Tx): Promise<number> {
    const ended = await this.evidence.takeExpired(tx, AT_A_TIME);
    if (ended.length === 0) return 0;
    const held = await this.scores.lock(tx, ended);
    const leads = new Map(ended.map((lead) => [keyOf(lead), lead]));
    await this.rescoring.apply(tx, held, [...leads.values()].map((lead) =>
      ({ ...lead, change: { cause: 'override_expired' as const }, cause: { correlationId: randomUUID() } })));
    return ended.length;
  }
}
