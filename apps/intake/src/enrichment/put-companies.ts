import { Injectable } from '@nestjs/common';
import {
  DomainError, MOST_COMPANIES, type AddCompanies, type AnswerOf, type CompanyProblem, type QuestionOf, type ReplaceCompanies,
} from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { readCompany, type Company } from '../domain/enrichment/company';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';

/** Takes in a table of companies piece by piece, and uses it when it is whole. */
@Injectable()
export class PutCompanies {
  constructor(private readonly database: Database, private readonly setups: EnrichmentSetupStore) {}

  async add({ context: { tenant }, upload_id, rows }: QuestionOf<typeof AddCompanies>): Promise<AnswerOf<typeof AddCompanies>> {
    const companies: (Company & { line: number })[] = [];
    const problems: CompanyProblem[] = [];
    for (const { line, fields } of rows) {
      const read = readCompany(fields);
      if ('code' in read) problems.push({ line, ...read });
      else companies.push({ line, ...read });
    }
    await this.database.transaction((tx) => this.setups.addCompanies(tx, tenant.id, upload_id, companies));
    return { problems };
  }

  /** @throws DomainError `invalid` when nothing was added, unless the table is to be cleared, or too much */
  replace({ context: { tenant, actor }, upload_id, clears }: QuestionOf<typeof ReplaceCompanies>): Promise<AnswerOf<typeof ReplaceCompanies>> {
    return this.database.transaction(async (tx) => {
      const former = await this.setups.lock(tx, tenant.id, actor.id);
      const companies = await this.setups.countCompanies(tx, tenant.id, upload_id);
      if (companies === 0 && !clears) throw DomainError.invalidField('(body)', 'no_companies', '(body) has no row that is a company, and the table stays as it was');
      if (companies > MOST_COMPANIES) throw DomainError.invalidField('(body)', 'too_many_rows', `A table has at most ${MOST_COMPANIES} companies`);
      const version = await this.setups.replace(tx, { ...former, companies: upload_id }, actor.id);
      await this.setups.dropCompanies(tx, tenant.id, { former: former.companies, used: upload_id });
      return { companies, version };
    });
  }
}
