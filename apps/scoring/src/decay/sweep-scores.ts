import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Loop } from '@headwater/messaging';
import { Database } from '@headwater/platform';
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
export class SweepScores extends Loop {
  protected readonly whenFailed = 'Scores that time has moved are written later';

  constructor(
    private readonly database: Database, private readonly checks: ChecksStore, private readonly scores: ScoresStore,
    private readonly rescoring: RescoreLeads,
  ) {
    super();
  }

  /**
   * Claimed in a statement of its own: who scores a lead locks the lead before its check, and would else wait for who waits for it. A
   * claim that its process didn't live to work off runs out.
   */
  protected async round(): Promise<number> {
    const due = await this.checks.claim(this.database, BATCH);
    if (due.length === 0) return EVERY_MS;
    await this.database.transaction(async (tx) => {
      const held = await this.scores.lock(tx, due);
      const cause = { correlationId: randomUUID() };
      await this.rescoring.apply(tx, held, due.map((lead) => ({ ...lead, change: { cause: 'decay' as const }, cause })));
      await this.checks.drop(tx, held.filter(({ scored }) => !scored)); // their first score says when
    });
    return due.length < BATCH ? EVERY_MS : 0;
  }
}
