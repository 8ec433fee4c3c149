import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetMatchingModel, type MatchingModelVersion, type PutMatchingModel, type QuestionOf,
} from '@headwater/contracts';
import { DEFAULT_MODEL, type MatchingModel } from '@headwater/matching';
import { once } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { checkModel, comparesOtherwise } from '../domain/matching/check-model';
import { MatchWorkStore } from '../store/match-work.store';
import { MatchingModelsStore, type StoredModel } from '../store/matching-models.store';
import { FollowLeads } from './follow-leads';

/** How a tenant's leads are matched. */
@Injectable()
export class PutModel {
  constructor(
    private readonly database: Database, private readonly models: MatchingModelsStore, private readonly work: MatchWorkStore,
    private readonly followLeads: FollowLeads,
  ) {}

  /** The active model; the defaults for a tenant that has none. */
  async get({ context }: QuestionOf<typeof GetMatchingModel>): Promise<AnswerOf<typeof GetMatchingModel>> {
    const stored = await this.models.active(this.database, context.tenant.id);
    return { model: stored ? viewOf(stored) : { version: 0, document: DEFAULT_MODEL, created_at: null, created_by: null } };
  }

  /**
   * Writes the document as the next version and activates it. From then on leads are compared by it; where other fields are compared, all of
   * them are looked at anew, behind what is live. @throws DomainError `invalid` with every problem in it
   */
  async put({ context, document }: QuestionOf<typeof PutMatchingModel>): Promise<AnswerOf<typeof PutMatchingModel>> {
    const errors = checkModel(document);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const { tenant: { id: tenant }, actor, idempotency } = context;
    return once(this.database, idempotency && { ...idempotency, tenant }, async (tx) => {
      await this.models.lock(tx, tenant);
      const before = await this.models.active(tx, tenant);
      const stored = await this.models.activate(tx, tenant, document as MatchingModel, actor.name ?? actor.id);
      if (comparesOtherwise(before?.document ?? DEFAULT_MODEL, stored.document)) {
        await this.work.addAll(tx, tenant);
        this.followLeads.wakeAfter(tx);
      }
      return { model: viewOf(stored) };
    });
  }
}

export const viewOf = ({ version, document, created_at, created_by }: StoredModel): MatchingModelVersion =>
  ({ version, document, created_at, created_by });
