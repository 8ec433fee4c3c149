import { CaptureLeads, ChangeStatus, ConvertLead, GetStatuses, QualifyLead, type AnswerOf, type Context } from '@headwater/contracts';
import { FAULT_POINTS, type FaultPoint, type ServiceDefinition } from '@headwater/platform';
import { captureItem, eventually, startCell, testTenant, type Cell } from '@headwater/testing';
import { v7 as uuidv7 } from 'uuid';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { routing } from '../../apps/routing/src/routing.module';
import { scoring } from '../../apps/scoring/src/scoring.module';

type Point = Extract<FaultPoint, `conversion.${string}`>;
/** What is there when the next replica runs. */
interface Row { between: string; outcome: 'nothing' | 'everything' }

/** The neighbours that lock a lead once they are told, and what is locked then. */
const OF_LOCKS = {
  intake: { point: 'conversion.before_lead_locked', service: intake, locked: 'select from lead where id = $1 and converted is not null' },
  scoring: { point: 'conversion.before_score_locked', service: scoring, locked: 'select from lead_score where lead_id = $1 and converted is not null' },
  routing: { point: 'conversion.before_assignment_locked', service: routing, locked: 'select from lead_assignment where lead_id = $1 and converted is not null' },
} as const satisfies Record<string, { point: Point; service: ServiceDefinition; locked: string }>;
const LOCKERS = Object.keys(OF_LOCKS) as (keyof typeof OF_LOCKS)[];
const OF_QUALIFICATION = ['conversion.reservation_committed', 'conversion.settlement_committed'] as const;
const ROWS: Record<Point, Row> = {
  'conversion.after_begin': { between: 'the beginning of a conversion and its reservation', outcome: 'nothing' },
  'conversion.after_reserve': { between: 'the reservation and what is gathered', outcome: 'nothing' },
  'conversion.before_commit': { between: 'the last write and the commit', outcome: 'nothing' },
  'conversion.after_commit': { between: 'the commit and telling of it', outcome: 'everything' },
  'conversion.after_telling': { between: 'telling of it and the answer', outcome: 'everything' },
  'conversion.reservation_committed': { between: 'the commit of a reservation and its answer', outcome: 'nothing' },
  'conversion.before_lead_locked': { between: 'being told of it and the commit of the lock, at intake', outcome: 'everything' },
  'conversion.before_score_locked': { between: 'the same at scoring', outcome: 'everything' },
  'conversion.before_assignment_locked': { between: 'the same at routing', outcome: 'everything' },
  'conversion.settlement_committed': { between: 'the commit of the lock and its answer', outcome: 'everything' },
};

/** As in production: within a minute nobody holds a lead any more. A shorter one a slow machine would see the end of before the process dies. */
const LEASE_SECONDS = 30;
const ENV = { CONVERSION_LEASE_SECONDS: String(LEASE_SECONDS), ACK_WAIT_SECONDS: '1' };
const BODY = { create_opportunity: true, opportunity_name: 'Platform', opportunity_amount: 75_000, contact_role: 'champion' as const };

/** Leads that are converted while processes die. */
class World {
  private people = 0;

  private constructor(readonly cell: Cell) {}

  static async start(services: Parameters<typeof startCell>[0]['services']): Promise<World> {
    return new World(await startCell({ services, env: ENV }));
  }

  async qualified(): Promise<number> {
    const name = `p${this.people += 1}`;
    const lead = { last_name: name, email: `${name}@${name}.example`, company_name: `Company ${name}` };
    const { results: [sent] } = await this.cell.ask(CaptureLeads, { items: [captureItem(lead)], tenants: { demo: testTenant() } });
    if (!sent.ok) throw new Error(`The lead was refused: ${sent.error.detail}`);
    const { lead_id } = sent.answer.lead!;
    await this.cell.ask(QualifyLead, { context: this.cell.context(), lead_id, body: { qualified: true } });
    return lead_id;
  }

  convert(lead_id: number): Promise<AnswerOf<typeof ConvertLead>> {
    const context: Context = this.cell.context({ idempotency: { scope: 'user:1 POST convert', key: `convert ${lead_id}`, hash: 'h' } });
    return this.cell.ask(ConvertLead, { context, lead_id, body: BODY });
  }

  /** Somebody else wants the lead when its lease is over: 409 `lead_locked` once it is converted, else it is theirs. */
  async becomesFree(lead_id: number): Promise<string> {
    for (const [service, table] of [['qualification', 'lead_status'], ['conversion', 'conversion']] as const) {
      await this.cell.rows(service, `update ${table} set lease_until = lease_until - make_interval(secs => $2) where lead_id = $1`, [lead_id, LEASE_SECONDS]);
    }
    return eventually('nobody holds the lead', async () => {
      const answer = await this.cell.ask(ChangeStatus, { context: this.cell.context(), command_id: uuidv7(), lead_id, patch: { status: 'contacted' } })
        .then(({ qualification: { status } }) => status, (error: { body?: { code: string } }) => error.body?.code ?? String(error));
      return answer === 'conversion_in_progress' ? undefined : answer;
    }, { timeoutMs: 10_000 });
  }

  /** account, contact, customer, opportunity, role, finished conversion, and the fact for the stream */
  async traces(lead: number): Promise<number[]> {
    const [row] = await this.cell.rows<Record<string, number>>('conversion', `select
      (select count(*)::int from account where lead_id = $1) as account, (select count(*)::int from contact where lead_id = $1) as contact,
      (select count(*)::int from customer where lead_id = $1) as customer, (select count(*)::int from opportunity where lead_id = $1) as opportunity,
      (select count(*)::int from opportunity_contact_role join contact on contact.id = contact_id where lead_id = $1) as role,
      (select count(*)::int from conversion where lead_id = $1 and state = 'done') as done,
      (select count(*)::int from outbox where envelope->>'leadid' = $1::text and envelope->>'type' = 'lead.converted') as fact`, [lead]);
    return Object.values(row);
  }

  /** A claim of the dead relay is good for ten seconds: they are over. */
  async published(lead: number): Promise<void> {
    await this.cell.rows('conversion', 'update outbox_pending set claimed_until = now() where claimed_until is not null');
    await eventually('the stream has the fact', () => this.cell.events('lead.converted').some(({ leadid }) => leadid === lead));
  }

  async reserved(lead: number): Promise<boolean> {
    const rows = await this.cell.rows('qualification', 'select 1 from lead_status where lead_id = $1 and reservation_token is not null', [lead]);
    return rows.length > 0;
  }
}

const NOTHING = [0, 0, 0, 0, 0, 0, 0];
const EVERYTHING = [1, 1, 1, 1, 1, 1, 1];

/** What holds after a process was killed in the middle of a lead's conversion and another one runs. */
async function expectAllOrNothing(world: World, lead: number, outcome: Row['outcome']): Promise<void> {
  if (outcome === 'everything') {
    await world.published(lead);
    expect(await world.becomesFree(lead)).toBe('lead_locked');
    expect(await world.traces(lead)).toEqual(EVERYTHING);
    const { data } = await world.convert(lead);
    expect(data).toMatchObject({ lead: { id: lead, status: 'converted' }, opportunity: { name: 'Platform' }, contact_role: 'champion' });
  } else {
    expect(await world.traces(lead)).toEqual(NOTHING);
    expect(await world.becomesFree(lead)).toBe('contacted');
  }
  expect(await world.reserved(lead)).toBe(false);
  expect(await world.traces(lead)).toEqual(outcome === 'everything' ? EVERYTHING : NOTHING);
}

it('every fault point of a conversion has its row', () => {
  expect(Object.keys(ROWS).sort()).toEqual(FAULT_POINTS.filter((point) => point.startsWith('conversion.')).sort());
});

describe('killed in the middle of a conversion', () => {
  const points = (Object.keys(ROWS) as Point[]).filter((point) =>
    ![...OF_QUALIFICATION, ...LOCKERS.map((name) => OF_LOCKS[name].point)].some((one) => one === point));
  let world: World;
  /** the process that has died last is found out about by the one that is to die next */
  let next: Awaited<ReturnType<Cell['spawn']>>;
  const spawn = (point?: Point) => world.cell.spawn({ name: 'conversion', ...(point ? { fault: point } : {}), env: ENV });

  beforeAll(async () => {
    world = await World.start([intake, qualification]);
    next = await spawn(points[0]);
  });
  afterAll(() => world.cell.stop());

  it.each(points.map((point, i) => [point, ROWS[point], points[i + 1]] as const))('at %s: %j', async (_point, { outcome }, following) => {
    const lead = await world.qualified();
    world.convert(lead).catch(() => 'nobody answers any more');
    expect(await next.exited).toBe('SIGKILL');
    next = await spawn(following);
    await expectAllOrNothing(world, lead, outcome);
  });

  it('leaves leads that convert as any other', async () => {
    const lead = await world.qualified();
    expect((await world.convert(lead)).data.lead.status).toBe('converted');
    expect(await world.traces(lead)).toEqual(EVERYTHING);
  });

  it.each(OF_QUALIFICATION)("or of a neighbour's part of it, at %s", async (point) => {
    const { outcome } = ROWS[point];
    const lead = await world.qualified();
    await world.cell.end('qualification');
    const doomed = await world.cell.spawn({ name: 'qualification', fault: point });
    const answer = world.convert(lead).then(() => 'done', (error: { body?: { kind: string } }) => error.body?.kind);
    expect(await doomed.exited).toBe('SIGKILL');
    await world.cell.add(qualification, ENV);
    expect(await answer).toBe(outcome === 'everything' ? 'done' : 'unavailable');
    await expectAllOrNothing(world, lead, outcome);
    expect((await world.cell.ask(GetStatuses, { tenant: 'demo', ids: [lead] })).statuses[0].status)
      .toBe(outcome === 'everything' ? 'converted' : 'contacted');
  });

  it('or of the locks of all others: whoever was told in vain hears of it by the event', async () => {
    const lead = await world.qualified();
    await world.cell.end('intake');
    const doomed = await Promise.all(LOCKERS.map((name) => world.cell.spawn({ name, fault: OF_LOCKS[name].point, env: ENV })));
    expect((await world.convert(lead)).data.lead.status).toBe('converted');
    expect(await Promise.all(doomed.map(({ exited }) => exited))).toEqual(LOCKERS.map(() => 'SIGKILL'));
    for (const name of LOCKERS) await world.cell.add(OF_LOCKS[name].service, ENV);
    for (const name of LOCKERS) await eventually(`${name} has locked it`, async () => (await world.cell.rows(name, OF_LOCKS[name].locked, [lead])).length > 0);
    await expectAllOrNothing(world, lead, 'everything');
  });

  it('and who was told handles no event about it', async () => {
    const lead = await world.qualified();
    const { data } = await world.convert(lead);
    const fact = await eventually('the stream has the fact', () => world.cell.events('lead.converted').find(({ leadid }) => leadid === lead));
    await world.cell.settled();
    for (const name of ['qualification', ...LOCKERS] as const) expect([name, await world.cell.rows(name, 'select from inbox where event_id = $1', [fact.id])]).toEqual([name, []]);
    for (const name of LOCKERS) expect([name, await world.cell.rows(name, OF_LOCKS[name].locked, [lead])]).toEqual([name, [{}]]);
    expect(await world.cell.rows('scoring', 'select outcome from lead_outcome where lead_id = $1', [lead])).toEqual([{ outcome: 'converted' }]);
    expect(await world.cell.rows('intake', `
      select a.revision::int, a.name, c.contact_id::int, c.email, c.customer_revision::int from known_account a join known_contact c using (tenant_id, account_id)
      where account_id = $1`, [data.account.id])).toEqual([{ revision: 1, name: data.account.name, contact_id: data.contact.id, email: data.contact.email, customer_revision: 1 }]);
  });
});
