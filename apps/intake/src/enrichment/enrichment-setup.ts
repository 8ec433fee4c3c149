import { Inject, Injectable } from '@nestjs/common';
import type { AnswerOf, EnrichmentSetupView, GetEnrichmentSetup, PutEnrichmentSetup, QuestionOf } from '@headwater/contracts';
import { Database, Seals, type Queries } from '@headwater/platform';
import type { NamedHost } from '../domain/enrichment/named-hosts';
import type { Setup } from '../domain/enrichment/setup';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { parseSetup } from './parse-setup';

/** How a tenant's leads are enriched: read, and replaced as a whole. Keys go in, lie sealed, and never come out. */
@Injectable()
export class EnrichmentSetup {
  private readonly seals: Seals;
  private readonly services: readonly NamedHost[];

  constructor(
    private readonly database: Database, private readonly setups: EnrichmentSetupStore, @Inject(INTAKE_CONFIG) { SEALING_KEY, ENRICHMENT_SERVICES = [] }: IntakeConfig,
  ) {
    this.seals = new Seals(SEALING_KEY);
    this.services = ENRICHMENT_SERVICES;
  }

  async get({ context: { tenant } }: QuestionOf<typeof GetEnrichmentSetup>): Promise<AnswerOf<typeof GetEnrichmentSetup>> {
    return this.viewOf(this.database, await this.setups.get(this.database, tenant.id));
  }

  /** @throws DomainError `invalid` with everything that is wrong with the document, `no_sealing_key` when it brings a key */
  put({ context: { tenant, actor }, setup }: QuestionOf<typeof PutEnrichmentSetup>): Promise<AnswerOf<typeof PutEnrichmentSetup>> {
    return this.database.transaction(async (tx) => {
      const former = await this.setups.lock(tx, tenant.id, actor.id);
      const next = { ...former, ...parseSetup(setup, former, (key, purpose) => this.seals.seal(key, purpose), this.services) };
      return this.viewOf(tx, { ...next, version: await this.setups.replace(tx, next, actor.id) });
    });
  }

  private async viewOf(queries: Queries, { tenant, version, document, secrets, companies }: Setup): Promise<EnrichmentSetupView> {
    return {
      version, setup: document, keys: Object.keys(secrets), spending: await this.setups.spending(queries, tenant),
      companies: await this.setups.countCompanies(queries, tenant, companies),
    };
  }
}
