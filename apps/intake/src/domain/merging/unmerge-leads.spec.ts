import type { LeadProfile } from '@headwater/contracts';
import type { Lead } from '../lead';
import { unmergePrimary } from './unmerge-leads';

const NOW = '2026-11-20T09:00:00.000Z';
const lead = (profile: LeadProfile, more: Partial<Lead> = {}): Lead => ({
  id: 1, tenant_id: 'demo', revision: 3, profile, facts: {}, attribution: { channel: 'direct', entry: 'api' }, edited: {}, enriched: {}, pending: {}, notes: null,
  reengaged_from: null, account: null, converted: null, merged_into: null, created_at: NOW, updated_at: NOW, ...more,
});
const unmerge = (before: Lead, after: Lead, present: Lead = after) => unmergePrimary(present, { leads: [before], after }, NOW);

describe('unmergePrimary', () => {
  it('gives fields back that the merge has written, and empties those that it has filled', () => {
    const { lead: back, conflicts, changed } = unmerge(lead({ job_title: 'CTO' }), lead({ job_title: 'CEO', city: 'Rome' }));
    expect(back.profile).toEqual({ job_title: 'CTO' });
    expect([conflicts, changed]).toEqual([[], ['job_title', 'city', 'merged']]);
  });

  it('leaves what was changed since, and says what it was', () => {
    const { lead: back, conflicts } = unmerge(lead({ job_title: 'CTO' }), lead({ job_title: 'CEO' }), lead({ job_title: 'CFO', city: 'Rome' }));
    expect(back.profile).toEqual({ job_title: 'CFO', city: 'Rome' });
    expect(conflicts).toEqual([{ lead_id: 1, field: 'job_title', before: 'CTO', now: 'CFO' }]);
  });

  it('has nothing to say of what is as it was before, by whatever way', () => {
    expect(unmerge(lead({ job_title: 'CTO' }), lead({ job_title: 'CEO' }), lead({ job_title: 'CTO' }))).toMatchObject({ conflicts: [], changed: ['merged'] });
  });

  it('takes custom fields one by one', () => {
    const { lead: back, conflicts } = unmerge(
      lead({ custom_fields: { a: 1 } }), lead({ custom_fields: { a: 1, b: 2, c: 3 } }), lead({ custom_fields: { a: 9, b: 2, c: 4, d: 5 } }));
    expect(back.profile.custom_fields).toEqual({ a: 9, c: 4, d: 5 });
    expect(conflicts).toEqual([{ lead_id: 1, field: 'custom_fields.c', before: null, now: 4 }]);
  });

  it('keeps a note that was written since, and the campaign that came since', () => {
    const before = lead({}, { notes: null });
    const after = lead({}, { notes: 'of the other', attribution: { channel: 'direct', entry: 'api', campaign: 'fair' } });
    expect(unmerge(before, after).lead).toMatchObject({ notes: null, attribution: { channel: 'direct' }, revision: 4 });
    expect(unmerge(before, after, { ...after, notes: 'called her' }).lead.notes).toBe('called her');
  });
});
