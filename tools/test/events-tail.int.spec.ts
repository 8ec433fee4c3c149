import { setMaxListeners } from 'node:events';
import { LeadCaptured, LeadEngaged, type NewEvent } from '@headwater/contracts';
import { eventually, intakeState, startCell, type Cell } from '@headwater/testing';
import type { Options } from '../events/options';
import { tail } from '../events/tail';
import type { NatsAddress } from '../events/where-nats-is';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [] }); });
afterAll(() => cell.stop());

const EVERYTHING: Options = { types: [], from: 'start', data: false, help: false };

const engaged = (lead_id: number, tenant = 'demo'): NewEvent =>
  LeadEngaged.ofLead(tenant, { lead_id }, {
    lead_id, signal_id: `s-${lead_id}`, signal: 'webinar', at: '2026-11-20T09:00:00.000Z',
  }) as NewEvent;

/** Tails until the test has seen enough. */
function listen(options: Partial<Options>) {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const [lines, told]: [string[], string[]] = [[], []];
  const { host, username: user, password: pass } = new URL(cell.natsUrl);
  const address: NatsAddress = { servers: [host], ...(user ? { user, pass } : {}) };
  const ended = tail(address, { ...EVERYTHING, ...options }, {
    coloured: false, line: async (text) => { lines.push(text); }, tell: (sentence) => { told.push(sentence); },
  }, stop.signal);
  ended.catch(() => undefined); // the test awaits it
  return { lines, told, ended, end: async () => { stop.abort(); await ended; } };
}

it('says in one sentence that there is no stream, or nobody', async () => {
  await expect(listen({}).ended).rejects.toThrow(/^There is no stream CRM at 127\.0\.0\.1:\d+: Headwater has never run with it$/);
  const unheard = { coloured: false, line: async () => {}, tell: () => {} };
  await expect(tail({ servers: ['127.0.0.1:1'] }, EVERYTHING, unheard, new AbortController().signal))
    .rejects.toThrow('NATS at 127.0.0.1:1 can\'t be reached (CONNECTION_REFUSED): is Headwater running?');
});

describe('with a stream', () => {
  beforeAll(async () => {
    await (await cell.jetstream()).streams.add({ name: 'CRM', subjects: ['crm.>'] });
    await cell.publish([engaged(1), engaged(2, 'acme')]);
  });

  it('prints what was, if it is asked to, and what comes, each once', async () => {
    const all = listen({});
    const lately = listen({ from: 60_000 });
    const now = listen({ from: 'now', types: ['lead.captured'], lead: 4 });
    await eventually('what was is printed', () => all.lines.length === 2 && lately.lines.length === 2);
    await eventually('the third one listens', async () => (await (await cell.jetstream()).streams.info('CRM')).state.consumer_count === 3);
    const lead = intakeState({ lead_id: 4 });
    await cell.publish([engaged(3), LeadCaptured.ofLead('demo', lead, {
      lead, enrichment_pending: false,
      touch: { lead_id: 4, submission_id: 's-4', at: lead.created_at, entry: 'form', channel: 'direct', raised_hand: true },
    }) as NewEvent]);
    await eventually('what came is printed', () => all.lines.length === 4 && lately.lines.length === 4 && now.lines.length === 1);
    expect(all.lines.map((line) => line.replace(/ +/g, ' ').slice(13))).toEqual([
      'demo live lead.engaged v1 lead 1 webinar', 'acme live lead.engaged v1 lead 2 webinar', 'demo live lead.engaged v1 lead 3 webinar',
      'demo live lead.captured v1 lead 4 r1 form, direct, asks for contact',
    ]);
    expect(now.lines[0]).toBe(all.lines[3]);
    await Promise.all([all, lately, now].map(({ end }) => end()));
    expect([...all.told, ...now.told]).toEqual([]);
  });

  it('prints whole events of a tenant as JSON', async () => {
    const acme = listen({ tenant: 'acme', data: true });
    await eventually('it is printed', () => acme.lines.length === 1);
    expect(JSON.parse(acme.lines[0])).toMatchObject({ specversion: '1.0', tenantid: 'acme', leadid: 2, data: { signal: 'webinar' } });
    await acme.end();
  });

  it('goes on where it was when the broker comes back, and says so', async () => {
    const demo = listen({ tenant: 'demo', types: ['lead.engaged'], data: true });
    await eventually('what was is printed', () => demo.lines.length === 2);
    await cell.killBroker({ meanwhile: () => eventually('it is missed', () => demo.told.length === 1) });
    await cell.publish([engaged(5)]);
    await eventually('what came afterwards is printed', () => demo.lines.length === 3, { timeoutMs: 20_000 });
    expect(demo.lines.map((line) => JSON.parse(line).leadid)).toEqual([1, 3, 5]);
    expect(demo.told).toEqual(['NATS is gone; waiting until it is back', 'NATS is back']);
    await demo.end();
  });
});
