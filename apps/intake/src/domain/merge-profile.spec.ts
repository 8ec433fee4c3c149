import fc from 'fast-check';
import type { LeadProfile } from '@headwater/contracts';
import { mergeProfile, same } from './merge-profile';

const known: LeadProfile = { email: 'a@b.io', job_title: 'CTO', tags: ['x'], custom_fields: { a: 1 }, email_opt_out: true };
const open = { fillsOnly: false, edited: new Set<string>() };

describe('mergeProfile', () => {
  it('lets an authenticated source overwrite', () => {
    expect(mergeProfile(known, { job_title: 'CEO' }, open)).toMatchObject({ profile: { job_title: 'CEO' }, changed: ['job_title'], pending: {} });
  });

  it('lets one that may only fill do that, and keeps the rest for a person', () => {
    expect(mergeProfile(known, { job_title: 'CEO', city: 'Rome' }, { ...open, fillsOnly: true }))
      .toMatchObject({ profile: { job_title: 'CTO', city: 'Rome' }, changed: ['city'], pending: { job_title: 'CEO' } });
  });

  it('leaves what a person edited', () => {
    expect(mergeProfile(known, { job_title: 'CEO' }, { ...open, edited: new Set(['job_title']) }))
      .toMatchObject({ profile: { job_title: 'CTO' }, changed: [], pending: { job_title: 'CEO' } });
  });

  it('unites tags and custom fields; who may only fill adds keys and overwrites none', () => {
    expect(mergeProfile(known, { tags: ['y', 'x'], custom_fields: { a: 2, b: 3 } }, open).profile)
      .toMatchObject({ tags: ['x', 'y'], custom_fields: { a: 2, b: 3 } });
    expect(mergeProfile(known, { custom_fields: { a: 2, b: 3 } }, { ...open, fillsOnly: true }).profile.custom_fields).toEqual({ a: 1, b: 3 });
  });

  it('never takes an opt-out back', () => {
    expect(mergeProfile(known, { email_opt_out: false, do_not_call: true }, open))
      .toMatchObject({ profile: { email_opt_out: true, do_not_call: true }, changed: ['do_not_call'] });
  });

  it('finds nothing new in what it has taken in already', () => {
    const profile = fc.record({
      job_title: fc.string(), city: fc.string(), tags: fc.array(fc.string()), do_not_call: fc.boolean(), custom_fields: fc.dictionary(fc.string(), fc.integer()),
    }, { requiredKeys: [] });
    fc.assert(fc.property(profile, profile, (before, sent) => {
      const once = mergeProfile(before, sent, open);
      const twice = mergeProfile(once.profile, sent, open);
      return twice.changed.length === 0 && same(once.profile, twice.profile);
    }));
  });
});
