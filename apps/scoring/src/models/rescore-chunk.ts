import { Injectable } from '@nestjs/common';
import { followInLane } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { isRemodelled, type Evidence } from '../domain/lead-score';
import { RescoreLeads } from '../rescore-leads';
import { EvidenceStore } from '../store/evidence.store';
import { ModelsStore, type Models } from '../store/models.store';
import { RescoresStore, type Progress, type RescoreJob } from '../store/rescores.store';
import { keyOf, ScoresStore, type HeldScore, type LeadKey } from '../store/scores.store';

/**
 * The next leads of a re-score. Those that score the same by another model are only read, and nothing of them is locked or written. The
 * others are locked, read again and scored as by any change; where most of the chunk before were such, all are locked at once and read once.
 */
@Injectable()
export class RescoreChunk {
  /** the re-score that went on last here, and whether most of that chunk was changed */
  private latest = { id: 0, isMostlyChanged: false };
  /** of transactions that hold a re-score: whoever activates another model of the tenant waits for them */
  private readonly models = new WeakMap<Tx, Models>();

  constructor(
    private readonly rescores: RescoresStore,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly rescoring: RescoreLeads,
    private readonly modelsStore: ModelsStore,
  ) {}

  /** @param limit leads at most @returns the re-score as it is afterwards, which isn't written yet */
  async rescore(tx: Tx, job: RescoreJob, limit: number): Promise<Progress> {
    if (job.total === null) await this.rescores.measure(tx, job);
    const { read, found } = await this.candidates(tx, job, limit);
    const changed = await this.change(tx, job, found);
    this.latest = { id: job.id, isMostlyChanged: changed > read.length / 2 };
    return { ...job, after: read.at(-1)?.leadId ?? job.after, done: job.done + read.length, changed: job.changed + changed, isDone: read.length < limit };
  }

  /** The next leads, and those of them that may have to be written. */
  private async candidates(tx: Tx, { id, tenant_id, after }: RescoreJob, limit: number): Promise<{ read: LeadKey[]; found: LeadKey[] }> {
    const next = { tenant: tenant_id, after, limit };
    if (this.latest.id === id && this.latest.isMostlyChanged) {
      const read = await this.scores.walkKeys(tx, next);
      return { read, found: read };
    }
    const read = await this.scores.walk(tx, next);
    const evidence = await this.evidence.loadStretch(tx, read, await this.modelsOf(tx, tenant_id, read));
    return { read, found: remodelled(read, evidence) };
  }

  private async modelsOf(tx: Tx, tenant: string, scores: HeldScore[]): Promise<Models> {
    const versions = [...new Set(scores.flatMap(({ scored }) => (scored ? [scored.state.model_version] : [])))];
    const known = this.models.get(tx);
    if (known && versions.every((version) => known.version(tenant, version))) return known;
    const models = await this.modelsStore.load(tx, [tenant], versions);
    this.models.set(tx, models);
    return models;
  }

  /** What was scored live meanwhile was so by what is active now, and isn't scored again. */
  private async change(tx: Tx, { correlation_id }: RescoreJob, found: LeadKey[]): Promise<number> {
    if (found.length === 0) return 0;
    followInLane(tx, 'bulk');
    const locked = await this.scores.lock(tx, found);
    const evidence = await this.evidence.load(tx, locked);
    const held = remodelled(locked, evidence);
    const changes = held.map(({ tenant, leadId }) => ({ tenant, leadId, change: { cause: 'model' as const }, cause: { correlationId: correlation_id } }));
    await this.rescoring.apply(tx, held, changes, evidence);
    return held.length;
  }
}

const remodelled = (scores: HeldScore[], evidence: ReadonlyMap<string, Evidence>): HeldScore[] =>
  scores.filter((score) => isRemodelled(score, evidence.get(keyOf(score))!));
