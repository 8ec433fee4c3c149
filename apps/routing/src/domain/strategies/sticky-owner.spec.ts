import { candidateOf } from '../../../test/reps';
import { stickyOwner } from './sticky-owner';

const lead = { account: { account_id: 5, owner_id: 7 } };

test('is for who owns the account, and for nobody else', () => {
  expect(stickyOwner.unsuited!(candidateOf(7), { lead, options: {} })).toBeNull();
  expect(stickyOwner.unsuited!(candidateOf(8), { lead, options: {} })).toBe('does not own account 5');
  expect(stickyOwner.unsuited!(candidateOf(8), { lead: { account: null }, options: {} })).toBe('nobody owns the account of the lead');
});

test('says whose it is', () => {
  expect(stickyOwner.pick({ lead, options: {}, eligible: [candidateOf(7)], excluded: [] })).toEqual({ repId: 7, because: 'owns account 5' });
});
