import { SPOOL } from '../../libs/messaging/src';
import { eventually, startCell, type Cell } from '../../libs/testing/src';
import { gateway } from '../../apps/gateway/src/gateway.module';
import { client, kept, OPERATOR_TOKEN, type Send } from '../../apps/gateway/test/http';
import { intake } from '../../apps/intake/src/intake.module';

interface Item {
  index: number; status: number; verdict?: string; lead_id?: number | null; submission_id?: string; status_url?: string; code?: string;
  errors?: { field: string; code: string }[];
}
interface Batch { summary: Record<string, number>; results: Item[] }

const LEADS = '/api/v1/crm/leads';
const ASYNC = { prefer: 'respond-async' };

let cell: Cell;
let send: Send;
let guest: Send;
beforeAll(async () => {
  cell = await startCell({ services: [] });
  await cell.add(gateway, { OPERATOR_TOKEN });
  const operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const [admin, form] = await Promise.all(['admin', 'guest'].map(async (role) => {
    const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: role, role } });
    return client(cell.url('gateway'), (body.data as unknown as { key: string }).key);
  }));
  [send, guest] = [admin, form];
});
afterAll(() => cell.stop());

async function batch(leads: unknown[], headers: Record<string, string> = {}) {
  const { status, body, headers: answered } = await send('POST', `${LEADS}/batch`, { body: { leads }, headers });
  return { status, code: body.code, errors: body.errors, headers: answered, ...(body.data as unknown as Batch) };
}
/** Kept for later, being worked on, or not even kept: what a sender asks about once more, with its key. */
const UNDECIDED = [202, 409, 503];
/** As a sender asks who wants to know what became of all of it, while an intake that is behind has some of it kept. */
const takenIn = (leads: unknown[], key: string) => eventually('intake has taken all of it in', async () => {
  const answer = await batch(leads, { 'idempotency-key': key });
  return answer.results.every(({ status }) => !UNDECIDED.includes(status)) && answer;
}, { timeoutMs: 20_000 });
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => ({ last_name: `Person${i}`, email: `${prefix}${i}@example.com` }));
const done = (statusUrl: string) => eventually('it is taken in', async () => {
  const { body } = await send('GET', statusUrl);
  const state = body.data as unknown as { state: string; verdict: string; lead_id: number };
  return state.state === 'done' && state;
});
const leadsOf = (prefix: string) => cell.rows<{ id: string; email: string; city: string | null }>('intake',
  `select id, profile->>'email' as email, profile->>'city' as city from lead where profile->>'email' like '${prefix}%' order by id`);

describe('while intake is not there', () => {
  it('every item is kept durably, and a repetition with the same key is the same submissions', async () => {
    const leads = [...people('away', 40), { email: 'away0@example.com', city: 'Rome' }];
    const { streams } = await cell.jetstream();
    const first = await eventually('the spool takes all of it in time', async () => {
      await streams.purge(SPOOL); // of a former try, under other ids
      const answer = await batch(leads, { 'idempotency-key': 'away' });
      return answer.results.every(({ status }) => status !== 503) && answer;
    });
    expect(first).toMatchObject({ status: 200, summary: { received: 41, accepted: 41, failed: 0 } });
    expect(new Set(first.results.map(({ status }) => status))).toEqual(new Set([202]));
    expect((await streams.info(SPOOL)).state.messages).toBe(41);

    await cell.add(intake);
    const states = await Promise.all(first.results.map(({ status_url }) => done(status_url as string)));
    expect(new Set(states.map(({ lead_id }) => lead_id)).size).toBe(40);

    const again = await takenIn(leads, 'away');
    expect(again.results.map(({ lead_id }) => lead_id)).toEqual(states.map(({ lead_id }) => lead_id));
    expect(again.results.map(({ submission_id }) => submission_id)).toEqual(first.results.map(({ submission_id }) => submission_id));
    expect(await leadsOf('away')).toHaveLength(40);
  });
});

describe('a batch', () => {
  it('has a verdict for each item, in order; who is wrong takes nobody along', async () => {
    const { status, summary, results } = await takenIn([
      { email: 'mixed@example.com', last_name: 'Byron' }, { email: 'mixed@example.com', city: 'London' }, { frist_name: 'x', probability: 101 }, 'a text', null,
      { last_name: 'a\u0000b' }, { custom_fields: { a: Array.from({ length: 101 }, () => 1) } }, { email: 'mixed@example.com', city: 'London' },
      { description: 'x'.repeat(6_000) }, { custom_fields: Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`f${i}`, 'x'.repeat(4_000)])) }, { last_name: ' ', email: null, tags: [], custom_fields: {}, utm: {} },
    ], 'mixed');
    expect(status).toBe(200);
    expect(results.map(({ status: own, verdict, code }) => `${own} ${verdict ?? code}`)).toEqual([
      '201 created', '200 updated', '422 unknown_field', '422 wrong_type', '422 wrong_type', '422 illegal_character', '422 wrong_type', '200 touched',
      '422 too_long', '413 too_large', '422 empty_lead',
    ]);
    expect(results[2].errors!.map(({ field, code }) => `${field} ${code}`)).toEqual(['leads[2].frist_name unknown_field', 'leads[2].probability too_large']);
    expect([3, 5, 6, 9, 10].map((i) => results[i].errors![0].field)).toEqual(['leads[3]', 'leads[5].last_name', 'leads[6].custom_fields.a', 'leads[9]', 'leads[10]']);
    expect(new Set([0, 1, 7].map((i) => results[i].lead_id)).size).toBe(1);
    expect(summary).toEqual({
      received: 11, created: 1, updated: 1, touched: 1, review: 0, existing_customer: 0, quarantined: 0, rejected: 0, accepted: 0, failed: 8,
    });
  });

  it('of a thousand is taken in part by part, one lead for each person, and single leads go along', async () => {
    const leads = [...people('many', 500), ...people('many', 500)];
    const whole = takenIn(leads, 'many');
    let singles = 0;
    let ended = false;
    void whole.catch(() => undefined).finally(() => { ended = true; });
    for (; !ended; singles += 1) {
      const { status } = await send('POST', LEADS, { body: { email: `single${singles}@example.com` } });
      expect([201, 202, 503]).toContain(status); // 202: where intake is behind, it is kept; 503: where the spool is, too
    }
    expect((await whole).summary).toMatchObject({ received: 1_000, failed: 0 });
    await cell.settled();
    expect(await leadsOf('many')).toHaveLength(500);
    expect(await cell.rows('intake', `select from touch join lead on lead.id = lead_id where profile->>'email' like 'many%'`)).toHaveLength(1_000);
    expect(singles).toBeGreaterThan(5); // between its parts, not behind all of them
  });

  it('is one attempt: its key bars another body, and nothing of that is done', async () => {
    const leads = people('keyed', 3);
    const first = await takenIn(leads, 'keyed');
    const again = await takenIn(leads, 'keyed');
    expect(again.results).toEqual(first.results);
    const other = await eventually('intake says so in time', async () => {
      const answer = await batch([leads[0], leads[1], { email: 'keyed-other@example.com' }], { 'idempotency-key': 'keyed' });
      return ![200, ...UNDECIDED].includes(answer.status) && answer;
    });
    expect([other.status, other.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await leadsOf('keyed')).toHaveLength(3);
  });

  it('does with a key what was not done, and repeats the rest', async () => {
    const leads = people('half', 70);
    const first = await takenIn(leads, 'half');
    // As a crash half-way leaves it: of the later ones nothing was committed.
    const lost = first.results.slice(33).map(({ submission_id }) => `'${submission_id}'`).join();
    for (const statement of [
      `delete from touch where submission_id in (${lost})`, `delete from submission where id in (${lost})`,
      `delete from idempotency where answer->>'submission_id' in (${lost})`,
      `delete from match_key where lead_id in (select id from lead where profile->>'email' ~ '^half(3[3-9]|[4-9].)@')`,
      `delete from lead where profile->>'email' ~ '^half(3[3-9]|[4-9].)@'`,
    ]) await cell.rows('intake', statement);
    const again = await takenIn(leads, 'half');
    expect(again.results.slice(0, 33)).toEqual(first.results.slice(0, 33));
    expect(new Set(again.results.slice(33).map(({ status }) => status))).toEqual(new Set([201]));
    expect(await leadsOf('half')).toHaveLength(70);
  });

  it.each([
    ['no list', { lead: [] }, 'lead', 'unknown_field'], ['another type', { leads: {} }, 'leads', 'wrong_type'], ['none at all', {}, 'leads', 'required'],
    ['an empty one', { leads: [] }, 'leads', 'required'], ['too many', { leads: Array.from({ length: 1_001 }, () => ({})) }, 'leads', 'too_many'],
    ['a list itself', [], '(body)', 'wrong_type'],
  ])('that is %s is refused as a whole', async (_what, body, field, code) => {
    const answer = await send('POST', `${LEADS}/batch`, { body });
    expect([answer.status, answer.body.errors]).toEqual([422, [expect.objectContaining({ field, code })]]);
  });

  it('is bounded in bytes and depth, and names the bound', async () => {
    const raw = (text: string, headers = {}) => send('POST', `${LEADS}/batch`, { raw: text, headers });
    expect(await raw(`{"leads":["${'x'.repeat(4 * 2 ** 20)}"]}`)).toMatchObject({ status: 413, body: { code: 'too_large', detail: 'The body is larger than 4 MB' } });
    const deep = `{"leads":[${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}]}`;
    expect(await raw(deep, { 'idempotency-key': 'deep' })).toMatchObject({ status: 422, body: { code: 'too_deep' } });
    expect(await send('POST', LEADS, { raw: `{"description":"${'x'.repeat(300_000)}"}` })).toMatchObject({ status: 413, body: { detail: 'The body is larger than 256 kB' } });
  });

  it('is nothing for a public form', async () => {
    expect((await guest('POST', `${LEADS}/batch`, { body: { leads: [{}] } })).status).toBe(403);
  });
});

describe('who prefers not to wait', () => {
  it('is answered when the lead is kept durably, and it has the effect of any other', async () => {
    const { results: [known] } = await takenIn([{ email: 'later@example.com', city: 'Rome' }], 'known');
    const { status, headers, body } = await kept(() =>
      send('POST', LEADS, { body: { email: 'later@example.com', city: 'Paris' }, headers: { ...ASYNC, 'idempotency-key': 'later' } }));
    const { submission_id, status_url } = body.data as unknown as { submission_id: string; status_url: string };
    expect([status, headers.get('preference-applied'), headers.get('location')]).toEqual([202, 'respond-async', `/api/v1/crm/submissions/${submission_id}`]);
    expect(await done(status_url)).toMatchObject({ verdict: 'updated', lead_id: known.lead_id });
    expect(await leadsOf('later')).toEqual([expect.objectContaining({ city: 'Paris' })]);
  });

  it('may do so for a batch, too, where what is wrong is said at once', async () => {
    const { status, headers, summary, results } = await eventually('the spool takes all of it in time', async () => {
      const answer = await batch([...people('eventual', 3), { probability: 101 }], { Prefer: 'wait=10, respond-async', 'idempotency-key': 'eventual' });
      return answer.results.every((item) => item.status !== 503) && answer;
    });
    expect([status, headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    expect(summary).toMatchObject({ received: 4, accepted: 3, failed: 1 });
    await Promise.all(results.slice(0, 3).map(({ status_url }) => done(status_url as string)));
    expect(await leadsOf('eventual')).toHaveLength(3);
  });

  it('is heard only where it can be asked what became of it', async () => {
    const { status, headers } = await kept(() => guest('POST', LEADS, { body: { email: 'guest@example.com' }, headers: ASYNC }));
    expect([status, headers.get('preference-applied')]).toEqual([201, null]);
  });
});
