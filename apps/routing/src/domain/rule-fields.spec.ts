import { leadFacts } from './rule-fields';

it('shows rules the hint of the form by which a lead came', () => {
  const state = {
    lead_id: 1, revision: 1, created_at: '', updated_at: '', profile: { country: 'DE' }, facts: {},
    attribution: { channel: 'direct' as const, entry: 'form' as const, routing_hint: 'enterprise' },
  };
  expect(leadFacts(state)).toMatchObject({ country: 'DE', entry: 'form', routing_hint: 'enterprise' });
});
