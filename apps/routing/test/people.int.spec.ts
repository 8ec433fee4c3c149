import {
  GetPeopleRecord, ListPeople, type Leave, type PeopleKind, type PeopleRecord, type Rep, type Team, type Territory,
} from '@headwater/contracts';
import { peopleOf } from './people-cell';
import { refusal, RoutingCell } from './routing-cell';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const { create, update, changes } = peopleOf(() => world);
const get = async (tenant: string, kind: PeopleKind, id: number): Promise<PeopleRecord> =>
  (await world.cell.ask(GetPeopleRecord, { context: world.cell.context({ tenant }), kind, id })).record;
const list = (tenant: string, kind: PeopleKind, filter: object = {}, page: { cursor?: string; limit?: number } = {}) =>
  world.cell.ask(ListPeople, { context: world.cell.context({ tenant }), kind, filter, limit: 50, ...page });
const person = (user_id: string, more: object = {}) => ({ user_id, name: `Rep ${user_id}`, ...more });

describe('reps and teams', () => {
  test('are made with what is usual, changed field by field, and it is kept who changed what', async () => {
    const tenant = world.newTenant();
    const team = await create<Team>(tenant, 'team', { name: ' East ', managers: [{ user_id: 'ana' }, { user_id: 'zoe', name: 'Zoe', email: 'zoe@example.com' }] });
    const rep = await create<Rep>(tenant, 'rep', person('ana', { team_id: team.id, email: 'ana@example.com', skills: ['ERP', ' erp ', 'Finance'], max_per_window: { day: 20, hour: null } }));
    expect(rep).toMatchObject({
      name: 'Rep ana', team: { id: team.id, name: 'East' }, time_zone: world.cell.context().tenant.time_zone, weight: 1, active: true, max_open_leads: null,
      max_per_window: { day: 20 }, skills: ['erp', 'finance'], languages: [], calendar_id: null, open_leads: 0,
    });
    expect(await get(tenant, 'team', team.id)).toMatchObject({
      managers: [{ user_id: 'ana', name: 'Rep ana', email: 'ana@example.com' }, { user_id: 'zoe', name: 'Zoe', email: 'zoe@example.com' }],
    });
    expect(await update<Rep>(tenant, 'rep', rep.id, { weight: 3, time_zone: 'Asia/Tokyo', skills: null, active: false })).toMatchObject(
      { weight: 3, time_zone: 'Asia/Tokyo', skills: [], max_per_window: { day: 20 }, active: false });
    const before = await changes(tenant);
    expect(await update<Rep>(tenant, 'rep', rep.id, { weight: 3 })).toMatchObject({ weight: 3 });
    expect(await changes(tenant)).toEqual(before);
    expect(before).toMatchObject([
      {
        kind: 'rep', record_id: rep.id, action: 'updated', actor: world.cell.context().actor.name, before: { weight: 1, skills: ['erp', 'finance'], active: true },
        after: { weight: 3, time_zone: 'Asia/Tokyo', skills: [], active: false },
      },
      { kind: 'rep', action: 'created', before: null, after: { user_id: 'ana', team_id: team.id } },
      { kind: 'team', record_id: team.id, action: 'created', before: null },
    ]);
    expect(await changes(tenant, { kind: 'team' })).toHaveLength(1);
  });

  test('come in pages, and narrowed down', async () => {
    const tenant = world.newTenant();
    for (const user of ['a', 'b', 'c']) await create(tenant, 'rep', person(user, { active: user !== 'b' }));
    const first = await list(tenant, 'rep', {}, { limit: 2 });
    const second = await list(tenant, 'rep', {}, { limit: 2, cursor: first.next_cursor! });
    expect([...first.records, ...second.records]).toMatchObject([{ user_id: 'a' }, { user_id: 'b' }, { user_id: 'c' }]);
    expect(second.next_cursor).toBeNull();
    expect((await list(tenant, 'rep', { active: true, search: 'REP C' })).records).toMatchObject([{ user_id: 'c' }]);
    expect(await refusal(list(tenant, 'rep', {}, { cursor: 'x' }))).toMatchObject({ errors: [{ field: 'cursor', code: 'wrong_cursor' }] });
  });

  test.each<[string, PeopleKind, object, object]>([
    ['a zone that is none, a language by its name', 'rep', person('x', { time_zone: 'Mars/Olympus', languages: ['English'] }),
      { kind: 'invalid', errors: [{ field: 'time_zone', code: 'unknown_time_zone' }, { field: 'languages', code: 'unknown_language' }] }],
    ['a team that is not there', 'rep', person('x', { team_id: 999_999_999 }), { errors: [{ field: 'team_id', code: 'unknown_team' }] }],
    ['a name of blanks', 'team', { name: ' ' }, { errors: [{ field: 'name', code: 'required' }] }],
    ['a user who is there', 'rep', person('taken'), { kind: 'conflict', code: 'rep_exists' }],
    ['a name with other capitals', 'team', { name: 'OURS' }, { kind: 'conflict', code: 'team_exists' }],
    ['leave of nobody', 'leave', { rep_id: 999_999_999, from: '2026-08-03T00:00:00Z', until: '2026-08-04T00:00:00Z' }, { errors: [{ field: 'rep_id', code: 'unknown_rep' }] }],
    ['a day that the calendar lacks', 'leave', { rep_id: 1, from: '2026-02-30T00:00:00Z', until: '2026-02-31T25:00:00Z' },
      { errors: expect.arrayContaining([expect.objectContaining({ field: 'until', code: 'wrong_format' })]) as unknown }],
  ])('%s is refused, and nothing is kept', async (_, kind, fields, refused) => {
    const tenant = world.newTenant();
    await create(tenant, 'rep', person('taken'));
    await create(tenant, 'team', { name: 'Ours' });
    const known = await changes(tenant);
    expect(await refusal(create(tenant, kind, fields))).toMatchObject(refused);
    expect(await changes(tenant)).toEqual(known);
  });

  test("are nobody else's to see, to change or to refer to", async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const rep = await create<Rep>(tenant, 'rep', person('ana'));
    const team = await create<Team>(tenant, 'team', { name: 'East' });
    expect(await refusal(get(other, 'rep', rep.id))).toMatchObject({ kind: 'not_found' });
    expect(await refusal(update(other, 'rep', rep.id, { name: 'Mine' }))).toMatchObject({ kind: 'not_found' });
    expect(await refusal(create(other, 'rep', person('x', { team_id: team.id })))).toMatchObject({ errors: [{ code: 'unknown_team' }] });
    expect(await refusal(create(other, 'territory', { name: 'X', owner_ids: [rep.id] }))).toMatchObject({ errors: [{ field: 'owner_ids.0', code: 'unknown_rep' }] });
    expect([(await list(other, 'rep')).records, await changes(other)]).toEqual([[], []]);
  });

  test('of one user are made once, however many ask at once, and once per key', async () => {
    const tenant = world.newTenant();
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => create(tenant, 'rep', person('ana'))));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const idempotency = { scope: 'admin POST /routing/teams', key: 'k', hash: 'h' };
    const [first, second] = [await create<Team>(tenant, 'team', { name: 'T' }, { idempotency }), await create<Team>(tenant, 'team', { name: 'T' }, { idempotency })];
    expect(second.id).toBe(first.id);
  });
});

describe('territories', () => {
  test('are a tree: whoever would be part of itself is refused, with the way', async () => {
    const tenant = world.newTenant();
    const [emea, dach, bavaria] = [
      await create<Territory>(tenant, 'territory', { name: 'EMEA' }), await create<Territory>(tenant, 'territory', { name: 'DACH', countries: ['de', 'AT'] }),
      await create<Territory>(tenant, 'territory', { name: 'Bavaria', regions: ['de-Bayern'], postal: [{ country: 'de', prefix: '8 0' }], domains: ['https://www.ACME.example/about'] }),
    ];
    expect(bavaria).toMatchObject({ regions: ['DE-Bayern'], postal: [{ country: 'DE', prefix: '80' }], domains: ['acme.example'], parent_id: null, account_ids: [] });
    await update(tenant, 'territory', dach.id, { parent_id: emea.id, account_ids: [5, 5, 6] });
    expect(await update(tenant, 'territory', bavaria.id, { parent_id: dach.id })).toMatchObject({ parent_id: dach.id });
    expect(await refusal(update(tenant, 'territory', emea.id, { parent_id: bavaria.id }))).toMatchObject({
      errors: [{ field: 'parent_id', code: 'territory_loop', detail: "A territory can't be part of itself: EMEA → Bavaria → DACH → EMEA" }],
    });
    expect((await list(tenant, 'territory', { parent_id: emea.id })).records).toMatchObject([{ name: 'DACH', countries: ['DE', 'AT'], account_ids: [5, 6] }]);
  });
});

describe('leave', () => {
  test('is kept in UTC, changed, cancelled', async () => {
    const tenant = world.newTenant();
    const rep = await create<Rep>(tenant, 'rep', person('ana'));
    const leave = await create<Leave>(tenant, 'leave', { rep_id: rep.id, from: '2026-08-03T00:00:00+02:00', until: '2026-08-04T00:00:00+02:00' });
    expect(leave).toMatchObject({ from: '2026-08-02T22:00:00.000Z', until: '2026-08-03T22:00:00.000Z', active: true });
    expect(await refusal(update(tenant, 'leave', leave.id, { until: '2026-08-01T00:00:00Z' }))).toMatchObject({ errors: [{ field: 'until', code: 'reversed_period' }] });
    expect(await update(tenant, 'leave', leave.id, { active: false })).toMatchObject({ active: false });
    expect((await changes(tenant, { kind: 'leave' }))[0]).toMatchObject({ before: { active: true }, after: { active: false } });
    expect((await list(tenant, 'leave', { rep_id: rep.id, active: true })).records).toEqual([]);
  });
});
