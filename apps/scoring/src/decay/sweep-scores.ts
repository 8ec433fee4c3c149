import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { WakeUp } from '@headwater/messaging';
import { Database, isTemporary } from '@headwater/platform';
import { RescoreLeads } from '../rescore-leads';
import { ChecksStore } from '../store/checks.store';
import { ScoresStore } from '../store/scores.store';

/** With it a score is in a band that it has left by time alone for some seconds, and never for a minute. */
const EVERY_MS = 5_000;
const BATCH = 200;

/**
 * Writes the scores anew that time alone may have brought into another grade, temperature or MQL mark, and tells of those that it has.
 * One loop in each replica; each takes others. Scores whose signals are all faded, or that have none, are never looked at.
 */
@Injectable()
export class SweepScores implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweepScores.name);
  private readonly wakeUp = new WakeUp();
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database, private readonly checks: ChecksStore, private readonly scores: ScoresStore,
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
      const swept = await this.round();
      if (swept < BATCH && !this.stopping) await this.wakeUp.within(EVERY_MS);
    }
  }

  /**
   * Claimed in a statement of its own: who scores a lead locks the lead before its check, and would else wait for who waits for it. A
   * claim that its process didn't live to work off runs out. @returns how many were looked at
   */
  private async round(): Promise<number> {
    try {
      const due = await this.checks.claim(this.database, BATCH);
      if (due.length === 0) return 0;
      await this.database.transaction(async (tx) => {
        const held = await this.scores.lock(tx, due);
        const cause = { correlationId: randomUUID() };
        await this.rescoring.apply(tx, held, due.map((lead) => ({ ...lead, change: { cause: 'decay' as const }, cause })));
        await this.checks.drop(tx, held.filter(({ scored }) => !scored)); // their first score says when
      });
      return due.length;
    } catch (error) {
      this.logger[isTemporary(error) ? 'warn' : 'error']({ err: error }, 'Scores that time has moved are written later');
      return 0;
    }
  }
}
