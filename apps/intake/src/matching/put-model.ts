import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetMatchingModel, type MatchingModelVersion, type PutMatchingModel, type QuestionOf,
} from '@headwater/contracts';
import { DEFAULT_MODEL, renamedCompanies, type MatchingModel } from '@headwater/matching';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
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
   * them are looked at anew, behind what is live, and where a company goes by another name those of that company. @throws DomainError `invalid` with every problem in it
   */
  async put({ context, document }: QuestionOf<typeof PutMatchingModel>): Promise<AnswerOf<typeof PutMatchingModel>> {
    const errors = checkModel(document);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const { tenant: { id: tenant }, actor } = context;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.models.lock(tx, tenant);
      const before = await this.models.active(tx, tenant);
      // Else a lead that comes while all of them are put on the list could be keyed by the model before, and not be among them.
      await this.models.stopKeying(tx, tenant);
      const stored = await this.models.activate(tx, tenant, document as MatchingModel, actor.name ?? actor.id);
      await this.lookAnew(tx, tenant, before?.document ?? DEFAULT_MODEL, stored.document);
      return { model: viewOf(stored) };
    });
  }

  /** At all leads where they are compared otherwise, at those of a company where only that goes by another name. */
  private async lookAnew(tx: Tx, tenant: string, before: MatchingModel, after: MatchingModel): Promise<void> {
    const isOther = comparesOtherwise(before, after);
    const renamed = isOther ? [] : renamedCompanies(before, after);
    if (isOther) await this.work.addAll(tx, tenant);
    else if (renamed.length > 0) await this.work.addOfCompanies(tx, tenant, renamed, after.fields.filter(({ kind }) => kind === 'company').map(({ name }) => name));
    this.followLeads.wakeAfter(tx);
  }
}

export const viewOf = ({ version, document, created_at, created_by }: StoredModel): MatchingModelVersion =>
  ({ version, document, created_at, created_by });
