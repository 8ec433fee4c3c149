import type { Pool } from 'pg';
import { TENANT } from '../bench';

const CHUNK = 50_000;

const NAMES = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hugo'];
const FAMILIES = ['Abara', 'Berg', 'Costa', 'Dubois', 'Engel', 'Fontaine', 'Gupta', 'Hansen', 'Ito'];

/** Where the people of the fill begin: none of them is a lead. */
const FIRST = 900_000_000;
const pick = (list: readonly string[], n: string): string => `(array[${list.map((text) => `'${text}'`).join(', ')}])[1 + (${n} % ${list.length})]`;

const NEXT = `
  select coalesce(max(substring(name from '^Established (\\d+)$')::bigint) + 1, ${FIRST}) as next from conversion.account where name like 'Established %'`;

/** Accounts of $2 to $3, a contact and a customer of each. */
const CUSTOMERS = `
  with person as (
    select n, ${pick(NAMES, 'n')} as first_name, ${pick(FAMILIES, 'n')} || ' ' || n as last_name, 'Established ' || n as company
    from generate_series($2::bigint, $3::bigint) as n
  ), companies as (
    insert into conversion.account (tenant_id, kind, name, name_normalised, domain, industry, employees, city, country)
    select $1, 'company', company, lower(company), 'established-' || n || '.example', 'finance', 250, 'Boston', 'US' from person order by n
    returning id, substring(name from '\\d+')::bigint as n
  ), people as (
    insert into conversion.contact (tenant_id, account_id, is_primary, first_name, last_name, full_name, job_title, email, email_normalised, phone, phone_digits,
      email_opt_out, do_not_call)
    select $1, companies.id, true, first_name, last_name, first_name || ' ' || last_name, 'CFO', 'person.' || n || '@established-' || n || '.example',
      'person.' || n || '@established-' || n || '.example', '+4930' || n, '4930' || n, false, false
    from person join companies using (n) order by n
    returning id, account_id
  )
  insert into conversion.customer (tenant_id, account_id, contact_id, type) select $1, account_id, id, 'individual' from people order by id`;

/** Fills conversion's tables with customers as conversions would have written them. */
export class FillCustomers {
  constructor(private readonly database: Pool) {}

  async present(): Promise<number> {
    return (await this.database.query<{ count: number }>('select count(*)::int as count from conversion.customer')).rows[0]!.count;
  }

  /** So many more. Afterwards PostgreSQL knows how large its tables are. */
  async add(count: number, say: (done: number) => void): Promise<void> {
    const client = await this.database.connect();
    try {
      await client.query('set synchronous_commit = off');
      const { next } = (await client.query<{ next: string }>(NEXT)).rows[0]!;
      for (let done = 0; done < count; done += CHUNK) {
        const first = Number(next) + done;
        await client.query(CUSTOMERS, [TENANT, first, first + Math.min(CHUNK, count - done) - 1]);
        say(Math.min(done + CHUNK, count));
      }
      await client.query('reset synchronous_commit');
    } finally {
      client.release();
    }
    await this.database.query('vacuum (analyze) conversion.account');
    await this.database.query('vacuum (analyze) conversion.contact');
    await this.database.query('vacuum (analyze) conversion.customer');
    await this.database.query('checkpoint');
  }

  /** Texts that people look for, by kind: each finds somebody of the fill. */
  questions(): Record<string, string[]> {
    const some = Array.from({ length: 50 }, (_, i) => FIRST + i * 997);
    return {
      'e-mail': some.map((n) => `person.${n}@established-${n}.example`),
      name: some.map((n) => `${NAMES[n % NAMES.length]} ${FAMILIES[n % FAMILIES.length]} ${n}`),
      'part of a name': some.map((n) => `${FAMILIES[n % FAMILIES.length]} ${String(n).slice(0, 8)}`),
      company: some.map((n) => `Established ${n}`),
      phone: some.map((n) => `30 ${n}`),
      'customer number': Array.from({ length: 50 }, (_, i) => `CUST-${String(1 + i * 37).padStart(6, '0')}`),
    };
  }
}

/** Qualifies leads, as if it had happened in qualification just now. */
export async function qualifyAll(database: Pool, firstLead: number): Promise<void> {
  await database.query(`
    with moved as (
      update qualification.lead_status set status = 'qualified', lifecycle_stage = 'sql', in_status_since = now(), first_contacted_at = now(), qualified_at = now()
      where lead_id >= $1 returning tenant_id, lead_id
    ), assessed as (
      insert into qualification.assessment (tenant_id, lead_id, qualified, notes, by, at)
      select tenant_id, lead_id, true, 'Budget approved, demo went well', 'bench', now() from moved
    )
    insert into qualification.transition (tenant_id, lead_id, from_status, to_status, cause, actor, at, ms_in_previous)
    select tenant_id, lead_id, step.from_status, step.to_status, 'qualify', 'bench', now(), 60000
    from moved, (values ('new', 'contacted'), ('contacted', 'qualified')) as step(from_status, to_status) order by lead_id`, [firstLead]);
  for (const table of ['lead_status', 'assessment', 'transition']) await database.query(`vacuum (analyze) qualification.${table}`);
}
