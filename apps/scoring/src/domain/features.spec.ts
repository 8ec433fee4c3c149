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
  expect(newFeatures(null, lead, false)).toEqual(featuresOf(lead));
  expect(newFeatures(lead, renamed, true)).toBeNull();
  expect(newFeatures(lead, promoted, true)).toMatchObject({ job_title: 'CEO' });
  expect(newFeatures(lead, lead, true)).toBeNull();
  expect(newFeatures(lead, lead, false)).toEqual(featuresOf(lead));
});
