import { CaptureLeads, type CaptureItem, type CreateLead } from '@headwater/contracts';
import { captureItem, eventually, metric, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake] }); });
afterAll(() => cell.stop());

const capture = (...items: CaptureItem[]) => cell.ask(CaptureLeads, { items, tenants: { demo: testTenant('demo') } });
const captures = (verdict: string) => metric(cell.url('intake'), 'headwater_captures_total', { verdict });

test('submissions are counted by what became of them, and once', async () => {
  const ada = { last_name: 'Byron', email: 'ada@analytical.example.com' };
  const keyed = (hash: string, lead: CreateLead) => captureItem(lead, { idempotency: { scope: 'test', key: 'one', hash } });
  const first = captureItem(ada);
  await capture(first, captureItem({ last_name: 'Hopper', email: 'grace@navy.example.com' }), captureItem({ ...ada, job_title: 'CTO' }));
  await capture(captureItem({ email: ada.email }), keyed('a', ada));
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
  const [bad, good] = ['Poison', 'Good'].map((last_name) => captureItem({ last_name, email: `${last_name}@example.com` }));
  const { results } = await capture(bad, good);
  expect(results.map(({ ok }) => ok)).toEqual([false, true]);
  expect([await captures('failed'), await captures('created')]).toEqual([1, 3]);
});

test('the spool is told of by who takes from it', async () => {
  expect(await metric(cell.url('intake'), 'headwater_spool_depth')).toBe(0);
});

test('leads whose duplicates were looked for are counted, with the pairs, the reviews, and what still waits', async () => {
  const read = (name: string) => metric(cell.url('intake'), `headwater_${name}`);
  const nothingWaits = () => eventually('nothing waits', async () => (await read('match_work_pending')) === 0);
  await nothingWaits();
  const [matched = 0, opened = 0] = await Promise.all([read('leads_matched_total'), read('duplicate_reviews_opened_total')]);
  await capture(...['katharina.oberhausen@work.example', 'katharina.oberhausen@home.example'].map((email) =>
    captureItem({ first_name: 'Katharina', last_name: 'Oberhausen', email })));
  await eventually('both are counted', async () => (await read('leads_matched_total')) === matched + 2);
  expect(await read('duplicate_reviews_opened_total')).toBe(opened + 1);
  expect(await read('lead_pairs_compared_total')).toBeGreaterThan(0);
  await nothingWaits();
  expect(await read('match_work_oldest_seconds')).toBe(0);
});
