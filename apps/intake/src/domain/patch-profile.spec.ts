import { patchProfile } from './patch-profile';

describe('patchProfile', () => {
  it('writes what is given, empties by null, and names what changed', () => {
    expect(patchProfile({ city: 'Rome', job_title: 'CTO' }, { city: null, job_title: 'CEO', state: null }))
      .toEqual({ profile: { job_title: 'CEO' }, changed: ['city', 'job_title'] });
  });

  it('merges custom fields by key, null removing one; the last one leaves none', () => {
    expect(patchProfile({ custom_fields: { a: 1, b: 2 } }, { custom_fields: { a: null, c: 3 } }).profile.custom_fields).toEqual({ b: 2, c: 3 });
    expect(patchProfile({ custom_fields: { a: 1 } }, { custom_fields: { a: null } }).profile).not.toHaveProperty('custom_fields');
  });

  it('replaces tags', () => {
    expect(patchProfile({ tags: ['a'] }, { tags: ['b'] }).profile.tags).toEqual(['b']);
  });

  it('lets the full name follow its parts, unless it is given', () => {
    expect(patchProfile({ first_name: 'A', full_name: 'A B' }, { first_name: 'C' }).profile).toEqual({ first_name: 'C' });
    expect(patchProfile({ full_name: 'A B' }, { first_name: 'C', full_name: 'C D' }).profile.full_name).toBe('C D');
  });

  it('lets the digits behind a number go with it, unless they are given', () => {
    const known = { phone: '+12125552368', phone_extension: '4' };
    expect(patchProfile(known, { phone: '+4930901820' }).profile).toEqual({ phone: '+4930901820' });
    expect(patchProfile(known, { phone: '+4930901820', phone_extension: '5' }).profile).toEqual({ phone: '+4930901820', phone_extension: '5' });
  });

  it('finds no change in what is there already', () => {
    expect(patchProfile({ tags: ['a'], custom_fields: { a: [1] } }, { tags: ['a'], custom_fields: { a: [1] } }).changed).toEqual([]);
  });
});
