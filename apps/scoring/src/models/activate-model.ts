import { Injectable } from '@nestjs/common';
import {
  DomainError, type ActivateModel as ActivateRequest, type ActivatedModel, type Context, type QuestionOf, type RollBackModel as RollBackRequest,
  type ScoringModelVersion,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { nameOf } from '../hold-score';
import { ModelVersionsStore } from '../store/model-versions.store';
import { ModelsStore } from '../store/models.store';
import { RescoresStore } from '../store/rescores.store';
import { RescoreWorker } from './rescore-worker';
import { TryModel } from './try-model';

/** Which version scores: changed in one transaction, with the re-score of all leads that follows from it. */
@Injectable()
export class ActivateModel {
  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly versions: ModelVersionsStore,
    private readonly rescores: RescoresStore,
    private readonly trying: TryModel,
    private readonly worker: RescoreWorker,
  ) {}

  /** One that is active already stays so, and nothing else happens. @throws DomainError `not_found`, `invalid`, `model_not_evaluable` */
  activate({ context, model_id }: QuestionOf<typeof ActivateRequest>): Promise<ActivatedModel> {
    return this.changing(context, async (tx, tenant) => {
      const model = await this.versions.find(tx, tenant, model_id);
      if (!model) throw DomainError.notFound('Scoring model');
      return model.active ? { model, rescore: null } : this.activateWithin(tx, context, model);
    });
  }

  /** Back to what the active version of a segment took the place of. @throws DomainError `nothing_to_roll_back` */
  rollBack({ context, segment = null }: QuestionOf<typeof RollBackRequest>): Promise<ActivatedModel> {
    return this.changing(context, async (tx, tenant) => {
      const present = await this.versions.active(tx, tenant, segment);
      const former = present && await this.versions.replacedBy(tx, tenant, present.id);
      if (!present || (!former && segment === null)) throw nothingBefore(segment);
      if (former) await this.trying.mustEvaluate(tx, tenant, former.document);
      const retired = await this.versions.retire(tx, tenant, present.id);
      const model = former ? await this.versions.activate(tx, tenant, former.id, nameOf(context), undefined) : retired;
      return { model, rescore: await this.rescore(tx, context, 'rollback', model.id) };
    });
  }

  /** For a tenant whose versions are locked. */
  async activateWithin(tx: Tx, context: Context, { id, segment, document }: ScoringModelVersion): Promise<ActivatedModel> {
    const tenant = context.tenant.id;
    await this.trying.mustScore(tx, tenant, document);
    const former = await this.versions.active(tx, tenant, segment);
    if (former) await this.versions.retire(tx, tenant, former.id);
    const model = await this.versions.activate(tx, tenant, id, nameOf(context), former?.id ?? null);
    return { model, rescore: await this.rescore(tx, context, 'activate', id) };
  }

  private rescore(tx: Tx, context: Context, cause: 'activate' | 'rollback', model_id: number) {
    tx.afterCommit(() => this.worker.wake());
    const { correlation_id } = context;
    return this.rescores.begin(tx, context.tenant.id, { cause, model_id, by: nameOf(context), correlation_id });
  }

  private changing<Answer>(context: Context, work: (tx: Tx, tenant: string) => Promise<Answer>): Promise<Answer> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.versions.lock(tx, tenant);
      await this.models.ensureActive(tx, [tenant]);
      return work(tx, tenant);
    });
  }
}

const nothingBefore = (segment: string | null): DomainError => DomainError.conflict('nothing_to_roll_back', segment === null
  ? 'No other scoring model was active before this one' : `No scoring model is active for a segment of that name`);
