import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';

const TABLES = ['account', 'contact', 'customer', 'opportunity', 'opportunity_stage_history', 'conversion'];
/** Events of a conversion, some 700 bytes each. */
const EVENTS = 4;
const ATTRIBUTION = JSON.stringify({ source: 'web', channel: 'direct', campaign: 'spring-webinar', score: { total_score: 90 }, model_version: 1, note: 'x'.repeat(1_500) });

/** What anybody would write in place of a conversion: the same rows in one transaction through pg, without asking anybody anything. */
export class ConvertBaseline {
  private person = 0;

  private constructor(private readonly database: Pool, private readonly pool: Pool) {}

  /** @param database of the administrator, with the tables of conversion, which it copies with their indexes */
  static async prepare(database: Pool, url: string, connections: number): Promise<ConvertBaseline> {
    for (const table of TABLES) {
      await database.query(`create table if not exists bench_baseline.${table} (like conversion.${table} including defaults including identity including generated including indexes)`);
    }
    return new ConvertBaseline(database, new Pool({ connectionString: url, max: connections }));
  }

  /** @returns conversions per second */
  async measure(clients: number, seconds: number, opportunity: boolean): Promise<number> {
    const since = performance.now();
    const counts = await Promise.all(Array.from({ length: clients }, () => this.work(since + seconds * 1_000, opportunity)));
    const rate = counts.reduce((sum, count) => sum + count) / ((performance.now() - since) / 1_000);
    await this.database.query(`truncate ${TABLES.map((table) => `bench_baseline.${table}`).join(', ')}, bench_baseline.outbox`);
    return rate;
  }

  async end(): Promise<void> {
    await this.pool.end();
  }

  private async work(until: number, opportunity: boolean): Promise<number> {
    const client = await this.pool.connect();
    let written = 0;
    for (; performance.now() < until; written += 1) await this.convert(client, (this.person += 1), opportunity);
    client.release();
    return written;
  }

  private async convert(client: PoolClient, n: number, opportunity: boolean): Promise<void> {
    const insert = async (name: string, text: string, values: unknown[]): Promise<string> =>
      (await client.query<{ id: string }>({ name, text, values })).rows[0]?.id ?? '';
    await client.query('begin');
    const account = await insert('account', `
      insert into bench_baseline.account (tenant_id, kind, name, name_normalised, domain, industry, employees, city, country, lead_id)
      values ('bench', 'company', $1, $2, $3, 'finance', 250, 'Boston', 'US', $4) returning id`, [`Company ${n}`, `company ${n}`, `company-${n}.example`, n]);
    const contact = await insert('contact', `
      insert into bench_baseline.contact (tenant_id, account_id, is_primary, first_name, last_name, full_name, email, email_normalised, phone, phone_digits,
        email_opt_out, do_not_call, lead_id)
      values ('bench', $1, true, 'Ada', 'Berg', 'Ada Berg', $2, $2, $3, $3, false, false, $4) returning id`, [account, `ada.${n}@company-${n}.example`, String(n), n]);
    const customer = await insert('customer', `
      insert into bench_baseline.customer (tenant_id, account_id, contact_id, type, lead_id) values ('bench', $1, $2, 'individual', $3) returning id`, [account, contact, n]);
    if (opportunity) {
      const deal = await insert('opportunity', `
        insert into bench_baseline.opportunity (tenant_id, name, value, currency, stage, probability, expected_close_date, customer_id, account_id, lead_id, attribution)
        values ('bench', 'Deal', 75000, 'USD', 'prospecting', 15, current_date + 90, $1, $2, $3, $4) returning id`, [customer, account, n, ATTRIBUTION]);
      await insert('history', `
        insert into bench_baseline.opportunity_stage_history (tenant_id, opportunity_id, to_stage, probability, actor) values ('bench', $1, 'prospecting', 15, 'bench')`, [deal]);
    }
    await insert('conversion', `
      insert into bench_baseline.conversion (tenant_id, lead_id, token, state, lease_until, actor, converted, attribution)
      values ('bench', $1, $2, 'done', now(), 'bench', '{}', $3)`, [n, randomUUID(), ATTRIBUTION]);
    const events = Array.from({ length: EVENTS + (opportunity ? 1 : 0) }, () => randomUUID());
    await insert('events', 'insert into bench_baseline.outbox (id, subject, envelope) select * from unnest($1::uuid[], $2::text[], $3::json[])',
      [events, events.map(() => 'crm.bench.live.customer.created.v1'), events.map(() => ATTRIBUTION)]);
    await client.query('commit');
  }
}
