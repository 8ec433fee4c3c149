import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetModel, type PutModel as PutRequest, type QuestionOf } from '@headwater/contracts';
import { once } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { checkModel } from './domain/check-model';
import type { ScoringModel } from './domain/scoring-model';
import { nameOf } from './hold-score';
import { ModelsStore } from './store/models.store';

const MOST_ERRORS = 50;

/** How a tenant scores. */
@Injectable()
export class PutModel {
  constructor(private readonly database: Database, private readonly models: ModelsStore) {}

  /** The active model; a tenant that has none yet gets the default one. */
  async get({ context }: QuestionOf<typeof GetModel>): Promise<AnswerOf<typeof GetModel>> {
    const tenant = context.tenant.id;
    await this.models.ensureActive(this.database, [tenant]);
    return { model: await this.models.activeView(this.database, tenant) };
  }

  /** Writes the document as the next version and activates it. @throws DomainError `invalid` with every problem in it */
  async put({ context, document }: QuestionOf<typeof PutRequest>): Promise<AnswerOf<typeof PutRequest>> {
    const errors = checkModel(document);
    if (errors.length > 0) throw DomainError.invalid(errors.slice(0, MOST_ERRORS));
    const tenant = context.tenant.id;
    return once(this.database, context.idempotency && { ...context.idempotency, tenant }, async (tx) => {
      await this.models.ensureActive(tx, [tenant]);
      return { model: await this.models.activate(tx, tenant, document as ScoringModel, nameOf(context)) };
    });
  }
}
