import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type DeleteModel, type DraftModel as DraftRequest, type QuestionOf, type ReviseModel, type ScoringModelVersion,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { nameOf } from '../hold-score';
import { ModelVersionsStore } from '../store/model-versions.store';
import { ModelsStore } from '../store/models.store';
import { TryModel } from './try-model';

const MOST_DRAFTS = 100;

/** Versions that score nothing yet: written, written again, thrown away. */
@Injectable()
export class DraftModel {
  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly versions: ModelVersionsStore,
    private readonly trying: TryModel,
  ) {}

  /** @throws DomainError `invalid`, `too_many_drafts` */
  async draft({ context, document }: QuestionOf<typeof DraftRequest>): Promise<AnswerOf<typeof DraftRequest>> {
    const written = this.trying.mustBeModel(document);
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.versions.lock(tx, tenant);
      await this.models.ensureActive(tx, [tenant]); // the default one is version 1 of every tenant
      if (await this.versions.countDrafts(tx, tenant) >= MOST_DRAFTS) {
        throw DomainError.conflict('too_many_drafts', `A tenant has at most ${MOST_DRAFTS} drafts of scoring models: delete one first`);
      }
      return { model: await this.versions.draft(tx, tenant, written, nameOf(context)) };
    });
  }

  /** @throws DomainError `not_found`, `invalid`, `model_not_draft` */
  async revise({ context, model_id, document }: QuestionOf<typeof ReviseModel>): Promise<AnswerOf<typeof ReviseModel>> {
    const written = this.trying.mustBeModel(document);
    const tenant = context.tenant.id;
    return this.database.transaction(async (tx) => {
      await this.mustBeDraft(tx, tenant, model_id);
      return { model: await this.versions.revise(tx, tenant, model_id, written) };
    });
  }

  /** @throws DomainError `not_found`, `model_not_draft` */
  async remove({ context, model_id }: QuestionOf<typeof DeleteModel>): Promise<AnswerOf<typeof DeleteModel>> {
    const tenant = context.tenant.id;
    return this.database.transaction(async (tx) => {
      const model = await this.mustBeDraft(tx, tenant, model_id);
      await this.versions.remove(tx, tenant, model_id);
      return { model };
    });
  }

  /** What has scored leads once is what their history refers to. */
  private async mustBeDraft(tx: Tx, tenant: string, id: number): Promise<ScoringModelVersion> {
    await this.versions.lock(tx, tenant);
    const model = await this.versions.find(tx, tenant, id);
    if (!model) throw DomainError.notFound('Scoring model');
    if (model.state !== 'draft') {
      throw DomainError.conflict('model_not_draft', `Scoring model ${id} is ${model.state}: only drafts change, others are written as a new draft`);
    }
    return model;
  }
}
