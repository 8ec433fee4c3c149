import { v7 as uuidv7 } from 'uuid';
import { CaptureLeads, PutSetup } from '@headwater/contracts';
import { startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../../apps/intake/src/intake.module';
import { routing } from '../../apps/routing/src/routing.module';
import { equalReps } from '../../apps/routing/test/setups';
import { scoring } from '../../apps/scoring/src/scoring.module';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, scoring, routing] }); });
afterAll(() => cell.stop());

it('what follows from a request, over NATS and through the outbox of each service, belongs to its trace and names its cause', async () => {
  await cell.ask(PutSetup, { context: cell.context(), setup: equalReps(['grace']) });
  await cell.ask(CaptureLeads, { tenants: { demo: testTenant() }, items: [{
    submission_id: uuidv7(), received_at: new Date().toISOString(), tenant: 'demo', actor: { kind: 'api_key', id: 'key-1' },
    anonymous: false, entry: 'api', lead: { last_name: 'Byron' }, correlation_id: 'abc-1', traceparent: TRACEPARENT,
  }] });
  await cell.settled();
  const [[captured], [scored], [routed]] = ['lead.captured', 'lead.scored', 'lead.routed'].map((type) => cell.events(type));
  for (const event of [captured, scored, routed]) expect(event).toMatchObject({ traceparent: TRACEPARENT, correlationid: 'abc-1' });
  expect([captured.causationid, scored.causationid, routed.causationid]).toEqual([undefined, captured.id, scored.id]);
});
