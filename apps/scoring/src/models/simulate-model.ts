import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type SimulatedModel, type SimulateModel as SimulateRequest } from '@headwater/contracts';
import { Consumer, letGoFirst } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { presentBy } from '../domain/lead-score';
import { activeFor, type ModelChoice, type VersionedModel } from '../domain/models/choose-model';
import { Simulation } from '../domain/models/simulation';
import type { ScoringModel } from '../domain/scoring-model';
import { EvidenceStore } from '../store/evidence.store';
import { ModelVersionsStore } from '../store/model-versions.store';
import { ModelsStore } from '../store/models.store';
import { keyOf, type HeldScore } from '../store/scores.store';
import { SimulationStore, type Period } from '../store/simulation.store';

/** Leads of one look: what comes in live goes between. */
const CHUNK = 200;
/** More are sampled. */
const MOST_LEADS = 20_000;
/** What isn't reached by then is left out. */
const MOST_MS = 8_000;
/** Somebody waits for a simulation, too. */
const PATIENCE_MS = 100;
const MOST_WAITING = 5;

/** Tries a model on what is there, a chunk at a time, one simulation after the other. It reads, and writes nothing. */
@Injectable()
export class SimulateModel {
  private waiting = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly versions: ModelVersionsStore,
    private readonly evidence: EvidenceStore,
    private readonly store: SimulationStore,
    private readonly consumer: Consumer,
  ) {}

  /** @throws DomainError `not_found`, `model_active`, `too_many_simulations` */
  async simulate({ context, model_id, days }: QuestionOf<typeof SimulateRequest>): Promise<AnswerOf<typeof SimulateRequest>> {
    const tenant = context.tenant.id;
    const model = await this.versions.find(this.database, tenant, model_id);
    if (!model) throw DomainError.notFound('Scoring model');
    if (model.active) throw DomainError.conflict('model_active', 'The model scores already: there is nothing to compare it with');
    const tried = { version: model.version, document: model.document as unknown as ScoringModel };
    return this.inTurn(async () => {
      const choice = await this.choiceWith(tenant, tried);
      const simulation = await this.run(tenant, await this.store.period(this.database, tenant, days), choice);
      return { simulation: { model_id, days, ...simulation } };
    });
  }

  /** Several at once would take the processor from what comes in live. */
  private async inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.waiting >= MOST_WAITING) {
      throw new DomainError({ kind: 'too_many', code: 'too_many_simulations', detail: 'Several simulations are waiting: try again in a moment' });
    }
    this.waiting += 1;
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.waiting -= 1;
    }
  }

  /** What would be active: the tried one in the place of that of its segment. */
  private async choiceWith(tenant: string, tried: VersionedModel): Promise<ModelChoice> {
    const models = await this.models.load(this.database, [tenant], []);
    const [active, segments] = [models.active(tenant)!, models.segments(tenant)];
    const { segment } = tried.document;
    if (!segment) return { own: null, active: tried, segments };
    const others = segments.filter(({ document }) => document.segment!.name !== segment.name);
    const priority = ({ document }: VersionedModel) => document.segment!.priority;
    return { own: null, active, segments: [...others, tried].sort((one, other) => priority(one) - priority(other)) };
  }

  private async run(tenant: string, period: Period, choice: ModelChoice): Promise<Omit<SimulatedModel, 'model_id' | 'days'>> {
    const sampled_every = Math.max(1, Math.ceil(period.leads / MOST_LEADS));
    const simulation = new Simulation();
    const until = performance.now() + MOST_MS;
    let below: number | null = period.leads === 0 ? null : Number.MAX_SAFE_INTEGER;
    while (below !== null && performance.now() < until) {
      const { held, next }: { held: HeldScore[]; next: number | null } = await this.store.leads(this.database, tenant, { period, below, every: sampled_every, limit: CHUNK });
      await this.tryOn(simulation, tenant, held, choice);
      below = next;
      await letGoFirst(() => this.consumer.isBusyLive, PATIENCE_MS);
    }
    return { ...simulation.findings(), of: period.leads, sampled_every, complete: below === null };
  }

  private async tryOn(simulation: Simulation, tenant: string, held: HeldScore[], choice: ModelChoice): Promise<void> {
    if (held.length === 0) return;
    const evidence = await this.evidence.load(this.database, held);
    const outcomes = await this.store.outcomes(this.database, tenant, held.map(({ leadId }) => leadId));
    for (const score of held) {
      const known = evidence.get(keyOf(score))!;
      const by = (model: VersionedModel) => ({ ...presentBy(score, known, model)!, document: model.document });
      simulation.add({
        lead: score.lead!, isLocked: score.converted !== null, outcome: outcomes.get(score.leadId) ?? null,
        before: by(activeFor(score.lead!, known)), after: by(activeFor(score.lead!, choice)),
      });
    }
  }
}
