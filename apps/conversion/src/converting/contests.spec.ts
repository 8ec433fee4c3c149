import { DomainError } from '@headwater/contracts';
import { Contests } from './contests';

const locked = () => Promise.reject(DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted: { customer_id: 7 } }));
const codeOf = (going: Promise<unknown>) => going.then(() => 'done', ({ body }: DomainError) => [body.code, body.more]);

it('who came while another conversion went on has lost to it, also when that one is done by then; who comes later meets a locked lead', async () => {
  const contests = new Contests();
  let finish = (): void => undefined;
  const winner = contests.during('demo 1', (begin) => {
    begin();
    return new Promise<string>((resolve) => { finish = () => resolve('converted'); });
  });
  const loser = codeOf(contests.during('demo 1', () => winner.then(locked)));
  const elsewhere = codeOf(contests.during('demo 2', locked));
  finish();
  expect(await winner).toBe('converted');
  expect(await loser).toEqual(['conversion_in_progress', { converted: { customer_id: 7 } }]);
  expect(await elsewhere).toEqual(['lead_locked', { converted: { customer_id: 7 } }]);
  expect(await codeOf(contests.during('demo 1', locked))).toEqual(['lead_locked', { converted: { customer_id: 7 } }]);
});

it('nobody loses to one that has converted nothing: of a lead that was converted before, each is told that it is locked', async () => {
  const contests = new Contests();
  const [repeated, ...late] = [Promise.resolve('answered before'), locked(), locked()].map((end) => codeOf(contests.during('demo 1', () => end)));
  expect(await repeated).toBe('done');
  expect(await Promise.all(late)).toEqual(Array(2).fill(['lead_locked', { converted: { customer_id: 7 } }]));
});

it('who was there first, and begins later, has lost, too', async () => {
  const contests = new Contests();
  let meet = (): void => undefined;
  const first = codeOf(contests.during('demo 1', () => new Promise<void>((resolve) => { meet = resolve; }).then(locked)));
  await contests.during('demo 1', (begin) => Promise.resolve(begin()));
  meet();
  expect(await first).toEqual(['conversion_in_progress', { converted: { customer_id: 7 } }]);
});

it('any other refusal of who came second stays as it is', async () => {
  const contests = new Contests();
  const first = contests.during('demo 1', (begin) => Promise.resolve('converted').finally(begin));
  const second = contests.during('demo 1', () => Promise.reject(DomainError.conflict('not_qualified', 'Lead must be qualified before conversion')));
  expect(await first).toBe('converted');
  await expect(second).rejects.toMatchObject({ body: { code: 'not_qualified' } });
});
