import { FindRep, GetSetup, PutSetup, type RoutingSetup } from '@headwater/contracts';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored, withRules } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

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
    expect(await world.cell.ask(GetSetup, { context: world.cell.context({ tenant }) })).toEqual({ setup: withRules(), version, reps });
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
