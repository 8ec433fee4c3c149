import { Injectable } from '@nestjs/common';
import { followInLane } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { isRemodelled } from '../domain/lead-score';
import { RescoreLeads } from '../rescore-leads';
import { EvidenceStore } from '../store/evidence.store';
import { RescoresStore, type RescoreJob } from '../store/rescores.store';
import { keyOf, ScoresStore, type HeldScore } from '../store/scores.store';

/** Leads of one transaction: more would keep what comes in live waiting for the processor, fewer cost more a lead. */
const CHUNK = 200;

/**
 * The next leads of a re-score. Most score the same by another model: they are only read, and nothing of them is locked or written.
 * The others are locked, read again and scored as by any change.
 */
@Injectable()
export class RescoreChunk {
  constructor(
    private readonly rescores: RescoresStore,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly rescoring: RescoreLeads,
  ) {}

  /** @returns the re-score as it is afterwards */
  async rescore(tx: Tx, job: RescoreJob): Promise<RescoreJob & { isDone: boolean }> {
    if (job.total === null) await this.rescores.measure(tx, job);
    const read = await this.scores.walk(tx, { tenant: job.tenant_id, after: job.after, limit: CHUNK });
    const changed = await this.change(tx, job, await this.remodelled(tx, read));
    const isDone = read.length < CHUNK;
    const after = read.at(-1)?.leadId ?? job.after;
    await this.rescores.advance(tx, job, { after, done: read.length, changed });
    if (isDone) await this.rescores.end(tx, job);
    return { ...job, after, done: job.done + read.length, changed: job.changed + changed, isDone };
  }

  private async remodelled(tx: Tx, held: HeldScore[]): Promise<HeldScore[]> {
    if (held.length === 0) return [];
    const evidence = await this.evidence.load(tx, held);
    return held.filter((score) => isRemodelled(score, evidence.get(keyOf(score))!));
  }

  /** What was scored live meanwhile was so by what is active now, and isn't scored again. */
  private async change(tx: Tx, { correlation_id }: RescoreJob, found: HeldScore[]): Promise<number> {
    if (found.length === 0) return 0;
    followInLane(tx, 'bulk');
    const held = await this.remodelled(tx, await this.scores.lock(tx, found));
    const changes = held.map(({ tenant, leadId }) => ({ tenant, leadId, change: { cause: 'model' as const }, cause: { correlationId: correlation_id } }));
    await this.rescoring.apply(tx, held, changes);
    return held.length;
  }
}
