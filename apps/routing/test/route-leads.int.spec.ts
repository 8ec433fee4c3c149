import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@headwater/platform';
import { unheardOf } from '../src/domain/assignment';
import { learn } from '../src/domain/learn';
import { routing } from '../src/routing.module';
import { AssignmentsStore } from '../src/store/assignments.store';
import { RoutingCell } from './routing-cell';
import { equalReps, scored, withRules } from './setups';

let world: RoutingCell;
let replica: NestFastifyApplication;
beforeAll(async () => {
  world = await RoutingCell.start(2);
  replica = await world.cell.add(routing);
});
afterAll(() => world?.cell.stop());

describe('a scored lead', () => {
  test('goes where the first rule that holds sends it, and the decision says all of it', async () => {
    const tenant = world.newTenant();
    const { reps: [grace], version } = await world.put(tenant, withRules());
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead, {}, { profile: { employees: 1500, country: 'DE' } })]);

    const because = 'rule "Enterprise" (employees ≥ 1000) → pool Key accounts, named: first of those named who is available';
    const [assignment] = await world.assignments(tenant, lead);
    expect(assignment).toEqual({
      lead_id: lead, revision: 2, owner: { id: grace.id, name: 'Grace' }, team: grace.team, priority: 'high', next_follow_up: null,
      because, decision_id: expect.any(Number),
    });
    expect(world.events(tenant, 'lead.routed')).toMatchObject([{ leadid: lead, revision: 2, data: { assignment, cause: 'rules' } }]);
    expect(await world.decisions(tenant, lead)).toMatchObject([{
      id: assignment.decision_id, cause: 'first_score', because, rule_set_version: version, pool: 'Key accounts', strategy: 'named',
      rules: [{ name: 'Enterprise', held: true, trace: { holds: true, field: 'employees', found: 1500 } }],
      candidates: [{ rep_id: grace.id, name: 'Grace', excluded: null, counters: { picks: 0, open_leads: 0 }, after: { picks: 1, open_leads: 0 } }],
      picked: { id: grace.id, name: 'Grace' },
    }]);
  });

  test('goes to the default pool when nobody of its pool is available, and to the queue when nobody is at all', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, withRules());
    const [capped, german] = [world.newLead(), world.newLead()];
    await world.deliver([scored(tenant, world.newLead(), {}, { profile: { employees: 1500 } })]);
    await world.deliver([
      scored(tenant, capped, {}, { profile: { employees: 1500 } }), scored(tenant, german, {}, { profile: { country: 'DE', employees: 1 } })]);
    const both = await world.assignments(tenant, capped, german);
    expect(both.map(({ owner }) => owner?.name)).toEqual(['Diego', 'Diego']);
    expect(both[0].because).toMatch(/pool Key accounts: nobody available → pool General, least open/);
    expect((await world.decisions(tenant, capped))[0].candidates.map(({ name, excluded }) => [name, excluded])).toEqual([
      ['Grace', 'at the cap (1 of 1 open leads)'], ['Diego', null], ['Gone', 'inactive'],
    ]);

    const setup = withRules();
    setup.reps[1].active = false;
    await world.put(tenant, setup);
    const nobody = world.newLead();
    await world.deliver([scored(tenant, nobody)], { times: 2 });
    expect(world.events(tenant, 'lead.unassigned')).toMatchObject([{ leadid: nobody, data: { because: 'no rule held → nobody available in pool General' } }]);
    expect(await world.decisions(tenant, nobody)).toMatchObject([{ cause: 'first_score', picked: null, pool: null }]);
  });

  test('stays in the queue while there are no rules, told once, and the next score after a setup routes it', async () => {
    const tenant = world.newTenant();
    const lead = world.newLead();
    await world.deliver([scored(tenant, lead, { revision: 1 })], { times: 2 });
    await world.deliver([scored(tenant, lead, { revision: 2 })]);
    expect(world.events(tenant, 'lead.unassigned')).toMatchObject([{ data: { because: 'No routing rules yet', assignment: { owner: null } } }]);
    await world.put(tenant, equalReps(['a']));
    await world.deliver([scored(tenant, lead, { revision: 3 })]);
    expect(await world.assignments(tenant, lead)).toMatchObject([{ owner: { name: 'Rep a' } }]);
  });

  test('keeps its owner whatever its scores become; old scores change nothing; the priority follows the newest', async () => {
    const tenant = world.newTenant();
    await world.put(tenant, equalReps(['a', 'b']));
    const lead = world.newLead();
    const history = [1, 2, 3].map((revision) => scored(
      tenant, lead, { revision, score: { temperature: revision === 3 ? 'hot' : 'cold' } }, { revision, profile: { employees: revision } }));
    await world.deliver([history[1]]);
    const [{ owner }] = await world.assignments(tenant, lead);
    await world.deliver(history, { times: 2, shuffle: true });
    const [assignment] = await world.assignments(tenant, lead);
    expect(assignment).toMatchObject({ owner, priority: 'urgent', revision: 3 });
    await world.deliver(history, { times: 2, shuffle: true });
    expect(await world.assignments(tenant, lead)).toEqual([assignment]);
    expect(await world.decisions(tenant, lead)).toHaveLength(1);
    const employees = () => world.cell.rows('routing', `select scoring_revision::int, facts ->> 'employees' as employees from lead_assignment where lead_id = $1`, [lead]);
    expect(await employees()).toEqual([{ scoring_revision: 3, employees: '3' }]);
    await world.deliver([scored(tenant, lead, { revision: 4 }, { revision: 3 })]); // of the same facts: they stay where they stand
    expect(await employees()).toEqual([{ scoring_revision: 4, employees: '3' }]);
  });
});

describe('where nothing but the score is new', () => {
  const news = (revision: number) => ({ score: { revision, facts: { total: revision, grade: 'D', temperature: 'cold', is_hot: false, mql: false } } });
  const part = <Part>(type: new (...needs: never[]) => Part): Part => replica.get(type, { strict: false });

  test('each lead of a batch gets its own, and nothing else of it changes', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const keys = [tenant, tenant, other].map((one) => ({ tenant: one, lead_id: world.newLead() }));
    for (const one of [tenant, other]) await world.put(one, equalReps(['a', 'b']));
    await world.deliver(keys.map((key) => scored(key.tenant, key.lead_id)));
    const rows = async () => (await world.cell.rows<{ row: Record<string, unknown> }>('routing', `
      select to_jsonb(a) as row from lead_assignment a where lead_id = any($1) order by lead_id`, [keys.map(({ lead_id }) => lead_id)])).map(({ row }) => row);
    const loads = () => world.cell.rows('routing', 'select * from rep_load where tenant_id = any($1) order by rep_id', [[tenant, other]]);
    const [before, counted] = [await rows(), await loads()];
    expect(before.map((row) => [row['scoring_revision'], row['owner_id'] !== null, row['routed_at'] !== null])).toEqual(keys.map(() => [1, true, true]));

    await part(Database).transaction(async (tx) => {
      const locked = await part(AssignmentsStore).lock(tx, keys);
      await part(AssignmentsStore).write(tx, locked.map((held, i) => ({ before: held, after: learn(held, { ...keys[i], ...news(7 + i) }) })));
    });
    expect(await rows()).toEqual(before.map((row, i) => ({ ...row, scoring_revision: 7 + i, score: news(7 + i).score.facts })));
    expect(await loads()).toEqual(counted);
  });

  test('none is lost in silence', async () => {
    const key = { tenant: world.newTenant(), lead_id: world.newLead() };
    const before = learn(unheardOf(key), { ...key, ...news(1) });
    await expect(part(Database).tryOut((tx) => part(AssignmentsStore).write(tx, [{ before, after: learn(before, { ...key, ...news(2) }) }])))
      .rejects.toThrow('1 scores were to be written, and 0 were');
  });
});

describe("a lead of an account that is known", () => {
  test("goes to the account's owner before any rule, also at the cap, and moves no rotation; the decision says why", async () => {
    const tenant = world.newTenant();
    const { reps: [grace] } = await world.put(tenant, withRules());
    const leads = [world.newLead(), world.newLead()];
    const account = { account_id: 5, contact_id: null, owner_id: grace.id };
    await world.deliver(leads.map((lead) => scored(tenant, lead, {}, { account, profile: { country: 'DE' } })), { times: 2 });
    expect((await world.assignments(tenant, ...leads)).map(({ owner, because }) => [owner?.name, because])).toEqual(Array(2).fill(['Grace', "account 5 is Grace's"]));
    expect(await world.decisions(tenant, leads[1])).toMatchObject([{
      cause: 'first_score', strategy: 'account_owner', pool: null, rules: [], picked: { id: grace.id }, candidates: [{ rep_id: grace.id, excluded: null }],
    }]);
    expect(await world.cell.rows('routing', 'select sum(picks)::int as picks from pool_member where tenant_id = $1', [tenant])).toEqual([{ picks: 0 }]);
  });

  test('goes by the rules when nobody owns it, its owner has left, or is of another tenant', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const { reps: [, , gone] } = await world.put(tenant, withRules());
    const { reps: [foreign] } = await world.put(other, withRules());
    const leads = [null, gone.id, foreign.id].map((owner_id) => ({ lead: world.newLead(), owner_id }));
    await world.deliver(leads.map(({ lead, owner_id }) => scored(tenant, lead, {}, { account: { account_id: 5, owner_id }, profile: { country: 'FR', employees: 1 } })));
    expect((await world.assignments(tenant, ...leads.map(({ lead }) => lead))).map(({ owner }) => owner?.name)).toEqual(['Diego', 'Diego', 'Diego']);
  });
});

test('200 leads at once, delivered twice over three replicas, give four equal reps 50 each', async () => {
  const [tenant, other] = [world.newTenant(), world.newTenant()];
  await Promise.all([world.put(tenant, equalReps(['a', 'b', 'c', 'd'])), world.put(other, equalReps(['x', 'y', 'z'], 'weighted'))]);
  const leads = Array.from({ length: 200 }, () => world.newLead());
  await world.deliver([...leads.map((lead) => scored(tenant, lead)), ...Array.from({ length: 30 }, () => scored(other, world.newLead()))],
    { times: 2, shuffle: true });

  const perRep = (whose: string) => world.cell.rows<{ leads: string }>('routing',
    'select count(*) as leads from lead_assignment where tenant_id = $1 and owner_id is not null group by owner_id', [whose]);
  expect((await perRep(tenant)).map(({ leads: count }) => Number(count))).toEqual([50, 50, 50, 50]);
  expect((await perRep(other)).map(({ leads: count }) => Number(count))).toEqual([10, 10, 10]);
  const picks = await world.cell.rows<{ picks: string }>('routing', 'select picks from pool_member where tenant_id = $1', [tenant]);
  expect(picks.map((row) => Number(row.picks))).toEqual([50, 50, 50, 50]);
  expect(await world.cell.rows('routing', 'select count(*)::int from decision where tenant_id = $1', [tenant])).toEqual([{ count: 200 }]);
  expect(world.events(tenant, 'lead.routed')).toHaveLength(200);
});

test('a setup that is put while leads are routed leaves every lead with an owner of a whole setup', async () => {
  const tenant = world.newTenant();
  await world.put(tenant, equalReps(['a', 'b']));
  const leads = Array.from({ length: 120 }, () => world.newLead());
  await Promise.all([
    world.cell.publish(leads.map((lead) => scored(tenant, lead)), { times: 2 }),
    ...Array.from({ length: 8 }, (_, i) => world.put(tenant, {
      ...equalReps(['a', 'b']),
      pools: [{ name: `Pool ${i}`, strategy: 'round_robin', members: ['b', 'a'] }],
      rule_set: { rules: [], default: { pool: `Pool ${i}` } },
    })),
  ]);
  await world.cell.settled();
  const made = await world.cell.rows<{ pool: string; meant: string }>('routing', `
    select d.pool, s.document -> 'rule_set' -> 'default' ->> 'pool' as meant
    from decision d join rule_set s on s.tenant_id = d.tenant_id and s.version = d.rule_set_version
    where d.tenant_id = $1 and d.picked is not null`, [tenant]);
  expect(made).toHaveLength(120);
  expect(made.filter(({ pool, meant }) => pool !== meant)).toEqual([]);
});
