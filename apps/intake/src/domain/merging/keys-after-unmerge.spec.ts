import { keysAfterUnmerge, type LeadKey } from './keys-after-unmerge';

const email = (lead_id: number, value: string, exclusive = true): LeadKey => ({ lead_id, kind: 'email', value, exclusive });

it('gives every lead its keys back, and leaves the primary those that came since', () => {
  const before = [email(1, 'a'), email(2, 'b')];
  const present = [email(1, 'a'), email(1, 'b'), email(1, 'c')];
  expect(keysAfterUnmerge(1, { before, present, own: [email(1, 'a')] })).toEqual([email(2, 'b'), email(1, 'a'), email(1, 'c')]);
});

it('lets the primary be found by an address that it says still, and own it no more', () => {
  const after = keysAfterUnmerge(1, { before: [email(1, 'a'), email(2, 'b')], present: [email(1, 'a'), email(1, 'b')], own: [email(1, 'b')] });
  expect(after).toEqual([email(2, 'b'), email(1, 'a'), email(1, 'b', false)]);
});
