import { Injectable } from '@nestjs/common';
import { DomainError, type Account, type Contact, type Customer, type Opportunity, type Versioned } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { searchTerm } from './domain/search-term';
import { OpportunitiesStore } from './store/opportunities.store';
import { RecordSearch } from './store/record-search.store';
import { RecordWrites, type Kept } from './store/record-writes.store';

const MOST_FOUND = 50;

/** What was converted into, by id or by search. */
@Injectable()
export class FindRecords {
  constructor(
    private readonly database: Database, private readonly records: RecordWrites, private readonly search: RecordSearch,
    private readonly opportunities: OpportunitiesStore,
  ) {}

  /**
   * By whole e-mail, customer number, words of a person's or company's name by their beginnings, or part of a phone number; the best first.
   * @param limit 1 to 50
   */
  async searchCustomers(tenant: string, q: string, limit: number): Promise<{ customers: Customer[] }> {
    const term = searchTerm(q);
    if (!term) return { customers: [] };
    const most = Math.min(Math.max(1, limit), MOST_FOUND);
    return { customers: await this.search.customers(this.database, tenant, term, most) };
  }

  /** @throws DomainError not_found, as all of these */
  async customer(tenant: string, id: number): Promise<Versioned & { customer: Customer }> {
    const { record, version } = found('Customer', await this.records.customer(this.database, tenant, id));
    return { customer: record, version };
  }

  async account(tenant: string, id: number): Promise<Versioned & { account: Account }> {
    const { record, version } = found('Account', await this.records.account(this.database, tenant, id));
    return { account: record, version };
  }

  async contact(tenant: string, id: number): Promise<Versioned & { contact: Contact }> {
    const { record, version } = found('Contact', await this.records.contact(this.database, tenant, id));
    return { contact: record, version };
  }

  async opportunity(tenant: string, id: number): Promise<Versioned & { opportunity: Opportunity }> {
    const kept = await this.opportunities.kept(this.database, tenant, id);
    if (!kept) throw DomainError.notFound('Opportunity');
    return { opportunity: kept.opportunity, version: String(kept.revision) };
  }
}

function found<T>(what: string, kept: Kept<T> | null): Kept<T> {
  if (!kept) throw DomainError.notFound(what);
  return kept;
}
