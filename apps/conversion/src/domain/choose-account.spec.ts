import type { Account } from '@headwater/contracts';
import { chooseAccount } from './choose-account';

const account = (id: number, same_domain: boolean) =>
  ({ id, kind: 'company', name: `Company ${id}`, created_at: '', same_domain }) as Account & { same_domain: boolean };

describe('chooseAccount', () => {
  it('makes a new one where nothing is found', () => expect(chooseAccount([])).toEqual({ account: null, warnings: [] }));

  it('links the only one, by domain or by name', () => {
    expect(chooseAccount([account(1, true)]).account).toEqual({ id: 1, kind: 'company', name: 'Company 1', created_at: '' });
    expect(chooseAccount([account(2, false)]).account?.id).toBe(2);
  });

  it('lets the domain decide between equal names', () => {
    expect(chooseAccount([account(1, false), account(2, true), account(3, false)])).toMatchObject({ account: { id: 2 }, warnings: [] });
  });

  it('does not choose between several, and says which', () => {
    const { account: chosen, warnings } = chooseAccount([account(1, true), account(2, true), account(3, false)]);
    expect(chosen).toBeNull();
    expect(warnings).toEqual([expect.objectContaining({
      code: 'account_ambiguous', candidates: [expect.objectContaining({ account_id: 1 }), expect.objectContaining({ account_id: 2 })],
    })]);
    expect(chooseAccount([account(1, false), account(2, false)]).warnings[0].code).toBe('account_ambiguous');
  });
});
