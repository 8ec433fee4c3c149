import {
  CreateOpportunity, GetAccount, GetContact, GetCustomer, GetOpportunity, ListAccounts, ListContacts, SearchCustomers, type AnswerOf, type ConvertLead,
  type CreateOpportunityBody, type LeadProfile,
} from '@headwater/contracts';
import type { Database } from '@headwater/platform';
import { eventually } from '@headwater/testing';
import { searchTerm } from '../src/domain/search-term';
import { RecordSearch } from '../src/store/record-search.store';
import { WordFrequencies } from '../src/store/word-frequencies';
import { codes, ConversionCell, refusal } from './conversion-cell';

let world: ConversionCell;

beforeAll(async () => {
  world = await ConversionCell.start();
});
afterAll(() => world.cell.stop());

describe('accounts', () => {
  const company = (name: string, domain: string | null, country: string | null = 'US') =>
    world.newLead({ profile: { company_name: name, country }, facts: { company_domain: domain } });

  it('are linked by domain whatever the name, or by name in the same country', async () => {
    const { data: { account } } = await world.convert(company('Acme, Inc.', 'acme.example'));
    expect((await world.convert(company('Acme Holding', 'acme.example', 'DE'))).data.account).toMatchObject({ id: account.id, linked: true, name: 'Acme, Inc.' });
    const byName = await world.convert(company('ACME INC', null));
    expect(byName.data).toMatchObject({ account: { id: account.id, linked: true }, contact: { is_primary: false } });
    expect((await world.convert(company('Acme Inc', null, 'DE'))).data.account).toMatchObject({ linked: false });
  });

  it('that could be several are made anew, with a remark', async () => {
    const tenant = 'other';
    const at = (domain: string | null) => world.newLead({ profile: { company_name: 'Twin' }, facts: { company_domain: domain } }, { tenant });
    const context = world.cell.context({ tenant });
    const { data: first } = await world.convert(at('twin-a.example'), {}, context);
    await world.cell.rows('conversion', `insert into account (tenant_id, kind, name, name_normalised, country) values ($1, 'company', 'Twin', 'twin', 'US')`, [tenant]);
    const answer = await world.convert(at(null), {}, context);
    expect(answer.data.account.linked).toBe(false);
    expect(codes(answer)).toContain('account_ambiguous');
    expect((await world.convert(at('twin-a.example'), {}, context)).data.account).toMatchObject({ id: first.account.id, linked: true });
  });

  it('bear the person\'s name without a company, and an organization is a company without a person', async () => {
    const person = await world.convert(world.newLead({ profile: { company_name: null }, facts: { company_domain: null } }));
    expect(person.data).toMatchObject({ account: { kind: 'person', name: 'Sarah Johnson' }, customer: { type: 'individual', company_name: null } });
    const nobody = { first_name: null, last_name: null, full_name: null };
    expect((await world.convert(world.newLead({ profile: nobody }))).data).toMatchObject({ account: { kind: 'company' }, customer: { type: 'organization' } });
  });
});

describe('opportunities of a customer', () => {
  const create = (body: CreateOpportunityBody, context = world.cell.context()) => world.cell.ask(CreateOpportunity, { context, body });

  it('come with the lead\'s attribution, once per key', async () => {
    const id = world.newLead({}, { owner: 5 });
    const { data } = await world.convert(id);
    const body = { name: 'TechCorp - Platform Expansion', customer_id: data.customer.id, lead_id: id, value: 50_000, notes: 'Expansion' };
    const context = world.cell.context({ idempotency: { scope: 'user:1 POST opportunities', key: 'k', hash: 'h' } });
    const { opportunity } = await create(body, context);
    expect(opportunity).toMatchObject({
      name: body.name, value: 50_000, currency: 'USD', stage: 'prospecting', probability: 15, customer_id: data.customer.id,
      account_id: data.account.id, lead_id: id, owner_id: 5,
    });
    expect((await create(body, context)).opportunity).toEqual(opportunity);
    await world.cell.settled();
    const created = await eventually('the event', () => world.cell.events<object>('opportunity.created').find(({ subject }) => subject === String(opportunity.id)));
    expect(created).toMatchObject({ leadid: id, revision: 1, data: { opportunity, attribution: { source: 'web' } } });
    await eventually('the note', () => world.cell.events<{ about_id: number }>('note.added').some((note) => note.data.about_id === opportunity.id));
  });

  it('need a customer of this tenant and a lead that became it', async () => {
    const { data } = await world.convert(world.newLead());
    const other = world.newLead();
    await world.convert(other);
    const body = { name: 'Deal', customer_id: data.customer.id, value: 1 };
    expect(await refusal(create({ ...body, customer_id: 999_999 }))).toMatchObject({ errors: [{ field: 'customer_id', code: 'unknown_customer' }] });
    expect(await refusal(create(body, world.cell.context({ tenant: 'other' })))).toMatchObject({ errors: [{ field: 'customer_id', code: 'unknown_customer' }] });
    for (const lead_id of [other, world.newLead(), 999_999]) {
      expect(await refusal(create({ ...body, lead_id }))).toMatchObject({ kind: 'invalid', errors: [{ field: 'lead_id' }] });
    }
    expect(await refusal(create({ ...body, name: '  ', expected_close_date: '2026-02-30' })))
      .toMatchObject({ errors: [{ field: 'name' }, { field: 'expected_close_date' }] });
    const free = await create({ ...body, currency: 'EUR', expected_close_date: '2001-01-01' });
    expect(free.opportunity).toMatchObject({ lead_id: null, currency: 'EUR' });
    expect(codes(free)).toEqual(['close_date_in_past']);
  });
});

describe('looking records up', () => {
  const tenant = 'search';
  const find = async (q: string, limit = 10, of = tenant) =>
    (await world.cell.ask(SearchCustomers, { context: world.cell.context({ tenant: of }), q, limit })).customers.map(({ id }) => id);
  let mia: AnswerOf<typeof ConvertLead>['data'];
  let noah: AnswerOf<typeof ConvertLead>['data'];
  let jurgen: AnswerOf<typeof ConvertLead>['data'];
  const person = (profile: LeadProfile) => world.convert(world.newLead({ profile }, { tenant }), {}, world.cell.context({ tenant }));

  beforeAll(async () => {
    mia = (await person({ first_name: 'Mia', last_name: 'O_Hara', full_name: null, company_name: 'Blue 100% GmbH', email: 'mia@blue.example', phone: '+49 (30) 123-4567' })).data;
    noah = (await person({ first_name: 'Noah', last_name: 'Miau', full_name: 'Noah Miau', company_name: 'Red', email: 'noah@red.example', phone: null, mobile: '0171 99887766' })).data;
    jurgen = (await person({ first_name: 'Jürgen', last_name: 'Жуков-Straßer', full_name: null, company_name: 'Øresund A/S', email: 'jurgen.strasser@o.example' })).data;
  });

  it('finds by e-mail, number, name, company and phone', async () => {
    expect(await find('MIA@blue.example ')).toEqual([mia.customer.id]);
    expect(await find(mia.customer.customer_number.toLowerCase())).toEqual([mia.customer.id]);
    expect(await find('blue')).toEqual([mia.customer.id]);
    expect(await find('mia o_h')).toEqual([mia.customer.id]);
    expect(await find('30/123')).toEqual([mia.customer.id]);
    expect(await find('9988-7766')).toEqual([noah.customer.id]);
    expect(await find('mia')).toEqual([mia.customer.id, noah.customer.id]);
    expect(await find('mia', 1)).toEqual([mia.customer.id]);
    expect(await find(String(noah.customer.id))).toEqual([noah.customer.id]);
  });

  it('finds whatever the capitals, accents, ligatures and the order of words', async () => {
    for (const q of ['JÜRGEN', 'jurgen', 'strasser', 'straßer', 'Straßer, Jürg', 'øresund', 'Oresund A-S', 'жуков', 'ju', 'jurgen.strasser']) {
      expect([q, await find(q)]).toEqual([q, [jurgen.customer.id]]);
    }
    expect(await find('strasser zwei')).toEqual([]);
  });

  it('finds words of the person and of the company together, behind those of one of them', async () => {
    expect(await find('noah red')).toEqual([noah.customer.id]);
    expect(await find('red miau noah')).toEqual([noah.customer.id]);
    expect(await find('noah blue')).toEqual([]);
  });

  it('puts the very name before names that begin so, and these before the rest', async () => {
    const named = async (full_name: string, company_name: string) => (await person({ first_name: null, last_name: null, full_name, company_name })).data.customer.id;
    const [rest, begins, very, company] = [
      await named('Ann Kestrel', 'A'), await named('Kestrel Ann', 'B'), await named('Kestrel', 'C'), await named('Zoe', 'Kestrel'),
    ];
    expect(await find('kestrel')).toEqual([company, very, begins, rest]);
    expect(await find('kestrel', 2)).toEqual([company, very]);
  });

  it('takes wildcards and quotes as they are', async () => {
    expect(await find('100%')).toEqual([mia.customer.id]);
    expect(await find('o-hara')).toEqual([mia.customer.id]);
    for (const q of ['mi%', '!mi', 'mi:*']) expect([q, (await find(q)).sort()]).toEqual([q, [mia.customer.id, noah.customer.id].sort()]);
    for (const nothing of ['%', '_', '%%%%', 'i%', '_ia', '\\', "'", "' | '=other", '&', '=search', 'nobody@red.example', 'ia', '', '\0', "');--"]) {
      expect([nothing, await find(nothing)]).toEqual([nothing, []]);
    }
  });

  it('narrows the lists of accounts and contacts down in the same way', async () => {
    const context = world.cell.context({ tenant });
    const accounts = async (q: string) => (await world.cell.ask(ListAccounts, { context, filter: { q }, limit: 10 })).accounts.map(({ id }) => id);
    const contacts = async (q: string) => (await world.cell.ask(ListContacts, { context, filter: { q }, limit: 10 })).contacts.map(({ id }) => id);
    expect(await accounts('gmbh blu')).toEqual([mia.account.id]);
    expect(await contacts('o_h')).toEqual([mia.contact.id]);
    expect(await contacts('998877')).toEqual([noah.contact.id]);
    expect(await contacts('99887767')).toEqual([]);
    expect([await accounts('%'), await contacts("'")]).toEqual([[], []]);
  });

  it('shows nothing of another tenant', async () => {
    expect(await find('mia@blue.example', 10, 'demo')).toEqual([]);
    expect(await find('blue', 10, 'demo')).toEqual([]);
    const context = world.cell.context();
    expect(await refusal(world.cell.ask(GetCustomer, { context, id: mia.customer.id }))).toMatchObject({ kind: 'not_found', detail: 'Customer not found' });
    expect(await refusal(world.cell.ask(GetAccount, { context, id: mia.account.id }))).toMatchObject({ detail: 'Account not found' });
    expect(await refusal(world.cell.ask(GetContact, { context, id: mia.contact.id }))).toMatchObject({ detail: 'Contact not found' });
    expect(await refusal(world.cell.ask(GetOpportunity, { context, id: 999_999 }))).toMatchObject({ detail: 'Opportunity not found' });
  });

  it('finds numbers by digits that many have among the newest, and one of these by its own', async () => {
    const several: number[] = [];
    for (const [name, phone] of [['Alder', '+49 40 6660 1001'], ['Birch', '+49 40 6660 1002'], ['Cedar', '+49 40 6660 2003']]) {
      several.push((await person({ first_name: null, last_name: name, full_name: null, company_name: name, phone })).data.customer.id);
    }
    const named = (await person({ first_name: null, last_name: null, full_name: null, company_name: 'Holding 406660' })).data.customer.id;
    const search = new RecordSearch(new WordFrequencies());
    const database = { query: (sql: string, values: unknown[]) => world.cell.rows('conversion', sql, values) } as unknown as Database;
    const look = async (q: string, limit: number) => (await search.customers(database, tenant, searchTerm(q)!, limit)).map(({ id }) => Number(id));
    await world.cell.rows('conversion', 'analyze contact'); // now the digits that most have are known to be common
    expect(await look('406660', 4)).toEqual([named, ...several.toReversed()]);
    expect(await look('406660', 3)).toEqual(several.toReversed()); // who are enough, so that the index isn't asked, which knows the newest of all
    expect((await look('40 6660', 10)).sort()).toEqual(several);
    expect(await look('+49 40 6660 1002', 10)).toEqual([several[1]]);
    expect((await find('6660')).sort()).toEqual(several);
    expect(await find('6660', 10, 'demo')).toEqual([]);
  });
});
