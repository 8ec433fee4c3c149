import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetAttribution, type QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { attribute } from '../domain/attribution/credit-touches';
import { MODELS } from '../domain/attribution/models';
import { isWon } from '../domain/opportunities/announce-opportunity';
import { OpportunitiesStore } from '../store/opportunities.store';

/** Says which touches of its lead a deal is owed to, by one of several models. */
@Injectable()
export class AttributeOpportunity {
  constructor(private readonly database: Database, private readonly opportunities: OpportunitiesStore) {}

  /** @throws DomainError not_found; invalid for a model that isn't there */
  async attribute({ context: { tenant }, id, model }: QuestionOf<typeof GetAttribution>): Promise<AnswerOf<typeof GetAttribution>> {
    const chosen = MODELS.find(({ name }) => name === model);
    if (!chosen) throw DomainError.invalidField('model', 'not_allowed', `model must be one of ${MODELS.map(({ name }) => name).join(', ')}`);
    const kept = await this.opportunities.kept(this.database, tenant.id, id);
    if (!kept) throw DomainError.notFound('Opportunity');
    const { opportunity: { value, currency, stage }, attribution } = kept;
    return { attribution: attribute(chosen, attribution, { value, currency, won: isWon(stage) }) };
  }
}
