import {
  CaptureLeads, DomainError, GetSubmission, type CaptureItem, type CaptureResult, type SpooledSubmission, type SubmissionState,
} from '@headwater/contracts';
import { SPOOL, SPOOL_SUBJECT, type Spooled } from '@headwater/messaging';
import { eventually, intakeState, startCell, type Cell } from '@headwater/testing';
import { gateway } from '../src/gateway.module';
import { client, inTime, kept, OPERATOR_TOKEN, type Answer, type Send } from './http';

const LEADS = '/api/v1/crm/leads';
const SUBMISSIONS = '/api/v1/crm/submissions';
const TENANTS = '/api/v1/admin/tenants';

let cell: Cell;
let send: Send;
let gateways = 0;
const standIns: (() => Promise<void>)[] = [];
const keys: Record<string, string> = {};

beforeAll(async () => {
  cell = await startCell({ services: [] });
  await addGateway();
  const operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  for (const [tenant, role] of [['demo', 'admin'], ['demo', 'guest'], ['other', 'admin']] as const) {
    await operator('POST', TENANTS, { body: { id: tenant } });
    const { body } = await operator('POST', `${TENANTS}/${tenant}/keys`, { body: { name: role, role } });
    keys[`${tenant} ${role}`] = (body.data as unknown as { key: string }).key;
  }
});
afterAll(() => cell.stop());

// Each test has a gateway of its own: what one found out about intake is no other's.
beforeEach(async () => {
  await (await cell.jetstream()).streams.purge(SPOOL);
  send = client(await addGateway(), keys['demo admin']);
});
afterEach(async () => {
  await Promise.all(standIns.splice(0).map((end) => end()));
});

async function addGateway(): Promise<string> {
  await cell.add(gateway, { OPERATOR_TOKEN });
  gateways += 1;
  return cell.url('gateway', gateways - 1);
}

const dataOf = <T = Record<string, string>>({ body }: Answer): T => body.data as unknown as T;
const postOnce = (email: string, options: Parameters<Send>[2] = {}) => send('POST', LEADS, { body: { email }, ...options });
const post = (...what: Parameters<typeof postOnce>) => kept(() => postOnce(...what));
/** Ids of what waits. */
async function spooled(): Promise<string[]> {
  const { state } = await (await cell.jetstream()).streams.info(SPOOL, { subjects_filter: '>' });
  return Object.keys(state.subjects ?? {}).map((subject) => subject.split('.').at(-1)!);
}
const idOf = (answer: Answer): string => dataOf(answer).submission_id;
async function standInForIntake(answer: (items: CaptureItem[]) => CaptureResult[] | Promise<CaptureResult[]>): Promise<void> {
  standIns.push(await cell.answer(CaptureLeads, async ({ items }) => ({ results: await answer(items) })));
}
const created = ({ submission_id, lead }: CaptureItem): CaptureResult => ({
  ok: true, answer: { submission_id, verdict: 'created', because: 'nobody is like this', lead: intakeState({ lead_id: 1, profile: lead }) },
});
async function standInForSubmissions(answer: () => SubmissionState | null): Promise<void> {
  standIns.push(await cell.answer(GetSubmission, () => ({ submission: answer() })));
}

describe('while intake is not there', () => {
  it('accepts a lead durably, with all that intake will need, and says where to ask for it', async () => {
    const answer = await post('a@example.com', { headers: { 'idempotency-key': 'k' } });
    const { submission_id } = dataOf(answer);
    const status_url = `${SUBMISSIONS}/${submission_id}`;
    expect([answer.status, answer.body, answer.headers.get('location')]).toEqual([
      202, { message: 'Lead accepted', data: { submission_id, durability: 'spooled', status_url } }, status_url]);

    const { streams } = await cell.jetstream();
    const message = await streams.getMessage(SPOOL, { last_by_subj: `${SPOOL_SUBJECT}.demo.${submission_id}` });
    expect(message.header.get('Nats-Msg-Id')).toBe(submission_id);
    expect(message.json<Spooled<SpooledSubmission>>()).toMatchObject({
      id: submission_id, tenantid: 'demo',
      content: {
        item: { submission_id, tenant: 'demo', entry: 'api', anonymous: false, lead: { email: 'a@example.com' }, idempotency: { key: 'k' } },
        tenant: { id: 'demo', currency: 'USD', time_zone: 'UTC' },
      },
    });
  });

  it('knows what waits, for its own tenant alone, and what became of it', async () => {
    const { submission_id } = dataOf(await post('a@example.com'));
    const read = (id: string, token?: string) => send('GET', `${SUBMISSIONS}/${id}`, { token });
    expect((await read(submission_id)).body).toEqual({ message: 'Submission found', data: { submission_id, state: 'pending' } });
    expect((await read(submission_id.toUpperCase())).status).toBe(200);
    // What nobody remembers having seen can't be said while intake isn't there.
    expect((await read('01890000-0000-7000-8000-000000000000')).status).toBe(503);

    let known: SubmissionState | null = null;
    await standInForSubmissions(() => known);
    const done = { state: 'done', verdict: 'created', because: 'nobody is like this', lead_id: 7 } as const;
    expect(dataOf(await read(submission_id))).toEqual({ submission_id, state: 'pending' });
    expect((await read(submission_id, keys['other admin'])).body).toMatchObject({ status: 404, message: 'Submission not found' });
    for (const id of ['01890000-0000-7000-8000-000000000000', '1', 'nonsense', '*', '>']) expect((await read(id)).status).toBe(404);
    expect((await read(submission_id, keys['demo guest'])).status).toBe(403);
    known = done;
    expect(dataOf(await read(submission_id))).toEqual({ submission_id, ...done });
  });

  it('tells a public form what it always tells', async () => {
    const answer = await post('a@example.com', { token: keys['demo guest'] });
    expect([answer.status, answer.body, answer.headers.get('location')]).toEqual([
      201, { message: 'Thank you', data: { submission_id: expect.any(String) as string } }, null]);
    expect(await spooled()).toContain(idOf(answer));
  });
});

describe('an intake that does not answer', () => {
  it('is waited for by those who came first, not for ever, and of those who come in the moment after by one at most', async () => {
    const asked: string[] = [];
    await standInForIntake((items) => { asked.push(...items.map(({ lead }) => lead.email!)); return new Promise(() => {}); });
    const first = await Promise.all(Array.from({ length: 100 }, (_, n) => post(`p${n}@example.com`)));
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([202]));
    // Two requests were on their way; what waited behind them went to the spool, not to intake as well.
    expect(asked.length).toBeLessThanOrEqual(2 * 64);
    const ids = first.map(idOf);
    expect(new Set(ids).size).toBe(100);
    expect(await spooled()).toEqual(expect.arrayContaining(ids));

    const since = performance.now();
    const next = await Promise.all(Array.from({ length: 20 }, (_, n) => post(`q${n}@example.com`)));
    expect(new Set(next.map(({ status }) => status))).toEqual(new Set([202]));
    // None, but where that moment is over already: then one may find out, and one more after each further moment.
    const moments = 1 + Math.floor((performance.now() - since) / 1_000);
    expect(asked.filter((email) => email.startsWith('q')).length).toBeLessThanOrEqual(moments);
  });

  it('is asked again after a moment, and then by everybody', async () => {
    expect((await post('a@example.com')).status).toBe(202);
    await standInForIntake((items) => items.map(created));
    const statuses: number[] = [];
    while (statuses.at(-1) !== 201) statuses.push((await post('b@example.com')).status);
    expect([202, 201]).toEqual(expect.arrayContaining(statuses));
    await eventually('it answers all of them in time', async () =>
      (await Promise.all([1, 2, 3].map(() => post('c@example.com')))).every(({ status }) => status === 201));
  });
});

describe('what intake answers', () => {
  it.each([
    ['a refusal of what was sent', DomainError.invalidField('email', 'refused', 'No'), 422],
    ['a conflict', DomainError.conflict('in_flight', 'Being worked on'), 409],
  ])('is %s: that is an answer, and nothing is spooled', async (_what, refusal, status) => {
    let last = '';
    await standInForIntake((items) => items.map(({ submission_id }) => { last = submission_id; return { ok: false, error: refusal.body }; }));
    expect((await inTime(() => postOnce('a@example.com'))).status).toBe(status);
    expect(await spooled()).not.toContain(last);
  });

  it('is that it could not store one of them: that one is spooled, and no other', async () => {
    const notStored = new DomainError({ kind: 'unavailable', code: 'not_stored', detail: 'Not now' }).body;
    await standInForIntake((items) => items.map((item) => (item.lead.email === 'bad@example.com' ? { ok: false, error: notStored } : created(item))));
    let before: string[] = [];
    const answers = await eventually('intake answers in time', async () => {
      before = await spooled();
      const all = await Promise.all(['a@example.com', 'bad@example.com', 'c@example.com'].map((email) => post(email)));
      return all[0].status !== 202 && all[2].status !== 202 && all;
    });
    expect(answers.map(({ status }) => status)).toEqual([201, 202, 201]);
    expect((await spooled()).filter((id) => !before.includes(id))).toEqual([idOf(answers[1])]);
  });

  it('is that its database is away: then it is spooled', async () => {
    await standInForIntake(() => { throw DomainError.unavailable('The database is not reachable at the moment'); });
    expect((await post('a@example.com')).status).toBe(202);
  });
});

describe('without a spool', () => {
  it('promises nothing when the broker is not there either', async () => {
    await cell.killBroker({
      meanwhile: async () => {
        const answer = await postOnce('a@example.com');
        expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
      },
    });
    expect(await spooled()).toEqual([]);
    expect((await post('a@example.com')).status).toBe(202); // it is there for the gateway again
  });

  it('promises nothing when the spool does not take it', async () => {
    await (await cell.jetstream()).streams.update(SPOOL, { max_msg_size: 1 }); // one that is gone is made again, perhaps in time
    expect((await postOnce('a@example.com')).status).toBe(503);
  });
});
