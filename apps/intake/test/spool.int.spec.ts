import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  CaptureLeads, deadLetterRequests, GetLeads, GetSubmission, ListTouches,
  type CaptureItem, type CreateLead, type Idempotency, type SubmissionState,
} from '@headwater/contracts';
import { Spool, SPOOL, spoolMessage, SPOOL_SUBJECT } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { captureItem, eventually, startCell, startPostgres, takenIn, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
let app: NestFastifyApplication;
let spool: Spool;
beforeAll(async () => {
  cell = await startCell({ services: [] });
  app = await cell.add(intake);
  await cell.add(intake);
  spool = app.get(Spool, { strict: false });
});
afterAll(() => cell.stop());

const tenants = { demo: testTenant('demo') };
const keyed = (key: string, hash = 'h'): { idempotency: Idempotency } => ({ idempotency: { scope: 'key-1 POST /leads', key, hash } });
const capture = async (one: CaptureItem) => takenIn((await cell.ask(CaptureLeads, { items: [one], tenants })).results[0]);
/** As the gateway does. */
const spoolIn = (place: Cell, one: CaptureItem) =>
  place.store(spoolMessage({ tenant: one.tenant, id: one.submission_id }, { item: one, tenant: tenants.demo }), one.submission_id);
const put = (...items: CaptureItem[]) => Promise.all(items.map((one) => spoolIn(cell, one)));
const stateOf = async ({ submission_id }: CaptureItem, tenant = 'demo'): Promise<SubmissionState | null> =>
  (await cell.ask(GetSubmission, { tenant, submission_id })).submission;
const done = async (one: CaptureItem) => eventually('it is taken in', async () => {
  const state = await stateOf(one);
  return state?.state === 'done' && state.lead_id !== null && { ...state, lead_id: state.lead_id };
});
const holds = ({ tenant, submission_id }: CaptureItem) => spool.holds({ tenant, id: submission_id });
const touches = async (id: number) => (await cell.ask(ListTouches, { context: cell.context(), lead_id: id, limit: 200 })).touches;
const profile = async (id: number) => (await cell.ask(GetLeads, { tenant: 'demo', ids: [id] })).leads[0].profile;
const spoolConsumer = async () => (await cell.jetstream()).consumers.info(SPOOL, 'intake_spool');

/** Runs a statement in a transaction that stays open until released. */
async function hold(statement: string, of = app): Promise<{ release: () => Promise<void> }> {
  let open = () => {};
  const gate = new Promise<void>((resolve) => { open = resolve; });
  let began = () => {};
  const begun = new Promise<void>((resolve) => { began = resolve; });
  const transaction = of.get(Database).transaction(async (tx) => {
    await tx.query(statement);
    began();
    await gate;
  });
  await Promise.race([begun, transaction]);
  return { release: () => { open(); return transaction; } };
}

let person = 0;
const somebody = (more: CreateLead = {}): CreateLead => {
  person += 1;
  return { first_name: 'Ada', last_name: `Byron${person}`, email: `ada${person}@spool.example.com`, ...more };
};

describe('the spool', () => {
  it('is taken in, once each, with touch and event', async () => {
    const items = Array.from({ length: 150 }, () => captureItem(somebody()));
    await put(...items);
    await cell.settled();
    const states = await Promise.all(items.map((one) => stateOf(one)));
    const leads = states.map((state) => (state?.state === 'done' && state.verdict === 'created' ? state.lead_id : null));
    expect(new Set(leads).size).toBe(150);
    expect(leads).not.toContain(null);
    const announced = new Set(cell.events('lead.captured').map(({ leadid }) => leadid));
    expect(leads.filter((id) => !announced.has(id as number))).toEqual([]);
    expect(await touches(leads[0] as number)).toHaveLength(1);
    expect(await holds(items[0])).toBe(false);
  });

  it("is one submission with the one whose answer was lost, and with its client's own repetition", async () => {
    const first = captureItem(somebody(), keyed('lost'));
    const answer = await capture(first);
    await put(first);
    await cell.settled();
    const again = await capture(captureItem(first.lead, keyed('lost')));
    expect(again).toEqual(answer);
    expect(await touches(answer.lead.lead_id)).toHaveLength(1);
    expect(await stateOf(first)).toEqual({ state: 'done', verdict: 'created', because: answer.because, lead_id: answer.lead.lead_id });
  });

  it('is one submission without a key, too', async () => {
    const first = captureItem(somebody());
    const answer = await capture(first);
    await put(first);
    await cell.settled();
    expect(await touches(answer.lead.lead_id)).toHaveLength(1);
    expect((await profile(answer.lead.lead_id)).email).toBe(first.lead.email);
  });

  it('takes an Idempotency-Key that was spooled twice in once, and knows both submissions', async () => {
    const lead = somebody();
    const twice = [captureItem(lead, keyed('twice')), captureItem(lead, keyed('twice'))];
    await put(...twice);
    const states = await Promise.all(twice.map(done));
    expect(states[1]).toEqual(states[0]);
    expect(await touches(states[0].lead_id)).toHaveLength(1);
  });

  it('takes in what it promised although the key was used for something else meanwhile', async () => {
    const promised = captureItem(somebody(), keyed('other', 'one'));
    const other = await capture(captureItem(somebody(), keyed('other', 'two')));
    await put(promised);
    expect((await done(promised)).lead_id).not.toBe(other.lead.lead_id);
  });

  it('fills only empty fields of a lead that is newer, and adds its touch', async () => {
    const late = captureItem(somebody({ job_title: 'Intern', city: 'London', tags: ['late'] }));
    const { lead } = await capture(captureItem({ ...late.lead, job_title: 'CTO', city: undefined, tags: ['new'] }));
    await put(late);
    expect(await done(late)).toMatchObject({ verdict: 'updated', lead_id: lead.lead_id });
    expect(await profile(lead.lead_id)).toMatchObject({ job_title: 'CTO', city: 'London', tags: ['new', 'late'] });
    expect(await touches(lead.lead_id)).toHaveLength(2);
  });

  it('is taken in once, however often it is delivered', async () => {
    const one = captureItem(somebody());
    const message = spoolMessage({ tenant: 'demo', id: one.submission_id }, { item: one, tenant: tenants.demo });
    await Promise.all([1, 2, 3].map((n) => cell.store(message, `${one.submission_id} ${n}`)));
    await cell.settled();
    expect(await touches((await done(one)).lead_id)).toHaveLength(1);
  });

  it('waits for the first attempt with its key, and then finds its answer', async () => {
    const first = captureItem(somebody(), keyed('slow'));
    const repetition = captureItem(first.lead, keyed('slow'));
    const held = await hold('lock table intake.submission in exclusive mode');
    const answer = capture(first);
    await eventually('the first attempt waits for the table', async () => (await cell.rows('intake',
      `select from pg_locks where locktype = 'relation' and relation = 'submission'::regclass and not granted`)).length > 0);
    await put(repetition);
    await eventually('it was tried, and put off', async () => (await spoolConsumer()).num_redelivered > 0);
    expect(await holds(repetition)).toBe(true);
    await held.release();
    const { submission_id, lead } = await answer;
    expect(submission_id).toBe(first.submission_id);
    expect(await done(repetition)).toMatchObject({ verdict: 'created', lead_id: lead.lead_id });
    expect(await touches(lead.lead_id)).toHaveLength(1);
  });

  it('stays where it is while consumers are paused', async () => {
    await cell.pauseConsumers();
    const one = captureItem(somebody());
    await put(one);
    await eventually('nobody asks for messages', async () => (await spoolConsumer()).num_waiting === 0);
    expect([await holds(one), await stateOf(one)]).toEqual([true, null]);
    await cell.resumeConsumers();
    await done(one);
  });

  it("doesn't know of what it never saw, nor of another tenant's", async () => {
    const one = captureItem(somebody());
    expect(await stateOf(one)).toBeNull();
    await capture(one);
    expect(await stateOf(one, 'other')).toBeNull();
  });
});

describe('what can not be taken in', () => {
  const { list, replay } = deadLetterRequests('intake');
  const letters = async () => (await cell.ask(list, { filter: {}, cursor: null, limit: 50 })).letters;

  it('goes to the dead letters alone, still counts as pending, and can be replayed', async () => {
    await cell.rows('intake', `alter table submission add constraint poison check (payload->>'last_name' <> 'Poison')`);
    const [good, bad] = [captureItem(somebody()), captureItem(somebody({ last_name: 'Poison' }))];
    await put(good, bad);
    await done(good);
    const [letter] = await eventually('the dead letter', async () => {
      const found = await letters();
      return found.length > 0 && found;
    }, { timeoutMs: 20_000 });
    expect(letter).toMatchObject({ subscription: 'intake_spool', event_id: bad.submission_id, tenant: 'demo', error: expect.stringContaining('poison') as string });
    await cell.settled({ deadLetters: true });
    expect([await holds(bad), await stateOf(bad)]).toEqual([false, { state: 'pending' }]);

    expect(await cell.ask(replay, { ids: [letter.id], actor: 'test' })).toMatchObject({ succeeded: 0, failed: [{ id: letter.id }] });
    await cell.rows('intake', 'alter table submission drop constraint poison');
    expect(await cell.ask(replay, { ids: [letter.id], actor: 'test' })).toMatchObject({ succeeded: 1, failed: [] });
    expect(await done(bad)).toMatchObject({ verdict: 'created' });
    expect(await letters()).toEqual([]);
  });

  it('goes there even if nobody can read it', async () => {
    for (const [n, body] of ['no JSON', '{}', '{"content":{"item":{}}}'].entries()) await cell.store({ subject: `${SPOOL_SUBJECT}.demo.junk${n}`, body });
    await eventually('the dead letters', async () => (await letters()).length === 3, { timeoutMs: 20_000 });
    await cell.settled({ deadLetters: true });
  });
});

describe('while PostgreSQL is away', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headwater-spool-'));
  const options = { dataDir: join(directory, 'postgres'), password: 'tests', log: join(directory, 'postgres.log'), durable: false };
  /** More than the four that make a submission poison. */
  const DELIVERIES = 5;
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('nothing is given up; afterwards everything is taken in once', async () => {
    let postgres = await startPostgres(options);
    const away = await startCell({ services: [], postgresUrl: postgres.url });
    await away.add(intake);
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;

    const items = Array.from({ length: 70 }, () => captureItem(somebody()));
    for (const one of items) await spoolIn(away, one);
    const manager = await away.jetstream();
    await eventually('every one was tried often', async () =>
      (await manager.consumers.info(SPOOL, 'intake_spool')).delivered.consumer_seq >= items.length * DELIVERIES, { timeoutMs: 20_000 });
    postgres = await startPostgres({ ...options, port: postgres.port });

    await away.settled(); // fails on a dead letter
    const [{ leads, touched }] = await away.rows('intake', 'select (select count(*) from lead)::int as leads, (select count(*) from touch)::int as touched');
    expect([leads, touched]).toEqual([70, 70]);
    await eventually('no trouble is remembered', async () => (await away.rows('intake', 'select from trouble')).length === 0);
    await away.stop();
    await postgres.stop();
  }, 60_000);
});

describe('when nats-server is killed', () => {
  let killed: Cell;
  afterAll(() => killed.stop());

  it('what was taken in before does not stay in the stream, though the server has forgotten that it was removed', async () => {
    killed = await startCell({ services: [] });
    const taking = await killed.add(intake, { ACK_WAIT_SECONDS: '1' });
    const messages = async () => (await (await killed.jetstream()).streams.info(SPOOL)).state.messages;
    const items = [captureItem(somebody(), keyed('begun')), ...Array.from({ length: 100 }, () => captureItem(somebody()))];
    const begun = await hold(`select pg_advisory_xact_lock(hashtextextended('idempotency demo key-1 POST /leads begun', 0))`, taking);
    for (const one of items) await spoolIn(killed, one);
    // Removals amid what is still there are what the server forgets.
    await eventually('only the first is left, whose key somebody works on', async () => (await messages()) === 1, { timeoutMs: 20_000 });

    await killed.killBroker();
    await begun.release();

    await eventually('the stream is empty', async () => (await messages()) === 0, { timeoutMs: 20_000 });
    expect(await killed.rows('intake', 'select from touch')).toHaveLength(items.length);
  }, 60_000);
});
