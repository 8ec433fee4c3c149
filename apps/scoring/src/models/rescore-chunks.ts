import { Injectable } from '@nestjs/common';
import { followInLane } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { isRemodelled, type Evidence } from '../domain/lead-score';
import { RescoreLeads } from '../rescore-leads';
import { EvidenceStore } from '../store/evidence.store';
import { ModelsStore, type Models } from '../store/models.store';
import { RescoresStore, type Progress, type RescoreJob } from '../store/rescores.store';
import { keyOf, ScoresStore, type HeldScore, type LeadKey } from '../store/scores.store';

/** One chunk: how far it has brought the re-score, which isn't written yet, and when it was begun, by `performance.now()`. */
export interface Chunk { progress: Progress; leads: number; changed: number; hasLocked: boolean; since: number }

/** How the chunks of a transaction follow one another. */
export interface Pace {
  /** leads of the next one at most */
  next: () => number;
  /** Asked after a chunk that has locked nothing, and isn't the last. @returns whether another one follows */
  goesOn: (chunk: Chunk) => Promise<boolean>;
}

/** Leads that follow one another, those of them that may have to be written, and what they were compared by. */
interface Candidates { read: LeadKey[]; found: LeadKey[]; models: Models | null }

/**
 * The next leads of a re-score. Those that score the same by another model are only read, and nothing of them is locked or written. The
 * others are locked, read again and scored as by any change; where most of the chunk before were such, all are locked at once and read once.
 */
@Injectable()
export class RescoreChunks {
  /** the re-score that went on last here, and whether most of that chunk was changed */
  private latest = { id: 0, isMostlyChanged: false };

  constructor(
    private readonly rescores: RescoresStore,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
    private readonly rescoring: RescoreLeads,
    private readonly modelsStore: ModelsStore,
  ) {}

  /**
   * Chunk after chunk, to the first that locks leads, whether it changes them or not: what is locked is so until the transaction ends, and a second
   * chunk would lock out of the order in which everybody does.
   * @param job locked by the transaction: so which models are active is read once
   * @returns the last of them
   */
  async untilOneLocks(tx: Tx, job: RescoreJob, pace: Pace): Promise<Chunk> {
    let at: RescoreJob = { ...job, total: job.total ?? await this.rescores.measure(tx, job) };
    for (let models: Models | null = null;;) {
      const since = performance.now();
      const limit = pace.next();
      const candidates = await this.candidates(tx, at, limit, models);
      const { read, found } = candidates;
      const changed = await this.change(tx, at, found);
      this.latest = { id: at.id, isMostlyChanged: changed > read.length / 2 };
      const chunk = { progress: advanced(at, read, changed, limit), leads: read.length, changed, hasLocked: found.length > 0, since };
      if (chunk.hasLocked || chunk.progress.isDone || !await pace.goesOn(chunk)) return chunk;
      [at, models] = [chunk.progress, candidates.models];
    }
  }

  private async candidates(tx: Tx, { id, tenant_id, after }: RescoreJob, limit: number, known: Models | null): Promise<Candidates> {
    const next = { tenant: tenant_id, after, limit };
    if (this.latest.id === id && this.latest.isMostlyChanged) {
      const read = await this.scores.walkKeys(tx, next);
      return { read, found: read, models: known };
    }
    const read = await this.scores.walk(tx, next);
    const models = await this.modelsOf(tx, tenant_id, read, known);
    return { read, found: remodelled(read, await this.evidence.loadStretch(tx, read, models)), models };
  }

  private async modelsOf(tx: Tx, tenant: string, scores: HeldScore[], known: Models | null): Promise<Models> {
    const versions = [...new Set(scores.flatMap(({ scored }) => (scored ? [scored.state.model_version] : [])))];
    return known && versions.every((version) => known.version(tenant, version)) ? known : this.modelsStore.load(tx, [tenant], versions);
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

/** Leads that arrived meanwhile were scored by what is active, so that none is left of it in the end. */
function advanced(job: RescoreJob, read: readonly LeadKey[], changed: number, limit: number): Progress {
  const [done, isDone] = [job.done + read.length, read.length < limit];
  return { ...job, after: read.at(-1)?.leadId ?? job.after, total: isDone ? done : job.total, done, changed: job.changed + changed, isDone };
}

const remodelled = (scores: HeldScore[], evidence: ReadonlyMap<string, Evidence>): HeldScore[] =>
  scores.filter((score) => isRemodelled(score, evidence.get(keyOf(score))!));
