import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { NatsConnection } from 'nats';
import { CaptureLeads, DomainError, GetModel, LeadScored, type NewEvent } from '@headwater/contracts';
import { connectNats, Database, Health, SERVICE_CONFIG, type NatsConfig, type Tx } from '@headwater/platform';
import { eventually, intakeState, startCell, type Cell } from '@headwater/testing';
import { AskTogether, Broker, Consumer, Outbox, once, refuseReused, Requester, STREAM } from '../src';
import { BROKEN, engaged, Fail, ledger, Refuse, routed, signalled, Tell, touched, UNCONCERNED, waitsFor } from './ledger-service';

/** What is looked at of the client of NATS. */
interface Inside { protocol: { transport: { send(): void } } }

let cell: Cell;
let app: NestFastifyApplication;
let other: NestFastifyApplication;
let database: Database;
let outbox: Outbox;
const cause = { correlationId: 'test' };

beforeAll(async () => {
  cell = await startCell({ services: [], madeUp: true });
  app = await cell.add(ledger);
  other = await cell.add(ledger);
  database = app.get(Database);
  outbox = app.get(Outbox, { strict: false });
});
afterAll(() => cell.stop());
afterEach(() => waitsFor.clear());

const view = { total_score: 1, behavioral_score: 0, demographic_score: 1, grade: 'F', temperature: 'cold' } as const;
const scored = (lead_id: number, revision: number) => LeadScored.ofLead('demo', { lead_id, revision }, {
  score: {
    lead_id, revision, effective: view, computed: view, is_hot: false, hot_reasons: [], mql: false, model_version: 1, scored_at: '2026-11-22T10:00:00Z',
  },
  contributions: [], lead: intakeState({ lead_id }),
});
const facts = (prefix: string) => cell.rows<{ signal_id: string; times: string }>(
  'routing', 'select signal_id, count(*) as times from fact where signal_id like $1 group by 1 order by 1', [`${prefix}%`]);

describe('consuming', () => {
  async function broughtBy(durable: string, messages: number): Promise<void> {
    const { consumers } = await cell.jetstream();
    await eventually(`${durable} brings ${messages}`, async () => (await consumers.info(STREAM, durable)).num_ack_pending === messages);
  }

  /** What comes while one replica is busy, and the other one takes nothing, is all there when the one goes on. */
  async function whileBusy(come: () => Promise<void>): Promise<void> {
    await other.get(Consumer, { strict: false }).pause();
    let goOn!: () => void;
    waitsFor.set('busy', new Promise((resolve) => { goOn = resolve; }));
    try {
      await cell.publish([engaged('busy')]);
      await broughtBy('routing_lead_engaged_v1', 1);
      await come();
      await app.get(Broker, { strict: false }).flush(); // it has read what was brought
    } finally {
      goOn();
      await other.get(Consumer, { strict: false }).resume();
    }
  }

  it('counts every fact once, delivered three times, shuffled, over two replicas', async () => {
    await cell.publish(Array.from({ length: 120 }, (_, n) => engaged(`twice-${n}`)), { times: 3, shuffle: true });
    await cell.settled({ deadLetters: true });
    const rows = await facts('twice-');
    expect(rows).toHaveLength(120);
    expect(rows.filter(({ times }) => times !== '1')).toEqual([]);
  });

  it('keeps the newest state of each lead, whatever the order', async () => {
    const events = [1, 2, 3].flatMap((lead_id) => [1, 2, 3, 4].map((revision) => scored(lead_id, revision)));
    await cell.publish(events, { times: 2, shuffle: true });
    await cell.settled({ deadLetters: true });
    expect(await cell.rows('routing', 'select lead_id::int, revision::int from state order by 1'))
      .toEqual([1, 2, 3].map((lead_id) => ({ lead_id, revision: 4 })));
  });

  it('passes by whom it does not concern, and takes the others beside them', async () => {
    const [passed] = await cell.publish([engaged('concerned-1'), engaged('unconcerned', 'poison', UNCONCERNED), engaged('concerned-2')], { times: 2 });
    await cell.settled({ deadLetters: true });
    expect((await facts('')).filter(({ signal_id }) => signal_id.includes('concerned')).map(({ signal_id }) => signal_id)).toEqual(['concerned-1', 'concerned-2']);
    expect(await cell.rows('routing', 'select from inbox where event_id = $1', [passed.id])).toHaveLength(1);
    expect(await cell.rows('routing', 'select from dead_letter where tenant_id = $1', [UNCONCERNED])).toEqual([]);
  });

  it('puts what can not be handled aside with the reason, and nothing else with it', async () => {
    const events = [...Array.from({ length: 199 }, (_, n) => engaged(`good-${n}`)), engaged('bad', 'poison')];
    const [poison] = (await cell.publish(events, { shuffle: true })).slice(-1);
    const letters = await eventually('the dead letter', async () => {
      const rows = await cell.rows<{ event_id: string; error: string; deliveries: number; tenant_id: string }>('routing', 'select * from dead_letter');
      return rows.length > 0 && rows;
    }, { timeoutMs: 20_000 });
    await cell.settled({ deadLetters: true });
    expect(letters).toEqual([expect.objectContaining({ event_id: poison.id, tenant_id: 'demo', error: expect.stringMatching(/can not be handled/) })]);
    expect(await facts('good-')).toHaveLength(199);
    expect(await facts('bad')).toEqual([]);
  });

  it('refuses data that is not what the contract says', async () => {
    const broken = { ...engaged('broken'), data: { lead_id: 'one' } };
    const [{ id }] = await cell.publish([broken]);
    await eventually('the dead letter', async () => (await cell.rows('routing', `select 1 from dead_letter where event_id = $1`, [id])).length === 1, { timeoutMs: 20_000 });
    await cell.settled({ deadLetters: true });
  });

  it('handles together what gathers for one handler, each once; what can not be handled goes aside alone, and what does not matter has no effect', async () => {
    const events = Array.from({ length: 30 }, (_, n) => [signalled(`alike-s${n}`), touched(`alike-t${n}`), touched(`alike-idle${n}`, false)]).flat();
    const sent = await cell.publish([...events, touched('alike-poison')], { times: 2, shuffle: true });
    const letters = () => cell.rows<{ subscription: string }>('routing', 'select subscription from dead_letter where event_id = $1', [sent.at(-1)!.id]);
    await eventually('the dead letter', async () => (await letters()).length > 0, { timeoutMs: 20_000 });
    await cell.settled({ deadLetters: true });
    await whileBusy(async () => {
      await cell.publish(Array.from({ length: 10 }, (_, n) => [signalled(`alike-S${n}`), touched(`alike-T${n}`)]).flat());
      for (const durable of ['routing_lead_signalled_v1', 'routing_lead_touched_v1']) await broughtBy(durable, 10);
    });
    await cell.settled({ deadLetters: true });
    const written = await facts('alike-');
    expect(written.map(({ times }) => times)).toEqual(Array.from({ length: 80 }, () => '1'));
    expect(written.filter(({ signal_id }) => /idle|poison/.test(signal_id))).toEqual([]);
    expect(await letters()).toEqual([{ subscription: 'routing_lead_touched_v1' }]);
    expect(await cell.rows('routing', 'select from inbox where event_id = any($1)', [sent.filter((_, i) => i % 3 === 2).map(({ id }) => id)])).toEqual([]);
    // Those without poison among them had all come when the one replica went on.
    expect(await cell.rows('routing', `
      select from fact where signal_id ~ '^alike-[ST]' group by xmin::text having count(distinct left(signal_id, 7)) = 2`)).not.toEqual([]);
  });

  it('takes what can wait in turns, however much of one kind comes', async () => {
    await other.get(Consumer, { strict: false }).pause();
    const goOn = new Map<string, () => void>();
    for (const signal of ['turn-1', 'turn-2']) waitsFor.set(signal, new Promise((resolve) => { goOn.set(signal, resolve); }));
    const come = async (event: NewEvent, durable: string, delivered: number) => {
      await cell.publish([event], { republished: true });
      await broughtBy(durable, delivered);
    };
    try {
      await come(engaged('turn-1'), 'routing_lead_engaged_v1_bulk', 1);
      await come(scored(99, 1), 'routing_lead_scored_v1_bulk', 1);
      await come(engaged('turn-2'), 'routing_lead_engaged_v1_bulk', 2);
      goOn.get('turn-1')!();
      await eventually('the other kind has its turn', async () => (await cell.rows('routing', 'select from state where lead_id = 99')).length === 1);
    } finally {
      for (const go of goOn.values()) go();
      await other.get(Consumer, { strict: false }).resume();
    }
    await cell.settled({ deadLetters: true });
  });

  it('takes nothing while paused, and everything afterwards', async () => {
    await cell.pauseConsumers();
    await cell.publish([engaged('paused-1'), engaged('paused-2')]);
    expect(await facts('paused-')).toEqual([]);
    await cell.resumeConsumers();
    await cell.settled({ deadLetters: true });
    expect(await facts('paused-')).toHaveLength(2);
  });

  it('is paused in the end when it is told to while it still resumes', async () => {
    await cell.pauseConsumers();
    await Promise.all([cell.resumeConsumers(), cell.pauseConsumers()]);
    await cell.publish([engaged('again-1')]);
    const { consumers } = await cell.jetstream();
    const info = await eventually('the broker has counted it', async () => { // a moment after it has stored it
      const now = await consumers.info(STREAM, 'routing_lead_engaged_v1');
      return now.num_pending + now.num_ack_pending > 0 && now;
    });
    expect(info).toMatchObject({ num_pending: 1, num_ack_pending: 0 });
    await cell.resumeConsumers();
    await cell.settled({ deadLetters: true });
    expect(await facts('again-')).toHaveLength(1);
  });

  it('does at the next pause what failed at one', async () => {
    const consumer = (await cell.add(ledger)).get(Consumer, { strict: false });
    const pauses: string[] = [];
    consumer.accompany({
      name: 'stubborn',
      resume: () => Promise.resolve(),
      pause: async () => {
        pauses.push('asked');
        if (pauses.length === 1) throw new Error('not now');
      },
      handleAgain: () => Promise.reject(new Error('It takes nothing')),
    });
    await expect(consumer.pause()).rejects.toThrow('not now');
    await consumer.pause();
    expect(pauses).toHaveLength(2);
  });

  it('begins nothing any more once it ends, though it was told to before', async () => {
    const leaving = await cell.add(ledger);
    const consumer = leaving.get(Consumer, { strict: false });
    await Promise.all([consumer.pause(), consumer.resume(), consumer.beforeApplicationShutdown(), consumer.resume()]);
    const { consumers } = (await leaving.get(Health).details()).parts;
    expect(consumers).toMatchObject({ state: 'paused' });
  });
});

describe('publishing', () => {
  it('publishes what was committed, and nothing that was rolled back', async () => {
    await database.transaction((tx) => outbox.add(tx, [{ event: routed(1), cause }]));
    await expect(database.transaction(async (tx) => {
      await outbox.add(tx, [{ event: routed(2), cause }]);
      throw new Error('rolled back');
    })).rejects.toThrow('rolled back');
    await cell.settled({ deadLetters: true });
    expect(cell.events('lead.routed').map(({ subject }) => subject)).toEqual(['1']);
  });

  it('publishes a lower sequence that commits after a higher one', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => { release = resolve; });
    let written = () => {};
    const lower = new Promise<void>((resolve) => { written = resolve; });
    const slow = database.transaction(async (tx) => {
      await outbox.add(tx, [{ event: routed(10), cause }]);
      written();
      await gate;
    });
    await lower;
    await database.transaction((tx) => outbox.add(tx, [{ event: routed(11), cause }]));
    await eventually('the higher one is out', () => cell.events('lead.routed').some(({ subject }) => subject === '11'));
    expect(cell.events('lead.routed').some(({ subject }) => subject === '10')).toBe(false);
    release();
    await slow;
    await eventually('the lower one is out', () => cell.events('lead.routed').some(({ subject }) => subject === '10'));
  });

  it('refuses an event that is not its own, and one that is too large', async () => {
    await expect(database.transaction((tx) => outbox.add(tx, [{ event: scored(1, 1), cause }]))).rejects.toThrow('routing may not publish lead.scored');
    const large = { ...routed(1), data: { ...routed(1).data, note: 'x'.repeat(140_000) } };
    await expect(database.transaction((tx) => outbox.add(tx, [{ event: large, cause }]))).rejects.toThrow('larger than 128 kB');
  });
});

describe('once', () => {
  const attempt = (key: string, hash = 'h') => ({ tenant: 'demo', scope: 'me POST /x', key, hash });
  const count = (signal: string) => async (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => {
    await tx.query('insert into fact (signal_id) values ($1)', [signal]);
    return { done: signal };
  };

  it('does the work once and replays the answer', async () => {
    expect(await once(database, attempt('a'), count('once-a'))).toEqual({ done: 'once-a' });
    expect(await once(database, attempt('a'), count('once-a'))).toEqual({ done: 'once-a' });
    expect(await facts('once-a')).toEqual([{ signal_id: 'once-a', times: '1' }]);
  });

  it('refuses the key with another body', async () => {
    await once(database, attempt('b'), count('once-b'));
    await expect(once(database, attempt('b', 'other'), count('once-b2'))).rejects.toMatchObject({ body: { kind: 'invalid', code: 'idempotency_key_reused' } });
    expect(await facts('once-b2')).toEqual([]);
  });

  it('refuses a second attempt while the first is at work', async () => {
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => once(database, attempt('c'), async (tx) => {
      await tx.query('select pg_sleep(0.2)');
      return count('once-c')(tx);
    })));
    expect(await facts('once-c')).toEqual([{ signal_id: 'once-c', times: '1' }]);
    for (const result of results.filter(({ status }) => status === 'rejected')) {
      expect((result as PromiseRejectedResult).reason).toMatchObject({ body: { kind: 'conflict', code: 'in_flight' } });
    }
  });

  it('remembers a refusal of what was sent, without the effect; a conflict may be tried again', async () => {
    let tries = 0;
    const refuse = (error: DomainError) => async (tx: Parameters<ReturnType<typeof count>>[0]) => {
      tries += 1;
      await count('once-d')(tx);
      throw error;
    };
    const invalid = DomainError.invalidField('x', 'wrong', 'x is wrong');
    for (let n = 0; n < 2; n += 1) await expect(once(database, attempt('d'), refuse(invalid))).rejects.toMatchObject({ body: invalid.body });
    expect(tries).toBe(1);
    for (let n = 0; n < 2; n += 1) await expect(once(database, attempt('e'), refuse(DomainError.conflict('busy', 'busy')))).rejects.toThrow('busy');
    expect(tries).toBe(3);
    expect(await facts('once-d')).toEqual([]);
  });

  it('takes a key for no other one because it is forgotten just then', async () => {
    const asked = (hash: string, between?: () => Promise<unknown>) => database.transaction((tx) => refuseReused({
      afterCommit: (action) => tx.afterCommit(action),
      query: async (...statement: Parameters<Tx['query']>) => {
        const rows = await tx.query(...statement);
        await between?.();
        return rows;
      },
    } as Tx, [attempt('f', hash)]));
    expect(await asked('h')).toEqual([null]);
    expect(await asked('another')).toMatchObject([{ code: 'idempotency_key_reused' }]);
    expect(await asked('h', () => database.query(`delete from idempotency where key = 'f'`))).toEqual([null]);
  });
});

describe('asking', () => {
  it('writes once for what is published within a turn of the event loop', async () => {
    const connection = await connectNats(app.get<NatsConfig>(SERVICE_CONFIG), 'routing', { purpose: 'test' }) as NatsConnection & Inside;
    const send = jest.spyOn(connection.protocol.transport, 'send');
    for (let i = 0; i < 3; i += 1) {
      connection.publish('_INBOX_gateway.nobody');
      await Promise.resolve();
    }
    await connection.flush();
    expect(send).toHaveBeenCalledTimes(1);
    await connection.close();
  });

  it('brings a refusal across as it was made', async () => {
    await expect(cell.ask(Refuse, { code: 'no_way' })).rejects.toMatchObject({
      name: 'DomainError', body: { kind: 'conflict', code: 'no_way', detail: 'No', more: { allowed: ['yes'] } },
    });
  });

  it('tells a fault from a refusal, and says no more about it', async () => {
    await expect(cell.ask(Fail, {})).rejects.toThrow('routing.fail failed: Something went wrong on our side');
  });

  it('says who is not there', async () => {
    await expect(cell.ask(CaptureLeads, { items: [], tenants: {} })).rejects.toMatchObject({ body: { kind: 'unavailable', detail: 'intake is not there at the moment' } });
    await expect(cell.ask(GetModel, { context: cell.context() })).rejects.toMatchObject({ body: { kind: 'unavailable' } });
  });
});

describe('asking together', () => {
  const MOST_BYTES = 1_024 * 1_024;
  /** Nothing here is about how long it waits. */
  const PATIENCE_MS = 20_000;
  let together: AskTogether<{ told: { id: number; text: string }[]; asked: number }>;
  beforeAll(() => { together = new AskTogether(app.get(Requester, { strict: false }), Tell, PATIENCE_MS); });
  const about = (tenant: string, id: number) => together.about({ tenant, ids: [id] });

  it('asks one question for what several want to know at once, of each tenant', async () => {
    const answers = await Promise.all([about('demo', 1), about('demo', 2), about('demo', 2), about('other', 3)]);
    expect(answers.map(({ asked }) => asked)).toEqual([2, 2, 2, 1]);
    expect(answers[3].told).toEqual([{ id: 3, text: 'xxx' }]);
  });

  it('refuses what is wrong to who asked it alone', async () => {
    const [wrong, other] = await Promise.allSettled([about('demo', BROKEN), about('demo', 2)]);
    expect(wrong).toMatchObject({ status: 'rejected', reason: { body: { code: 'broken' } } });
    expect(other).toMatchObject({ status: 'fulfilled', value: { told: [{ id: 2 }] } });
  });

  it('gets each answer by itself where all of them are larger than a message may be', async () => {
    const sizes = [0.6, 0.7].map((share) => Math.round(MOST_BYTES * share));
    const answers = await Promise.all(sizes.map((size) => about('demo', size)));
    expect(answers.map(({ told: [{ text }] }) => text.length)).toEqual(sizes);
    await expect(about('demo', MOST_BYTES)).rejects.toMatchObject({ body: { code: 'answer_too_large' } });
  });

  it('keeps nobody waiting for another tenant\'s answer', async () => {
    let goOn!: () => void;
    waitsFor.set('slow', new Promise((resolve) => { goOn = resolve; }));
    const [slow, quick] = [about('slow', 1), about('demo', 2)];
    expect(await quick).toMatchObject({ told: [{ id: 2 }] });
    goOn();
    expect(await slow).toMatchObject({ told: [{ id: 1 }] });
  });

  it('says to each of them who is not there, having asked once', async () => {
    const requester = app.get(Requester, { strict: false });
    const questions = jest.spyOn(requester, 'ask');
    const gone = new AskTogether(requester, { ...Tell, subject: 'routing.never_answered' }, PATIENCE_MS);
    const results = await Promise.allSettled([1, 2].map((id) => gone.about({ tenant: 'demo', ids: [id] })));
    expect(results.map((result) => (result.status === 'rejected' ? String(result.reason) : null))).toEqual(Array(2).fill(expect.stringContaining('routing is not there')));
    expect(questions).toHaveBeenCalledTimes(1);
    questions.mockRestore();
  });
});
