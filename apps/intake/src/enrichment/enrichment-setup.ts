import { Injectable } from '@nestjs/common';
import type { AnswerOf, EnrichmentSetupView, GetEnrichmentSetup, PutEnrichmentSetup, QuestionOf } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import type { Setup } from '../domain/enrichment/setup';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { parseSetup } from './parse-setup';

/** How a tenant's leads are enriched: read, and replaced as a whole. Keys go in, and never out. */
@Injectable()
export class EnrichmentSetup {
  constructor(private readonly database: Database, private readonly setups: EnrichmentSetupStore) {}

  async get({ context: { tenant } }: QuestionOf<typeof GetEnrichmentSetup>): Promise<AnswerOf<typeof GetEnrichmentSetup>> {
    return this.viewOf(this.database, await this.setups.get(this.database, tenant.id));
  }

  /** @throws DomainError `invalid` with everything that is wrong with the document */
  put({ context: { tenant, actor }, setup }: QuestionOf<typeof PutEnrichmentSetup>): Promise<AnswerOf<typeof PutEnrichmentSetup>> {
    return this.database.transaction(async (tx) => {
      const former = await this.setups.lock(tx, tenant.id, actor.id);
      const next = { ...former, ...parseSetup(setup, former) };
      return this.viewOf(tx, { ...next, version: await this.setups.replace(tx, next, actor.id) });
    });
  }

  private async viewOf(query: Pick<Tx, 'query'>, { tenant, version, document, secrets, companies }: Setup): Promise<EnrichmentSetupView> {
    return {
      version, setup: document, keys: Object.keys(secrets), spending: await this.setups.spending(query, tenant),
      companies: await this.setups.countCompanies(query, tenant, companies),
    };
  }
}
