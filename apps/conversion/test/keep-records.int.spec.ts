import {
  CreateAccount, CreateContact, CreateCustomer, GetAccount, GetContact, GetCustomer, ListAccounts, ListContacts, ListCustomers, UpdateAccount, UpdateContact, UpdateCustomer,
  type AccountCreatedData, type ContactCreatedData, type Context, type CreateAccountRequest, type CreateContactRequest, type CustomerCreatedData, type PatchContactRequest,
} from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { codes, ConversionCell, refusal } from './conversion-cell';

let world: ConversionCell;
let context: Context;
beforeAll(async () => {
  world = await ConversionCell.start();
  context = world.cell.context();
});
afterAll(() => world?.cell.stop());

const account = (body: Partial<CreateAccountRequest> = {}, of = context) => world.cell.ask(CreateAccount, { context: of, body: { name: 'Nordwind', ...body } });
const contact = (body: Partial<CreateContactRequest> & { account_id: number }, of = context) => world.cell.ask(CreateContact, { context: of, body: { last_name: 'Ito', ...body } });
const patchContact = (id: number, patch: PatchContactRequest, expected_version?: string) => world.cell.ask(UpdateContact, { context, id, patch, expected_version });
const keyed = (key: string) => world.cell.context({ idempotency: { scope: 'user:1 POST records', key, hash: 'h' } });
/** In the order of what they tell: each replica publishes when it comes to it. */
const told = <Data>(type: string, id: number) => world.cell.events<Data>(type).filter(({ subject, tenantid }) => subject === String(id) && tenantid === 'demo')
  .sort((a, b) => a.revision! - b.revision!);
const primaries = async (accountId: number) => (await world.cell.rows<{ id: number }>('conversion', 'select id::int from contact where account_id = $1 and is_primary', [accountId])).map(({ id }) => id);

describe('accounts', () => {
  it('are made once per key and told, changed, read with their version, and told again', async () => {
    const { account: made, version } = await account({ domain: 'WWW.Nordwind.example', owner_id: 5, custom_fields: { tier: 1 } }, keyed('a'));
    expect(made).toMatchObject({ kind: 'company', name: 'Nordwind', domain: 'nordwind.example', owner_id: 5, lead_id: null, custom_fields: { tier: 1 }, updated_at: null });
    expect((await account({ domain: 'WWW.Nordwind.example', owner_id: 5, custom_fields: { tier: 1 } }, keyed('a'))).account.id).toBe(made.id);
    const patch = { owner_id: 6, domain: 'nordwind.test', custom_fields: { tier: null, size: 'xl' }, city: 'Kiel' };
    const changed = await world.cell.ask(UpdateAccount, { context, id: made.id, patch, expected_version: version });
    expect(changed.account).toMatchObject({ owner_id: 6, domain: 'nordwind.test', custom_fields: { size: 'xl' }, city: 'Kiel', name: 'Nordwind' });
    expect(await world.cell.ask(UpdateAccount, { context, id: made.id, patch })).toEqual(changed);
    expect(await world.cell.ask(GetAccount, { context, id: made.id })).toEqual(changed);
    expect(await refusal(world.cell.ask(UpdateAccount, { context, id: made.id, patch: { city: 'Ulm' }, expected_version: version })))
      .toMatchObject({ kind: 'precondition', code: 'precondition_failed' });
    await world.cell.settled();
    expect(told<AccountCreatedData>('account.created', made.id)).toMatchObject([{ revision: 1, data: { account: made } }]);
    expect(told<AccountCreatedData>('account.updated', made.id)).toMatchObject([{ revision: 2, data: { account: changed.account } }]);
  });

  it('like another are made with a remark, and conversions link to what was made', async () => {
    const { account: made } = await account({ name: 'Zephyr, Inc.', domain: 'zephyr.example', country: 'us' });
    const similar = await account({ name: 'ZEPHYR INC', country: 'US' });
    expect(codes(similar)).toEqual(['account_similar']);
    const lead = world.newLead({ profile: { company_name: 'Zephyr' }, facts: { company_domain: 'zephyr.example' } });
    expect((await world.convert(lead)).data).toMatchObject({ account: { id: made.id, linked: true } });
    expect(await primaries(made.id)).toHaveLength(1);
  });

  it('are refused with an owner who is none, and are nobody else\'s', async () => {
    expect(await refusal(account({ owner_id: 404 }))).toMatchObject({ kind: 'invalid', errors: [{ field: 'owner_id', code: 'unknown_rep' }] });
    expect(await refusal(account({ owner_id: 410 }))).toMatchObject({ errors: [{ field: 'owner_id', code: 'inactive_rep' }] });
    expect(await refusal(account({ name: ' ' }))).toMatchObject({ errors: [{ field: 'name', code: 'required' }] });
    const { account: { id } } = await account();
    const other = world.cell.context({ tenant: 'other' });
    expect(await refusal(world.cell.ask(UpdateAccount, { context: other, id, patch: { city: 'Mine' } }))).toMatchObject({ kind: 'not_found' });
    expect(await refusal(contact({ account_id: id }, other))).toMatchObject({ errors: [{ field: 'account_id', code: 'unknown_account' }] });
  });

  it('are listed by filter, page by page', async () => {
    const of = world.cell.context({ tenant: 'lists' });
    const made: number[] = [];
    for (let i = 0; i < 5; i += 1) made.push((await account({ name: `Company ${i}`, owner_id: i % 2 ? 7 : 8, tags: i === 3 ? ['vip'] : [] }, of)).account.id);
    const page = (filter: object, limit: number, cursor?: string) => world.cell.ask(ListAccounts, { context: of, filter, limit, ...(cursor ? { cursor } : {}) });
    const first = await page({}, 3);
    const second = await page({}, 3, first.next_cursor!);
    expect([...first.accounts, ...second.accounts].map(({ id }) => id)).toEqual([...made].reverse());
    expect(second.next_cursor).toBeNull();
    expect((await page({ owner_id: 7 }, 10)).accounts.map(({ id }) => id)).toEqual([made[3], made[1]]);
    expect((await page({ tag: 'vip', kind: 'company' }, 10)).accounts.map(({ id }) => id)).toEqual([made[3]]);
    for (const cursor of ['x', Buffer.from('["-id","1 or 1=1",1]').toString('base64url')]) {
      expect(await refusal(page({}, 3, cursor))).toMatchObject({ errors: [{ field: 'cursor', code: 'wrong_cursor' }] });
    }
  });
});

describe('contacts', () => {
  it('are primary one at a time: the first, until another one is made so', async () => {
    const { account: { id: account_id } } = await account();
    const { contact: first } = await contact({ account_id, email: 'first@one.example' });
    const { contact: second } = await contact({ account_id });
    expect([first.is_primary, second.is_primary]).toEqual([true, false]);
    expect(await refusal(patchContact(first.id, { is_primary: false }))).toMatchObject({ kind: 'conflict', code: 'primary_needed' });
    expect((await patchContact(second.id, { is_primary: true })).contact.is_primary).toBe(true);
    const { contact: third } = await contact({ account_id, is_primary: true, roles: ['champion', 'champion'] });
    expect(third).toMatchObject({ is_primary: true, roles: ['champion'] });
    expect(await primaries(account_id)).toEqual([third.id]);
    await world.cell.settled();
    expect(told<ContactCreatedData>('contact.updated', second.id).map(({ revision, data }) => [revision, data.contact.is_primary])).toEqual([[2, true], [3, false]]);
  });

  it('stay so, whoever is made primary at once, and made at once', async () => {
    const { account: { id: account_id } } = await account();
    const made = await Promise.all(Array.from({ length: 8 }, () => contact({ account_id })));
    expect(await primaries(account_id)).toHaveLength(1);
    await Promise.all(made.flatMap(({ contact: { id } }) => [patchContact(id, { is_primary: true }), patchContact(id, { job_title: `Title ${id}` })]));
    expect(await primaries(account_id)).toHaveLength(1);
    await world.cell.settled();
    // Whoever follows the events knows the same one in the end.
    const newest = new Map<string, { revision?: number; data: ContactCreatedData }>();
    for (const event of ['contact.created', 'contact.updated'].flatMap((type) => world.cell.events<ContactCreatedData>(type)).filter(({ data }) => data.contact.account_id === account_id)) {
      if ((newest.get(event.subject)?.revision ?? 0) < event.revision!) newest.set(event.subject, event);
    }
    expect([...newest.values()].filter(({ data }) => data.contact.is_primary).map(({ data }) => data.contact.id)).toEqual(await primaries(account_id));
  });

  it('of one person are one, also when two are made at once', async () => {
    const { account: { id: account_id } } = await account();
    const both = await Promise.allSettled([contact({ account_id, email: 'Same@one.example' }), contact({ account_id, email: 'same@ONE.example' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { contact: other } = await contact({ account_id });
    expect(await refusal(patchContact(other.id, { email: 'same@one.example' }))).toMatchObject({ code: 'contact_exists', more: { candidates: [{ account_id, customer_id: null }] } });
    const lead = world.newLead({ profile: { email: 'same@one.example' } });
    expect(await refusal(world.convert(lead))).toMatchObject({ code: 'customer_exists' });
    expect(await refusal(contact({ account_id, last_name: null, job_title: 'CTO' }))).toMatchObject({ errors: [{ field: 'last_name' }] });
    expect((await world.cell.ask(ListContacts, { context, filter: { account_id, email: 'SAME@one.example' }, limit: 10 })).contacts).toHaveLength(1);
  });
});

describe('customers', () => {
  it('are contacts of an account, each at most once', async () => {
    const [{ account: mine }, { account: foreign }] = [await account({ owner_id: 9 }), await account()];
    const { contact: { id: contact_id } } = await contact({ account_id: mine.id });
    const make = (account_id: number, id = contact_id) => world.cell.ask(CreateCustomer, { context, body: { account_id, contact_id: id } });
    expect(await refusal(make(foreign.id))).toMatchObject({ errors: [{ field: 'contact_id', code: 'not_this_accounts_contact' }] });
    expect(await refusal(make(mine.id, 999_999))).toMatchObject({ errors: [{ field: 'contact_id', code: 'unknown_contact' }] });
    const made = (await Promise.allSettled([make(mine.id), make(mine.id)])).flatMap((one) => (one.status === 'fulfilled' ? [one.value.customer] : []));
    expect(made).toMatchObject([{ account_id: mine.id, contact_id, type: 'individual', status: 'active', owner_id: 9, company_name: 'Nordwind' }]);
    expect(await refusal(make(mine.id))).toMatchObject({ code: 'customer_exists', more: { candidates: [{ customer_id: made[0].id, contact_id }] } });
    expect((await world.cell.ask(ListCustomers, { context, filter: { account_id: mine.id, status: 'active' }, limit: 10 })).customers).toEqual(made);
  });

  it('write to the contact and the account, all of it or nothing, and change with them', async () => {
    const { data } = await world.convert(world.newLead());
    const { customer: { id }, contact: { id: contactId }, account: { id: accountId } } = data;
    const { version } = await world.cell.ask(GetCustomer, { context, id });
    const patch = (body: object, expected_version?: string) => world.cell.ask(UpdateCustomer, { context, id, patch: body, expected_version });
    const changed = await patch({ last_name: 'Reed', email: 'reed@new.example', company_name: 'Renamed', status: 'inactive' }, version);
    expect(changed.customer).toMatchObject({ last_name: 'Reed', email: 'reed@new.example', company_name: 'Renamed', status: 'inactive', first_name: 'Sarah' });
    expect((await world.cell.ask(GetContact, { context, id: contactId })).contact).toMatchObject({ last_name: 'Reed', full_name: 'Sarah Reed', email: 'reed@new.example' });
    expect((await world.cell.ask(GetAccount, { context, id: accountId })).account.name).toBe('Renamed');
    expect(await refusal(patch({ company_name: 'Nothing of this', email: 'none' }))).toMatchObject({ errors: [{ field: 'email' }] });
    expect((await world.cell.ask(GetAccount, { context, id: accountId })).account.name).toBe('Renamed');
    await world.cell.ask(UpdateAccount, { context, id: accountId, patch: { name: 'Once more' } });
    expect(await refusal(patch({ status: 'active' }, changed.version))).toMatchObject({ kind: 'precondition' });
    await patchContact(contactId, { phone: '+49 30 1' });
    const events = await eventually('the customer is told as it is shown', () => {
      const all = told<CustomerCreatedData>('customer.updated', id);
      return all.some(({ data: { customer } }) => customer.phone === '+49 30 1') && all;
    });
    expect(new Set(events.map(({ revision }) => revision)).size).toBe(events.length);
  });
});
