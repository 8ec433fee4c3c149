import { v7 as uuidv7 } from 'uuid';
import { CaptureLeads, type CaptureItem, type CreateLead } from '@headwater/contracts';
import { metric, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake] }); });
afterAll(() => cell.stop());

const item = (lead: CreateLead, more: Partial<CaptureItem> = {}): CaptureItem => ({
  submission_id: uuidv7(), received_at: new Date().toISOString(), tenant: 'demo', actor: { kind: 'api_key', id: 'key-1' },
  anonymous: false, entry: 'api', lead, correlation_id: 'test', ...more,
});
const capture = (...items: CaptureItem[]) => cell.ask(CaptureLeads, { items, tenants: { demo: testTenant('demo') } });
const captures = (verdict: string) => metric(cell.url('intake'), 'headwater_captures_total', { verdict });

test('submissions are counted by what became of them, and once', async () => {
  const ada = { last_name: 'Byron', email: 'ada@analytical.example.com' };
  const keyed = (hash: string, lead: CreateLead) => item(lead, { idempotency: { scope: 'test', key: 'one', hash } });
  const first = item(ada);
  await capture(first, item({ last_name: 'Hopper', email: 'grace@navy.example.com' }), item({ ...ada, job_title: 'CTO' }));
  await capture(item({ email: ada.email }), keyed('a', ada));
  await capture(first, keyed('a', ada), keyed('b', ada));
  expect(await Promise.all(['created', 'updated', 'touched', 'repeated', 'refused', 'failed'].map(captures))).toEqual([2, 1, 2, 2, 1, 0]);
  expect(await metric(cell.url('intake'), 'headwater_capture_batch_size_sum')).toBe(8);
  expect(await metric(cell.url('intake'), 'headwater_capture_batch_size_count')).toBe(3);
});

test('a submission that fails as late as at its commit is counted as that, and those beside it once, by their verdicts', async () => {
  await cell.rows('intake', `
    create function refuse_poison() returns trigger language plpgsql as $$
      begin if new.profile->>'last_name' = 'Poison' then raise exception 'poison'; end if; return null; end $$;
    create constraint trigger at_commit after insert on lead deferrable initially deferred for each row execute function refuse_poison()`);
  const [bad, good] = ['Poison', 'Good'].map((last_name) => item({ last_name, email: `${last_name}@example.com` }));
  const { results } = await capture(bad, good);
  expect(results.map(({ ok }) => ok)).toEqual([false, true]);
  expect([await captures('failed'), await captures('created')]).toEqual([1, 3]);
});

test('the spool is told of by who takes from it', async () => {
  expect(await metric(cell.url('intake'), 'headwater_spool_depth')).toBe(0);
});
