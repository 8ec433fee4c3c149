import { LeadRated, republishRequest, type LeadRoutedData } from '@headwater/contracts';
import { RoutingCell } from './routing-cell';
import { equalReps, scored, scoringState } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

it('says again who owns every lead, with what led to it', async () => {
  const tenant = world.newTenant();
  const { reps: [, b] } = await world.put(tenant, equalReps(['a', 'b']));
  const [byRules, byHand, waiting] = [world.newLead(), world.newLead(), world.captured(tenant)];
  await world.deliver([scored(tenant, byRules), scored(tenant, byHand)]);
  await world.assign(tenant, byHand, { owner_id: null });
  await world.assign(tenant, byHand, { owner_id: b.id });
  const states = await world.assignments(tenant, byRules, byHand, waiting);

  expect(await world.cell.ask(republishRequest('routing'), { tenant, after: 0, correlation_id: 'again' })).toEqual({ published: 3, next: null });
  await world.cell.settled();
  const said = (type: string) => world.events<LeadRoutedData>(tenant, type).filter(({ republished }) => republished);
  expect(said('lead.routed')).toMatchObject([
    { revision: states[0].revision, data: { assignment: states[0], cause: 'rules' } },
    { revision: states[1].revision, data: { assignment: states[1], cause: 'manual' } },
  ]);
  expect(said('lead.unassigned')).toMatchObject([{ leadid: waiting, revision: 1, data: { because: 'Not routed yet' } }]);
  expect(await world.assignments(tenant, byRules, byHand, waiting)).toEqual(states);
});

it('learns from scores that are said again, and neither routes nor mails because of them', async () => {
  const tenant = world.newTenant();
  const waiting = world.newLead();
  await world.deliver([scored(tenant, waiting)]); // before there are rules
  await world.put(tenant, equalReps(['a']));
  const [unknown, rated] = [world.newLead(), world.newLead()];
  const stars = scoringState(rated, { rating: 5 });
  await world.deliver([LeadRated.ofLead(tenant, stars, { score: stars })]);
  const newer = { revision: 2, score: { temperature: 'hot' as const } };
  await world.deliver([scored(tenant, waiting, newer), scored(tenant, unknown, newer), scored(tenant, rated, newer)], { times: 2, republished: true });

  expect(await world.assignments(tenant, waiting, unknown, rated)).toMatchObject([{ owner: null }, { owner: null }, { owner: null }]);
  expect(world.events(tenant, 'lead.routed')).toEqual([]);
  expect(world.events(tenant, 'notification.requested')).toEqual([]);
  const known = await world.cell.rows('routing', 'select lead_id::int, scoring_revision::int from lead_assignment where tenant_id = $1 order by 1', [tenant]);
  expect(known).toEqual([waiting, unknown, rated].map((lead_id) => ({ lead_id, scoring_revision: 2 })));

  // The live event of the very same state has what the other had not.
  await world.deliver([scored(tenant, unknown, newer)]);
  expect(await world.assignments(tenant, unknown)).toMatchObject([{ owner: { name: 'Rep a' }, priority: 'urgent' }]);
});
