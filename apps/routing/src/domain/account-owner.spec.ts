import { ownedAccount, ownersAllocation } from './account-owner';

test('an account counts when somebody owns it', () => {
  expect(ownedAccount({ account: { account_id: 5, owner_id: 7, contact_id: null } })).toEqual({ account_id: 5, owner_id: 7 });
  for (const account of [undefined, null, { account_id: 5 }, { account_id: 5, owner_id: null }]) expect(ownedAccount({ account })).toBeNull();
});

test('its owner gets the lead, and the decision says why', () => {
  const rep = { id: 7, name: 'Dana Kim', email: null, team: null, time_zone: 'UTC', weight: 1, active: true, open_leads: 9, max_open_leads: 9 };
  expect(ownersAllocation(5, rep, 3)).toMatchObject({
    because: "account 5 is Dana Kim's", strategy: 'account_owner', pool: null, picked: rep, match: { version: 3, tried: [] },
    candidates: [{ rep_id: 7, name: 'Dana Kim', excluded: null }],
  });
});
