import { Injectable } from '@nestjs/common';
import type { AnswerOf, GetModel, PutModel as PutRequest, QuestionOf } from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { nameOf } from '../hold-score';
import { ModelVersionsStore } from '../store/model-versions.store';
import { ModelsStore } from '../store/models.store';
import { ActivateModel } from './activate-model';
import { TryModel } from './try-model';

/** How a tenant scores all leads that no segment has: read and replaced in one step. */
@Injectable()
export class PutModel {
  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly versions: ModelVersionsStore,
    private readonly trying: TryModel,
    private readonly activating: ActivateModel,
  ) {}

  /** The active model; a tenant that has none yet gets the default one. */
  async get({ context }: QuestionOf<typeof GetModel>): Promise<AnswerOf<typeof GetModel>> {
    const tenant = context.tenant.id;
    await this.models.ensureActive(this.database, [tenant]);
    return { model: (await this.versions.active(this.database, tenant, null))! };
  }

  /** Writes the document as the next version and activates it. @throws DomainError `invalid` with every problem in it, `model_not_evaluable` */
  async put({ context, document }: QuestionOf<typeof PutRequest>): Promise<AnswerOf<typeof PutRequest>> {
    const written = this.trying.mustBeModel(document);
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.versions.lock(tx, tenant);
      await this.models.ensureActive(tx, [tenant]);
      const draft = await this.versions.draft(tx, tenant, written, nameOf(context));
      const { model } = await this.activating.activateWithin(tx, context, draft);
      return { model };
    });
  }
}
