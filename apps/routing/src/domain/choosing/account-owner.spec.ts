import { repOf } from '../../../test/reps';
import { ownedAccount } from '../owned-account';
import { isAtHand, ownersAllocation } from './account-owner';

test('an account counts when somebody owns it', () => {
  expect(ownedAccount({ account: { account_id: 5, owner_id: 7, contact_id: null } })).toEqual({ account_id: 5, owner_id: 7, contact_id: null });
  for (const account of [undefined, null, { account_id: 5 }, { account_id: 5, owner_id: null }]) expect(ownedAccount({ account })).toBeNull();
});

test('its owner gets the lead, and the decision says why', () => {
  const rep = repOf(7, { name: 'Dana Kim', open_leads: 9, max_open_leads: 9 });
  expect(ownersAllocation({ account_id: 5, contact_id: null }, rep, 3)).toMatchObject({
    because: "account 5 is Dana Kim's", strategy: 'account_owner', pool: null, picked: rep, match: { version: 3, rule: null },
    candidates: [{ rep_id: 7, name: 'Dana Kim', excluded: null }],
  });
  expect(ownersAllocation({ account_id: 5, contact_id: 6 }, rep, 3).because).toBe("contact 6 of account 5 is Dana Kim's");
});

test('they are asked after hours and at the cap, not when they are gone', () => {
  expect([{}, { away: { why: 'hours', until: null } }, { open_leads: 1, max_open_leads: 1 }].map((more) => isAtHand(repOf(7, more as object)))).toEqual([true, true, true]);
  expect([{ active: false }, { away: { why: 'leave', until: null } }].map((more) => isAtHand(repOf(7, more as object)))).toEqual([false, false]);
});
