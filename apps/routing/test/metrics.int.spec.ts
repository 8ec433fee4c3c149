import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GetAssignments, GetLeads, PutSetup } from '@headwater/contracts';
import { eventually, intakeState, metric, startCell, type Cell } from '@headwater/testing';
import type { Allocation } from '../src/domain/choosing/allocate';
import { routing } from '../src/routing.module';
import { RoutingMetrics } from '../src/routing-metrics';
import { equalReps, scored } from './setups';

let cell: Cell;
let app: NestFastifyApplication;
beforeAll(async () => {
  cell = await startCell({ services: [] });
  app = await cell.add(routing);
});
afterAll(() => cell?.stop());

/** What can't be counted within two seconds has no number in that scrape. */
const unassigned = async () => (await eventually('they are counted', async () => {
  const count = await metric(cell.url('routing'), 'headwater_unassigned_leads');
  return count !== undefined && { count };
})).count;
const routings = (labels: Record<string, string>) => metric(cell.url('routing'), 'headwater_routings_total', labels);

test('leads that wait for a rep are told, and those that got one by their pool', async () => {
  expect(await unassigned()).toBe(0);
  await cell.answer(GetLeads, ({ ids }) => ({ leads: ids.map((lead_id) => intakeState({ lead_id })) }));
  await cell.ask(GetAssignments, { tenant: 'demo', ids: [1] });
  await cell.publish([scored('demo', 2)]);
  await cell.settled();
  expect(await unassigned()).toBe(0);
  expect(await routings({ outcome: 'no_rules' })).toBe(1);

  const setup = equalReps(['ada', 'grace']);
  await cell.ask(PutSetup, { context: cell.context(), setup });
  await cell.publish([scored('demo', 3), scored('demo', 4)]);
  await cell.settled();
  await cell.ask(PutSetup, { context: cell.context(), setup: { ...setup, reps: setup.reps.map((rep) => ({ ...rep, active: false })) } });
  await cell.publish([scored('demo', 5)]);
  await cell.settled();
  expect(await unassigned()).toBe(1);
  expect(await routings({ outcome: 'assigned', pool: 'General' })).toBe(2);
  expect(await routings({ outcome: 'nobody_available' })).toBe(1);
});

test('however many pools tenants have, those beyond the first are one', async () => {
  const metrics = app.get(RoutingMetrics, { strict: false });
  metrics.allocated(Array.from({ length: 200 }, (_, i) => ({ pool: `pool-${i}` }) as Allocation));
  const text = await (await fetch(`${cell.url('routing')}/metrics`)).text();
  expect(text.match(/^headwater_routings_total\{outcome="assigned"/gm)).toHaveLength(51);
  expect(await routings({ pool: 'other' })).toBe(151);
});
