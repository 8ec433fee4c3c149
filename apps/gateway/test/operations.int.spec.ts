import { deadLetterRequests, DomainError, republishRequest, type DeadLetter, type QuestionOf, type Service } from '@headwater/contracts';
import { startCell, type Cell } from '@headwater/testing';
import { gateway } from '../src/gateway.module';
import { client, JWT_SECRET, OPERATOR_TOKEN, type Answer, type Send } from './http';

const LETTERS = '/api/v1/admin/dead-letters';
const scoring = deadLetterRequests('scoring');

let cell: Cell;
let operator: Send;
let admin: Send;

beforeAll(async () => {
  cell = await startCell({ services: [] });
  await cell.add(gateway, { JWT_SECRET, OPERATOR_TOKEN });
  operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'a', role: 'admin' } });
  admin = client(cell.url('gateway'), (body.data as unknown as { key: string }).key);
});
afterAll(() => cell?.stop());

const letter = (service: Service, id: number): DeadLetter => ({
  service, id, subscription: `${service}_lead_engaged_v1`, event_id: null, tenant: 'demo', subject: 's', error: 'e', deliveries: 4,
  failed_replays: 0, at: `2026-11-22T10:00:${String(id).padStart(2, '0')}.000Z`, discarded_at: null,
});
/** A service with these letters. */
const withLetters = (service: Service, ids: number[]) => cell.answer(deadLetterRequests(service).list, ({ cursor, limit }) =>
  ({ letters: ids.filter((id) => id < (cursor ?? Infinity)).slice(0, limit).map((id) => letter(service, id)) }));
const shown = ({ body }: Answer) => (body.data as unknown as DeadLetter[]).map(({ service, id }) => `${service} ${id}`);

function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  if (field) expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
}

describe('dead letters', () => {
  it('of all services are one list, page by page, which says whose are missing', async () => {
    const ends = await Promise.all([withLetters('scoring', [9, 4, 3]), withLetters('routing', [8, 2])]);
    const pages = [await operator('GET', `${LETTERS}?limit=2`)];
    while (pages.at(-1)!.body.meta!.next_cursor) pages.push(await operator('GET', `${LETTERS}?limit=2&cursor=${pages.at(-1)!.body.meta!.next_cursor}`));
    expect(pages.map(shown)).toEqual([['scoring 9', 'routing 8'], ['scoring 4', 'scoring 3'], ['routing 2']]);
    expect(pages[0].body.meta!.missing).toEqual(['intake', 'qualification', 'conversion']);
    const one = await operator('GET', `${LETTERS}?service=routing`);
    expect([shown(one), one.body.meta!.missing]).toEqual([['routing 8', 'routing 2'], undefined]);
    expectProblem(await operator('GET', `${LETTERS}?service=intake`), 503, 'unavailable');
    expectProblem(await operator('GET', `${LETTERS}?service=nobody`), 422, 'unknown_value', 'service');
    expectProblem(await operator('GET', `${LETTERS}?cursor=nonsense`), 422, 'wrong_format', 'cursor');
    await Promise.all(ends.map((end) => end()));
  });

  it("are the operator's alone", async () => {
    for (const [method, path, body] of [
      ['GET', LETTERS], ['GET', `${LETTERS}/scoring/1`], ['POST', `${LETTERS}/scoring/replay`, { all: true }], ['DELETE', `${LETTERS}/scoring/1?reason=x`],
      ['POST', '/api/v1/admin/republish/scoring', {}],
    ] as const) expectProblem(await admin(method, path, { body }), 403, 'forbidden');
  });

  it('are read, replayed and discarded where they lie, and the service hears by whom', async () => {
    const replays: QuestionOf<typeof scoring.replay>[] = [];
    const discards: QuestionOf<typeof scoring.discard>[] = [];
    const ends = await Promise.all([
      cell.answer(scoring.get, ({ id }) => {
        if (id !== 1) throw DomainError.notFound('Dead letter');
        return { letter: { ...letter('scoring', id), body: '{}' } };
      }),
      cell.answer(scoring.replay, (question) => { replays.push(question); return { succeeded: 1, failed: [{ id: 2, error: 'still' }], next: null }; }),
      cell.answer(scoring.discard, (question) => { discards.push(question); return { letter: letter('scoring', question.id) }; }),
    ]);
    expect((await operator('GET', `${LETTERS}/scoring/1`)).body.data).toMatchObject({ id: 1, body: '{}' });
    expectProblem(await operator('GET', `${LETTERS}/scoring/2`), 404, 'not_found');
    expectProblem(await operator('GET', `${LETTERS}/nobody/1`), 404, 'not_found');

    const replayed = await operator('POST', `${LETTERS}/scoring/replay`, { body: { ids: [1, 2] } });
    expect([replayed.status, replayed.body.data]).toEqual([200, { succeeded: 1, failed: [{ id: 2, error: 'still' }], next: null }]);
    await operator('POST', `${LETTERS}/scoring/replay`, { body: { all: true, after: 7 } });
    expect(replays).toEqual([{ actor: 'Operator', ids: [1, 2] }, { actor: 'Operator', all: true, after: 7, limit: 50 }]);
    for (const body of [{}, { ids: [1], all: true }]) expectProblem(await operator('POST', `${LETTERS}/scoring/replay`, { body }), 422, 'required', 'ids');

    expectProblem(await operator('DELETE', `${LETTERS}/scoring/1`), 422, 'required', 'reason');
    expect((await operator('DELETE', `${LETTERS}/scoring/1?reason=load%20test`)).status).toBe(200);
    expect(discards).toEqual([{ id: 1, reason: 'load test', actor: 'Operator' }]);
    await Promise.all(ends.map((end) => end()));
  });
});

describe('republishing', () => {
  it('asks the owner for one part', async () => {
    const asked: QuestionOf<ReturnType<typeof republishRequest>>[] = [];
    const end = await cell.answer(republishRequest('scoring'), (question) => { asked.push(question); return { published: 500, next: 512 }; });
    const answer = await operator('POST', '/api/v1/admin/republish/scoring', { body: { tenant: 'demo', after: 12 }, headers: { 'x-correlation-id': 'again' } });
    expect([answer.status, answer.body.data]).toEqual([200, { published: 500, next: 512 }]);
    await operator('POST', '/api/v1/admin/republish/scoring', { body: {} });
    expect(asked).toMatchObject([{ tenant: 'demo', after: 12, correlation_id: 'again' }, { after: 0 }]);
    await end();
    expectProblem(await operator('POST', '/api/v1/admin/republish/scoring', { body: { tenant: 'nobody' } }), 422, 'unknown_tenant', 'tenant');
    expectProblem(await operator('POST', '/api/v1/admin/republish/gateway', { body: {} }), 409, 'nothing_to_republish');
    expectProblem(await operator('POST', '/api/v1/admin/republish/nobody', { body: {} }), 404, 'not_found');
  });
});
