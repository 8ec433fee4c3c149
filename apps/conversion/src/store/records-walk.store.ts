import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer, Opportunity } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { OPPORTUNITY } from './opportunities.store';
import { ACCOUNT, CONTACT, CUSTOMER, OF_CONTACT_AND_ACCOUNT } from './records.store';

export interface Walked<Record> {
  tenant: string;
  revision: number;
  record: Record;
}

interface OfTenant { tenant_of: string; revision_of: number }

/** Every query over all records, in the order of their ids. A tenant of null means every tenant. */
@Injectable()
export class RecordsWalk {
  /** The next ids that any of the four kinds of record has. */
  async nextIds(tx: Tx, { tenant, after, limit }: { tenant: string | null; after: number; limit: number }): Promise<number[]> {
    const idsOf = (table: string) =>
      `(select id from ${table} where id > $2 and ($1::text is null or tenant_id = $1) order by id limit $3)`;
    const rows = await tx.query<{ id: number }>(`
      select id from (${['account', 'contact', 'customer', 'opportunity'].map(idsOf).join(' union ')}) as any_record
      order by id limit $3`, [tenant, after, limit]);
    return rows.map(({ id }) => id);
  }

  accounts(tx: Tx, tenant: string | null, ids: number[]): Promise<Walked<Account>[]> {
    return this.walk(tx, tenant, ids, 'account', `select ${ACCOUNT}, tenant_id as tenant_of, revision as revision_of from account`);
  }

  contacts(tx: Tx, tenant: string | null, ids: number[]): Promise<Walked<Contact>[]> {
    return this.walk(tx, tenant, ids, 'contact', `select ${CONTACT}, tenant_id as tenant_of, revision as revision_of from contact`);
  }

  customers(tx: Tx, tenant: string | null, ids: number[]): Promise<Walked<Customer>[]> {
    return this.walk(tx, tenant, ids, 'customer', `
      select ${CUSTOMER}, customer.tenant_id as tenant_of, customer.revision as revision_of from customer ${OF_CONTACT_AND_ACCOUNT}`);
  }

  /** With what was frozen at the conversion of their leads. */
  async opportunities(
    tx: Tx, tenant: string | null, ids: number[],
  ): Promise<(Walked<Opportunity> & { attribution: Record<string, unknown> | null })[]> {
    const walked = await this.walk<Opportunity & { attribution: Record<string, unknown> | null }>(tx, tenant, ids, 'opportunity', `
      select ${OPPORTUNITY}, attribution, tenant_id as tenant_of, revision as revision_of from opportunity`);
    return walked.map(({ record: { attribution, ...record }, ...rest }) => ({ ...rest, record, attribution }));
  }

  private async walk<Record extends object>(
    tx: Tx, tenant: string | null, ids: number[], table: string, select: string,
  ): Promise<Walked<Record>[]> {
    const rows = await tx.query<Record & OfTenant>(`
      ${select} where ${table}.id = any($2::bigint[]) and ($1::text is null or ${table}.tenant_id = $1) order by ${table}.id`, [tenant, ids]);
    return rows.map(({ tenant_of, revision_of, ...record }) =>
      ({ tenant: tenant_of, revision: revision_of, record: record as unknown as Record }));
  }
}
