import { Injectable } from '@nestjs/common';
import type { Spend, SpendFilter, SpendTotal } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import type { PlannedSpend, SpendEntry } from '../domain/campaigns/plan-spend';
import { pageOf, type Page } from './page';

type Filter = Omit<SpendFilter, 'campaign'> & { code?: string };

const DATED = `
  (select s.*, s.from_date as "from", s.to_date as "to", c.code as campaign
   from campaign_spend s join campaign c on c.tenant_id = s.tenant_id and c.id = s.campaign_id) as spend`;

/** Every query over what campaigns cost. */
@Injectable()
export class SpendStore {
  /** Holds back everybody else who writes a tenant's spend, until this transaction ends. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`spend ${tenant}`]);
  }

  /** What is stored under one of their external ids, or of the same campaign and channel on one of their days. */
  meeting(tx: Tx, tenant: string, entries: SpendEntry[]): Promise<(SpendEntry & { id: number })[]> {
    return tx.query(`
      select id, campaign_id, channel, from_date as "from", to_date as "to", amount, currency, external_id
      from campaign_spend s
      where tenant_id = $1 and (external_id = any($2::text[]) or exists (
        select from unnest($3::bigint[], $4::text[], $5::date[], $6::date[]) as sent(campaign_id, channel, from_date, to_date)
        where sent.campaign_id = s.campaign_id and sent.channel = s.channel and sent.from_date <= s.to_date and s.from_date <= sent.to_date))`, [
      tenant, entries.map(({ external_id }) => external_id).filter((id) => id !== null), entries.map(({ campaign_id }) => campaign_id),
      entries.map(({ channel }) => channel), entries.map(({ from }) => from), entries.map(({ to }) => to),
    ]);
  }

  /** Ids for as many new entries. */
  async ids(tx: Tx, count: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `select nextval(pg_get_serial_sequence('campaign_spend', 'id')) as id from generate_series(1, $1)`, [count]);
    return rows.map(({ id }) => id);
  }

  /** Inserts new entries and rewrites known ones. */
  async save(tx: Tx, tenant: string, rows: PlannedSpend[], by: string): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(`
      insert into campaign_spend (id, tenant_id, campaign_id, channel, from_date, to_date, amount, currency, external_id, created_by)
      overriding system value
      select id, $1, campaign_id, channel, "from", "to", amount, currency, external_id, $2
      from jsonb_to_recordset($3::jsonb) as sent(
        id bigint, campaign_id bigint, channel text, "from" date, "to" date, amount numeric, currency text, external_id text)
      on conflict (id) do update set
        campaign_id = excluded.campaign_id, channel = excluded.channel, from_date = excluded.from_date, to_date = excluded.to_date,
        amount = excluded.amount, currency = excluded.currency, external_id = excluded.external_id, updated_at = now()`,
      [tenant, by, JSON.stringify(rows)]);
  }

  list(database: Database, tenant: string, filter: Filter, cursor: string | undefined, limit: number): Promise<Page<Spend>> {
    return pageOf<Spend>(database, {
      select: 'id, campaign, channel, "from", "to", amount, currency, external_id, updated_at', from: DATED, sort: '-id', cursor, limit,
      ...filtered(tenant, filter),
    });
  }

  /** By campaign, channel and currency. Of an entry that reaches over the ends of the asked-for days, its share by the day. */
  totals(database: Database, tenant: string, filter: Filter, most: number): Promise<SpendTotal[]> {
    const { conditions, parameters } = filtered(tenant, filter);
    parameters.push(filter.from ?? null, filter.to ?? null, most);
    const [first, last, limit] = [`$${parameters.length - 2}::date`, `$${parameters.length - 1}::date`, `$${parameters.length}`];
    return database.query<SpendTotal>(`
      select campaign, channel, currency, round(sum(amount * shown / (to_date - from_date + 1)), 2) as amount, sum(shown) as days
      from (select *, least(to_date, coalesce(${last}, to_date)) - greatest(from_date, coalesce(${first}, from_date)) + 1 as shown from ${DATED}
            where ${conditions.join(' and ')}) as entry
      group by 1, 2, 3 order by 1, 2, 3 limit ${limit}`, parameters);
  }

  /** @returns whether there was one */
  async remove(database: Database, tenant: string, id: number): Promise<boolean> {
    return (await database.query('delete from campaign_spend where tenant_id = $1 and id = $2 returning id', [tenant, id])).length > 0;
  }
}

/** Entries that share a day with the asked-for ones. */
function filtered(tenant: string, { from, to, channel, code }: Filter): { conditions: string[]; parameters: unknown[] } {
  const conditions = ['tenant_id = $1'];
  const parameters: unknown[] = [tenant];
  const where = (condition: string, value: unknown) => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition.replace('?', `$${parameters.length}`));
  };
  where('to_date >= ?::date', from);
  where('from_date <= ?::date', to);
  where('channel = ?', channel);
  where('campaign = ?', code);
  return { conditions, parameters };
}
