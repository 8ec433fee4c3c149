import fc from 'fast-check';
import type { LeadProfile } from '@headwater/contracts';
import { mergeProfile, same } from './merge-profile';

const known: LeadProfile = { email: 'a@b.io', job_title: 'CTO', tags: ['x'], custom_fields: { a: 1 }, email_opt_out: true };
const open = { fillsOnly: false, edited: new Set<string>(), enriched: new Set<string>() };

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

  it('hears anybody about what only a provider of enrichment said', () => {
    const rules = { ...open, fillsOnly: true, enriched: new Set(['job_title', 'custom_fields.a']) };
    expect(mergeProfile({ ...known, custom_fields: { a: 1, b: 2 } }, { job_title: 'CEO', custom_fields: { a: 5, b: 6, c: 7 } }, rules))
      .toMatchObject({ profile: { job_title: 'CEO', custom_fields: { a: 5, b: 2, c: 7 } }, changed: ['job_title', 'custom_fields'], pending: {} });
  });

  it('unites tags and custom fields; who may only fill adds keys and overwrites none', () => {
    expect(mergeProfile(known, { tags: ['y', 'x'], custom_fields: { a: 2, b: 3 } }, open).profile)
      .toMatchObject({ tags: ['x', 'y'], custom_fields: { a: 2, b: 3 } });
    expect(mergeProfile(known, { custom_fields: { a: 2, b: 3 } }, { ...open, fillsOnly: true }).profile.custom_fields).toEqual({ a: 1, b: 3 });
  });

  it('keeps to what a lead may have, however much comes together', () => {
    const fields = (prefix: string) => Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`${prefix}${i}`, i]));
    const tags = (prefix: string) => Array.from({ length: 40 }, (_, i) => `${prefix}${i}`);
    const full = { custom_fields: fields('a'), tags: tags('a') };
    const { profile } = mergeProfile(full, { custom_fields: { ...fields('b'), a0: 'new' }, tags: tags('b') }, open);
    expect([Object.keys(profile.custom_fields!).length, profile.tags!.length]).toEqual([200, 50]);
    expect(profile.custom_fields).toEqual(expect.objectContaining({ ...fields('a'), a0: 'new' }));
    expect(mergeProfile(profile, { custom_fields: fields('c'), tags: tags('c') }, open).changed).toEqual([]);
  });

  it('takes the digits behind a number for that number alone', () => {
    const person = { phone: '+12125552368', phone_extension: '4' };
    const other = { phone_extension: '9', phone: '+4930901820' };
    expect(mergeProfile(person, other, open).profile).toEqual(other);
    expect(mergeProfile(person, { phone: '+4930901820' }, open).profile).toEqual({ phone: '+4930901820' });
    expect(mergeProfile({ phone: '+12125552368' }, other, { ...open, fillsOnly: true }))
      .toEqual({ profile: { phone: '+12125552368' }, changed: [], pending: other });
    expect(mergeProfile({ phone: '+12125552368' }, person, { ...open, fillsOnly: true }).profile).toEqual(person);
    expect(mergeProfile(person, { phone: '+12125552368' }, open).changed).toEqual([]);
  });

  it('makes the full name of the parts that are known, where one of them was sent', () => {
    const sarah = { first_name: 'Sarah', last_name: 'Johnson', full_name: 'Sarah Johnson' };
    const names = (before: LeadProfile, sent: LeadProfile, rules = {}) => {
      const { profile: { full_name }, changed, pending } = mergeProfile(before, { full_name: sent.first_name ?? sent.last_name, ...sent }, { ...open, ...rules });
      return [full_name, changed, pending];
    };
    expect(names(sarah, { last_name: 'Johnson' })).toEqual(['Sarah Johnson', [], {}]);
    expect(names(sarah, { last_name: 'Miller' })).toEqual(['Sarah Miller', ['last_name', 'full_name'], {}]);
    expect(names(sarah, { last_name: 'Miller' }, { edited: new Set(['full_name']) })).toEqual(['Sarah Johnson', ['last_name'], {}]);
    expect(names(sarah, { first_name: 'Sally' }, { fillsOnly: true })).toEqual(['Sarah Johnson', [], { first_name: 'Sally' }]);
    expect(names({ last_name: 'Johnson', full_name: 'Johnson' }, { first_name: 'Sarah' }, { fillsOnly: true })).toEqual(['Sarah Johnson', ['first_name', 'full_name'], {}]);
    const written = { last_name: 'Johnson', full_name: 'Dr. A. Johnson' };
    expect(names(written, { first_name: 'Mallory' }, { fillsOnly: true })).toEqual(['Dr. A. Johnson', ['first_name'], {}]);
    expect(names(written, { first_name: 'Anna' })).toEqual(['Anna Johnson', ['first_name', 'full_name'], {}]);
    expect(names({ last_name: 'x'.repeat(100) }, { first_name: 'y'.repeat(100) })[0]).toHaveLength(200);
    expect(names({}, { last_name: 'Johnson' })).toEqual(['Johnson', ['full_name', 'last_name'], {}]);
    expect(names(sarah, { first_name: 'Sally', last_name: 'Miller', full_name: 'Sally Miller' })).toEqual(['Sally Miller', ['full_name', 'first_name', 'last_name'], {}]);
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
