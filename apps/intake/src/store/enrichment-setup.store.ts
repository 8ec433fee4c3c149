import { Injectable } from '@nestjs/common';
import type { EnrichmentSpending } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { Company } from '../domain/enrichment/company';
import { beginning, type Setup } from '../domain/enrichment/setup';

/** Setups of enrichment, and the tables of companies that are a part of them. */
@Injectable()
export class EnrichmentSetupStore {
  async get(queries: Queries, tenant: string): Promise<Setup> {
    const [found] = await queries.query<Setup>(
      'select tenant_id as tenant, version, document, secrets, companies from enrichment_setup where tenant_id = $1', [tenant]);
    return found ?? beginning(tenant);
  }

  /** Of a tenant that has none a row is made, so that there is one to lock. */
  async lock(tx: Tx, tenant: string, by: string): Promise<Setup> {
    const { document } = beginning(tenant);
    await tx.query(`
      insert into enrichment_setup (tenant_id, version, document, updated_by) values ($1, 0, $2, $3) on conflict do nothing`,
      [tenant, JSON.stringify(document), by]);
    const [found] = await tx.query<Setup>(
      'select tenant_id as tenant, version, document, secrets, companies from enrichment_setup where tenant_id = $1 for update', [tenant]);
    return found;
  }

  /** @returns the new version */
  async replace(tx: Tx, { tenant, document, secrets, companies }: Omit<Setup, 'version'>, by: string): Promise<number> {
    const [{ version }] = await tx.query<{ version: number }>(`
      update enrichment_setup set version = version + 1, document = $2, secrets = $3, companies = $4, updated_at = now(), updated_by = $5
      where tenant_id = $1 returning version`, [tenant, JSON.stringify(document), JSON.stringify(secrets), companies, by]);
    return version;
  }

  /** What was spent of the day and the month that the time is in. */
  spending(queries: Queries, tenant: string): Promise<EnrichmentSpending[]> {
    return queries.query<EnrichmentSpending>(`
      select provider, period, amount from enrichment_spending
      where tenant_id = $1 and period in (to_char(now() at time zone 'utc', 'YYYY-MM'), to_char(now() at time zone 'utc', 'YYYY-MM-DD'))
      order by provider, period`, [tenant]);
  }

  /** Adds rows to an upload; a line that is there already stays. */
  async addCompanies(tx: Tx, tenant: string, upload: string, companies: (Company & { line: number })[]): Promise<void> {
    await tx.query(`
      insert into enrichment_company (tenant_id, upload_id, line, domain, name_key, fields)
      select $1, $2, * from unnest($3::integer[], $4::text[], $5::text[], $6::jsonb[]) on conflict do nothing`, [
      tenant, upload, companies.map(({ line }) => line), companies.map(({ domain }) => domain), companies.map(({ nameKey }) => nameKey),
      companies.map(({ fields }) => JSON.stringify(fields)),
    ]);
  }

  async countCompanies(queries: Queries, tenant: string, upload: string | null): Promise<number> {
    const [{ count }] = await queries.query<{ count: number }>(
      'select count(*) as count from enrichment_company where tenant_id = $1 and upload_id = $2', [tenant, upload]);
    return count;
  }

  /** Lets go of a table that isn't used any more, and of what was begun a day ago and never came to its end. */
  async dropCompanies(tx: Tx, tenant: string, { former, used }: { former: string | null; used: string }): Promise<void> {
    await tx.query(`
      delete from enrichment_company
      where tenant_id = $1 and upload_id <> $3 and (upload_id = $2 or added_at < now() - interval '1 day')`, [tenant, former, used]);
  }

  /** By its domain, else by a name that is one company's alone. */
  async company(queries: Queries, tenant: string, { domain, nameKey }: Omit<Company, 'fields'>): Promise<Company['fields'] | null> {
    const found = await queries.query<{ fields: Company['fields']; by_domain: boolean }>(`
      select fields, coalesce(domain = $2, false) as by_domain from enrichment_company
      where tenant_id = $1 and upload_id = (select companies from enrichment_setup where tenant_id = $1) and (domain = $2 or name_key = $3)
      order by by_domain desc, line limit 2`, [tenant, domain, nameKey]);
    const [first, second] = found;
    return first && (first.by_domain || !second) ? first.fields : null;
  }
}
