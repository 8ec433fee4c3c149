import { ActivateRuleSet, DeleteRuleSet, DraftRuleSet, GetRuleSet, ListRuleSets, type RuleSetDocument, type RuleSetView } from '@headwater/contracts';
import { peopleOf } from './people-cell';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const { update } = peopleOf(() => world);
const context = (tenant: string) => world.cell.context({ tenant });
const draft = async (tenant: string, document: unknown, id?: number): Promise<RuleSetView> =>
  (await world.cell.ask(DraftRuleSet, { context: context(tenant), document, ...(id ? { id } : {}) })).rule_set;
const activate = async (tenant: string, id?: number): Promise<RuleSetView> =>
  (await world.cell.ask(ActivateRuleSet, { context: context(tenant), ...(id ? { id } : {}) })).rule_set;
const list = async (tenant: string, page: { limit: number; cursor?: string } = { limit: 10 }) =>
  world.cell.ask(ListRuleSets, { context: context(tenant), ...page });
const document = (more: Partial<RuleSetDocument> = {}): RuleSetDocument =>
  ({ pools: [{ name: 'Second', strategy: 'named', members: ['b'] }], rules: [], default: { pool: 'Second' }, ...more });
const ownerOf = async (tenant: string, profile: object = {}): Promise<string | undefined> => {
  const lead = world.newLead();
  await world.deliver([scored(tenant, lead, {}, { profile })]);
  return (await world.assignments(tenant, lead))[0].owner?.name;
};

describe('rule sets', () => {
  test('route nobody as drafts, everybody once they are active, and are taken back in one call', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    const written = await draft(tenant, document());
    expect(written).toMatchObject({ version: 2, status: 'draft', document: document(), activated_at: null });
    expect(await ownerOf(tenant)).toBe('Rep a');
    expect(await activate(tenant, written.id)).toMatchObject({ version: 2, status: 'active', activated_at: expect.any(String) });
    expect([await ownerOf(tenant), await ownerOf(tenant)]).toEqual(['Rep b', 'Rep b']);
    expect(await activate(tenant)).toMatchObject({ version: 1, status: 'active' });
    expect(await ownerOf(tenant)).toBe('Rep b');
    expect((await list(tenant)).rule_sets.map(({ version, status }) => [version, status])).toEqual([[2, 'retired'], [1, 'active']]);
    expect(await refusal(activate(tenant))).toMatchObject({ kind: 'conflict', code: 'nothing_to_roll_back' });
  });

  test('lead to teams as they are by then, to reps, and to queues', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    const { id } = await draft(tenant, document({
      rules: [
        { name: 'Ours', when: { field: 'country', op: 'eq', value: 'DE' }, team: 'Sales' }, { name: 'Named', when: { field: 'country', op: 'eq', value: 'FR' }, rep: 'a' },
        { name: 'Desk', when: { field: 'country', op: 'eq', value: 'IT' }, queue: 'Desk', sla_policy: 'warm' },
      ],
      queues: [{ name: 'Desk' }],
    }));
    await activate(tenant, id);
    const germans = [await ownerOf(tenant, { country: 'DE' }), await ownerOf(tenant, { country: 'DE' })];
    expect(germans.sort()).toEqual(['Rep a', 'Rep b']);
    expect(await ownerOf(tenant, { country: 'FR' })).toBe('Rep a');
    expect(await ownerOf(tenant, { country: 'IT' })).toBeUndefined();
    expect(world.events(tenant, 'lead.unassigned').at(-1)).toMatchObject({ data: { because: 'rule "Desk" (country is IT) → queue Desk' } });
    await world.cell.rows('routing', `insert into rep (tenant_id, user_id, name, team_id, time_zone, weight, active)
      select tenant_id, 'c', 'Rep c', id, 'UTC', 1, true from team where tenant_id = $1`, [tenant]);
    const owners: (string | undefined)[] = [];
    for (let i = 0; i < 6; i += 1) owners.push(await ownerOf(tenant, { country: 'DE' }));
    // Who joins begins where the others are: nobody gets a flood, nobody waits.
    expect([...owners].sort()).toEqual(['Rep a', 'Rep a', 'Rep b', 'Rep b', 'Rep c', 'Rep c']);
  });

  test('lead to whoever has a role, by then, in turn; who has it no more gets none', async () => {
    const tenant = world.newTenant();
    const setup = equalReps(['a', 'b', 'c']);
    Object.assign(setup.reps[0], { roles: ['Closer'] });
    const { reps } = await world.put(tenant, setup);
    expect(await refusal(draft(tenant, document({ default: { role: 'opener' } })))).toMatchObject({ errors: [{ field: 'default.role', code: 'unknown_role' }] });
    await activate(tenant, (await draft(tenant, document({
      pools: [{ name: 'Second', strategy: 'round_robin', roles: ['closer'] }],
      rules: [{ name: 'Big', when: { field: 'employees', op: 'gte', value: 500 }, role: 'closer' }],
    }))).id);
    const big = () => ownerOf(tenant, { employees: 900 });
    expect([await big(), await big(), await ownerOf(tenant)]).toEqual(['Rep a', 'Rep a', 'Rep a']);
    await update(tenant, 'rep', reps[2].id, { roles: ['closer', 'mentor'] });
    expect([await big(), await big(), await big(), await big()].sort()).toEqual(['Rep a', 'Rep a', 'Rep c', 'Rep c']);
    await update(tenant, 'rep', reps[0].id, { roles: [] });
    expect([await big(), await big(), await ownerOf(tenant)]).toEqual(['Rep c', 'Rep c', 'Rep c']);
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead, {}, { profile: { employees: 900 } })]);
    expect(await world.decisions(tenant, lead)).toMatchObject([{ rule: 'Big', pool: 'role:closer/round_robin', kind: 'rotation', candidates: [
      { name: 'Rep a', excluded: 'not in the team, or without the role, any more' }, { name: 'Rep c', excluded: null }] }]);
  });

  test('say what is wrong with them, and nothing is half-active', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    const { default: _, ...without } = document();
    expect(await refusal(draft(tenant, without))).toMatchObject({ kind: 'invalid', errors: [{ field: 'default', code: 'required' }] });
    expect(await refusal(draft(tenant, document({ pools: [{ name: 'Second', strategy: 'named' }] })))).toMatchObject({ errors: [{ code: 'empty_pool' }] });
    expect(await refusal(draft(tenant, document({ default: { team: 'Nobody' } })))).toMatchObject({ errors: [{ field: 'default.team', code: 'unknown_team' }] });
    const slow = { rules: [{ name: 'Slow', when: { always: true }, rep: 'a', sla_policy: 'Whenever' }] };
    expect(await refusal(draft(tenant, document(slow)))).toMatchObject({ errors: [{ field: 'rules.0.sla_policy', code: 'unknown_policy' }] });
    const setup = equalReps(['a', 'b']);
    setup.rule_set.default = { ...setup.rule_set.default, sla_policy: 'Whenever' };
    expect(await refusal(world.put(tenant, setup))).toMatchObject({ errors: [{ field: 'rule_set.default.sla_policy', code: 'unknown_policy' }] });
    const { id } = await draft(tenant, document());
    await world.put(tenant, equalReps(['a', 'b']));
    await world.cell.rows('routing', `update team set active = false where tenant_id = $1`, [tenant]);
    const ofTeam = await draft(tenant, document({ pools: [{ name: 'Second', strategy: 'named', members: ['a'] }] }), id);
    await world.cell.rows('routing', `delete from pool_member where tenant_id = $1`, [tenant]);
    await world.cell.rows('routing', `delete from rep where tenant_id = $1`, [tenant]);
    expect(await refusal(activate(tenant, ofTeam.id))).toMatchObject({ kind: 'invalid', errors: [{ field: 'pools.0.members.0', code: 'unknown_rep' }] });
    expect((await list(tenant)).rule_sets.map(({ status }) => status)).toEqual(['active', 'draft', 'retired']);
  });

  test('are changed and deleted as drafts only, listed in pages, and seen by nobody else', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    await world.put(tenant, equalReps(['a', 'b']));
    const { id } = await draft(tenant, document());
    expect(await draft(tenant, document({ wait_seconds: 3 }), id)).toMatchObject({ id, version: 2, document: { wait_seconds: 3 } });
    expect(await refusal(world.cell.ask(GetRuleSet, { context: context(other), id }))).toMatchObject({ kind: 'not_found' });
    expect(await refusal(activate(other, id))).toMatchObject({ kind: 'not_found' });
    await activate(tenant, id);
    expect(await refusal(draft(tenant, document(), id))).toMatchObject({ kind: 'conflict', code: 'not_a_draft' });
    const third = await draft(tenant, document());
    const first = await list(tenant, { limit: 2 });
    expect(first.rule_sets.map(({ version }) => version)).toEqual([3, 2]);
    expect((await list(tenant, { limit: 2, cursor: first.next_cursor! })).rule_sets.map(({ version }) => version)).toEqual([1]);
    await world.cell.ask(DeleteRuleSet, { context: context(tenant), id: third.id });
    expect(await refusal(world.cell.ask(DeleteRuleSet, { context: context(tenant), id }))).toMatchObject({ code: 'not_a_draft' });
  });

  test('of two who activate at once, both do, and one version is active', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    const ids = [await draft(tenant, document()), await draft(tenant, document())].map(({ id }) => id);
    await Promise.all(ids.map((id) => activate(tenant, id)));
    expect((await list(tenant)).rule_sets.filter(({ status }) => status === 'active')).toHaveLength(1);
  });
});
