import fc from 'fast-check';
import { LeadConverted, LeadRated, LockAssignment, type RepView } from '@headwater/contracts';
import { CONVERTED, RoutingCell } from './routing-cell';
import { equalReps, scored, scoringState } from './setups';

let world: RoutingCell;
beforeAll(async () => { world = await RoutingCell.start(); });
afterAll(() => world?.cell.stop());

const DEEDS = ['score', 'again', 'republish', 'rate', 'assign', 'take away', 'convert', 'learn of conversion'] as const;
const REPS = ['a', 'b', 'c'];
const LEADS = 12;
interface Step { deed: (typeof DEEDS)[number]; lead: number; rep: number }
const steps = fc.array(fc.record<Step>({
  deed: fc.constantFrom(...DEEDS), lead: fc.nat(LEADS - 1), rep: fc.nat(REPS.length - 1),
}), { minLength: 60, maxLength: 90 });

/** Refusals are part of the mix: who comes late finds a converted lead. */
const regardless = (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);

function act(tenant: string, lead: number, deed: Step['deed'], { id }: RepView): Promise<unknown> {
  const into = { ...CONVERTED, owner_id: id };
  const stars = scoringState(lead, { revision: 5, rating: 5 });
  switch (deed) {
    case 'score': return world.cell.publish([scored(tenant, lead)], { times: 2 });
    case 'again': return world.cell.publish([scored(tenant, lead, { revision: 2 })], { times: 2 });
    case 'republish': return world.cell.publish([scored(tenant, lead, { revision: 3 })], { republished: true });
    case 'rate': return world.cell.publish([LeadRated.ofLead(tenant, stars, { score: stars })]);
    case 'assign': return regardless(world.assign(tenant, lead, { owner_id: id }));
    case 'take away': return regardless(world.assign(tenant, lead, { owner_id: null }));
    case 'convert': return regardless(world.cell.ask(LockAssignment, { tenant, lead_id: lead, converted: into }));
    case 'learn of conversion': return world.cell.publish([
      LeadConverted.ofLead(tenant, { lead_id: lead }, { lead_id: lead, into, actor: 'x', attribution: {} })]);
  }
}

const counted = (tenant: string) => world.cell.rows('routing',
  'select rep_id, open_leads::int from rep_load where tenant_id = $1 and open_leads <> 0 order by rep_id', [tenant]);
const recounted = (tenant: string) => world.cell.rows('routing', `
  select owner_id as rep_id, count(*)::int as open_leads from lead_assignment
  where tenant_id = $1 and owner_id is not null and converted is null group by owner_id order by owner_id`, [tenant]);

test('the open leads of each rep are those that a recount finds, whatever happens to leads at once on two replicas', async () => {
  await fc.assert(fc.asyncProperty(steps, async (mix) => {
    const tenant = world.newTenant();
    const { reps } = await world.put(tenant, equalReps(REPS, 'least_open'));
    const leads = Array.from({ length: LEADS }, () => world.captured(tenant));
    await Promise.all(mix.map(({ deed, lead, rep }) => act(tenant, leads[lead], deed, reps[rep])));
    await world.cell.settled();
    expect(await counted(tenant)).toEqual(await recounted(tenant));
  }), { numRuns: 5, endOnFailure: true });
}, 60_000);

test('what is rolled back is not counted: a lead that cannot be stored takes its whole batch back first', async () => {
  const tenant = world.newTenant();
  await world.put(tenant, equalReps(REPS));
  await world.cell.publish([
    ...Array.from({ length: 20 }, () => scored(tenant, world.newLead())),
    scored(tenant, world.newLead(), {}, { profile: { company_name: 'not \0 storable' } }),
  ]);
  await world.cell.settled({ deadLetters: true });
  expect(await world.cell.rows('routing', 'select count(*)::int as letters from dead_letter')).toEqual([{ letters: 1 }]);
  const loads = await recounted(tenant);
  expect(loads).toMatchObject([{ open_leads: 7 }, { open_leads: 7 }, { open_leads: 6 }]);
  expect(await counted(tenant)).toEqual(loads);
});
