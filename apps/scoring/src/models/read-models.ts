import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetModelVersion, type GetRescore, type ListModels, type ListRescores, type QuestionOf,
} from '@headwater/contracts';
import { cutPage, Database, numberIn } from '@headwater/platform';
import { pageSize } from '../page-size';
import { ModelVersionsStore } from '../store/model-versions.store';
import { ModelsStore } from '../store/models.store';
import { RescoresStore } from '../store/rescores.store';

/** Answers about the versions of a tenant's models, and about how far their leads are scored anew. */
@Injectable()
export class ReadModels {
  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly versions: ModelVersionsStore,
    private readonly rescores: RescoresStore,
  ) {}

  async list({ context, state, cursor, limit }: QuestionOf<typeof ListModels>): Promise<AnswerOf<typeof ListModels>> {
    const tenant = context.tenant.id;
    await this.models.ensureActive(this.database, [tenant]);
    const most = pageSize(limit);
    const found = await this.versions.list(this.database, tenant, { state, before: numberIn(cursor), limit: most + 1 });
    const { shown, next_cursor } = cutPage(found, most, ({ version }) => version);
    return { models: shown, next_cursor };
  }

  async get({ context, model_id }: QuestionOf<typeof GetModelVersion>): Promise<AnswerOf<typeof GetModelVersion>> {
    const model = await this.versions.find(this.database, context.tenant.id, model_id);
    if (!model) throw DomainError.notFound('Scoring model');
    return { model };
  }

  async listRescores({ context, cursor, limit }: QuestionOf<typeof ListRescores>): Promise<AnswerOf<typeof ListRescores>> {
    const most = pageSize(limit);
    const found = await this.rescores.list(this.database, context.tenant.id, numberIn(cursor), most + 1);
    const { shown, next_cursor } = cutPage(found, most, ({ id }) => id);
    return { rescores: shown, next_cursor };
  }

  async getRescore({ context, rescore_id }: QuestionOf<typeof GetRescore>): Promise<AnswerOf<typeof GetRescore>> {
    const rescore = await this.rescores.find(this.database, context.tenant.id, rescore_id);
    if (!rescore) throw DomainError.notFound('Rescore');
    return { rescore };
  }
}
