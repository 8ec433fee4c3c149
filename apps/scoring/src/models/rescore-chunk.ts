import { Injectable } from '@nestjs/common';
import { followInLane } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { isRemodelled, type Evidence } from '../domain/lead-score';
import { RescoreLeads } from '../rescore-leads';
import { EvidenceStore } from '../store/evidence.store';
import { RescoresStore, type RescoreJob } from '../store/rescores.store';
import { keyOf, ScoresStore, type HeldScore, type LeadKey } from '../store/scores.store';

/**
 * The next leads of a re-score. Those that score the same by another model are only read, and nothing of them is locked or written. The
 * others are locked, read again and scored as by any change; where most of the chunk before were such, all are locked at once and read once.
 */
@Injectable()
export class RescoreChunk {
  /** the re-score that went on last here, and whether most of that chunk was changed */
  private latest = { id: 0, isMostlyChanged: false };

  constructor(
    private readonly rescores: RescoresStore,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly rescoring: RescoreLeads,
  ) {}

  /** @param limit leads at most @returns the re-score as it is afterwards */
  async rescore(tx: Tx, job: RescoreJob, limit: number): Promise<RescoreJob & { isDone: boolean }> {
    if (job.total === null) await this.rescores.measure(tx, job);
    const { read, found } = await this.candidates(tx, job, limit);
    const changed = await this.change(tx, job, found);
    this.latest = { id: job.id, isMostlyChanged: changed > read.length / 2 };
    const isDone = read.length < limit;
    const after = read.at(-1)?.leadId ?? job.after;
    await this.rescores.advance(tx, job, { after, done: read.length, changed });
    if (isDone) await this.rescores.end(tx, job);
    return { ...job, after, done: job.done + read.length, changed: job.changed + changed, isDone };
  }

  /** The next leads, and those of them that may have to be written. */
  private async candidates(tx: Tx, { id, tenant_id, after }: RescoreJob, limit: number): Promise<{ read: LeadKey[]; found: LeadKey[] }> {
    const next = { tenant: tenant_id, after, limit };
    if (this.latest.id === id && this.latest.isMostlyChanged) {
      const read = await this.scores.walkKeys(tx, next);
      return { read, found: read };
    }
    const read = await this.scores.walk(tx, next);
    return { read, found: (await this.remodelled(tx, read)).held };
  }

  private async remodelled(tx: Tx, all: HeldScore[]): Promise<{ held: HeldScore[]; evidence: Map<string, Evidence> }> {
    const evidence = await this.evidence.load(tx, all);
    return { held: all.filter((score) => isRemodelled(score, evidence.get(keyOf(score))!)), evidence };
  }

  /** What was scored live meanwhile was so by what is active now, and isn't scored again. */
  private async change(tx: Tx, { correlation_id }: RescoreJob, found: LeadKey[]): Promise<number> {
    if (found.length === 0) return 0;
    followInLane(tx, 'bulk');
    const { held, evidence } = await this.remodelled(tx, await this.scores.lock(tx, found));
    const changes = held.map(({ tenant, leadId }) => ({ tenant, leadId, change: { cause: 'model' as const }, cause: { correlationId: correlation_id } }));
    await this.rescoring.apply(tx, held, changes, evidence);
    return held.length;
  }
}
