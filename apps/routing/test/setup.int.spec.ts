import { FindRep, GetSetup, PutSetup, type RoutingSetup } from '@headwater/contracts';
import { peopleOf } from './people-cell';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored, withRules } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());
const { changes } = peopleOf(() => world);

describe('setup', () => {
  test('is answered as it was put, with the reps by id', async () => {
    const tenant = world.newTenant();
    const { version, reps } = await world.put(tenant, withRules());
    expect(version).toBe(1);
    expect(reps).toMatchObject([
      { user_id: 'grace', team: { name: 'Enterprise' }, time_zone: 'America/New_York', weight: 1, active: true },
      { user_id: 'diego', email: null, time_zone: world.cell.context().tenant.time_zone },
      { user_id: 'gone', active: false, team: null },
    ]);
    const zone = { time_zone: world.cell.context().tenant.time_zone };
    const people = withRules().reps.map((rep) => ({ ...zone, weight: 1, active: true, ...rep }));
    expect(await world.cell.ask(GetSetup, { context: world.cell.context({ tenant }) })).toEqual({ setup: { ...withRules(), reps: people }, version, reps });
    expect(await world.cell.ask(FindRep, { tenant, user_id: 'grace' })).toEqual({ rep: reps[0] });
    expect(await world.cell.ask(FindRep, { tenant, rep_id: reps[1].id })).toEqual({ rep: reps[1] });
  });

  test("is nobody else's to see", async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const { reps: [rep] } = await world.put(tenant, withRules());
    expect(await world.cell.ask(FindRep, { tenant: other, rep_id: rep.id })).toEqual({ rep: null });
    expect(await refusal(world.cell.ask(GetSetup, { context: world.cell.context({ tenant: other }) }))).toMatchObject({ kind: 'not_found' });
  });

  test('put again keeps ids and counters, and who is missing goes inactive', async () => {
    const tenant = world.newTenant();
    const first = await world.put(tenant, equalReps(['a', 'b']));
    await world.deliver([scored(tenant, world.newLead()), scored(tenant, world.newLead()), scored(tenant, world.newLead())]);
    const second = await world.put(tenant, equalReps(['b', 'c']));
    expect(second.version).toBe(2);
    expect(second.reps.map(({ id, user_id, active }) => [id, user_id, active])).toEqual([
      [first.reps[0].id, 'a', false], [first.reps[1].id, 'b', true], [expect.any(Number), 'c', true],
    ]);
    const members = await world.cell.rows('routing', `
      select r.user_id, m.active, m.picks::int, m.turn::int from pool_member m join rep r on r.id = m.rep_id
      where m.tenant_id = $1 order by r.id`, [tenant]);
    expect(members).toEqual([
      { user_id: 'a', active: false, picks: 2, turn: 2 }, { user_id: 'b', active: true, picks: 1, turn: 1 },
      { user_id: 'c', active: true, picks: 0, turn: 2 },
    ]);
  });

  test.each<[string, (setup: RoutingSetup) => unknown, string, string]>([
    ['no default', ({ rule_set: { rules }, ...setup }) => ({ ...setup, rule_set: { rules } }), 'rule_set.default', 'required'],
    ['an unknown property', (setup) => ({ ...setup, queues: [] }), 'queues', 'unknown_field'],
    ['an unknown strategy', (setup) => { setup.pools[2].strategy = 'fastest'; return setup; }, 'pools.2.strategy', 'unknown_strategy'],
    ['no condition', (setup) => { setup.rule_set.rules[1].when = { field: 'country' }; return setup; },
      'rule_set.rules.1.when.op', 'unknown_operator'],
    ['no document', () => 'no', '(body)', 'wrong_type'],
  ])('with %s is refused, and the former one stays', async (_, change, field, code) => {
    const tenant = world.newTenant();
    await world.put(tenant, withRules());
    expect(await refusal(world.put(tenant, change(withRules())))).toMatchObject({ kind: 'invalid', errors: [{ field, code }] });
    expect((await world.cell.ask(GetSetup, { context: world.cell.context({ tenant }) })).version).toBe(1);
  });

  test('put in parallel makes one version each', async () => {
    const tenant = world.newTenant();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => world.put(tenant, equalReps(['a', `b${i}`]))));
    expect(answers.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const active = await world.cell.rows('routing', 'select version from rule_set where tenant_id = $1 and active', [tenant]);
    expect(active).toEqual([{ version: 6 }]);
  });

  test('put with a key is put once', async () => {
    const context = world.cell.context({ tenant: world.newTenant(), idempotency: { scope: 'admin PUT /routing', key: 'k', hash: 'h' } });
    const [first, second] = [
      await world.cell.ask(PutSetup, { context, setup: withRules() }), await world.cell.ask(PutSetup, { context, setup: withRules() })];
    expect([first.version, second.version]).toEqual([1, 1]);
  });
});

describe('people and places in a setup', () => {
  const places = (): RoutingSetup => {
    const setup = withRules();
    return {
      ...setup,
      teams: [{ name: 'Enterprise', managers: [{ user_id: 'mia', name: 'Mia', email: 'mia@example.com' }] }, { name: 'Field' }],
      reps: [{ ...setup.reps[0], skills: ['ERP'], languages: ['en'], roles: ['Closer'], max_per_window: { day: 20 } }, ...setup.reps.slice(1)],
      territories: [
        { name: 'EMEA', team: 'Field' },
        { name: 'Germany', parent: 'EMEA', countries: ['de'], owners: ['grace', 'diego'] },
        { name: 'Munich', parent: 'Germany', postal: [{ country: 'DE', prefix: '80' }] },
      ],
      leave: [{ user_id: 'diego', from: '2040-08-03T00:00:00.000Z', until: '2040-08-17T00:00:00.000Z' }],
    };
  };
  const exported = async (tenant: string) => (await world.cell.ask(GetSetup, { context: world.cell.context({ tenant }) })).setup;

  test('come back as they were put, and put again change nothing', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, places());
    const setup = await exported(tenant);
    expect(setup).toMatchObject({
      ...places(), reps: [{ skills: ['erp'], languages: ['en'], roles: ['closer'], max_per_window: { day: 20 } }, {}, {}],
      territories: [{ name: 'EMEA', team: 'Field' }, { name: 'Germany', parent: 'EMEA', countries: ['DE'], owners: ['grace', 'diego'] }, { name: 'Munich', parent: 'Germany' }],
    });
    const known = await changes(tenant);
    expect(known.map(({ kind, action }) => `${kind} ${action}`).sort()).toEqual(
      ['leave imported', 'rep imported', 'rep imported', 'rep imported', 'team imported', 'team imported', 'territory imported', 'territory imported', 'territory imported']);
    await world.put(tenant, setup);
    expect(await changes(tenant)).toEqual(known);
  });

  test('stay where a setup does not speak of them, and go inactive where it leaves them out', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, places());
    const { territories, leave } = await exported(tenant);
    await world.put(tenant, withRules());
    expect(await exported(tenant)).toMatchObject({ territories, leave, reps: [{ skills: ['erp'] }, {}, {}], teams: [{ managers: [{ user_id: 'mia' }] }, {}] });
    await world.put(tenant, { ...places(), territories: places().territories!.slice(0, 2), leave: [] });
    expect((await exported(tenant)).territories).toHaveLength(2);
    expect((await exported(tenant)).leave).toBeUndefined();
  });

  test.each<[string, (setup: RoutingSetup) => void, string, string]>([
    ['a loop', ({ territories }) => { territories![0].parent = 'Munich'; }, 'territories.0.parent', 'territory_loop'],
    ['a parent that is not there', ({ territories }) => { territories![1].parent = 'APAC'; }, 'territories.1.parent', 'unknown_territory'],
    ['an owner who is not there', ({ territories }) => { territories![1].owners = ['nobody']; }, 'territories.1.owners.0', 'unknown_rep'],
    ['a region that is none', ({ territories }) => { territories![1].regions = ['Bavaria']; }, 'territories.1.regions.0', 'wrong_format'],
    ['leave that ends before it begins', ({ leave }) => { leave![0].until = '2030-01-01T00:00:00Z'; }, 'leave.0.until', 'reversed_period'],
  ])('with %s are refused, and nothing of the setup is kept', async (_, spoil, field, code) => {
    const tenant = world.newTenant();
    await world.put(tenant, withRules());
    const known = await changes(tenant);
    const setup = places();
    spoil(setup);
    expect((await refusal(world.put(tenant, setup))).errors).toContainEqual(expect.objectContaining({ field, code }));
    expect(await changes(tenant)).toEqual(known);
  });

  test('may be 2,000 reps and 5,000 territories', async () => {
    const tenant = world.newTenant();
    const users = Array.from({ length: 2_000 }, (_, i) => `user-${i}`);
    const territories = Array.from({ length: 5_000 }, (_, i) => ({
      name: `T${i}`, ...(i > 0 ? { parent: `T${Math.floor((i - 1) / 10)}` } : {}), postal: [{ country: 'DE', prefix: String(10_000 + i) }], owners: [users[i % users.length]],
    }));
    await world.put(tenant, { ...equalReps(users), reps: users.map((user_id) => ({ user_id, name: user_id })), teams: [], territories });
    expect((await exported(tenant)).territories).toHaveLength(5_000);
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead, {}, { profile: { country: 'DE', postal_code: '14999' } })]);
    expect((await world.assignments(tenant, lead))[0].owner).not.toBeNull();
  });
});

describe('hours in a setup', () => {
  const weekly = { monday: [{ from: '08:00', to: '16:00' }] };
  const hours = (): RoutingSetup => {
    const setup = equalReps(['a', 'b']);
    return {
      ...setup, teams: [{ name: 'Sales', calendar: 'munich' }], reps: [{ ...setup.reps[0], calendar: 'Tokyo' }, setup.reps[1]],
      calendars: [
        { name: 'Munich', weekly, countries: ['DE'], is_default: true },
        { name: 'Tokyo', time_zone: 'Asia/Tokyo', weekly, holidays: { country: 'JP' }, exceptions: [{ date: '2026-05-01', intervals: [] }] },
      ],
      sla_policies: {
        policies: [{ name: 'here', target_minutes: 60, calendar: 'fixed', fixed_calendar: 'Munich' }, { name: 'soon', target_minutes: 5, calendar: 'owner' }],
        choices: [{ entry: 'import', policy: null }, { policy: 'here' }],
      },
      rule_set: { ...setup.rule_set, default: { pool: 'General', sla_policy: 'soon' } },
    };
  };
  const exported = async (tenant: string) => (await world.cell.ask(GetSetup, { context: world.cell.context({ tenant }) })).setup;
  const versions = (tenant: string) => world.cell.rows('routing', 'select version from sla_policies where tenant_id = $1', [tenant]);

  test('come back as they were put, put again change nothing, and are the same in another tenant', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    await world.put(tenant, hours());
    const setup = await exported(tenant);
    expect(setup).toMatchObject({ ...hours(), teams: [{ calendar: 'Munich' }] });
    const known = await changes(tenant);
    await world.put(tenant, setup);
    expect([await changes(tenant), await versions(tenant)]).toEqual([known, [{ version: 1 }]]);
    await world.put(other, setup);
    expect(await exported(other)).toEqual(setup);
  });

  test('stay where a setup does not speak of them; those go that it leaves out', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, hours());
    const { calendars, sla_policies } = hours();
    await world.put(tenant, equalReps(['a', 'b']));
    expect(await exported(tenant)).toMatchObject({ calendars, sla_policies, teams: [{ calendar: 'Munich' }], reps: [{ calendar: 'Tokyo' }, {}] });
    const only = hours();
    only.calendars!.pop();
    only.reps[0].calendar = null;
    await world.put(tenant, only);
    expect((await exported(tenant)).calendars).toMatchObject([{ name: 'Munich' }]);
    await world.put(tenant, { ...equalReps(['a', 'b']), teams: [{ name: 'Sales', calendar: 'MUNICH' }] });
  });

  test.each<[string, (setup: RoutingSetup) => void, string, string]>([
    ['a calendar that overlaps itself', ({ calendars }) => { calendars![1].weekly = { monday: [...weekly.monday, { from: '09:00', to: '10:00' }] }; },
      'calendars.1.weekly.monday.1', 'overlapping_intervals'],
    ['no default calendar', ({ calendars }) => { calendars![0].is_default = false; }, 'calendars', 'default_required'],
    ['a calendar twice', ({ calendars }) => { calendars![1].name = 'munich '; }, 'calendars.1.name', 'duplicate'],
    ['a team whose calendar is not among them', ({ teams }) => { teams[0].calendar = 'Oslo'; }, 'teams.0.calendar', 'unknown_calendar'],
    ['a rep whose calendar is nowhere', (setup) => { setup.calendars = null; setup.reps[0].calendar = 'Oslo'; }, 'reps.0.calendar', 'unknown_calendar'],
    ['a fixed calendar that is not among them', ({ sla_policies }) => { sla_policies!.policies[0].fixed_calendar = 'Oslo'; },
      'sla_policies.policies.0.fixed_calendar', 'unknown_calendar'],
    ['a rule whose policy is gone', ({ sla_policies }) => { sla_policies!.policies.pop(); }, 'rule_set.default.sla_policy', 'unknown_policy'],
    ['a calendar left out by which somebody goes', (setup) => { setup.calendars!.pop(); delete setup.reps[0].calendar; }, 'calendars', 'calendar_in_use'],
  ])('with %s are refused, and nothing of the setup is kept', async (_, spoil, field, code) => {
    const tenant = world.newTenant();
    await world.put(tenant, hours());
    const [known, former] = [await changes(tenant), await exported(tenant)];
    const setup = { ...hours(), territories: [{ name: 'EMEA' }] };
    spoil(setup);
    expect((await refusal(world.put(tenant, setup))).errors).toContainEqual(expect.objectContaining({ field, code }));
    expect([await changes(tenant), await exported(tenant)]).toEqual([known, former]);
  });
});
