import {
  ChangeInlet, CommandInlet, CreateInlet, FindInlet, GetInlet, ListInlets, PageInlets,
  type AnswerOf, type EdgeInlet, type InletChangedData, type InletCommand, type InletRecord,
} from '@headwater/contracts';
import { startCell, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, intake] }); });
afterAll(() => cell.stop());

const create = async (name: string, settings: object = {}): Promise<InletRecord> =>
  (await cell.ask(CreateInlet, { context: cell.context(), kind: 'form', name, settings })).inlet;
const one = (id: number) => ({ context: cell.context(), kind: 'form' as const, id });
const find = async (key: string): Promise<EdgeInlet | null> => (await cell.ask(FindInlet, { key })).inlet;
const command = async (id: number, what: InletCommand): Promise<InletRecord> => (await cell.ask(CommandInlet, { ...one(id), command: what })).inlet;
const list = (after = 0, digest?: string) => cell.ask(ListInlets, { after, digest });

/** All of them, part by part. */
async function all(): Promise<EdgeInlet[]> {
  const inlets: EdgeInlet[] = [];
  for (let after: number | null = 0; after !== null;) {
    const part: AnswerOf<typeof ListInlets> = await list(after);
    if (part.unchanged) throw new Error('Nobody said what is known');
    inlets.push(...part.inlets);
    after = part.next;
  }
  return inlets;
}

describe('an inlet', () => {
  it('is found by its key, with what only the edge may know', async () => {
    const made = await create('Contact us', { country: 'DE' });
    expect(made).toMatchObject({ kind: 'form', name: 'Contact us', settings: { country: 'DE' }, revision: 1, revoked_at: null });
    expect(made.key).toMatch(/^hwf_[\w-]{32}$/);
    expect(made).not.toHaveProperty('secret');
    expect(await find(made.key)).toEqual({
      kind: 'form', id: made.id, tenant: 'demo', name: 'Contact us', key: made.key, secret: expect.any(String) as string, revoked: false, revision: 1,
      settings: { country: 'DE' },
    });
    expect(await find('hwf_nobody')).toBeNull();
  });

  it('is changed setting by setting, revoked, restored, and put under another key; each is announced with its revision', async () => {
    const { id, key } = await create('Webinar', { country: 'DE', thanks: 'Danke' });
    const changed = (await cell.ask(ChangeInlet, { ...one(id), name: 'Webinars', settings: { country: null, honeypot: 'fax' } })).inlet;
    expect(changed).toMatchObject({ name: 'Webinars', settings: { thanks: 'Danke', honeypot: 'fax' }, revision: 2 });
    expect(changed.settings).not.toHaveProperty('country');
    expect((await command(id, 'revoke')).revoked_at).not.toBeNull();
    expect(await find(key)).toMatchObject({ revoked: true });
    expect((await command(id, 'restore')).revoked_at).toBeNull();
    const rotated = await command(id, 'rotate_key');
    expect([await find(key), (await find(rotated.key))?.id]).toEqual([null, id]);
    await cell.settled();
    const said = cell.events<InletChangedData>('inlet.changed').filter(({ subject }) => subject === String(id)).sort((a, b) => a.revision! - b.revision!); // of two replicas
    expect(said.map(({ revision, data: { inlet } }) => [revision, inlet.name, inlet.revoked])).toEqual([
      [1, 'Webinar', false], [2, 'Webinars', false], [3, 'Webinars', true], [4, 'Webinars', false], [5, 'Webinars', false]]);
    expect(JSON.stringify(said)).not.toContain(rotated.key);
  });

  it('is refused with settings that are none of its kind, and then not changed', async () => {
    await expect(create('Wrong', { colour: 'red' })).rejects.toMatchObject({ body: { code: 'unknown_field', errors: [{ field: 'colour' }] } });
    const { id } = await create('Right');
    await expect(cell.ask(ChangeInlet, { ...one(id), settings: { minimum_seconds: -1 } })).rejects.toMatchObject({ body: { code: 'too_small' } });
    expect((await cell.ask(GetInlet, one(id))).inlet).toMatchObject({ settings: {}, revision: 1 });
  });

  it('is its tenant\'s alone, and of its kind alone', async () => {
    const { id } = await create('Ours');
    const theirs = { ...one(id), context: cell.context({ tenant: 'other' }) };
    const missing = { body: { kind: 'not_found' } };
    await expect(cell.ask(GetInlet, theirs)).rejects.toMatchObject(missing);
    await expect(cell.ask(GetInlet, { ...one(id), kind: 'connector' })).rejects.toMatchObject(missing);
    await expect(cell.ask(CommandInlet, { ...theirs, command: 'revoke' })).rejects.toMatchObject(missing);
    expect((await cell.ask(PageInlets, { context: theirs.context, kind: 'form', limit: 10 })).inlets).toEqual([]);
  });

  it('is made once under one Idempotency-Key', async () => {
    const idempotency = { scope: 's', key: 'k', hash: 'h' };
    const ask = () => cell.ask(CreateInlet, { context: cell.context({ idempotency }), kind: 'form', name: 'Once', settings: {} });
    expect((await ask()).inlet).toEqual((await ask()).inlet);
  });
});

describe('the list of inlets', () => {
  it('comes in parts that fit a message, and as nothing to who has it already', async () => {
    const large = { fields: Array.from({ length: 100 }, (_, i) => ({ name: `f${i}`.padEnd(90, 'x'), label: 'y'.repeat(100), to: `custom_fields.f${i}` })) };
    for (let i = 0; i < 30; i += 1) await create(`Large ${i}`, large);
    const before = await list();
    if (before.unchanged) throw new Error('Nobody said what is known');
    expect(before.next).not.toBeNull();
    const inlets = await all();
    expect(new Set(inlets.map(({ id }) => id)).size).toBe(inlets.length);
    expect(inlets.length).toBeGreaterThanOrEqual(30);
    expect(await list(0, before.digest)).toEqual({ digest: before.digest, unchanged: true });
    await command(inlets[0].id, 'revoke');
    expect(await list(0, before.digest)).toMatchObject({ unchanged: false });
  });
});
