import { DraftRuleSet, GetFairness, SimulateRouting, type RoutingFairness, type SimulatedRouting, type SimulateRoutingRequest } from '@headwater/contracts';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(1); });
afterAll(() => world?.cell.stop());

const context = (tenant: string) => world.cell.context({ tenant });
const simulate = async (tenant: string, body: SimulateRoutingRequest): Promise<SimulatedRouting> =>
  (await world.cell.ask(SimulateRouting, { context: context(tenant), ...body })).simulation;
const fairness = async (tenant: string, period: { from?: string; until?: string } = {}): Promise<RoutingFairness> =>
  (await world.cell.ask(GetFairness, { context: context(tenant), ...period })).fairness;
const everything = (tenant: string) => world.cell.rows('routing', `
  select (select json_agg(p order by id) from pool p where tenant_id = $1) as pools, (select json_agg(m order by pool_id, rep_id) from pool_member m where tenant_id = $1) as members,
    (select json_agg(s order by version) from rule_set s where tenant_id = $1) as sets, (select count(*) from decision where tenant_id = $1) as decisions`, [tenant]);

describe('simulate', () => {
  test('says who would get what by a draft, what differs, and how the load would be; nothing is written, no counter moves', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    const leads = Array.from({ length: 6 }, () => world.newLead());
    await world.deliver(leads.map((lead, i) => scored(tenant, lead, {}, { profile: { country: i < 2 ? 'DE' : 'FR' } })));
    const document = { pools: [], rules: [{ name: 'Germany', when: { field: 'country', op: 'eq', value: 'DE' }, rep: 'a' }], default: { team: 'Sales' } };
    const { rule_set } = await world.cell.ask(DraftRuleSet, { context: context(tenant), document });
    const before = await everything(tenant);

    const past = await simulate(tenant, { rule_set_id: rule_set.id, past_days: 1 });
    expect(past).toMatchObject({ version: 2, unassigned: 0, truncated: false });
    expect(past.leads.map(({ lead_id }) => lead_id).sort((a, b) => a! - b!)).toEqual(leads);
    expect(past.leads.filter(({ rule }) => rule === 'Germany').map(({ owner, because }) => [owner?.name, because]))
      .toEqual(Array(2).fill(['Rep a', 'rule "Germany" (country is DE) → pool rep:a, named: first of those named who is available']));
    expect(past.load.map(({ rep, leads: would, former_leads }) => [rep.name, would, former_leads])).toEqual([['Rep a', 4, 3], ['Rep b', 2, 3]]);
    expect(past.differ).toBe(past.leads.filter(({ owner, former_owner }) => owner?.id !== former_owner?.id).length);
    expect(await simulate(tenant, { rule_set_id: rule_set.id, lead_ids: [leads[0]] })).toMatchObject({ leads: [{ lead_id: leads[0], owner: { name: 'Rep a' } }] });

    const active = await simulate(tenant, { leads: [{ country: 'DE' }, { country: 'US', score: { total: 90 } }] });
    expect(active).toMatchObject({ version: 1, leads: [{ owner: { name: 'Rep a' }, differs: false }, { owner: { name: 'Rep b' } }] });
    expect(await everything(tenant)).toEqual(before);
  });

  test('says what is wrong with the question', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    expect(await refusal(simulate(tenant, { leads: [{}] }))).toMatchObject({ kind: 'conflict', code: 'no_rules' });
    await world.put(tenant, equalReps(['a']));
    expect(await refusal(simulate(tenant, {}))).toMatchObject({ kind: 'invalid', code: 'required' });
    expect(await refusal(simulate(tenant, { leads: [{}], past_days: 3 }))).toMatchObject({ kind: 'invalid' });
    expect(await refusal(simulate(tenant, { lead_ids: [999_999] }))).toMatchObject({ code: 'unknown_lead' });
    const { rule_set } = await world.cell.ask(DraftRuleSet, { context: context(tenant), document: { pools: [], rules: [], default: { rep: 'a' } } });
    expect(await refusal(simulate(other, { rule_set_id: rule_set.id, leads: [{}] }))).toMatchObject({ code: 'unknown_rule_set' });
  });
});

test('fairness counts by pool, rep and kind, of the time that is asked about alone', async () => {
  const [tenant, other] = [world.newTenant(), world.newTenant()];
  const { reps: [a, b] } = await world.put(tenant, equalReps(['a', 'b']));
  await world.put(other, equalReps(['x']));
  const leads = Array.from({ length: 5 }, () => world.newLead());
  await world.deliver([...leads.map((lead) => scored(tenant, lead)), scored(other, world.newLead())], { times: 2 });
  await world.assign(tenant, leads[0], { owner_id: (await world.assignments(tenant, leads[0]))[0].owner!.id === a.id ? b.id : a.id });
  const measured = await fairness(tenant);
  expect(measured.pools).toMatchObject([{ pool: 'General', spread: 1, gini: 0.1 }, { pool: null, spread: 0 }]);
  expect(measured.kinds).toEqual({ rotation: 5, manual: 1 });
  expect(measured.reps.reduce((sum, { assignments }) => sum + assignments, 0)).toBe(6);
  expect((await fairness(tenant, { from: '2020-01-01T00:00:00Z', until: '2020-02-01T00:00:00Z' })).pools).toEqual([]);
  expect(await refusal(fairness(tenant, { from: '2020-01-01T00:00:00Z', until: '2021-01-01T00:00:00Z' }))).toMatchObject({ code: 'range_too_long' });
});
