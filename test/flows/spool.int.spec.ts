import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SPOOL } from '../../libs/messaging/src';
import { Database } from '../../libs/platform/src';
import { eventually, startCell, type Cell } from '../../libs/testing/src';
import { gateway } from '../../apps/gateway/src/gateway.module';
import { client, OPERATOR_TOKEN, type Send } from '../../apps/gateway/test/http';
import { intake } from '../../apps/intake/src/intake.module';

const CRM = '/api/v1/crm';

let cell: Cell;
let send: Send;
beforeAll(async () => {
  cell = await startCell({ services: [] });
  await cell.add(gateway, { OPERATOR_TOKEN });
  const operator = client(cell.url('gateway'), OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'k', role: 'admin' } });
  send = client(cell.url('gateway'), (body.data as unknown as { key: string }).key);
});
afterAll(() => cell.stop());

interface Done { state: string; verdict: string; lead_id: number }

const post = async (email: string, key: string) => {
  const { status, body, headers } = await send('POST', `${CRM}/leads`, { body: { email, last_name: 'Byron' }, headers: { 'idempotency-key': key } });
  return { status, location: headers.get('location') as string, data: body.data as unknown as { id: number; submission_id: string; verdict: string } };
};
const done = (statusUrl: string) => eventually('it is taken in', async () => {
  const { status, body } = await send('GET', statusUrl);
  expect(status).toBe(200); // what was accepted is never unknown
  const data = body.data as unknown as Done;
  return data.state === 'done' && data;
});
const touches = async (id: number) => (await send('GET', `${CRM}/leads/${id}/touches`)).body.data as unknown as { submission_id: string }[];

describe('a lead that intake could not take in when it came', () => {
  let service: NestFastifyApplication;

  /** Nobody can write the log until what is returned is called. */
  async function holdSubmissions(): Promise<() => Promise<void>> {
    let open = () => {};
    const gate = new Promise<void>((resolve) => { open = resolve; });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => { begin = resolve; });
    const held = service.get(Database).transaction(async (tx) => {
      await tx.query('lock table submission in exclusive mode');
      begin();
      await gate;
    });
    await begun;
    return () => { open(); return held; };
  }

  it('is there when intake is, with one touch', async () => {
    const accepted = await eventually('the spool takes it in time', async () => {
      await (await cell.jetstream()).streams.purge(SPOOL); // of a former try, under another id
      const answer = await post('ada@example.com', 'away');
      return answer.status !== 503 && answer;
    });
    expect(accepted.status).toBe(202);
    service = await cell.add(intake);
    const { verdict, lead_id } = await done(accepted.location);
    expect(verdict).toBe('created');
    expect((await touches(lead_id)).map(({ submission_id }) => submission_id)).toEqual([accepted.data.submission_id]);
    await cell.settled();
    expect(cell.events('lead.captured')).toHaveLength(1);
  });

  it('is one submission with one verdict, when intake did it after all and the client repeats it, too', async () => {
    let tries = 0;
    const { accepted, email, key, release } = await eventually('the spool takes it in time', async () => {
      tries += 1;
      const [email, key] = [`grace${tries}@example.com`, `late-${tries}`];
      await eventually('intake is asked again', async () => (await post('warm@example.com', `warm-${Math.random()}`)).data.id > 0);
      const release = await holdSubmissions();
      const accepted = await post(email, key); // intake has begun with it, and answers when nobody listens any more
      if (accepted.status !== 503) return { accepted, email, key, release };
      await release(); // nobody knows what became of this one
      return null;
    }, { timeoutMs: 30_000 });
    expect(accepted.status).toBe(202);
    await eventually('intake has begun with it', async () =>
      (await cell.rows('intake', `select from pg_locks where relation = 'submission'::regclass and not granted`)).length > 0);
    await release();

    const { verdict, lead_id } = await done(accepted.location);
    const again = await eventually('intake answers the repetition', async () => {
      const answer = await post(email, key);
      return answer.status === 201 && answer;
    });
    expect([verdict, again.data.verdict, again.data.id]).toEqual(['created', 'created', lead_id]);
    await cell.settled();
    expect((await touches(lead_id)).map(({ submission_id }) => submission_id)).toEqual([accepted.data.submission_id]);
    expect(await cell.rows('intake', `select from lead where profile->>'email' = $1`, [email])).toHaveLength(1);
  });
});
