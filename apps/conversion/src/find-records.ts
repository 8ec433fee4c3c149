import { Injectable } from '@nestjs/common';
import { DomainError, type Account, type Contact, type Customer, type Opportunity } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { searchTerm } from './domain/search-term';
import { OpportunitiesStore } from './store/opportunities.store';
import { RecordsStore } from './store/records.store';

const MOST_FOUND = 50;

/** What was converted into, by id or by search. */
@Injectable()
export class FindRecords {
  constructor(
    private readonly database: Database, private readonly records: RecordsStore,
    private readonly opportunities: OpportunitiesStore,
  ) {}

  /**
   * By whole e-mail, customer number, part of a person's or company's name, or part of a phone number.
   * @param limit 1 to 50
   */
  async searchCustomers(tenant: string, q: string, limit: number): Promise<{ customers: Customer[] }> {
    const term = searchTerm(q);
    if (!term) return { customers: [] };
    const most = Math.min(Math.max(1, limit), MOST_FOUND);
    return { customers: await this.records.searchCustomers(this.database, tenant, term, most) };
  }

  /** @throws DomainError not_found, as all of these */
  async customer(tenant: string, id: number): Promise<{ customer: Customer }> {
    return { customer: found('Customer', await this.records.getCustomer(this.database, tenant, id)) };
  }

  async account(tenant: string, id: number): Promise<{ account: Account }> {
    return { account: found('Account', await this.records.getAccount(this.database, tenant, id)) };
  }

  async contact(tenant: string, id: number): Promise<{ contact: Contact }> {
    return { contact: found('Contact', await this.records.getContact(this.database, tenant, id)) };
  }

  async opportunity(tenant: string, id: number): Promise<{ opportunity: Opportunity }> {
    return { opportunity: found('Opportunity', await this.opportunities.get(this.database, tenant, id)) };
  }
}

function found<T>(what: string, record: T | undefined): T {
  if (!record) throw DomainError.notFound(what);
  return record;
}
