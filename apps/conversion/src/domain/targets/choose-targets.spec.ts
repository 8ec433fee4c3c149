import { DomainError, type DuplicatePolicy } from '@headwater/contracts';
import { chooseTargets, mustBeThere, type KnownPerson, type Named } from './choose-targets';

const account = { id: 10 } as NonNullable<Named['account']>;
const contact = { id: 20, account_id: 10, customer_id: 30 } as NonNullable<Named['contact']>;
const customer = { id: 30, account_id: 10, contact_id: 20 } as NonNullable<Named['customer']>;
const opportunity = { id: 40, account_id: 10 } as NonNullable<Named['opportunity']>;
const known = (contact_id: number, account_id: number, customer_id: number | null = null): KnownPerson =>
  ({ contact_id, account_id, customer_id, customer_number: customer_id && `CUST-${customer_id}` }) as KnownPerson;

const choose = (named: Named, { people = [] as KnownPerson[], policy = 'error' as DuplicatePolicy, mayForce = false, companies = [] as number[] } = {}) => {
  const found = companies.map((id) => ({ id, name: 'C', domain: null, same_domain: false }));
  try {
    const { accountId, contactId, customerId, opportunityId } = chooseTargets(named, people, found, { policy, mayForce });
    return [accountId, contactId, customerId, opportunityId];
  } catch (error) {
    return (error as DomainError).body.code;
  }
};

describe('what the caller named', () => {
  it.each<[string, Named, unknown]>([
    ['nothing', {}, [null, null, null, null]],
    ['an account', { account }, [10, null, null, null]],
    ['a contact: with account and customer', { contact }, [10, 20, 30, null]],
    ['a contact who is no customer', { contact: { ...contact, customer_id: null } }, [10, 20, null, null]],
    ['a customer: with account and contact', { customer }, [10, 20, 30, null]],
    ['an opportunity: a further person of its account', { opportunity }, [10, null, null, 40]],
    ['all of one', { account, contact, customer, opportunity }, [10, 20, 30, 40]],
    ["another account than the contact's", { account: { ...account, id: 11 }, contact }, 'contact_not_of_account'],
    ["another account than the customer's", { account: { ...account, id: 11 }, customer }, 'account_not_of_customer'],
    ["another contact than the customer's", { contact: { ...contact, id: 21 }, customer }, 'contact_not_of_customer'],
    ["another account than the opportunity's", { account: { ...account, id: 11 }, opportunity }, 'opportunity_not_of_account'],
    ["a contact of another account than the opportunity's", { contact: { ...contact, account_id: 11 }, opportunity }, 'opportunity_not_of_account'],
  ])('is taken: %s', (_, named, expected) => expect(choose(named)).toEqual(expected));

  it('goes before what the company tells of', () => expect(choose({ account }, { companies: [99] })).toEqual([10, null, null, null]));
});

describe('a person who is known', () => {
  const people = [known(20, 10, 30)];

  it.each<[DuplicatePolicy, boolean, Named, KnownPerson[], unknown]>([
    ['error', true, {}, people, 'customer_exists'],
    ['error', false, { contact }, people, [10, 20, 30, null]],
    ['link', false, {}, people, [10, 20, 30, null]],
    ['link', false, {}, [known(20, 10)], [10, 20, null, null]],
    ['link', false, { account }, people, [10, 20, 30, null]],
    ['link', false, { account: { ...account, id: 11 } }, people, 'contact_of_another_account'],
    ['link', false, {}, [...people, known(21, 11)], 'contact_ambiguous'],
    ['link', false, { account }, [...people, known(21, 11)], [10, 20, 30, null]],
    ['create', false, {}, people, 'forbidden'],
    ['create', true, {}, people, [77, null, null, null]],
    ['link', false, {}, [], [77, null, null, null]],
  ])('under %s (may force: %s), with %j and %j, becomes %j', (policy, mayForce, named, persons, expected) => {
    expect(choose(named, { policy, mayForce, people: persons, companies: [77] })).toEqual(expected);
  });
});

it('names every record that is not there', () => {
  const refused = () => mustBeThere({ account }, { existing_account_id: 10, existing_contact_id: 5, existing_opportunity_id: 6 });
  expect(refused).toThrow(DomainError);
  try { refused(); } catch (error) {
    expect((error as DomainError).body.errors).toEqual([
      { field: 'existing_contact_id', code: 'unknown_contact', detail: 'There is no contact with the id 5' },
      { field: 'existing_opportunity_id', code: 'unknown_opportunity', detail: 'There is no opportunity with the id 6' },
    ]);
  }
  expect(() => mustBeThere({}, { existing_account_id: null })).not.toThrow();
});
