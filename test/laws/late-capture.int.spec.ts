import { LeadCaptured, LeadUpdated } from '@headwater/contracts';
import { intakeState, startCell, type Cell } from '@headwater/testing';
import { scoring } from '../../apps/scoring/src/scoring.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [scoring] }); });
afterAll(() => cell.stop());

it('a lead whose change is heard of before its capture is scored by the change, and the capture alters nothing', async () => {
  const first = intakeState({ lead_id: 1, revision: 1, profile: { job_title: 'Student' } });
  const changed = intakeState({ lead_id: 1, revision: 2, profile: { job_title: 'CTO' } });
  const score = () => cell.rows('scoring', 'select intake_revision, lead, computed, revision from lead_score');

  await cell.publish([LeadUpdated.ofLead('demo', changed, { lead: changed, changed: ['job_title'] })]);
  await cell.settled();
  const byChange = await score();
  expect(byChange).toEqual([expect.objectContaining({ intake_revision: '2', lead: expect.objectContaining({ revision: 2 }) })]);

  await cell.publish([LeadCaptured.ofLead('demo', first, {
    lead: first, enrichment_pending: false,
    touch: { lead_id: 1, submission_id: 's', at: first.created_at, entry: 'api', channel: 'direct', raised_hand: true },
  })]);
  await cell.settled();
  expect(await score()).toEqual(byChange);
  expect(cell.events('lead.scored')).toHaveLength(1);
});
