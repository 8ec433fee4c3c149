import { LeadRated, LockAssignment, type NewEvent, type NotificationRequestedData } from '@headwater/contracts';
import { CONVERTED, RoutingCell } from './routing-cell';
import { equalReps, scored, scoringState } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const assignment = async (tenant: string, lead: number) => (await world.assignments(tenant, lead))[0];
const mails = (tenant: string) => world.events<NotificationRequestedData>(tenant, 'notification.requested').map(({ data }) => data);
const deliver = (...events: NewEvent[]) => world.deliver(events, { times: 2, shuffle: true });
const rated = (tenant: string, lead: number, revision: number, former_rating: number | null, rating: number | null): NewEvent => {
  const score = scoringState(lead, { revision, rating, is_hot: (rating ?? 0) >= 4 });
  return LeadRated.ofLead(tenant, score, { score, former_rating });
};
/** The reps of these tests live in the zone where it is tomorrow first. */
const today = async () =>
  (await world.cell.rows<{ day: string }>('routing', `select (now() at time zone 'Pacific/Kiritimati')::date::text as day`))[0].day;

test("four stars: the follow-up is today in the owner's zone, the lead is urgent, nobody is mailed", async () => {
  const [tenant, lead] = [world.newTenant(), world.newLead()];
  await world.put(tenant, equalReps(['a']));
  await deliver(scored(tenant, lead));
  await deliver(rated(tenant, lead, 2, null, 4));
  expect(await assignment(tenant, lead)).toMatchObject({ next_follow_up: await today(), priority: 'urgent', revision: 3 });
  expect(mails(tenant)).toEqual([]);
});

test('three stars, or fewer than before, have no effect', async () => {
  const [tenant, lead] = [world.newTenant(), world.newLead()];
  await world.put(tenant, equalReps(['a']));
  await deliver(scored(tenant, lead));
  await deliver(rated(tenant, lead, 2, null, 3), rated(tenant, lead, 3, 5, 4));
  expect(await assignment(tenant, lead)).toMatchObject({ next_follow_up: null });
});

test('five stars: the owner is told, once per rise, in whatever order the ratings come', async () => {
  const [tenant, lead] = [world.newTenant(), world.newLead()];
  await world.put(tenant, equalReps(['a']));
  await deliver(scored(tenant, lead));
  await deliver(rated(tenant, lead, 4, 3, 5), rated(tenant, lead, 3, 5, 3), rated(tenant, lead, 2, null, 5));
  expect(mails(tenant).map(({ dedupe_key }) => dedupe_key).sort()).toEqual([`five_star_lead:${lead}:2`, `five_star_lead:${lead}:4`]);
  expect(mails(tenant)[0]).toMatchObject({ kind: 'five_star_lead', to: 'a@example.com', data: { lead_id: lead, company_name: 'TechCorp Inc' } });
  expect(Date.parse(mails(tenant)[0].expires_at!) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
});

test.each(['the score first', 'the stars first'])('five stars, %s: the lead is routed once, and its owner is told', async (order) => {
  const [tenant, lead] = [world.newTenant(), world.newLead()];
  await world.put(tenant, equalReps(['a']));
  const events = [scored(tenant, lead, { revision: 1 }), rated(tenant, lead, 2, null, 5)];
  if (order === 'the stars first') events.reverse();
  for (const event of events) await deliver(event);
  expect(await assignment(tenant, lead)).toMatchObject({ owner: { name: 'Rep a' }, next_follow_up: await today(), priority: 'urgent' });
  expect(mails(tenant)).toMatchObject([{ to: 'a@example.com' }]);
  expect(await world.decisions(tenant, lead)).toHaveLength(1);
});

test('five stars take a lead out of the queue, by a decision of their own', async () => {
  const [tenant, lead] = [world.newTenant(), world.newLead()];
  await world.put(tenant, equalReps(['a']));
  await deliver(scored(tenant, lead));
  await world.assign(tenant, lead, { owner_id: null });
  await deliver(rated(tenant, lead, 2, null, 5));
  expect(await assignment(tenant, lead)).toMatchObject({ owner: { name: 'Rep a' } });
  expect((await world.decisions(tenant, lead)).map(({ cause }) => cause)).toEqual(['five_stars', 'manual', 'first_score']);
  expect(mails(tenant)).toHaveLength(1);
});

test('an earlier follow-up stands', async () => {
  const tenant = world.newTenant();
  const lead = world.captured(tenant);
  await world.put(tenant, equalReps(['a']));
  await world.assign(tenant, lead, { next_follow_up: '2020-01-02' });
  await deliver(scored(tenant, lead), rated(tenant, lead, 2, null, 5));
  expect(await assignment(tenant, lead)).toMatchObject({ next_follow_up: '2020-01-02' });
});

test('an owner without an address is not mailed, and a converted lead has no effects', async () => {
  const [tenant, unheard, locked] = [world.newTenant(), world.newLead(), world.newLead()];
  const setup = equalReps(['a']);
  await world.put(tenant, { ...setup, reps: [{ ...setup.reps[0], email: null }] });
  await deliver(scored(tenant, unheard), scored(tenant, locked));
  await world.cell.ask(LockAssignment, { tenant, lead_id: locked, converted: CONVERTED });
  const before = await assignment(tenant, locked);
  await deliver(rated(tenant, unheard, 2, null, 5), rated(tenant, locked, 2, null, 5));
  expect(await assignment(tenant, unheard)).toMatchObject({ next_follow_up: await today() });
  expect(mails(tenant)).toEqual([]);
  expect(await assignment(tenant, locked)).toEqual(before);
});
