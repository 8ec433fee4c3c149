import { ListQueue, PreviewReassignment, StartReassignment, type Leave, type Territory } from '@headwater/contracts';
import { eventually, zoneWhereItIsNoon } from '@headwater/testing';
import { Client } from 'pg';
import { peopleOf } from './people-cell';
import { refusal, RoutingCell } from './routing-cell';
import { equalReps, scored } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const { create, update, changes, reassign } = peopleOf(() => world);

/** Leads that are scored. @returns their owners, in order */
async function route(tenant: string, leads: number, profile: object = {}): Promise<(string | null)[]> {
  const ids = Array.from({ length: leads }, () => world.newLead());
  await world.deliver(ids.map((id) => scored(tenant, id, {}, { profile })), { times: 2, shuffle: true });
  return (await world.assignments(tenant, ...ids)).map(({ owner }) => owner?.name ?? null);
}

const day = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60 * 1_000).toISOString();
const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const ALL_DAY = [{ from: '00:00', to: '24:00' }];

/** Hours that begin in so many days, and end with that day. */
function onlyIn(days: number): { opens: Date; weekly: object } {
  const opens = new Date(`${day(days).slice(0, 10)}T00:00:00.000Z`);
  return { opens, weekly: { [WEEK[opens.getUTCDay()]]: ALL_DAY } };
}

const share = (owners: (string | null)[]): Record<string, number> =>
  owners.reduce<Record<string, number>>((counts, owner) => ({ ...counts, [owner ?? 'nobody']: (counts[owner ?? 'nobody'] ?? 0) + 1 }), {});

describe('who is there', () => {
  test('on leave gets nothing, and comes back to no flood; the decision says why', async () => {
    const tenant = world.newTenant();
    const { reps: [ana] } = await world.put(tenant, equalReps(['ana', 'bo', 'cy']));
    const leave = await create<Leave>(tenant, 'leave', { rep_id: ana.id, from: day(-1), until: day(1) });
    expect(share(await route(tenant, 19))).toEqual({ 'Rep bo': 10, 'Rep cy': 9 });
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)]);
    expect((await world.decisions(tenant, lead))[0].candidates).toMatchObject([{ rep_id: ana.id, excluded: `on leave until ${leave.until}` }, { excluded: null }, {}]);
    await update(tenant, 'leave', leave.id, { active: false });
    expect(share(await route(tenant, 9))).toEqual({ 'Rep ana': 3, 'Rep bo': 3, 'Rep cy': 3 });
  });

  test('gets no more than their cap per day, counted exactly over replicas and redelivery', async () => {
    const tenant = world.newTenant();
    const { reps: [ana] } = await world.put(tenant, equalReps(['ana', 'bo']));
    await update(tenant, 'rep', ana.id, { max_per_window: { day: 3 }, time_zone: zoneWhereItIsNoon() });
    expect(share(await route(tenant, 30))).toEqual({ 'Rep ana': 3, 'Rep bo': 27 });
    expect(share(await route(tenant, 4))).toEqual({ 'Rep bo': 4 });
    expect(await world.cell.rows('routing', "select per, taken::int from rep_window where tenant_id = $1 and rep_id = $2", [tenant, ana.id])).toEqual([{ per: 'day', taken: 3 }]);
  });

  test('outside their working hours gets nothing, with hours of their own or of their team', async () => {
    const tenant = world.newTenant();
    const { reps: [ana, bo] } = await world.put(tenant, equalReps(['ana', 'bo', 'cy']));
    const [closed] = await world.cell.rows<{ id: number }>('routing', `
      insert into calendar (tenant_id, name, document) values ($1, 'Never', '{"time_zone": "UTC", "weekly": {}}') returning id::int`, [tenant]);
    await update(tenant, 'rep', ana.id, { calendar_id: closed.id });
    expect(share(await route(tenant, 4))).toEqual({ 'Rep bo': 2, 'Rep cy': 2 });
    expect(await refusal(update(tenant, 'rep', bo.id, { calendar_id: 999_999_999 }))).toMatchObject({ errors: [{ field: 'calendar_id', code: 'unknown_calendar' }] });
  });

  test('is waited for until their hours begin, as long as the pool says; then the pool goes that it falls back to, each once', async () => {
    const tenant = world.newTenant();
    const { opens, weekly } = onlyIn(3);
    const setup = equalReps(['ana', 'bo']);
    const { reps: [ana] } = await world.put(tenant, {
      ...setup, reps: [{ ...setup.reps[0], calendar: 'Then' }, setup.reps[1]],
      calendars: [{ name: 'Then', time_zone: 'UTC', weekly, is_default: true }],
      pools: [
        { name: 'Patient', strategy: 'round_robin', members: ['ana'], max_wait_hours: 96, fallback: 'Others' },
        { name: 'Impatient', strategy: 'round_robin', members: ['ana'], max_wait_hours: 12, fallback: 'Others' },
        { name: 'Others', strategy: 'round_robin', members: ['bo'] },
      ],
      rule_set: { rules: [{ name: 'Now', when: { field: 'country', op: 'eq', value: 'DE' }, pool: 'Impatient' }], default: { pool: 'Patient' } },
    });
    const [waits, tooLong] = [world.newLead(), world.newLead()];
    const events = [waits, tooLong].map((lead) => scored(tenant, lead));
    await world.deliver(events, { times: 2 });
    expect(await route(tenant, 1, { country: 'DE' })).toEqual(['Rep bo']);
    const kept = await world.cell.rows('routing', "select waits ->> 'for' as for, waits_until from lead_assignment where lead_id = any($1)", [[waits, tooLong]]);
    expect(kept).toEqual(Array(2).fill({ for: 'window', waits_until: opens }));
    expect((await world.assignments(tenant, waits, tooLong)).map(({ owner }) => owner)).toEqual([null, null]);
    expect((await world.cell.ask(ListQueue, { context: world.cell.context({ tenant }), limit: 5 })).leads).toEqual([]);
    /** So many hours go by for a lead, and its moment comes. */
    const pass = (lead: number, hours: number) => world.cell.rows('routing', `
      update lead_assignment set waits_until = now(), waits = waits || jsonb_build_object('until', now(), 'since', now() - make_interval(hours => $2)) where lead_id = $1`, [lead, hours]);
    await pass(tooLong, 97);
    await eventually('it goes to the others', async () => (await world.assignments(tenant, tooLong))[0].owner?.name === 'Rep bo');
    await update(tenant, 'rep', ana.id, { calendar_id: null });
    await pass(waits, 72);
    await eventually('it goes to whom it waited for', async () => (await world.assignments(tenant, waits))[0].owner?.name === 'Rep ana');
    await world.deliver(events, { times: 2 });
    expect((await world.decisions(tenant, waits)).map(({ picked, pool }) => [picked?.name ?? null, pool])).toEqual([['Rep ana', 'Patient'], [null, 'Patient']]);
    expect(await world.cell.rows('routing', 'select sum(picks)::int as picks from pool_member where tenant_id = $1', [tenant])).toEqual([{ picks: 3 }]);
  });

  test('an account whose owner is on leave goes by the rules', async () => {
    const tenant = world.newTenant();
    const { reps: [ana, bo] } = await world.put(tenant, equalReps(['ana', 'bo'], 'named'));
    const known = async () => {
      const lead = world.newLead();
      await world.deliver([scored(tenant, lead, {}, { account: { account_id: 5, owner_id: bo.id, contact_id: null } })]);
      return (await world.assignments(tenant, lead))[0].owner?.id;
    };
    expect(await known()).toBe(bo.id);
    await create(tenant, 'leave', { rep_id: bo.id, from: day(-1), until: day(1) });
    expect(await known()).toBe(ana.id);
  });
});

describe('territories', () => {
  test('decide from the next lead on, also in processes that knew none or others', async () => {
    const tenant = world.newTenant();
    const { reps: [ana, bo] } = await world.put(tenant, equalReps(['ana', 'bo'], 'territory_owner'));
    const german = { country: 'DE', state: 'Bayern' };
    expect(share(await route(tenant, 4, german))).toEqual({ nobody: 4 });
    const germany = await create<Territory>(tenant, 'territory', { name: 'Germany', countries: ['DE'], owner_ids: [ana.id] });
    expect(share(await route(tenant, 6, german))).toEqual({ 'Rep ana': 6 });
    const bavaria = await create<Territory>(tenant, 'territory', { name: 'Bavaria', parent_id: germany.id, regions: ['DE-Bayern'], owner_ids: [bo.id] });
    expect(share(await route(tenant, 6, german))).toEqual({ 'Rep bo': 6 });
    await update(tenant, 'territory', bavaria.id, { owner_ids: [] });
    expect(share(await route(tenant, 6, german))).toEqual({ 'Rep ana': 6 });
  });
});

describe('reassignment', () => {
  test('gives the open leads of who leaves to the others, by the rules, with history', async () => {
    const tenant = world.newTenant();
    const { reps: [ana, bo, cy] } = await world.put(tenant, equalReps(['ana', 'bo', 'cy']));
    const ids = Array.from({ length: 12 }, () => world.newLead());
    await world.deliver(ids.map((id) => scored(tenant, id)));
    await update(tenant, 'rep', ana.id, { active: false });
    const context = world.cell.context({ tenant });
    const { preview } = await world.cell.ask(PreviewReassignment, { context, request: { rep_id: ana.id } });
    expect(preview).toMatchObject({ from: { id: ana.id }, open_leads: 4, tried: 4, shares: [{ rep: { id: bo.id }, leads: 2 }, { rep: { id: cy.id }, leads: 2 }] });
    expect((await world.assignments(tenant, ...ids)).filter(({ owner }) => owner?.id === ana.id)).toHaveLength(4);
    const done = await reassign(tenant, { rep_id: ana.id, reason: 'left the company' });
    expect(done).toMatchObject({ open_leads: 4, reassigned: 4, unassigned: 0, from: { id: ana.id }, to: null });
    const after = await world.assignments(tenant, ...ids);
    expect(share(after.map(({ owner }) => owner!.name))).toEqual({ 'Rep bo': 6, 'Rep cy': 6 });
    const decisions = await Promise.all(ids.map((id) => world.decisions(tenant, id)));
    expect(decisions.filter(([{ cause }]) => cause === 'reassignment')).toHaveLength(4);
    await world.cell.settled();
    const told = new Map(world.events(tenant, 'lead.routed').map(({ data: { assignment } }) => [assignment.lead_id, assignment.owner?.id]));
    expect([...told.values()].filter((owner) => owner === ana.id)).toEqual([]);
  });

  test('gives all to one rep, and none of them back', async () => {
    const tenant = world.newTenant();
    const { reps: [ana, bo] } = await world.put(tenant, equalReps(['ana', 'bo']));
    await route(tenant, 6);
    expect(await reassign(tenant, { rep_id: ana.id, to_rep_id: bo.id })).toMatchObject({ reassigned: 3, to: { id: bo.id } });
    expect(await world.cell.rows('routing', 'select rep_id::int as rep, open_leads::int as leads from rep_load where tenant_id = $1 order by 1', [tenant]))
      .toEqual([{ rep: ana.id, leads: 0 }, { rep: bo.id, leads: 6 }]);
  });

  test('gives them to the people of a pool in its turn, whatever the rules say, previewed first', async () => {
    const tenant = world.newTenant();
    const setup = equalReps(['ana', 'bo', 'cy', 'di']);
    setup.pools = [{ name: 'General', strategy: 'named', members: ['ana'] }, { name: 'Heirs', strategy: 'round_robin', members: ['cy', 'di', 'ana'] }];
    const { reps: [ana, , cy, di] } = await world.put(tenant, setup);
    const ids = Array.from({ length: 6 }, () => world.newLead());
    await world.deliver(ids.map((id) => scored(tenant, id, {}, { account: { account_id: 5, owner_id: ana.id, contact_id: null } })));
    const ask = (request: object) => world.cell.ask(PreviewReassignment, { context: world.cell.context({ tenant }), request: { rep_id: ana.id, ...request } });
    expect(await refusal(ask({ to_pool: 'Nobody' }))).toMatchObject({ errors: [{ field: 'to_pool', code: 'unknown_pool' }] });
    expect(await refusal(ask({ to_pool: 'Heirs', to_rep_id: cy.id }))).toMatchObject({ errors: [{ field: 'to_pool', code: 'several_targets' }] });
    const half = [{ rep: { id: cy.id, name: cy.name }, leads: 3 }, { rep: { id: di.id, name: di.name }, leads: 3 }];
    expect((await ask({ to_pool: 'Heirs' })).preview).toMatchObject({ tried: 6, shares: half });
    expect(await reassign(tenant, { rep_id: ana.id, to_pool: 'Heirs' })).toMatchObject({ to: null, to_pool: 'Heirs', reassigned: 6, unassigned: 0 });
    expect(share((await world.assignments(tenant, ...ids)).map(({ owner }) => owner!.name))).toEqual({ 'Rep cy': 3, 'Rep di': 3 });
    expect((await world.decisions(tenant, ids[0]))[0]).toMatchObject({
      cause: 'reassignment', pool: 'Heirs', kind: 'rotation', rule: null, rules: [], because: expect.stringMatching(/^for the pool Heirs/) });
  });

  test('waits for the hours of the pool that was chosen, and then it is its turn still, without who had the leads', async () => {
    const tenant = world.newTenant();
    const { opens, weekly } = onlyIn(2);
    const setup = equalReps(['ana', 'bo', 'cy']);
    const { reps: [ana, , cy] } = await world.put(tenant, {
      ...setup, reps: [setup.reps[0], setup.reps[1], { ...setup.reps[2], calendar: 'Then' }],
      calendars: [{ name: 'Then', time_zone: 'UTC', weekly, is_default: true }],
      pools: [
        { name: 'General', strategy: 'named', members: ['ana', 'bo'] },
        { name: 'Heirs', strategy: 'round_robin', members: ['ana', 'cy'], max_wait_hours: 48 },
      ],
      rule_set: { rules: [], default: { pool: 'General' } },
    });
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead)]);
    expect(await reassign(tenant, { rep_id: ana.id, to_pool: 'Heirs' })).toMatchObject({ reassigned: 0, unassigned: 1 });
    expect((await world.decisions(tenant, lead))[0].because).toMatch(`before ${opens.toISOString()}, and waited for`);
    await update(tenant, 'rep', cy.id, { calendar_id: null });
    await world.cell.rows('routing', "update lead_assignment set waits_until = now(), waits = waits || jsonb_build_object('until', now()) where lead_id = $1", [lead]);
    await eventually('somebody has it', async () => (await world.assignments(tenant, lead))[0].owner !== null);
    expect((await world.assignments(tenant, lead))[0].owner?.name).toBe('Rep cy');
    expect((await world.decisions(tenant, lead))[0]).toMatchObject({
      cause: 'window', pool: 'Heirs', rule: null, because: expect.stringMatching(/^for the pool Heirs/),
      candidates: [{ rep_id: ana.id, excluded: expect.stringMatching(/^had it/) }, { rep_id: cy.id, excluded: null }] });
  });

  test('puts leads into the queue that nobody is available for', async () => {
    const tenant = world.newTenant();
    const { reps: [ana] } = await world.put(tenant, equalReps(['ana']));
    const ids = [world.newLead(), world.newLead()];
    await world.deliver(ids.map((id) => scored(tenant, id)));
    await update(tenant, 'rep', ana.id, { active: false });
    expect(await reassign(tenant, { rep_id: ana.id })).toMatchObject({ reassigned: 0, unassigned: 2 });
    expect((await world.assignments(tenant, ...ids)).map(({ owner }) => owner)).toEqual([null, null]);
    await eventually('it is told', async () => world.events(tenant, 'lead.unassigned').length === 2);
  });

  test('refuses who is not there, who is inactive, the same, and a foreign one', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const { reps: [ana, bo] } = await world.put(tenant, equalReps(['ana', 'bo']));
    const { reps: [theirs] } = await world.put(other, equalReps(['x']));
    await update(tenant, 'rep', bo.id, { active: false });
    const start = (request: { rep_id: number; to_rep_id?: number }) => refusal(world.cell.ask(StartReassignment, { context: world.cell.context({ tenant }), request }));
    expect(await start({ rep_id: ana.id, to_rep_id: theirs.id })).toMatchObject({ errors: [{ field: 'to_rep_id', code: 'unknown_rep' }] });
    expect(await start({ rep_id: theirs.id })).toMatchObject({ errors: [{ field: 'rep_id', code: 'unknown_rep' }] });
    expect(await start({ rep_id: ana.id, to_rep_id: bo.id })).toMatchObject({ errors: [{ field: 'to_rep_id', code: 'inactive_rep' }] });
    expect(await start({ rep_id: ana.id, to_rep_id: ana.id })).toMatchObject({ errors: [{ field: 'to_rep_id', code: 'same_rep' }] });
    expect(await changes(other)).toHaveLength(2);
  });

  test('refuses a second one of the same rep that comes at that very moment', async () => {
    const tenant = world.newTenant();
    const { reps: [ana] } = await world.put(tenant, equalReps(['ana', 'bo']));
    const lead = world.captured(tenant);
    await world.assign(tenant, lead, { owner_id: ana.id });
    const first = new Client({ connectionString: world.cell.databaseUrl });
    await first.connect();
    try {
      // Her lead is in somebody's hands, so that the first one isn't done before the second has looked.
      await first.query("select pg_advisory_lock(hashtextextended('assignment ' || $1 || ' ' || $2::bigint, 0))", [tenant, lead]);
      await first.query('begin; set local search_path = routing');
      await first.query("insert into rep_reassignment (tenant_id, from_id, started_by, open_leads) values ($1, $2, 'somebody', 0)", [tenant, ana.id]);
      const second = refusal(world.cell.ask(StartReassignment, { context: world.cell.context({ tenant }), request: { rep_id: ana.id } }));
      await eventually('it waits', async () =>
        (await world.cell.rows('routing', `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%into rep_reassignment%'`)).length > 0);
      await first.query('commit');
      expect(await second).toMatchObject({ code: 'reassignment_running' });
    } finally {
      await first.end();
    }
  });
});
