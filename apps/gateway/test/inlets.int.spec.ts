import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError, FindInlet, InletChanged, ListInlets, type AnswerOf, type EdgeInlet } from '@headwater/contracts';
import { Health } from '@headwater/platform';
import { eventually, startCell, type Cell } from '@headwater/testing';
import { gateway } from '../src/gateway.module';
import { Inlets } from '../src/inlets/inlets';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [] }); });
afterAll(() => cell.stop());

const keyOf = (letter: string): string => `hwf_${letter.repeat(32)}`;
const inlet = (letter: string, more: Partial<EdgeInlet> = {}): EdgeInlet => ({
  kind: 'form', id: letter.charCodeAt(0), tenant: 'demo', name: letter, key: keyOf(letter), secret: 's', revoked: false, revision: 1, settings: {}, ...more,
});
const refused = (code: string) => ({ body: { code } });

/** Intake, as far as the edge asks it for inlets. */
async function standInForIntake(...inlets: EdgeInlet[]) {
  const asked: string[] = [];
  const digest = () => JSON.stringify(inlets);
  const ends = await Promise.all([
    cell.answer(FindInlet, ({ key }) => {
      asked.push(key);
      return { inlet: inlets.find((one) => one.key === key) ?? null };
    }),
    cell.answer(ListInlets, ({ after, digest: known }): AnswerOf<typeof ListInlets> => {
      if (known === digest()) return { digest: digest(), unchanged: true };
      const part = inlets.filter(({ id }) => id > after).slice(0, 1);
      return { digest: digest(), unchanged: false, inlets: part, next: part[0]?.id ?? null };
    }),
  ]);
  const tell = (id: number) => cell.publish([InletChanged.of('demo', id, { inlet: { id, kind: 'form', name: 'x', revoked: true } }, { revision: 2 })]);
  return { inlets, asked, tell, end: () => Promise.all(ends.map((end) => end())) };
}

async function gatewayWith(intake: { inlets: EdgeInlet[] }): Promise<{ app: NestFastifyApplication; inlets: Inlets }> {
  const app = await cell.add(gateway);
  const inlets = app.get(Inlets, { strict: false });
  inlets.onApplicationShutdown(); // they are refreshed no more by the time, which comes at any moment, and forgets what was unknown
  if (intake.inlets.length) {
    await eventually('the inlets are loaded', async () => {
      await inlets.refreshIfPossible();
      return (await app.get(Health).details()).parts.inlets.ok;
    });
  }
  return { app, inlets };
}

describe('the inlets that a gateway knows', () => {
  it('let in what comes by them without asking, also while intake is away', async () => {
    const intake = await standInForIntake(inlet('a'), inlet('b', { revoked: true }), inlet('c', { kind: 'connector', key: `hwc_${'c'.repeat(32)}` }));
    const { inlets } = await gatewayWith(intake);
    await intake.end();
    expect(await inlets.require('form', keyOf('a'))).toEqual(intake.inlets[0]);
    await expect(inlets.require('form', keyOf('b'))).rejects.toMatchObject(refused('gone'));
    await expect(inlets.require('form', intake.inlets[2].key)).rejects.toMatchObject(refused('not_found'));
    expect((await inlets.require('connector', intake.inlets[2].key)).id).toBe(intake.inlets[2].id);
    expect(intake.asked).toEqual([]);
    // Whether there is such a one can't be said without intake.
    await expect(inlets.require('form', keyOf('z'))).rejects.toMatchObject(refused('unavailable'));
    await expect(inlets.require('form', 'nonsense')).rejects.toMatchObject(refused('not_found'));
  });

  it('are asked for when one is not known yet, and an unknown key only once in a while', async () => {
    const intake = await standInForIntake(inlet('a'));
    const { inlets } = await gatewayWith(intake);
    await eventually('intake answers in time', () => inlets.require('form', keyOf('d')).then(() => false, (error: DomainError) => error.body.code === 'not_found'));
    intake.asked.length = 0;
    for (const _ of [1, 2]) await expect(inlets.require('form', keyOf('d'))).rejects.toMatchObject(refused('not_found'));
    expect(intake.asked).toEqual([]);
    intake.inlets.push(inlet('e'));
    expect(await eventually('intake answers in time', () => inlets.require('form', keyOf('e')))).toMatchObject({ name: 'e' });
    intake.asked.length = 0;
    for (const _ of [1, 2]) expect(await inlets.require('form', keyOf('e'))).toMatchObject({ name: 'e' });
    expect(intake.asked).toEqual([]);
    await intake.end();
  });

  it('hear of a change, and of one that they took for unknown', async () => {
    const intake = await standInForIntake(inlet('a'));
    const { inlets } = await gatewayWith(intake);
    await eventually('intake answers in time', () => inlets.require('form', keyOf('f')).then(() => false, (error: DomainError) => error.body.code === 'not_found'));
    intake.inlets[0] = inlet('a', { revoked: true, revision: 2 });
    intake.inlets.push(inlet('f'));
    await eventually('the form is gone', async () => {
      await intake.tell(intake.inlets[0].id); // more than once where intake wasn't in time when it was asked about it
      return inlets.require('form', keyOf('a')).then(() => false, (error: DomainError) => error.body.code === 'gone');
    });
    expect(await inlets.require('form', keyOf('f'))).toMatchObject({ name: 'f' });
    await intake.end();
  });

  it('are read as soon as intake is there, when it starts later', async () => {
    const { inlets } = await gatewayWith({ inlets: [] });
    await expect(inlets.require('form', keyOf('a'))).rejects.toMatchObject(refused('unavailable'));
    const intake = await standInForIntake(inlet('a'));
    expect(await eventually('intake answers in time', () => inlets.require('form', keyOf('a')))).toMatchObject({ name: 'a' });
    await intake.end();
  });

  it('may not be searched for: too many unknown keys are refused before intake hears of them', async () => {
    const intake = await standInForIntake(inlet('a'));
    const { inlets } = await gatewayWith(intake);
    const tries = await Promise.all(Array.from({ length: 700 }, (_, i) =>
      inlets.require('form', `hwf_${String(i).padStart(32, '0')}`).then(() => 'found', (error: DomainError) => error.body.code)));
    const refusals = tries.filter((code) => code === 'too_many_requests').length;
    expect(refusals).toBeGreaterThanOrEqual(10); // ten more a second may be asked for, while these come
    // Those whose answer was not there in time are asked about as well, a moment later.
    await eventually('intake has heard of the others', () => intake.asked.length >= tries.length - refusals);
    expect(intake.asked).toHaveLength(tries.length - refusals);
    expect(await inlets.require('form', keyOf('a'))).toMatchObject({ name: 'a' });
    await intake.end();
  });

  it('bound what comes by a connector while it comes, whatever it says of its length', async () => {
    const key = `hwc_${'g'.repeat(32)}`;
    const intake = await standInForIntake(inlet('g', { kind: 'connector', key, settings: { connector: 'generic', options: { verification: 'standard_webhooks' } } }));
    const { app } = await gatewayWith(intake);
    const chunks = (count: number) => async function* body() { for (let i = 0; i < count; i += 1) yield Buffer.alloc(1_024, 'x'); };
    const post = async (count: number) => {
      const init = { method: 'POST', body: chunks(count)(), duplex: 'half', headers: { 'content-type': 'text/plain' } };
      const response = await fetch(`${await app.getUrl()}/in/${key}`, init as unknown as RequestInit);
      return [response.status, (await response.json() as { code?: string }).code];
    };
    expect([await post(256), await post(257)]).toEqual([[401, 'wrong_signature'], [413, 'too_large']]);
    await intake.end();
  });
});
