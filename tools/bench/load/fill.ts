import type { Pool, PoolClient } from 'pg';
import type { Service } from '@headwater/contracts';

interface Column {
  name: string;
  type: string;
}

export interface Table {
  schema: string;
  name: string;
  columns: Column[];
}

const SAMPLES = 200;
const CHUNK = 50_000;
/** Sessions that fill, each a chunk of leads. */
const AT_ONCE = 2;
/** Above the numbers of people that are sent. */
const FIRST_PERSON = 500_000_000;

/** Leads that have come through everything, as patterns for others. They hold their person's number in all that tells of them. */
const SAMPLE = `
  create table bench_baseline.sample as
  select row_number() over (order by lead.id) - 1 as k, lead.id as lead_id, substring(profile->>'email' from '\\d{9}') as person,
         outbox.envelope::jsonb as envelope, outbox.subject
  from (select * from intake.lead order by id limit ${SAMPLES}) as lead
  join intake.outbox on (envelope->>'leadid')::bigint = lead.id and envelope->>'type' = 'lead.captured'`;

const LAST_LEAD = 'select coalesce(max(id), 0) as last from intake.lead';

const TABLES = `
  select table_schema as schema, table_name as name, json_agg(json_build_object('name', column_name, 'type', udt_name)) as columns
  from information_schema.columns
  where table_schema = any($1) and identity_generation is distinct from 'ALWAYS' and is_generated = 'NEVER'
  group by table_schema, table_name
  having bool_or(column_name = 'lead_id') or (table_schema, table_name) = ('intake', 'lead')
  order by table_name <> 'lead', table_name`;

/** The new leads, each with the sample that it is made after: $1 is the id before the first of them, $2 their number. */
const NEW = `
  (select $1::bigint + n as lead_id, (${FIRST_PERSON} + $1::bigint + n)::text as person,
          n % (select count(*) from bench_baseline.sample) as k
   from generate_series(1, $2::int) as n) as new
  join bench_baseline.sample on sample.k = new.k`;

/** Fills tables with leads as Headwater would have written them, by statements over sets. */
export class Fill {
  private constructor(private readonly database: Pool) {}

  /** Takes its samples from the first leads that there are; all of them must have come to their end. */
  static async from(database: Pool): Promise<Fill> {
    await database.query(SAMPLE);
    return new Fill(database);
  }

  /** How many leads are present. */
  async present(): Promise<number> {
    return (await this.database.query<{ count: number }>('select count(*)::int as count from intake.lead')).rows[0]!.count;
  }

  /**
   * So many more leads, in the tables of these services. Afterwards PostgreSQL knows how large its tables are, and has nothing left to do for them:
   * autovacuum would come to all of them within the first seconds of what is measured.
   * @param isNeeded whether a table is filled: where only some are asked
   */
  async add(count: number, services: readonly Service[], say: (done: number) => void, isNeeded: (table: Table) => boolean = () => true): Promise<void> {
    if (count <= 0) return;
    const { rows } = await this.database.query<Table>(TABLES, [services]);
    const tables = rows.filter(isNeeded);
    const first = Number((await this.database.query<{ last: string }>(LAST_LEAD)).rows[0]!.last);
    // First, so that a run that ends midway leaves gaps, and no id that is given twice.
    await this.database.query(`select setval(pg_get_serial_sequence('intake.lead', 'id'), $1)`, [first + count]);
    let [begun, done] = [0, 0];
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.inSession(async (client) => {
      while (begun < count) {
        const [after, leads] = [first + begun, Math.min(CHUNK, count - begun)];
        begun += leads;
        for (const table of tables) await client.query(copyOf(table), [after, leads]);
        say(done += leads);
      }
    })));
    await this.inSession(async (client) => {
      if (services.includes('routing')) await client.query(RECOUNT);
    });
    await this.database.query('vacuum (analyze)');
    await this.database.query('checkpoint');
  }

  /** The events that the latest leads were captured, for the relay to publish. */
  async announce(count: number): Promise<void> {
    await this.inSession(async (client) => {
      const last = Number(await this.lastLead(client));
      for (let done = 0; done < count; done += CHUNK) {
        await client.query(ANNOUNCE, [last - count + done, Math.min(CHUNK, count - done)]);
      }
    });
  }

  private async lastLead(client: PoolClient): Promise<string> {
    return (await client.query<{ last: string }>(LAST_LEAD)).rows[0]!.last;
  }

  /** What is only there to be measured against need not wait for the disk. */
  private async inSession(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.database.connect();
    try {
      await client.query('set synchronous_commit = off');
      await work(client);
      await client.query('reset synchronous_commit');
    } finally {
      client.release();
    }
  }
}

/** What routing counts as leads come and go. */
const RECOUNT = `
  insert into routing.rep_load (tenant_id, rep_id, open_leads)
  select tenant_id, owner_id, count(*) from routing.lead_assignment where owner_id is not null and converted is null group by tenant_id, owner_id
  on conflict (rep_id) do update set open_leads = excluded.open_leads`;

/** The one of the new lead: decisions are copied before assignments. */
const DECISION = '(select max(id) from routing.decision where tenant_id = old.tenant_id and lead_id = new.lead_id)';

/** A statement that writes the rows of the new leads into a table, after those of their samples. */
export function copyOf({ schema, name, columns }: Table): string {
  const own = name === 'lead' ? 'id' : 'lead_id';
  const valueOf = (column: Column): string => {
    const old = `old.${column.name}`;
    if (column.name === own) return 'new.lead_id';
    if (column.name === 'decision_id') return DECISION;
    // Hashes of what others are found by: of somebody else they are others.
    if (name === 'blocking_key' && column.name === 'key') return hashOf(old);
    if (name === 'match_record' && column.name === 'keys') return `array(select ${hashOf('known')} from unnest(${old}) as known)`;
    if (column.type === 'uuid') return `md5(concat(${old}, new.person))::uuid`;
    if (column.type === 'text') return `replace(${old}, sample.person, new.person)`;
    return column.type === 'jsonb' ? `${renamed(`${old}::text`)}::jsonb` : old;
  };
  return `
    insert into ${schema}.${name} (${columns.map((column) => column.name).join(', ')})
    select ${columns.map(valueOf).join(', ')}
    from ${NEW}
    join ${schema}.${name} as old on old.${own} = sample.lead_id`;
}

const hashOf = (key: string): string => `hashtextextended(${key}::text || new.person, 0)`;

/** JSON about the sample as JSON about the new lead. */
const renamed = (json: string): string =>
  `replace(replace(${json}, sample.person, new.person), '"lead_id": ' || sample.lead_id, '"lead_id": ' || new.lead_id)`;

const ENVELOPE = `(sample.envelope || jsonb_build_object('id', event.id, 'leadid', new.lead_id, 'subject', new.lead_id::text))::text`;

const ANNOUNCE = `
  with written as (
    insert into intake.outbox (id, subject, envelope)
    select event.id, sample.subject, ${renamed(ENVELOPE)}::json
    from ${NEW}
    cross join lateral (select md5('captured ' || new.person)::uuid as id) as event
    returning seq, created_at
  )
  insert into intake.outbox_pending (seq, created_at) select seq, created_at from written`;
