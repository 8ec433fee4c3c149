import { LeadContactAttempted, LockAssignment, PauseSla, ResumeSla, type NotificationRequestedData } from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { CONVERTED, refusal, RoutingCell } from './routing-cell';
import { equalReps, scored } from './setups';
import { age, ago, became, clocks, putPolicies, told, withinAMinute } from './sla-world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

/** A lead of a new tenant, routed to one of its reps. */
async function routed({ reps = ['a'], hot = false, created_at = ago(0), policies = null as unknown } = {}) {
  const tenant = world.newTenant();
  const { reps: people } = await world.put(tenant, equalReps(reps));
  if (policies) await putPolicies(world, tenant, policies);
  const lead = world.newLead();
  await world.deliver([scored(tenant, lead, { score: hot ? { temperature: 'hot' } : {} }, { created_at })], { times: 2, shuffle: true });
  return { tenant, lead, people };
}

/** It was between a moment and now, but for the second by which whole seconds round. */
function expectBetween(since: number, moment: number): void {
  expect(moment).toBeGreaterThanOrEqual(since - SECOND);
  expect(moment).toBeLessThanOrEqual(Date.now() + SECOND);
}

const breached = (tenant: string, count = 1) => eventually('breaches are told', () => told(world, tenant, 'breached').length >= count);

describe('a clock', () => {
  test('runs from the capture on, by the temperature, once per lead, and nobody is told that it does', async () => {
    const created_at = ago(2 * SECOND);
    const { tenant, lead } = await routed({ hot: true, created_at });
    await world.deliver([scored(tenant, lead, { revision: 2, score: { temperature: 'hot' } })], { times: 2 });
    expect(await clocks(world, tenant, lead)).toMatchObject([{
      number: 1, state: 'running', policy: 'hot', calendar: null, started_at: created_at,
      due_at: new Date(Date.parse(created_at) + 5 * MINUTE).toISOString(), reassignments: 0,
    }]);
    expect(world.cell.events('sla.warned').filter(({ tenantid }) => tenantid === tenant)).toEqual([]);
    expect(await clocks(world, tenant, world.captured(tenant))).toEqual([]);
  });

  test('is pulled when the lead becomes hot, to 5 minutes from then', async () => {
    const { tenant, lead } = await routed();
    const [before] = await clocks(world, tenant, lead);
    expect(before).toMatchObject({ policy: 'cold', calendar: 'Office hours' });
    const since = Date.now();
    await world.deliver([scored(tenant, lead, { revision: 2, score: { temperature: 'hot' } })], { times: 2 });
    const [after] = await clocks(world, tenant, lead);
    expect(after).toMatchObject({ number: 1, policy: 'hot', calendar: null, state: 'running' });
    expectBetween(since, Date.parse(after.due_at as string) - 5 * MINUTE);
  });

  test('goes by the policies of the tenant as soon as they are put, in every replica', async () => {
    const { tenant, lead } = await routed();
    await putPolicies(world, tenant, withinAMinute());
    const later = [world.newLead(), world.newLead(), world.newLead(), world.newLead()];
    for (const one of later) await world.deliver([scored(tenant, one)]);
    expect((await clocks(world, tenant, lead))[0].policy).toBe('cold');
    for (const one of later) expect((await clocks(world, tenant, one))[0].policy).toBe('at once');
    const none = { ...withinAMinute(), choices: [{ entry: 'import', policy: null }, { policy: 'at once' }] };
    await putPolicies(world, tenant, none);
    const imported = world.newLead();
    await world.deliver([scored(tenant, imported, {}, { attribution: { entry: 'import' } })]);
    expect(await clocks(world, tenant, imported)).toEqual([]);
  });

  test('of a lead that is told again by its owner is not started', async () => {
    const tenant = world.newTenant();
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)], { republished: true });
    expect(await clocks(world, tenant, lead)).toEqual([]);
  });
});

describe('time', () => {
  test('warns once and breaches once, not before its time, whoever of two replicas does it, and tells owner and managers', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    await world.cell.rows('routing', `update team set managers = '[{"user_id": "m", "name": "Boss", "email": "boss@example.com"}]' where tenant_id = $1`, [tenant]);
    await putPolicies(world, tenant, withinAMinute({ target_minutes: 60, warn_percent: 50 }));
    const leads = Array.from({ length: 60 }, () => world.newLead());
    await world.deliver(leads.map((lead) => scored(tenant, lead)));
    const whoWas = (what: string): number[] => told(world, tenant, what).map(({ lead_id }) => lead_id).sort((x, y) => x - y);
    for (const what of ['warned', 'breached']) {
      expect(whoWas(what)).toEqual([]);
      await age(world, tenant, '35 minutes');
      await eventually(`all are ${what}`, () => whoWas(what).length >= leads.length);
      await world.cell.settled();
    }
    expect([whoWas('warned'), whoWas('breached')]).toEqual([leads, leads]);
    const mails = world.events<NotificationRequestedData>(tenant, 'notification.requested').filter(({ data }) => data.data.lead_id === leads[0]);
    expect(mails.map(({ data }) => data.to).sort()).toEqual([expect.stringMatching(/^[ab]@example.com$/), 'boss@example.com']);
    expect(mails[0].data).toMatchObject({ kind: 'sla_breached', data: { policy: 'at once', company_name: 'TechCorp Inc' } });
  });

  test('gives the lead to somebody who has not had it, twice at most, with a clock of their own', async () => {
    const escalation = { reassignments: 2 };
    const { tenant, lead } = await routed({ reps: ['a', 'b', 'c', 'd'], policies: withinAMinute({ rearm_on_reassignment: true, escalation }) });
    const owners: unknown[] = [];
    for (const number of [1, 2, 3]) {
      const [assignment] = await world.assignments(tenant, lead);
      owners.push(assignment.owner?.id);
      await age(world, tenant, '61 seconds');
      await breached(tenant, number);
      if (number < 3) await eventually('another rep has a clock', async () => (await clocks(world, tenant, lead)).length === number + 1);
    }
    expect(new Set(owners).size).toBe(3);
    await world.cell.settled();
    expect((await clocks(world, tenant, lead)).map(({ number, state, reassignments }) => [number, state, reassignments]))
      .toEqual([[3, 'breached', 2], [2, 'breached', 1], [1, 'breached', 0]]);
    expect((await world.decisions(tenant, lead)).map(({ cause }) => cause)).toEqual(['sla_breach', 'sla_breach', 'first_score']);
    expect((await world.assignments(tenant, lead))[0].owner?.id).toBe(owners[2]);
  });

  test('leaves the lead with who has it when everybody else has had it, and while they have not had the whole time', async () => {
    const policies = withinAMinute({ rearm_on_reassignment: true, escalation: { reassignments: 2 } });
    const { tenant, lead } = await routed({ reps: ['a', 'b'], policies, created_at: ago(2 * MINUTE) });
    await breached(tenant);
    const [{ owner }] = await world.assignments(tenant, lead);
    await age(world, tenant, '61 seconds');
    await eventually('the other rep has it', async () => (await world.assignments(tenant, lead))[0].owner?.id !== owner?.id);
    await age(world, tenant, '61 seconds');
    await breached(tenant, 2);
    await eventually('a decision says so', async () => (await world.decisions(tenant, lead)).length === 3);
    expect((await world.decisions(tenant, lead))[0]).toMatchObject({ cause: 'sla_breach', picked: null });
    expect((await world.assignments(tenant, lead))[0].owner).not.toBeNull();
    expect(await clocks(world, tenant, lead)).toHaveLength(2);
  });
});

describe('what people do', () => {
  test.each(['contacted', 'qualified'] as const)('%s in time: it is met, told once', async (status) => {
    const { tenant, lead } = await routed();
    await world.deliver([became(tenant, lead, status, ago(0))], { times: 3, shuffle: true });
    expect(await clocks(world, tenant, lead)).toMatchObject([{ state: 'met' }]);
    expect(told(world, tenant, 'met')).toMatchObject([{ lead_id: lead, because: 'first contact', owner: { name: 'Rep a' }, clock: { state: 'met' } }]);
  });

  test('is heard of before the score, and the clock is met as it starts', async () => {
    const tenant = world.newTenant();
    const lead = world.newLead();
    await world.deliver([became(tenant, lead, 'contacted', ago(SECOND))], { times: 2 });
    await world.deliver([scored(tenant, lead, {}, { created_at: ago(2 * SECOND) })], { times: 2 });
    expect(await clocks(world, tenant, lead)).toMatchObject([{ state: 'met' }]);
  });

  test('a contact in time of which is heard too late takes the breach back, and nobody else gets the lead', async () => {
    const policies = withinAMinute({ escalation: { reassignments: 1 } });
    const { tenant, lead, people } = await routed({ reps: ['a', 'b'], created_at: ago(2 * MINUTE), policies });
    await breached(tenant);
    const [{ owner }] = await world.assignments(tenant, lead);
    await world.deliver([became(tenant, lead, 'contacted', ago(1.5 * MINUTE))], { times: 2 });
    expect(told(world, tenant, 'breach_retracted')).toMatchObject([{ lead_id: lead, clock: { state: 'met' } }]);
    expect(told(world, tenant, 'met')).toEqual([]);
    await age(world, tenant, '5 minutes');
    await eventually('the list is empty', async () =>
      (await world.cell.rows('routing', 'select from sla_reassignment where tenant_id = $1', [tenant])).length === 0);
    expect((await world.assignments(tenant, lead))[0].owner).toEqual(owner);
    expect(people).toHaveLength(2);
  });

  test('a contact that was too late is kept with the breach', async () => {
    const { tenant, lead } = await routed({ created_at: ago(2 * MINUTE), policies: withinAMinute() });
    await breached(tenant);
    await world.deliver([became(tenant, lead, 'contacted', ago(0))]);
    expect(await clocks(world, tenant, lead)).toMatchObject([{ state: 'breached', contacted_at: expect.any(String) }]);
    expect(told(world, tenant, 'breach_retracted')).toEqual([]);
  });

  test('disqualifying, nurturing and converting cancel it', async () => {
    const { tenant, lead } = await routed();
    const [nurtured, converted] = [world.newLead(), world.newLead()];
    await world.deliver([scored(tenant, nurtured), scored(tenant, converted)]);
    await world.deliver([became(tenant, lead, 'disqualified', ago(0)), became(tenant, nurtured, 'nurturing', ago(0))], { times: 2 });
    await world.cell.ask(LockAssignment, { tenant, lead_id: converted, converted: { ...CONVERTED, converted_at: ago(0) } });
    for (const one of [lead, nurtured, converted]) expect(await clocks(world, tenant, one)).toMatchObject([{ state: 'cancelled' }]);
  });

  test('reopening starts another one, from then, once', async () => {
    const { tenant, lead } = await routed();
    await world.deliver([became(tenant, lead, 'disqualified', ago(SECOND))]);
    const at = ago(0);
    await world.deliver([became(tenant, lead, 'new', at, { revision: 3, cycle: 2, from: 'disqualified' })], { times: 3 });
    expect(await clocks(world, tenant, lead)).toMatchObject([{ number: 2, state: expect.stringMatching(/armed|running/), started_at: at }, { number: 1, state: 'cancelled' }]);
  });

  test.each([['raised_hand', false], ['nurture_exit', true]] as const)(
    'a lead that comes back from the nurtured by itself (%s) has another one, which the next call meets; scored after that: %s', async (cause, scoredLast) => {
      const tenant = world.newTenant();
      await world.put(tenant, equalReps(['a']));
      await putPolicies(world, tenant, withinAMinute({ target_minutes: 60 }));
      const [lead, other] = [world.newLead(), world.newLead()];
      // All as of one moment: however long it takes to tell of it, the call is one of the time in which the lead was nurtured.
      const [created_at, contacted, whileNurtured, at] = [20, 15, 8, 5].map((seconds) => ago(seconds * SECOND));
      const score = [lead, other].map((one) => scored(tenant, one, {}, { created_at }));
      const back = (one: number) => became(tenant, one, 'contacted', at, { revision: 4, from: 'nurturing', ms_in_previous: 5 * SECOND, cause, first_contacted_at: contacted });
      const called = (one: number, when: string) => LeadContactAttempted.ofLead(tenant, { lead_id: one }, {
        attempt_id: 1, lead_id: one, channel: 'call', direction: 'outbound', outcome: 'reached', at: when, actor: 'a', cycle: 1,
      });
      if (!scoredLast) await world.deliver(score);
      await world.deliver([became(tenant, lead, 'contacted', contacted), became(tenant, other, 'contacted', contacted),
        back(lead), back(other), called(lead, whileNurtured)], { times: 3, shuffle: true });
      if (scoredLast) await world.deliver(score, { times: 2 });
      for (const one of [lead, other]) {
        expect(await clocks(world, tenant, one)).toMatchObject([{ number: 2, state: 'running', policy: 'at once', started_at: at, contacted_at: null }, { number: 1, state: 'met' }]);
      }
      await world.deliver([called(lead, ago(0))], { times: 2 });
      expect((await clocks(world, tenant, lead)).map(({ number, state }) => [number, state])).toEqual([[2, 'met'], [1, 'met']]);
      expect(told(world, tenant, 'met').filter(({ clock }) => clock.number === 2).map(({ lead_id }) => lead_id)).toEqual([lead]);
    });

  test('giving the lead to somebody else starts it again where the policy says so', async () => {
    const policies = withinAMinute({ target_minutes: 60, rearm_on_reassignment: true });
    const { tenant, lead, people } = await routed({ reps: ['a', 'b'], created_at: ago(MINUTE), policies });
    const [{ owner }] = await world.assignments(tenant, lead);
    const other = people.find(({ id }) => id !== owner?.id)!;
    const since = Date.now();
    await world.assign(tenant, lead, { owner_id: other.id });
    const [clock] = await clocks(world, tenant, lead);
    expectBetween(since, Date.parse(clock.started_at));
    expect(clock.steps.at(-1)?.because).toMatch(new RegExp(`^again from the start for ${other.name}; it was due at 20`));
  });

  test('giving it on comes to the same whether the contact before is heard first or last, once or twice; also after a breach', async () => {
    const policies = withinAMinute({ rearm_on_reassignment: true });
    const { tenant, lead, people: [a, b] } = await routed({ reps: ['a', 'b'], created_at: ago(30 * SECOND), policies });
    const cycle = { revision: 4, cycle: 2, first_contacted_at: null };
    const reopened = async (one: number) => {
      await world.deliver([became(tenant, one, 'disqualified', ago(20 * SECOND))]);
      await world.deliver([became(tenant, one, 'new', ago(15 * SECOND), { revision: 3, cycle: 2, from: 'disqualified', first_contacted_at: null })]);
    };
    const other = world.newLead();
    await world.deliver([scored(tenant, other, {}, { created_at: ago(30 * SECOND) })]);
    const called = (one: number) => became(tenant, one, 'contacted', ago(10 * SECOND), cycle);
    const giveOn = async (one: number) => {
      const [{ owner }] = await world.assignments(tenant, one);
      await world.assign(tenant, one, { owner_id: owner?.id === a.id ? b.id : a.id });
    };
    for (const one of [lead, other]) await reopened(one);
    await world.deliver([called(lead)], { times: 2 });
    for (const one of [lead, other]) await giveOn(one);
    await world.deliver([called(other)], { times: 2 });
    for (const one of [lead, other]) expect((await clocks(world, tenant, one)).map(({ number, state }) => [number, state])).toEqual([[2, 'met'], [1, 'cancelled']]);

    // Nobody called: a breach, another owner by hand with the whole time; then it is heard that somebody had called in time.
    const late = world.newLead();
    await world.deliver([scored(tenant, late, {}, { created_at: ago(2 * MINUTE) })]);
    await breached(tenant);
    await giveOn(late);
    expect((await clocks(world, tenant, late)).map(({ number, state }) => [number, state])).toEqual([[2, 'running'], [1, 'breached']]);
    await world.deliver([became(tenant, late, 'contacted', ago(90 * SECOND))], { times: 2 });
    expect((await clocks(world, tenant, late)).map(({ number, state }) => [number, state])).toEqual([[2, 'met'], [1, 'met']]);
    expect(told(world, tenant, 'breach_retracted').map(({ lead_id }) => lead_id)).toEqual([late]);
  });

  test('a merge that is taken back gives back the clock that only the other lead had met, whichever is heard first', async () => {
    const { tenant, lead } = await routed({ policies: withinAMinute({ target_minutes: 60 }) });
    const other = world.newLead();
    await world.deliver([scored(tenant, other)]);
    const [before] = await clocks(world, tenant, lead);
    const merged = (one: number) => became(tenant, one, 'contacted', ago(SECOND), { cause: 'merge', first_contacted_at: ago(20 * SECOND) });
    const apart = (one: number) => became(tenant, one, 'new', ago(0), { revision: 3, from: 'contacted', cause: 'unmerge', first_contacted_at: null });
    await world.deliver([merged(lead)], { times: 2 });
    expect(await clocks(world, tenant, lead)).toMatchObject([{ state: 'met' }]);
    await world.deliver([apart(other)], { times: 2 });
    await world.deliver([apart(lead), merged(lead), merged(other)], { times: 2, shuffle: true });
    for (const one of [lead, other]) expect(await clocks(world, tenant, one)).toMatchObject([{ state: 'running', contacted_at: null }]);
    expect((await clocks(world, tenant, lead))[0].due_at).toBe(before.due_at);
  });

  test('pausing stops it, resuming lets it run on; each is told with its reason, and refused when it makes no sense', async () => {
    const { tenant, lead } = await routed({ policies: withinAMinute({ target_minutes: 60 }) });
    const ask = (request: typeof PauseSla, reason: string) => world.cell.ask(request, { context: world.cell.context({ tenant }), lead_id: lead, reason });
    const { clock } = await ask(PauseSla, 'on a plane');
    expect(clock).toMatchObject({ state: 'paused', due_at: null, remaining_seconds: expect.any(Number) });
    await age(world, tenant, '3 hours');
    expect(await refusal(ask(PauseSla, 'again'))).toMatchObject({ kind: 'conflict', code: 'no_running_clock', more: { clock_state: 'paused' } });
    const since = Date.now();
    const resumed = await ask(ResumeSla, 'landed');
    expect(resumed.clock).toMatchObject({ state: 'running', remaining_seconds: null });
    expectBetween(since, Date.parse(resumed.clock.due_at as string) - clock.remaining_seconds! * SECOND);
    expect(await refusal(ask(ResumeSla, 'again'))).toMatchObject({ code: 'no_paused_clock' });
    await world.cell.settled();
    expect([...told(world, tenant, 'paused'), ...told(world, tenant, 'resumed')].map(({ because }) => because)).toEqual(['on a plane', 'landed']);
    await putPolicies(world, tenant, withinAMinute({ pausable: false }));
    expect(await refusal(ask(PauseSla, 'again'))).toMatchObject({ code: 'not_pausable' });
  });
});

test('policies that are none are refused with every problem, and the former ones stay', async () => {
  const tenant = world.newTenant();
  const wrong = { policies: [{ name: 'x', target_minutes: 5, calendar: 'fixed', calendar_id: 999_999 }], choices: [{ policy: 'y' }] };
  expect(await refusal(putPolicies(world, tenant, wrong))).toMatchObject({
    kind: 'invalid', errors: [{ field: 'policies.0.calendar_id', code: 'unknown_calendar' }, { field: 'choices.0.policy', code: 'unknown_policy' }],
  });
  expect((await putPolicies(world, tenant, withinAMinute())).policies).toMatchObject({ version: 1 });
});
