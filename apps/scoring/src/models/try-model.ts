import { Injectable } from '@nestjs/common';
import { DomainError } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { checkModel } from '../domain/check-model';
import { whyUnscored } from '../domain/models/why-unscored';
import type { ScoringModel } from '../domain/scoring-model';
import { ScoresStore } from '../store/scores.store';

/** The newest leads: they have what leads have at the moment. */
const SAMPLE = 50;

/** What is no model, or can't score, never becomes active. */
@Injectable()
export class TryModel {
  constructor(private readonly scores: ScoresStore) {}

  /** @throws DomainError `invalid` with every problem of a document, as far as they are told */
  mustBeModel(document: unknown): ScoringModel {
    const errors = checkModel(document);
    if (errors.length > 0) throw DomainError.invalid(errors);
    return document as ScoringModel;
  }

  /** Checked again, as what was written long ago may have become none, and tried on leads of the tenant. @throws also `model_not_evaluable` */
  async mustScore(tx: Tx, tenant: string, document: unknown): Promise<void> {
    await this.mustEvaluate(tx, tenant, this.mustBeModel(document));
  }

  /** Tried alone: what was active before may be older than some check. @throws DomainError `model_not_evaluable` */
  async mustEvaluate(tx: Tx, tenant: string, document: unknown): Promise<void> {
    const why = whyUnscored(document as ScoringModel, await this.scores.newestLeads(tx, tenant, SAMPLE));
    if (why) throw DomainError.conflict('model_not_evaluable', `The model can't score lead ${why.lead_id}: ${why.detail}`);
  }
}
