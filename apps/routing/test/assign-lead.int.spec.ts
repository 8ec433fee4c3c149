import { LeadConverted, LockAssignment, type RoutingPatch } from '@headwater/contracts';
import { CONVERTED, refusal, RoutingCell } from './routing-cell';
import { equalReps, scored, withRules } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

describe('a person', () => {
  test('assigns a lead that no event told of yet, while no events are taken, and the late event leaves it', async () => {
    const tenant = world.newTenant();
    const { reps: [, b] } = await world.put(tenant, equalReps(['a', 'b']));
    const lead = world.captured(tenant);
    await world.cell.pauseConsumers();
    try {
      expect(await world.assignments(tenant, lead)).toEqual([{
        lead_id: lead, revision: 1, owner: null, team: null, priority: 'normal', next_follow_up: null, because: null, decision_id: null,
      }]);
      await world.cell.publish([scored(tenant, lead, { score: { temperature: 'hot' } })]);
      const assignment = await world.assign(tenant, lead, { owner_id: b.id, priority: 'low', next_follow_up: '2026-12-24' });
      expect(assignment).toMatchObject({
        revision: 2, owner: { id: b.id, name: 'Rep b' }, team: { name: 'Sales' }, priority: 'low', next_follow_up: '2026-12-24',
        because: 'assigned to Rep b by Test Admin', decision_id: expect.any(Number),
      });
      await world.cell.resumeConsumers();
      await world.cell.settled();
      expect(await world.assignments(tenant, lead)).toEqual([assignment]);
      expect(world.events(tenant, 'lead.routed')).toMatchObject([{ data: { cause: 'manual', assignment } }]);
      expect(await world.decisions(tenant, lead)).toMatchObject([{ cause: 'manual', picked: { id: b.id } }]);
    } finally {
      await world.cell.resumeConsumers();
    }
  });

  test('puts a lead back into the queue, and no later score takes it out', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a']));
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)]);
    await world.assign(tenant, lead, { owner_id: null });
    await world.deliver([scored(tenant, lead, { revision: 2 })]);
    expect(await world.assignments(tenant, lead)).toMatchObject([{ owner: null, team: null, because: 'put back into the queue of the unassigned by Test Admin' }]);
    expect(world.events(tenant, 'lead.unassigned')).toHaveLength(1);
    expect((await world.decisions(tenant, lead)).map(({ cause }) => cause)).toEqual(['manual', 'first_score']);
  });

  test('sets a priority before the first score, and the rules give the owner but keep the priority', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a']));
    const lead = world.captured(tenant);
    await world.assign(tenant, lead, { priority: 'low', owner_id: null });
    await world.deliver([scored(tenant, lead, { score: { temperature: 'hot' } })]);
    expect(await world.assignments(tenant, lead)).toMatchObject([{ owner: { name: 'Rep a' }, priority: 'low', revision: 3 }]);
  });

  test('says it twice, and it is done once', async () => {
    const tenant = world.newTenant();
    const { reps: [a, b] } = await world.put(tenant, equalReps(['a', 'b']));
    const lead = world.captured(tenant);
    const command_id = world.newCommand();
    await world.assign(tenant, lead, { owner_id: a.id }, { command_id });
    await world.assign(tenant, lead, { owner_id: b.id });
    const assignment = await world.assign(tenant, lead, { owner_id: a.id }, { command_id, expected_revision: 1 });
    expect(assignment).toMatchObject({ revision: 3, owner: { id: b.id } });
  });

  test('asks first, and nothing is written', async () => {
    const tenant = world.newTenant();
    const { reps: [a] } = await world.put(tenant, equalReps(['a']));
    const lead = world.captured(tenant);
    const assignment = await world.assign(tenant, lead, { owner_id: a.id }, { validate_only: true });
    expect(assignment).toMatchObject({ revision: 1, owner: null });
    expect(await world.assignments(tenant, lead)).toEqual([assignment]);
    expect(await refusal(world.assign(tenant, lead, { owner_id: 999_999 }, { validate_only: true }))).toMatchObject({ code: 'unknown_rep' });
  });

  test.each<[string, RoutingPatch, string, string]>([
    ['an unknown rep', { owner_id: 999_999 }, 'owner_id', 'unknown_rep'],
    ['an unknown team', { team_id: 999_999 }, 'team_id', 'unknown_team'],
    ['a day that is none', { next_follow_up: '2026-02-30' }, 'next_follow_up', 'wrong_format'],
  ])('is refused %s', async (_, patch, field, code) => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a']));
    expect(await refusal(world.assign(tenant, world.captured(tenant), patch))).toMatchObject({ kind: 'invalid', errors: [{ field, code }] });
  });

  test("is refused reps who left, and another tenant's", async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const { reps } = await world.put(tenant, withRules());
    const { reps: [foreign] } = await world.put(other, withRules());
    const lead = world.captured(tenant);
    expect(await refusal(world.assign(tenant, lead, { owner_id: reps[2].id }))).toMatchObject({ code: 'inactive_rep' });
    expect(await refusal(world.assign(tenant, lead, { owner_id: foreign.id }))).toMatchObject({ code: 'unknown_rep' });
    expect(await refusal(world.assign(tenant, lead, { team_id: foreign.team!.id }))).toMatchObject({ code: 'unknown_team' });
  });

  test('is told when the lead changed meanwhile', async () => {
    const tenant = world.newTenant();
    const lead = world.captured(tenant);
    await world.assign(tenant, lead, { priority: 'low' }, { expected_revision: 1 });
    expect(await refusal(world.assign(tenant, lead, { priority: 'high' }, { expected_revision: 1 })))
      .toMatchObject({ kind: 'precondition', code: 'precondition_failed', more: { revision: 2 } });
  });

  test('of another tenant finds no such lead', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const lead = world.captured(tenant);
    await world.assign(tenant, lead, { priority: 'low' });
    const asked = [world.assign(other, lead, { priority: 'low' }), world.decisions(other, lead), world.assign(tenant, 999_999, {})];
    for (const refused of await Promise.all(asked.map((answer: Promise<unknown>) => refusal(answer)))) {
      expect(refused).toMatchObject({ kind: 'not_found', detail: 'Lead not found' });
    }
    expect(await world.assignments(other, lead)).toEqual([]);
  });

  test('and nine others at once: no change undoes another, and the last event is the state', async () => {
    const tenant = world.newTenant();
    const { reps } = await world.put(tenant, equalReps(['a', 'b', 'c', 'd', 'e']));
    const lead = world.captured(tenant);
    await world.assign(tenant, lead, { owner_id: reps[4].id });
    await Promise.all(reps.flatMap(({ id }, i) =>
      [world.assign(tenant, lead, { owner_id: id, priority: 'low' }), world.assign(tenant, lead, { next_follow_up: `2026-12-1${i}` })]));
    await world.cell.settled();
    const [assignment] = await world.assignments(tenant, lead);
    const events = world.events(tenant, 'lead.routed').sort((x, y) => x.revision! - y.revision!);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, i) => i + 2));
    expect(assignment).toMatchObject({ priority: 'low', next_follow_up: expect.any(String), revision: events.length + 1 });
    expect(events.at(-1)?.data.assignment).toEqual(assignment);
    expect(events.every(({ data }) => data.assignment.owner)).toBe(true);
  });
});

describe('a converted lead is locked', () => {
  const converted = (tenant: string, lead_id: number) =>
    LeadConverted.ofLead(tenant, { lead_id }, { lead_id, into: CONVERTED, actor: 'x', attribution: {} });

  test('by the request, for a lead that was not known, and the same event later changes nothing', async () => {
    const tenant = world.newTenant();
    const { reps: [a] } = await world.put(tenant, equalReps(['a']));
    const lead = world.newLead();
    await world.cell.ask(LockAssignment, { tenant, lead_id: lead, converted: CONVERTED });
    await world.cell.ask(LockAssignment, { tenant, lead_id: lead, converted: { ...CONVERTED, customer_id: 99 } });
    expect(await refusal(world.assign(tenant, lead, { owner_id: a.id }, { validate_only: true }))).toMatchObject({
      kind: 'conflict', code: 'lead_locked', detail: 'Lead is converted and locked', more: { converted: CONVERTED },
    });
    await world.deliver([converted(tenant, lead), scored(tenant, lead, { score: { temperature: 'hot' } })], { times: 2, shuffle: true });
    expect(await world.assignments(tenant, lead)).toMatchObject([{ revision: 1, owner: null, priority: 'normal' }]);
  });

  test('by the event, and keeps its owner', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a']));
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)]);
    await world.deliver([converted(tenant, lead)]);
    expect(await refusal(world.assign(tenant, lead, { owner_id: null }))).toMatchObject({ code: 'lead_locked' });
    expect(await world.assignments(tenant, lead)).toMatchObject([{ owner: { name: 'Rep a' } }]);
  });

  test('and goes to the rep who converted it when nobody owned it, once', async () => {
    const tenant = world.newTenant();
    const { reps: [a] } = await world.put(tenant, equalReps(['a']));
    const lead = world.newLead();
    const into = { ...CONVERTED, owner_id: a.id };
    await world.cell.ask(LockAssignment, { tenant, lead_id: lead, converted: into });
    await world.deliver([LeadConverted.ofLead(tenant, { lead_id: lead }, { lead_id: lead, into, actor: 'x', attribution: {} })], { times: 2 });
    expect(await world.assignments(tenant, lead)).toMatchObject([{ revision: 2, owner: { id: a.id, name: 'Rep a' } }]);
    expect((await world.decisions(tenant, lead)).map(({ cause, picked }) => ({ cause, picked }))).toEqual([{ cause: 'convert', picked: { id: a.id, name: 'Rep a' } }]);
  });

  test('as intake says of a lead that was asked for', async () => {
    const tenant = world.newTenant();
    const lead = world.captured(tenant, { converted: CONVERTED });
    expect(await refusal(world.assign(tenant, lead, { priority: 'low' }))).toMatchObject({ code: 'lead_locked' });
  });

  test('and frees its owner for others', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, withRules());
    const [first, second] = [world.newLead(), world.newLead()];
    await world.deliver([scored(tenant, first, {}, { profile: { employees: 2000 } })]);
    await world.cell.ask(LockAssignment, { tenant, lead_id: first, converted: CONVERTED });
    await world.deliver([scored(tenant, second, {}, { profile: { employees: 2000 } })]);
    expect(await world.assignments(tenant, second)).toMatchObject([{ owner: { name: 'Grace' } }]);
  });
});
