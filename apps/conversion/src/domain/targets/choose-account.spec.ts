import { chooseAccount } from './choose-account';

const company = (id: number, same_domain: boolean) => ({ id, name: `Company ${id}`, domain: same_domain ? 'company.example' : null, same_domain });

describe('chooseAccount', () => {
  it('makes a new one where nothing is found', () => expect(chooseAccount([])).toEqual({ accountId: null, warnings: [] }));

  it('links the only one, by domain or by name', () => {
    expect(chooseAccount([company(1, true)]).accountId).toBe(1);
    expect(chooseAccount([company(2, false)]).accountId).toBe(2);
  });

  it('lets the domain decide between equal names', () => {
    expect(chooseAccount([company(1, false), company(2, true), company(3, false)])).toEqual({ accountId: 2, warnings: [] });
  });

  it('does not choose between several, and says which', () => {
    const { accountId, warnings } = chooseAccount([company(1, true), company(2, true), company(3, false)]);
    expect(accountId).toBeNull();
    expect(warnings).toEqual([expect.objectContaining({
      code: 'account_ambiguous', candidates: [expect.objectContaining({ account_id: 1 }), expect.objectContaining({ account_id: 2 })],
    })]);
    expect(chooseAccount([company(1, false), company(2, false)]).warnings[0].code).toBe('account_ambiguous');
  });
});
