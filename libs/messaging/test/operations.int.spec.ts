import { Injectable, Module } from '@nestjs/common';
import { connect } from 'nats';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  deadLetterRequests, LeadEngaged, LeadScored, republishRequest, type DeadLetterFilter, type Envelope, type ReplayResult,
} from '@headwater/contracts';
import type { ServiceDefinition, Tx } from '@headwater/platform';
import { natsLogin } from '@headwater/embedded';
import { eventually, intakeState, startCell, type Cell } from '@headwater/testing';
import { MessagingModule, messagingMigrations, nextAfter, OperationsModule, type Part, type Republisher } from '../src';
import { ledger } from './ledger-service';

/** The ledger with a desk. */
@Module({ imports: [ledger.module, OperationsModule.for('routing', null)] })
class LedgerWithDesk {}

const view = { total_score: 1, behavioral_score: 0, demographic_score: 1, grade: 'F', temperature: 'cold' } as const;
const scored = (tenant: string, lead_id: number, revision: number) => LeadScored.ofLead(tenant, { lead_id, revision }, {
  score: {
    lead_id, revision, effective: view, computed: view, is_hot: false, hot_reasons: [], mql: false, model_version: 1, scored_at: '2026-11-22T10:00:00Z',
  },
  contributions: [], lead: intakeState({ lead_id }),
});
const engaged = (signal_id: string) =>
  LeadEngaged.ofLead('demo', { lead_id: 1 }, { lead_id: 1, signal_id, signal: 'web_visit', at: '2026-11-22T10:00:00Z' });

/** An owner of nothing but revisions. */
@Injectable()
class RepublishRevisions implements Republisher {
  async republish(tx: Tx, { tenant, after, limit }: Part) {
    const rows = await tx.query<{ tenant_id: string; lead_id: number; revision: number }>(
      'select * from owned where lead_id > $2 and ($1::text is null or tenant_id = $1) order by lead_id limit $3', [tenant, after, limit]);
    return {
      events: rows.map(({ tenant_id, lead_id, revision }) => scored(tenant_id, lead_id, revision)),
      next: nextAfter(rows.map(({ lead_id }) => lead_id), limit),
    };
  }
}

class CreateOwned1763773200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table owned (tenant_id text not null, lead_id bigint primary key, revision bigint not null)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table owned');
  }
}

@Module({ imports: [MessagingModule.for(null), OperationsModule.for('scoring', RepublishRevisions)], providers: [RepublishRevisions] })
class OwnerModule {}

const owner: ServiceDefinition = {
  name: 'scoring', module: OwnerModule, migrations: [...messagingMigrations, CreateOwned1763773200002],
};

const FACTS = 'routing_lead_engaged_v1';
const { list, get, replay, discard } = deadLetterRequests('routing');

let cell: Cell;
beforeAll(async () => {
  const desk = { ...ledger, module: LedgerWithDesk };
  cell = await startCell({ services: [desk, desk, owner], madeUp: true });
});
afterAll(() => cell?.stop());

const letters = async (filter: DeadLetterFilter = {}) => (await cell.ask(list, { filter, cursor: null, limit: 50 })).letters;
const again = (which: { ids: number[] } | { all: true; after: number; limit: number }): Promise<ReplayResult> => cell.ask(replay, { actor: 'Op', ...which });
const facts = async (prefix: string) =>
  (await cell.rows<{ signal_id: string }>('routing', 'select signal_id from fact where signal_id like $1 order by 1', [`${prefix}%`])).map(({ signal_id }) => signal_id);

/** Once more the very same event, as a broker that lost its store gets it from the outbox. */
async function deliver(event: Envelope): Promise<void> {
  const connection = await connect(natsLogin(cell.natsUrl));
  await connection.jetstream().publish('crm.demo.live.lead.engaged.v1', JSON.stringify(event));
  await connection.close();
}

/** From here on the database itself refuses these, as a schema that lags behind would. */
const break_ = (prefix: string) => cell.rows('routing', `alter table fact add constraint broken check (signal_id not like '${prefix}%')`);
const mend = () => cell.rows('routing', 'alter table fact drop constraint broken');

/** @returns the ids of the letters of these signals, in the order given */
async function buried(signals: string[]): Promise<number[]> {
  const events = await cell.publish(signals.map(engaged), { times: 2, shuffle: true });
  const found = await eventually('they are buried', async () => {
    const rows = await letters({ subscription: FACTS });
    return events.every(({ id }) => rows.some(({ event_id }) => event_id === id)) && rows;
  }, { timeoutMs: 25_000 });
  await cell.settled({ deadLetters: true });
  return events.map((event) => found.find(({ event_id }) => event_id === event.id)!.id);
}

describe('dead letters', () => {
  afterAll(() => cell.rows('routing', 'delete from dead_letter'));

  it('are shown, and handled once when the cause is mended', async () => {
    await break_('mended');
    const [first, second] = await buried(['mended-1', 'mended-2']);
    expect(await letters()).toHaveLength(2);
    expect((await letters()).find(({ id }) => id === first)).toMatchObject({
      service: 'routing', subscription: FACTS, tenant: 'demo', subject: 'crm.demo.live.lead.engaged.v1', failed_replays: 0,
      error: expect.stringMatching(/^[^\n]*violates check constraint[^\n]*$/), discarded_at: null,
    });
    const { letter } = await cell.ask(get, { id: first });
    expect(JSON.parse(letter.body)).toMatchObject({ type: 'lead.engaged', data: { signal_id: 'mended-1' } });
    expect(letter.error).toContain('\n');
    await eventually('its health tells of them', async () => {
      const details = await (await fetch(`${cell.url('routing')}/health/details`)).json() as { status: string; parts: Record<string, object> };
      expect(details).toMatchObject({ status: 'ok', parts: { dead_letters: { ok: true, waiting: 2 } } });
      return true;
    });

    const refused = await again({ ids: [first] });
    expect(refused).toEqual({ succeeded: 0, failed: [{ id: first, error: expect.stringContaining('violates check constraint') }], next: null });
    expect((await cell.ask(get, { id: first })).letter).toMatchObject({ failed_replays: 1 });

    await mend();
    const [one, other] = await Promise.all([again({ ids: [first, second] }), again({ ids: [first, second] })]);
    expect(one.succeeded + other.succeeded).toBe(2);
    expect(await facts('mended')).toEqual(['mended-1', 'mended-2']);
    expect(await letters()).toEqual([]);
    await expect(cell.ask(get, { id: first })).rejects.toMatchObject({ body: { kind: 'not_found', detail: 'Dead letter not found' } });
  });

  it('hold their place: an event that comes again is neither handled beside its letter nor buried twice', async () => {
    await break_('held');
    const [sealed] = await cell.publish([engaged('held')]);
    await eventually('it is buried', async () => (await letters()).length === 1, { timeoutMs: 25_000 });
    await mend();
    await deliver(sealed);
    await cell.settled({ deadLetters: true });
    expect(await facts('held')).toEqual([]);
    const [{ id }] = await letters();
    expect(await again({ ids: [id] })).toMatchObject({ succeeded: 1 });
    await deliver(sealed);
    await cell.settled();
    expect(await facts('held')).toEqual(['held']);
  });

  it('are all replayed in parts, past those that fail again', async () => {
    await break_('many');
    const ids = (await buried(['many-1', 'many-2', 'many-bad', 'many-3'])).sort((a, b) => a - b);
    await mend();
    await break_('many-bad');
    const first = await again({ all: true, after: 0, limit: 3 });
    expect(first.next).toBe(ids[2]);
    const rest = await again({ all: true, after: first.next!, limit: 3 });
    expect(rest.next).toBeNull();
    expect([first.succeeded + rest.succeeded, first.failed.length + rest.failed.length]).toEqual([3, 1]);
    expect(await facts('many')).toEqual(['many-1', 'many-2', 'many-3']);
    await mend();
    expect(await again({ all: true, after: 0, limit: 3 })).toEqual({ succeeded: 1, failed: [], next: null });
  });

  it('are discarded with a reason, and kept out of sight', async () => {
    await break_('discarded');
    const [id] = await buried(['discarded']);
    await mend();
    const { letter } = await cell.ask(discard, { id, reason: 'a test of theirs', actor: 'Op' });
    expect(letter).toMatchObject({ id, discarded_at: expect.any(String) });
    await cell.ask(discard, { id, reason: 'another', actor: 'Somebody' });
    expect((await cell.ask(get, { id })).letter).toMatchObject({ discard_reason: 'a test of theirs', discarded_by: 'Op', discarded_at: letter.discarded_at });
    expect(await letters()).toEqual([]);
    expect(await letters({ discarded: true })).toMatchObject([{ id }]);
    expect(await again({ all: true, after: 0, limit: 10 })).toEqual({ succeeded: 0, failed: [], next: null });
    expect(await again({ ids: [id] })).toEqual({ succeeded: 0, failed: [{ id, error: 'It is not waiting, or is being replayed already' }], next: null });
    expect(await facts('discarded')).toEqual([]);
    await expect(cell.ask(discard, { id: 999, reason: 'x', actor: 'Op' })).rejects.toMatchObject({ body: { kind: 'not_found' } });
  });

  it('of a subscription that is gone, and of nonsense, say so and stay', async () => {
    const [gone, nonsense] = await cell.rows<{ id: string }>('routing', `
      insert into dead_letter (subscription, subject, body, error, deliveries)
      values ('routing_lead_heard_v1', 'crm.demo.live.lead.heard.v1', '{}', 'x', 4), ('${FACTS}', 'crm.demo.live.lead.engaged.v1', 'hello', 'x', 4)
      returning id`);
    const { failed } = await again({ ids: [Number(nonsense.id), Number(gone.id)] });
    expect(failed).toEqual([
      { id: Number(gone.id), error: "routing doesn't listen to routing_lead_heard_v1 any more" },
      { id: Number(nonsense.id), error: expect.stringContaining('not valid JSON') },
    ]);
    await cell.rows('routing', 'delete from dead_letter where id = any($1)', [[gone.id, nonsense.id]]);
  });

  it('are listed page by page', async () => {
    await cell.rows('routing', `
      insert into dead_letter (subscription, tenant_id, subject, body, error, deliveries)
      select 'paged', case when n % 2 = 0 then 'even' else 'odd' end, 's', '{}', 'x', 4 from generate_series(1, 5) n`);
    const seen: number[] = [];
    for (let cursor: number | null = null; ;) {
      const page: { id: number }[] = (await cell.ask(list, { filter: { subscription: 'paged' }, cursor, limit: 2 })).letters;
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
      cursor = page[page.length - 1].id;
    }
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(seen).toHaveLength(5);
    expect(await letters({ tenant: 'even' })).toHaveLength(2);
    await cell.rows('routing', `delete from dead_letter where subscription = 'paged'`);
  });
});

describe('republishing', () => {
  const request = republishRequest('scoring');
  const state = () => cell.rows('routing', 'select lead_id::int, revision::int from state order by 1');

  async function republish(tenant?: string): Promise<number> {
    let published = 0;
    for (let after: number | null = 0; after !== null;) {
      const part: { published: number; next?: number | null } = await cell.ask(request, { tenant, after, correlation_id: 'again' });
      published += part.published;
      after = part.next ?? null;
      await cell.settled();
    }
    return published;
  }

  beforeAll(() => cell.rows('scoring', `
    insert into owned select case when n <= 600 then 'demo' else 'other' end, n, n % 7 + 1 from generate_series(1, 1200) n`));

  it('fills an emptied consumer, in the bulk lane, and changes nothing in a complete one', async () => {
    expect(await republish()).toBe(1_200);
    const complete = await state();
    expect(complete).toEqual(Array.from({ length: 1_200 }, (_, i) => ({ lead_id: i + 1, revision: (i + 1) % 7 + 1 })));
    const heard = cell.events('lead.scored');
    expect(heard.every(({ republished, correlationid }) => republished === true && correlationid === 'again')).toBe(true);
    expect(await cell.rows('scoring', `select 1 from outbox where subject not like 'crm.%.bulk.lead.scored.v1'`)).toEqual([]);

    await cell.rows('routing', 'update state set revision = 100 where lead_id = 7');
    await cell.rows('routing', 'delete from state where lead_id > 10');
    await republish();
    expect(await state()).toEqual(complete.map((row) => (row.lead_id === 7 ? { ...row, revision: 100 } : row)));
  });

  it('tells of one tenant alone', async () => {
    await cell.rows('routing', 'delete from state');
    expect(await republish('other')).toBe(600);
    expect(await cell.rows('routing', 'select min(lead_id)::int as first, count(*)::int as leads from state')).toEqual([{ first: 601, leads: 600 }]);
  });

  it('waits while the relay has much to send', async () => {
    await cell.rows('scoring', `
      with held as (insert into outbox (id, subject, envelope) select gen_random_uuid(), 'x', '{}' from generate_series(1, 1001) returning seq, created_at)
      insert into outbox_pending (seq, created_at, claimed_until) select seq, created_at, now() + interval '1 hour' from held`);
    expect(await cell.ask(request, { after: 5, correlation_id: 'again' })).toEqual({ published: 0, next: 5 });
    await cell.rows('scoring', 'delete from outbox_pending');
  });

  it('is refused by a service that owns nothing', async () => {
    await expect(cell.ask(republishRequest('routing'), { after: 0, correlation_id: 'again' })).rejects.toMatchObject({ body: { code: 'nothing_to_republish' } });
  });
});
