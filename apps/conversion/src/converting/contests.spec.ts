import { DomainError } from '@headwater/contracts';
import { Contests } from './contests';

const locked = () => Promise.reject(DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted: { customer_id: 7 } }));
const codeOf = (going: Promise<unknown>) => going.then(() => 'done', ({ body }: DomainError) => [body.code, body.more]);

it('who came while another conversion went on has lost to it, also when that one is done by then; who comes later meets a locked lead', async () => {
  const contests = new Contests();
  let finish = (): void => undefined;
  const winner = contests.during('demo 1', () => new Promise<string>((resolve) => { finish = () => resolve('converted'); }));
  const loser = codeOf(contests.during('demo 1', () => winner.then(locked)));
  const elsewhere = codeOf(contests.during('demo 2', locked));
  finish();
  expect(await winner).toBe('converted');
  expect(await loser).toEqual(['conversion_in_progress', { converted: { customer_id: 7 } }]);
  expect(await elsewhere).toEqual(['lead_locked', { converted: { customer_id: 7 } }]);
  expect(await codeOf(contests.during('demo 1', locked))).toEqual(['lead_locked', { converted: { customer_id: 7 } }]);
});

it('any other refusal of who came second stays as it is', async () => {
  const contests = new Contests();
  const first = contests.during('demo 1', () => Promise.resolve('converted'));
  const second = contests.during('demo 1', () => Promise.reject(DomainError.conflict('not_qualified', 'Lead must be qualified before conversion')));
  expect(await first).toBe('converted');
  await expect(second).rejects.toMatchObject({ body: { code: 'not_qualified' } });
});
