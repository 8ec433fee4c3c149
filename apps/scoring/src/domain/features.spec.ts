import { intakeState } from '@headwater/testing';
import { featuresOf, newFeatures } from './features';

const lead = intakeState({
  lead_id: 7, profile: { first_name: 'Ada', email: 'ada@acme.example', job_title: 'CTO', employees: 40, probability: 90, tags: ['trade-show'] },
});

it('features say what somebody is like and how they came, and neither who it is nor what was judged later', () => {
  expect(featuresOf(lead)).toMatchObject({ job_title: 'CTO', employees: 40, tags: ['trade-show'], channel: 'direct', entry: 'api', email_valid: true });
  for (const kept of ['first_name', 'email', 'probability', 'last_name']) expect(featuresOf(lead)).not.toHaveProperty(kept);
});

it('are new when one of them has changed, at first, and when they were never kept', () => {
  const renamed = { ...lead, revision: 2, profile: { ...lead.profile, first_name: 'Grace' } };
  const promoted = { ...lead, revision: 2, profile: { ...lead.profile, job_title: 'CEO' } };
  const known = { lead, intakeRevision: 1, featuresRevision: 1 };
  expect(newFeatures({ lead: null, intakeRevision: 0, featuresRevision: null }, lead)).toEqual(featuresOf(lead));
  expect(newFeatures(known, renamed)).toBeNull();
  expect(newFeatures(known, promoted)).toMatchObject({ job_title: 'CEO' });
  expect(newFeatures(known, lead)).toBeNull();
  expect(newFeatures({ ...known, featuresRevision: null }, lead)).toEqual(featuresOf(lead));
  // A build from before them has written the newer facts beside the features of the older.
  expect(newFeatures({ lead: promoted, intakeRevision: 2, featuresRevision: 1 }, promoted)).toMatchObject({ job_title: 'CEO' });
});
