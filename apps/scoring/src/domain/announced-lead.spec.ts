import { intakeState } from '@headwater/testing';
import { announcedLead } from './announced-lead';

const LARGE = 'x'.repeat(5_000);
const customFields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, LARGE]));

it('goes along whole where it fits', () => {
  const lead = intakeState({ lead_id: 1, notes: LARGE, profile: { custom_fields: customFields(10) } });
  expect(announcedLead(lead, [])).toBe(lead);
});

it('loses its texts first, then its custom fields', () => {
  const wordy = intakeState({ lead_id: 1, notes: LARGE, profile: { description: LARGE, custom_fields: customFields(23) } });
  expect(announcedLead(wordy, [])).toMatchObject({ notes: null, profile: { description: null, custom_fields: { f0: LARGE }, job_title: 'CTO' } });

  const huge = intakeState({ lead_id: 1, profile: { custom_fields: customFields(30) } });
  expect(announcedLead(huge, []).profile).toMatchObject({ custom_fields: null, job_title: 'CTO' });
});

it('is measured as it is written: what is escaped is longer', () => {
  const escaped = intakeState({ lead_id: 1, notes: '\u0001'.repeat(21_000) });
  expect(announcedLead(escaped, [])).toMatchObject({ notes: null, profile: { job_title: 'CTO' } });
  const wide = intakeState({ lead_id: 1, notes: '漢'.repeat(35_000) });
  expect(announcedLead(wide, [])).toBe(wide);
});
