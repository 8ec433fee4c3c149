import { firstStatus } from './lead-status';

const lead = { lead_id: 7, created_at: '2026-11-28T10:00:00.000Z', converted: null };
const attribution = { channel: 'direct' as const, entry: 'form' as const };

it('begins as new, or as the form by which the lead came has it', () => {
  expect(firstStatus('demo', lead)).toMatchObject({ status: 'new', in_status_since: lead.created_at });
  expect(firstStatus('demo', { ...lead, attribution })).toMatchObject({ status: 'new' });
  expect(firstStatus('demo', { ...lead, attribution: { ...attribution, entry_status: 'nurturing' } })).toMatchObject({ status: 'nurturing', lifecycle_stage: 'suspect' });
});

it('is converted for a lead that is, however it began', () => {
  const converted = { converted_at: '2026-11-28T11:00:00.000Z', account_id: 1, contact_id: 2, customer_id: 3 };
  expect(firstStatus('demo', { ...lead, converted, attribution: { ...attribution, entry_status: 'nurturing' } })).toMatchObject({ status: 'converted' });
});
