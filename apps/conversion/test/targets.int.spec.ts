import {
  ContactOptedOut, GetAccount, GetConversionMapping, GetOpportunity, PutConversionMapping, RestoreConversionMapping, type ConvertBody, type LeadProfile,
} from '@headwater/contracts';
import { codes, ConversionCell, NOTHING, refusal } from './conversion-cell';

let world: ConversionCell;

beforeAll(async () => {
  world = await ConversionCell.start();
});
afterAll(() => world.cell.stop());

const deal = { create_opportunity: true, opportunity_name: 'Platform', opportunity_amount: 75_000 };
const of = (company: string, profile: LeadProfile = {}) =>
  world.newLead({ profile: { company_name: company, ...profile }, facts: { company_domain: `${company.toLowerCase()}.example` } }, { owner: 5 });
const without = (scope: string) => {
  const context = world.cell.context();
  return { ...context, scopes: context.scopes.filter((has) => has !== scope) };
};
const rolesIn = (opportunity: number | undefined) => world.cell.rows<{ contact_id: string; role: string; is_primary: boolean }>('conversion',
  'select contact_id, role, is_primary from opportunity_contact_role where opportunity_id = $1 order by contact_id', [opportunity]);

describe('a person who is known', () => {
  it('is joined under `link`: account, contact and customer stay, what is empty is filled, and the lead stands with it', async () => {
    const email = 'join@known.example';
    const { data: first } = await world.convert(of('Known', { email, job_title: null, phone: null, employees: null }));
    const lead = of('Elsewhere', { email: email.toUpperCase(), job_title: 'CTO', phone: '+1 555 77', do_not_call: true, employees: 70, custom_fields: { erp: 'SAP' } });
    const { data } = await world.convert(lead, { ...deal, duplicate_policy: 'link', contact_role: 'champion' });
    expect(data).toMatchObject({
      account: { id: first.account.id, linked: true, name: 'Known', employees: 70, filled: ['employees'], filled_by: { employees: lead } },
      contact: { id: first.contact.id, linked: true, job_title: 'CTO', phone: '+1 555 77', do_not_call: true, filled: ['job_title', 'phone', 'custom_fields.erp'] },
      customer: { id: first.customer.id, linked: true }, contact_role: 'champion',
      opportunity: { customer_id: first.customer.id, account_id: first.account.id, lead_id: lead },
    });
    const { account } = await world.cell.ask(GetAccount, { context: world.cell.context(), id: first.account.id });
    expect(account).toMatchObject({ employees: 70, filled_by: { employees: lead }, lead_id: first.lead.id });
    expect(await world.rowsOf(lead)).toMatchObject({ account: 0, contact: 0, customer: 0, opportunity: 1 });
    await world.cell.settled();
    const told = ['account.updated', 'contact.updated', 'customer.updated'].map((type) => world.cell.events(type).filter(({ leadid }) => leadid === first.lead.id));
    expect(told.map((events) => events.map(({ revision }) => revision))).toEqual([[2], [2], [2]]);
    expect(world.cell.events('lead.converted').filter(({ leadid }) => leadid === lead)).toHaveLength(1);
  });

  it('becomes a second one only for whoever may force it, and then nobody is sure which one is meant', async () => {
    const email = 'twice@known.example';
    const { data: first } = await world.convert(of('Once', { email }));
    const body: ConvertBody = { duplicate_policy: 'create' };
    expect(await refusal(world.convert(of('Twice', { email }), body, without('leads:force_duplicate')))).toMatchObject({ kind: 'forbidden' });
    const { data: second } = await world.convert(of('Twice', { email }), body);
    expect(second.contact.id).not.toBe(first.contact.id);
    expect((await world.convert(of('Thrice', { email }), body)).data.contact.email).toBe(email);
    const ambiguous = await refusal(world.convert(of('Fourth', { email }), { duplicate_policy: 'link' }));
    expect(ambiguous).toMatchObject({ code: 'contact_ambiguous', more: { candidates: [{ contact_id: first.contact.id }, {}, {}] } });
    const named = await world.convert(of('Fifth', { email }), { existing_contact_id: second.contact.id });
    expect(named.data.customer.id).toBe(second.customer.id);
  });

  it('is linked to a customer by hand, as who they are: the e-mail of somebody else stays theirs', async () => {
    const { data: other } = await world.convert(of('Other', { email: 'other@hand.example' }));
    const { data: known } = await world.convert(of('Hand', { email: null }));
    const lead = of('Hand', { email: 'other@hand.example', mobile: '0171 5' });
    const { data } = await world.convert(lead, { existing_customer_id: known.customer.id });
    expect(data).toMatchObject({ customer: { id: known.customer.id }, contact: { id: known.contact.id, email: null, mobile: '0171 5' } });
    expect(data.contact.id).not.toBe(other.contact.id);
  });
});

it('who opts out later is opted out as a contact, once, whatever the order and however often it is told', async () => {
  const { data: { contact } } = await world.convert(of('Refusal'));
  const { data: { contact: other } } = await world.convert(world.newLead({}, { tenant: 'foreign' }), {}, world.cell.context({ tenant: 'foreign' }));
  const said = (contact_id: number, submission_id: string, more: object) => ContactOptedOut.of('demo', contact_id, {
    contact_id, lead_id: 1, submission_id, at: '2026-11-28T10:00:00.000Z', email_opt_out: false, do_not_call: false, ...more,
  }, { leadId: 1 });
  const events = [said(contact.id, 'a', { email_opt_out: true }), said(contact.id, 'b', { do_not_call: true }), said(contact.id, 'c', { email_opt_out: true })];
  await world.cell.publish([...events, said(other.id, 'd', { email_opt_out: true })], { times: 2, shuffle: true });
  await world.cell.settled();
  const stored = (id: number) => world.cell.rows('conversion', 'select email_opt_out, do_not_call from contact where id = $1', [id]);
  expect(await stored(contact.id)).toEqual([{ email_opt_out: true, do_not_call: true }]);
  expect(await stored(other.id)).toEqual([{ email_opt_out: false, do_not_call: false }]);
  // Two replicas may have changed it, and each publishes when it comes to it.
  const told = world.cell.events<{ contact: { email_opt_out: boolean } }>('contact.updated').filter(({ subject }) => subject === String(contact.id))
    .sort((a, b) => a.revision! - b.revision!);
  expect(told.length).toBeLessThanOrEqual(2);
  expect(told.at(-1)).toMatchObject({ revision: told.length + 1, data: { contact: { email_opt_out: true, do_not_call: true } } });
});

describe('a buying committee', () => {
  it('of several leads that convert at once is one account and one deal, each with a role', async () => {
    const { data: first } = await world.convert(of('Committee', { tags: ['demo'] }), { ...deal, contact_role: 'decision_maker' });
    const roles = ['champion', 'economic_buyer', 'technical_buyer', 'user'] as const;
    const others = await Promise.all(roles.map((contact_role) =>
      world.convert(of('Committee'), { existing_opportunity_id: first.opportunity?.id, contact_role })));
    expect(new Set(others.map(({ data }) => data.account.id))).toEqual(new Set([first.account.id]));
    expect(new Set(others.map(({ data }) => data.contact.id)).size).toBe(4);
    for (const { data } of others) expect(data).toMatchObject({ opportunity: { id: first.opportunity?.id, linked: true }, contact: { is_primary: false } });
    const stored = await rolesIn(first.opportunity?.id);
    expect(stored.map(({ role }) => role).sort()).toEqual([...roles, 'decision_maker'].sort());
    expect(stored.filter(({ is_primary }) => is_primary)).toEqual([{ contact_id: String(first.contact.id), role: 'decision_maker', is_primary: true }]);
    const { opportunity } = await world.cell.ask(GetOpportunity, { context: world.cell.context(), id: first.opportunity?.id ?? 0 });
    expect(opportunity).toMatchObject({ lead_id: first.lead.id, value: 75_000, tags: ['demo'] });
  });
});

describe('a dry run', () => {
  it('says what would be made, from what, and leaves nothing', async () => {
    const lead = of('Dry', { email: 'dry@run.example', custom_fields: { erp: 'SAP' } });
    const { data, message } = await world.preview(lead, { ...deal, contact_role: 'champion', field_overrides: { account: { industry: 'finance' } } });
    expect(message).toBe('The lead would be converted');
    expect(data).toMatchObject({
      lead: { id: lead, status: 'qualified' }, refusals: [], contact_role: 'champion', owner_id: 5, notify: 'admin@example.com',
      account: { action: 'create', fields: { name: 'Dry', domain: 'dry.example', industry: 'finance', owner_id: 5 } },
      contact: { action: 'create', fields: { email: 'dry@run.example', custom_fields: { erp: 'SAP' } } },
      customer: { action: 'create', fields: { type: 'individual' } },
      opportunity: { action: 'create', fields: { name: 'Platform', value: 75_000, stage: 'prospecting', probability: 15, currency: 'USD' } },
      matches: { contacts: [], accounts: [] }, mapping: { version: 0 },
    });
    expect(data.mapping.values).toContainEqual({ to: 'account.industry', from: 'override', value: 'finance' });
    expect(await world.rowsOf(lead)).toEqual(NOTHING);
    expect(await world.cell.rows('conversion', 'select 1 from conversion where lead_id = $1', [lead])).toEqual([]);
    expect(world.others.reserved.has(lead)).toBe(false);
    expect((await world.convert(lead)).data.lead.id).toBe(lead);
  });

  it('lists every refusal, and what would be joined', async () => {
    const { data: first } = await world.convert(of('Match', { email: 'match@run.example', employees: null }));
    const lead = world.newLead({ profile: { email: 'match@run.example', company_name: 'Match', employees: 9 }, facts: { company_domain: 'match.example' } }, { qualified: false });
    const tenant = { ...world.cell.context().tenant, policies: { require_owner: true } };
    const { data } = await world.preview(lead, {}, world.cell.context({ tenant, actor: { kind: 'api_key', id: 'k' } }));
    expect(data.refusals).toMatchObject([
      { status: 'conflict', code: 'not_qualified' }, { code: 'owner_required' }, { code: 'customer_exists', candidates: [{ customer_id: first.customer.id }] },
    ]);
    expect(data.account).toBeNull();
    expect(data.matches).toEqual({
      contacts: [{ contact_id: first.contact.id, account_id: first.account.id, customer_id: first.customer.id, customer_number: first.customer.customer_number }],
      accounts: [{ account_id: first.account.id, name: 'Match', by: 'domain' }],
    });
    const joined = await world.preview(lead, { duplicate_policy: 'link' });
    expect(joined.data).toMatchObject({
      refusals: [{ code: 'not_qualified' }], account: { action: 'link', id: first.account.id, filled: ['employees'] }, contact: { action: 'link', id: first.contact.id },
      customer: { action: 'link', id: first.customer.id },
    });
    expect((await world.cell.ask(GetAccount, { context: world.cell.context(), id: first.account.id })).account.employees).toBeNull();
  });
});

describe('the mapping', () => {
  const tenant = 'mapped';
  const context = () => world.cell.context({ tenant });
  const get = (version?: number) => world.cell.ask(GetConversionMapping, { context: context(), version });
  const lead = () => world.newLead({ profile: { custom_fields: { erp: 'SAP' }, tags: ['hot'] } }, { tenant });

  it('counts from the next conversion on, is kept with each, and can be taken back', async () => {
    const { version, mapping } = await get();
    expect(version).toBe(0);
    const fields = [...mapping.fields, { to: 'account.custom_fields.erp', from: ['custom_fields.erp'] }, { to: 'customer.tags', from: ['tags'] }];
    const before = lead();
    await world.convert(before, {}, context());
    expect(await world.cell.ask(PutConversionMapping, { context: context(), mapping: { fields } })).toMatchObject({ version: 1, restored_from: null, mapping: { fields } });
    const mapped = lead();
    expect((await world.convert(mapped, {}, context())).data).toMatchObject({ account: { custom_fields: { erp: 'SAP' } }, customer: { tags: ['hot'] } });
    expect(await world.cell.ask(RestoreConversionMapping, { context: context(), version: 0 })).toMatchObject({ version: 2, restored_from: 0, mapping });
    const after = lead();
    expect((await world.convert(after, {}, context())).data.account.custom_fields).toBeNull();
    const kept = await world.cell.rows<{ version: number; frozen: number }>('conversion', `
      select mapping_version as version, (attribution->>'mapping_version')::int as frozen from conversion where lead_id = any($1) order by lead_id`, [[before, mapped, after]]);
    expect(kept).toEqual([0, 1, 2].map((each) => ({ version: each, frozen: each })));
    expect((await get(1)).mapping.fields).toEqual(fields);
    expect(await refusal(get(9))).toMatchObject({ kind: 'not_found' });
    expect((await world.cell.ask(GetConversionMapping, { context: world.cell.context() })).version).toBe(0);
  });

  it('is refused with every problem in it, and nothing changes', async () => {
    const { version } = await get();
    const refused = await refusal(world.cell.ask(PutConversionMapping, {
      context: context(), mapping: { fields: [{ to: 'account.shoes', from: ['budget'] }, { to: 'account.name', from: ['shoes'] }] },
    }));
    expect(refused.errors?.map(({ code }) => code)).toEqual(['unknown_target', 'unknown_source', ...Array<string>(4).fill('missing_required')]);
    expect(await refusal(world.cell.ask(PutConversionMapping, { context: context(), mapping: { rows: [] } }))).toMatchObject({ kind: 'invalid' });
    expect((await get()).version).toBe(version);
  });
});

describe('bad input', () => {
  it.each<[string, (foreign: Awaited<ReturnType<ConversionCell['convert']>>['data'], own: typeof foreign) => ConvertBody, Record<string, unknown>]>([
    ['no customer', () => ({ create_customer: false }), { code: 'must_be_true', errors: [{ field: 'create_customer' }] }],
    ['no name and amount', () => ({ create_opportunity: true }), { errors: [{ field: 'opportunity_name' }, { field: 'opportunity_amount' }] }],
    ['a date that does not exist', () => ({ ...deal, opportunity_close_date: '2026-02-30' }), { code: 'invalid_date' }],
    ['an account of another tenant', ({ account }) => ({ existing_account_id: account.id }), { code: 'unknown_account' }],
    ['a contact of another tenant', ({ contact }) => ({ existing_contact_id: contact.id }), { code: 'unknown_contact' }],
    ['a customer of another tenant', ({ customer }) => ({ existing_customer_id: customer.id }), { code: 'unknown_customer' }],
    ['an opportunity of another tenant', ({ opportunity }) => ({ existing_opportunity_id: opportunity?.id }), { code: 'unknown_opportunity' }],
    ['an account that nobody has', () => ({ existing_account_id: 999_999 }), { code: 'unknown_account', errors: [{ field: 'existing_account_id' }] }],
    ['two opportunities', (_, { opportunity }) => ({ ...deal, existing_opportunity_id: opportunity?.id }), { code: 'excluded' }],
    ['a role without an opportunity', () => ({ contact_role: 'champion' }), { code: 'no_opportunity' }],
  ])('%s is refused, and nothing is written or locked', async (_, body, expected) => {
    const { data: foreign } = await world.convert(world.newLead({}, { tenant: 'foreign' }), deal, world.cell.context({ tenant: 'foreign' }));
    const { data: own } = await world.convert(world.newLead(), deal);
    const lead = world.newLead();
    expect(await refusal(world.convert(lead, body(foreign, own)))).toMatchObject({ kind: 'invalid', ...expected });
    expect(await world.rowsOf(lead)).toEqual(NOTHING);
    expect(world.others.reserved.has(lead)).toBe(false);
    expect((await world.convert(lead)).data.lead.id).toBe(lead);
  });

  it('a contact of another account is refused, and no notification goes out where none is wanted', async () => {
    const [{ data: one }, { data: two }] = [await world.convert(world.newLead()), await world.convert(world.newLead())];
    const lead = world.newLead();
    const body = { existing_account_id: one.account.id, existing_contact_id: two.contact.id };
    expect(await refusal(world.convert(lead, body))).toMatchObject({ code: 'contact_not_of_account', errors: [{ field: 'existing_contact_id' }] });
    const answer = await world.convert(lead, { existing_account_id: one.account.id, send_notification_email: false });
    expect(answer.data).toMatchObject({ account: { id: one.account.id, linked: true }, contact: { is_primary: false } });
    expect(codes(answer)).not.toContain('account_ambiguous');
    await world.cell.settled();
    expect(world.cell.events('notification.requested').filter(({ leadid }) => leadid === lead)).toEqual([]);
  });
});
