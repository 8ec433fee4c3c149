import {
  ClaimLead, GetOwners, ListQueue, NurtureExited, ROLE_SCOPES, RouteLead, type NotificationRequestedData, type RoutingRuleSet, type RoutingSetup, type RoutingState,
} from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const setUp = (rule_set: Partial<RoutingRuleSet>, users = ['a', 'b'], change: (setup: RoutingSetup) => void = () => undefined): RoutingSetup => {
  const setup = equalReps(users);
  change(setup);
  return { ...setup, rule_set: { ...setup.rule_set, ...rule_set } };
};
const DESK: Partial<RoutingRuleSet> = { default: { queue: 'Desk' }, queues: [{ name: 'Desk', teams: ['Sales'] }] };
const claim = async (tenant: string, lead_id: number, rep_id: number, command_id = world.newCommand()): Promise<RoutingState> =>
  (await world.cell.ask(ClaimLead, { context: world.cell.context({ tenant }), command_id, lead_id, rep_id })).assignment;
const route = async (tenant: string, lead_id: number, command_id = world.newCommand()) =>
  world.cell.ask(RouteLead, { context: world.cell.context({ tenant }), command_id, lead_id });
const queueOf = async (tenant: string, page: { limit: number; cursor?: string; queue?: string } = { limit: 10 }) =>
  world.cell.ask(ListQueue, { context: world.cell.context({ tenant }), ...page });
const owner = async (tenant: string, lead: number): Promise<string | null> => (await world.assignments(tenant, lead))[0].owner?.name ?? null;
const put = async (tenant: string, setup: RoutingSetup): Promise<number[]> => (await world.put(tenant, setup)).reps.map(({ id }) => id);

describe('a lead that is nurtured no longer', () => {
  const exited = (tenant: string, lead_id: number, exit: 'signal' | 'person', number = 1) => NurtureExited.ofLead(tenant, { lead_id }, {
    lead_id, enrolment: {
      number, stage: 'problem', enrolled_at: '2026-11-01T00:00:00Z', enrolled_by: 'a', because: 'b', exited_at: new Date().toISOString(), exit,
      exit_because: 'Demo request: signal type is demo_request',
    },
  });
  const told = (tenant: string) => world.events<NotificationRequestedData>(tenant, 'notification.requested').filter(({ data }) => data.kind === 'lead_returned').map(({ data }) => data);

  test('goes on with its owner, who is told why; where that one is gone the rules decide, and who has it by then is told', async () => {
    const tenant = world.newTenant();
    const setup = setUp({}, ['a', 'b']);
    await put(tenant, setup);
    const [kept, moved, called] = [world.newLead(), world.newLead(), world.newLead()];
    await world.deliver([kept, moved, called].map((lead) => scored(tenant, lead)));
    const before = await owner(tenant, kept);
    await world.deliver([exited(tenant, kept, 'signal'), exited(tenant, called, 'person')], { times: 2 });
    expect([await owner(tenant, kept), (await world.decisions(tenant, kept)).length]).toEqual([before, 1]);
    expect(told(tenant)).toMatchObject([{ data: { lead_id: kept, because: 'Demo request: signal type is demo_request', owner: { name: before } }, dedupe_key: `lead_returned:${kept}:1` }]);

    const former = await owner(tenant, moved);
    await put(tenant, { ...setup, reps: setup.reps.map((rep) => ({ ...rep, active: rep.name !== former })) });
    await world.deliver([exited(tenant, moved, 'signal', 2)], { times: 2 });
    const now = await owner(tenant, moved);
    expect([now, now === former]).toEqual([expect.any(String), false]);
    expect(await world.decisions(tenant, moved)).toMatchObject([{ cause: 'nurture_exit' }, { cause: 'first_score' }]);
    expect(told(tenant).at(-1)).toMatchObject({ data: { lead_id: moved, owner: { name: now } }, dedupe_key: `lead_returned:${moved}:2` });
  });

  test('and finds nobody is nobody\'s: its managers hear of it, and its owners\' history ends', async () => {
    const tenant = world.newTenant();
    const setup = setUp({}, ['a']);
    await put(tenant, setup);
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)]);
    await put(tenant, { ...setup, reps: setup.reps.map((rep) => ({ ...rep, active: false })) });
    await world.cell.rows('routing', `
      update team set managers = '[{"user_id": "m", "name": "Mia", "email": "mia@example.com"}]' where tenant_id = $1`, [tenant]);
    await world.deliver([exited(tenant, lead, 'signal')], { times: 2 });
    expect(await owner(tenant, lead)).toBeNull();
    expect(world.events<NotificationRequestedData>(tenant, 'notification.requested').map(({ data }) => [data.kind, data.to])).toEqual([['leads_unassigned', 'mia@example.com']]);
    const { owners } = await world.cell.ask(GetOwners, { context: world.cell.context({ tenant }), lead_id: lead });
    expect(owners.map((one) => [one.owner?.name ?? null, one.cause])).toEqual([[null, 'nurture_exit'], [expect.any(String), 'first_score']]);
  });
});

describe('the queue', () => {
  test('is listed in pages, by queue, and a claim takes a lead out of it: of many at once one gets it, the others hear who', async () => {
    const tenant = world.newTenant();
    const reps = await put(tenant, setUp(DESK, ['a', 'b', 'c', 'd']));
    const leads = [world.newLead(), world.newLead(), world.newLead()];
    await world.deliver(leads.map((lead) => scored(tenant, lead)), { times: 2 });
    const first = await queueOf(tenant, { limit: 2, queue: 'Desk' });
    expect(first.leads.map(({ lead_id, queue }) => [lead_id, queue])).toEqual([[leads[0], 'Desk'], [leads[1], 'Desk']]);
    expect((await queueOf(tenant, { limit: 2, cursor: first.next_cursor! })).leads.map(({ lead_id }) => lead_id)).toEqual([leads[2]]);
    expect((await queueOf(tenant, { limit: 2, queue: 'Another' })).leads).toEqual([]);

    const claims = await Promise.allSettled(reps.map((rep) => claim(tenant, leads[0], rep)));
    const won = claims.flatMap((one) => (one.status === 'fulfilled' ? [one.value.owner] : []));
    expect(won).toHaveLength(1);
    const refused = claims.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { body: object }).body] : []));
    expect(refused).toEqual(Array(3).fill(expect.objectContaining({ kind: 'conflict', code: 'already_owned', more: { owner: won[0] } })));
    expect((await queueOf(tenant)).leads.map(({ lead_id }) => lead_id)).toEqual(leads.slice(1));
    expect(await world.decisions(tenant, leads[0])).toMatchObject([{ cause: 'claim', kind: 'claimed' }, { cause: 'first_score', picked: null }]);
  });

  test('gives nothing to who is no rep, inactive, in no team that may claim, or at the cap; a claim that is sent twice is one', async () => {
    const tenant = world.newTenant();
    const [may, inactive, elsewhere] = await put(tenant, setUp(DESK, ['a', 'b', 'c'], ({ reps, teams }) => {
      teams.push({ name: 'Field' });
      Object.assign(reps[0], { max_open_leads: 1 });
      Object.assign(reps[1], { active: false });
      Object.assign(reps[2], { team: 'Field' });
    }));
    const [lead, another] = [world.newLead(), world.newLead()];
    await world.deliver([scored(tenant, lead), scored(tenant, another)]);
    expect(await refusal(claim(tenant, lead, 999_999_999))).toMatchObject({ kind: 'forbidden', code: 'not_a_rep' });
    expect(await refusal(claim(tenant, lead, inactive))).toMatchObject({ kind: 'forbidden', code: 'inactive_rep' });
    expect(await refusal(claim(tenant, lead, elsewhere))).toMatchObject({ kind: 'forbidden', code: 'not_in_team' });
    const command = world.newCommand();
    expect(await claim(tenant, lead, may, command)).toEqual(await claim(tenant, lead, may, command));
    expect(await refusal(claim(tenant, another, may))).toMatchObject({ kind: 'conflict', code: 'at_the_cap' });
    const [first, second] = await Promise.all([world.decisions(tenant, lead), world.decisions(tenant, another)]);
    expect([first.length, second.length]).toEqual([2, 1]);
  });

  test('keeps to leave and to what a window allows, and lets only those claim for others who may', async () => {
    const tenant = world.newTenant();
    const [busy, away] = await put(tenant, setUp(DESK, ['a', 'b'], (setup) => {
      Object.assign(setup.reps[0], { max_per_window: { month: 1 } });
      Object.assign(setup, { leave: [{ user_id: 'b', from: '2020-01-01T00:00:00Z', until: '2999-01-01T00:00:00Z' }] });
    }));
    const leads = [world.newLead(), world.newLead()];
    await world.deliver(leads.map((lead) => scored(tenant, lead)));
    expect(await refusal(claim(tenant, leads[0], away))).toMatchObject({ kind: 'conflict', code: 'on_leave', more: { until: '2999-01-01T00:00:00.000Z' } });
    const rep = world.cell.context({ tenant, scopes: [...ROLE_SCOPES.rep], actor: { kind: 'user', id: 'a' } });
    const asRep = (lead_id: number, rep_id?: number) => world.cell.ask(ClaimLead, { context: rep, command_id: world.newCommand(), lead_id, ...(rep_id ? { rep_id } : {}) });
    expect(await refusal(asRep(leads[0], away))).toMatchObject({ kind: 'forbidden', code: 'forbidden' });
    expect((await asRep(leads[0], busy)).assignment.owner?.id).toBe(busy);
    expect(await refusal(asRep(leads[1]))).toMatchObject({ kind: 'conflict', code: 'at_the_cap', more: { per: 'month', most: 1, taken: 1 } });
    // What was claimed counts where the rules look, too.
    await put(tenant, setUp({ default: { rep: 'a' } }, ['a', 'b'], ({ reps }) => { Object.assign(reps[0], { max_per_window: { month: 1 } }); }));
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)]);
    expect(await owner(tenant, lead)).toBeNull();
  });

  test('tells the managers when nobody is found for leads, once', async () => {
    const tenant = world.newTenant();
    await put(tenant, setUp({}, ['a'], ({ reps }) => { Object.assign(reps[0], { active: false }); }));
    await world.cell.rows('routing', `
      update team set managers = '[{"user_id": "m", "name": "Mia", "email": "mia@example.com"}]' where tenant_id = $1`, [tenant]);
    await world.deliver(Array.from({ length: 5 }, () => scored(tenant, world.newLead())), { times: 2 });
    await world.deliver([scored(tenant, world.newLead())]);
    expect(world.events<NotificationRequestedData>(tenant, 'notification.requested').map(({ data }) => [data.kind, data.to]))
      .toEqual([['leads_unassigned', 'mia@example.com']]);
    expect(world.events(tenant, 'lead.unassigned')).toHaveLength(6);
  });
});

describe('a lead whose enrichment is on its way', () => {
  test('waits for it, told to nobody, and is routed by what came', async () => {
    const tenant = world.newTenant();
    await put(tenant, setUp({ rules: [{ name: 'Large', when: { field: 'employees', op: 'gte', value: 500 }, rep: 'b' }], wait_seconds: 600 }, ['a', 'b']));
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead, { revision: 1 }, { revision: 1, enrichment_pending: true, profile: { employees: null } })], { times: 2 });
    expect([await owner(tenant, lead), world.events(tenant, 'lead.unassigned'), await world.decisions(tenant, lead)]).toEqual([null, [], []]);
    await world.deliver([scored(tenant, lead, { revision: 2 }, { revision: 2, profile: { employees: 900 } })], { times: 2 });
    expect(await owner(tenant, lead)).toBe('Rep b');
    expect(await world.decisions(tenant, lead)).toMatchObject([{ cause: 'first_score', rule: 'Large' }]);
  });

  test('waits only so long: then it is routed by what there is, and the decision says so; redelivery moves nothing', async () => {
    const tenant = world.newTenant();
    await put(tenant, setUp({ wait_seconds: 600 }));
    const lead = world.newLead();
    const event = scored(tenant, lead, {}, { enrichment_pending: true });
    await world.deliver([event]);
    expect(await owner(tenant, lead)).toBeNull();
    await world.cell.rows('routing', "update lead_assignment set waits_until = now(), waits = waits || jsonb_build_object('until', now()) where lead_id = $1", [lead]);
    await eventually('the wait is over', async () => (await owner(tenant, lead)) !== null);
    await world.deliver([event], { times: 2 });
    expect(await world.decisions(tenant, lead)).toMatchObject([{ because: expect.stringMatching(/^without the enrichment that was on its way: no rule held/) }]);
    expect(await world.cell.rows('routing', 'select sum(picks)::int as picks from pool_member where tenant_id = $1', [tenant])).toEqual([{ picks: 1 }]);
  });
});

describe('the rules are asked again', () => {
  const RULES: Partial<RoutingRuleSet> = {
    rules: [{ name: 'France', when: { field: 'country', op: 'eq', value: 'FR' }, rep: 'b' }, { name: 'Hot', when: { field: 'score.is_hot', op: 'eq', value: true }, rep: 'c' }],
    default: { rep: 'a' }, reroute_on: ['country', 'hot'],
  };
  const at = (tenant: string, lead: number, revision: number, profile: object, temperature: 'cold' | 'hot' = 'cold') =>
    scored(tenant, lead, { revision, score: { temperature } }, { revision, profile });

  test('when what matters to the tenant changes and another rule holds; not for what a person decided', async () => {
    const tenant = world.newTenant();
    const reps = await put(tenant, setUp(RULES, ['a', 'b', 'c']));
    const [lead, manual] = [world.newLead(), world.newLead()];
    await world.deliver([at(tenant, lead, 1, { country: 'DE', employees: 1 }), at(tenant, manual, 1, { country: 'DE' })]);
    await world.assign(tenant, manual, { owner_id: reps[2] });
    await world.deliver([at(tenant, lead, 2, { country: 'DE', employees: 5_000 })]);
    expect(await owner(tenant, lead)).toBe('Rep a');
    const moved = [at(tenant, lead, 3, { country: 'FR' }), at(tenant, manual, 3, { country: 'FR' })];
    await world.deliver(moved, { times: 2, shuffle: true });
    expect([await owner(tenant, lead), await owner(tenant, manual)]).toEqual(['Rep b', 'Rep c']);
    await world.deliver([at(tenant, lead, 4, { country: 'IT' }, 'hot')], { times: 2 });
    expect(await owner(tenant, lead)).toBe('Rep c');
    expect((await world.decisions(tenant, lead)).map(({ cause, rule }) => [cause, rule])).toEqual([['change', 'Hot'], ['change', 'France'], ['first_score', null]]);
    const load = await world.cell.rows('routing', 'select open_leads::int as n from rep_load where tenant_id = $1 order by rep_id', [tenant]);
    expect(load).toEqual([{ n: 0 }, { n: 0 }, { n: 2 }]);
  });

  test('on demand, once per command; a lead for which they find nobody keeps its owner', async () => {
    const tenant = world.newTenant();
    await put(tenant, setUp({ default: { rep: 'a' } }));
    const lead = world.newLead();
    await world.deliver([at(tenant, lead, 1, {})]);
    await put(tenant, setUp({ default: { rep: 'b' } }));
    const command = world.newCommand();
    const answers = [await route(tenant, lead, command), await route(tenant, lead, command)];
    expect(answers[0]).toMatchObject({ assignment: { owner: { name: 'Rep b' } }, former_owner: { name: 'Rep a' } });
    expect(answers[1].assignment).toEqual(answers[0].assignment);
    await put(tenant, setUp(DESK));
    expect((await route(tenant, lead)).assignment.owner?.name).toBe('Rep b');
    expect((await world.decisions(tenant, lead)).map(({ cause }) => cause)).toEqual(['on_demand', 'first_score']);
    const unscored = world.captured(tenant);
    expect(await refusal(route(tenant, unscored))).toMatchObject({ kind: 'conflict', code: 'not_scored_yet' });
  });
});
