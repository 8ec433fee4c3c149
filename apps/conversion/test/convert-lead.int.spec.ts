import { GetAccount, GetContact, GetCustomer, GetOpportunity, DomainError, type ConvertBody } from '@headwater/contracts';
import { eventually, testTenant } from '@headwater/testing';
import { codes, ConversionCell, NOTHING, refusal } from './conversion-cell';

let world: ConversionCell;

beforeAll(async () => {
  world = await ConversionCell.start();
});
afterAll(() => world.cell.stop());
afterEach(() => {
  Object.assign(world.others.obstacles, { qualification: undefined, beforeProfile: undefined, afterReserve: undefined });
});

const eventsOf = (leadId: number) => [
  'account.created', 'contact.created', 'customer.created', 'opportunity.created', 'lead.converted', 'note.added', 'notification.requested',
].flatMap((type) => world.cell.events<Record<string, unknown>>(type)).filter(({ leadid }) => leadid === leadId);

describe('converting', () => {
  const fullBody: ConvertBody = {
    create_customer: true, create_opportunity: true, opportunity_name: 'TechCorp - Enterprise Integration Platform',
    opportunity_amount: 75_000, opportunity_stage: 'proposal', opportunity_close_date: '2099-03-15', opportunity_probability: 75,
    notes: 'Lead converted after successful demo.',
  };

  it('answers as the documents say, with every record readable', async () => {
    const id = world.newLead({ profile: { company_name: 'TechCorp Inc', phone: '+1-555-0123', email_opt_out: true, tags: ['demo'] } }, { owner: 5 });
    const { message, data, warnings } = await world.convert(id, fullBody);
    expect(message).toBe('Lead converted successfully');
    expect(data.customer).toMatchObject({
      customer_number: `CUST-${String(data.customer.id).padStart(6, '0')}`, first_name: 'Sarah', last_name: 'Johnson',
      company_name: 'TechCorp Inc', email: `person${id}@company${id}.example`, phone: '+1-555-0123', type: 'individual', status: 'active',
      lead_id: id, created_at: expect.stringMatching(/Z$/), owner_id: 5,
    });
    expect(data.opportunity).toMatchObject({
      name: fullBody.opportunity_name, value: 75_000, currency: 'USD', stage: 'proposal', probability: 75, expected_close_date: '2099-03-15',
      customer_id: data.customer.id, account_id: data.account.id, lead_id: id, owner_id: 5, notes: fullBody.notes, tags: ['demo'],
    });
    expect(data.account).toMatchObject({ linked: false, kind: 'company', name: 'TechCorp Inc', domain: `company${id}.example`, owner_id: 5 });
    expect(data.contact).toMatchObject({ is_primary: true, account_id: data.account.id, email_opt_out: true, do_not_call: false });
    expect(data.lead).toEqual({ id, status: 'converted', converted_at: data.customer.created_at });
    expect(warnings).toEqual([expect.objectContaining({ code: 'probability_outside_stage_band' })]);

    const context = world.cell.context();
    const { linked, ...account } = data.account;
    expect(linked).toBe(false);
    expect(await world.cell.ask(GetAccount, { context, id: account.id })).toMatchObject({ account });
    expect(await world.cell.ask(GetContact, { context, id: data.contact.id })).toMatchObject({ contact: data.contact });
    expect(await world.cell.ask(GetCustomer, { context, id: data.customer.id })).toMatchObject({ customer: data.customer });
    expect(await world.cell.ask(GetOpportunity, { context, id: data.opportunity?.id ?? 0 })).toMatchObject({ opportunity: data.opportunity });
  });

  it('tells everybody before it answers, and the stream once', async () => {
    const id = world.newLead({}, { owner: 5 });
    const { data } = await world.convert(id, fullBody);
    const converted = {
      converted_at: data.lead.converted_at, account_id: data.account.id, contact_id: data.contact.id, customer_id: data.customer.id,
      opportunity_id: data.opportunity?.id, owner_id: 5,
    };
    const told = world.others.told.filter(({ lead_id }) => lead_id === id);
    expect(told.map(({ who }) => who).sort()).toEqual(['intake', 'qualification', 'routing', 'scoring']);
    for (const one of told) expect(one.converted).toEqual(converted);
    expect(world.others.reserved.has(id)).toBe(false);

    await world.cell.settled();
    await eventually('all events', () => eventsOf(id).length >= 8);
    expect(eventsOf(id).map(({ type }) => type)).toEqual([
      'account.created', 'contact.created', 'customer.created', 'opportunity.created', 'lead.converted', 'note.added', 'note.added',
      'notification.requested',
    ]);
    const [state] = world.cell.events('customer.created').filter(({ leadid }) => leadid === id);
    expect(state).toMatchObject({ revision: 1, subject: String(data.customer.id), data: { customer: data.customer } });
    const [fact] = world.cell.events('lead.converted').filter(({ leadid }) => leadid === id);
    expect(fact.data).toMatchObject({
      into: converted, actor: 'Test Admin',
      attribution: {
        source: 'web', channel: 'direct', model_version: 3, score: { total_score: 90 }, owner: { id: 5 }, time_in_status_ms: { new: 3_600_000 },
        contributions: [{ rule: 'company_size' }], assessment: { by: 'Mia' }, owners: [{ id: 5, cause: 'capture' }], touches: [{ submission_id: `submission-${id}` }],
        first_touch: { submission_id: `submission-${id}` }, last_touch: { channel: 'direct' }, lead_creating_touch: { entry: 'form' },
      },
    });
    const [mail] = world.cell.events('notification.requested').filter(({ leadid }) => leadid === id);
    expect(mail.data).toMatchObject({ kind: 'lead_converted', to: 'admin@example.com' });
    const notes = await world.cell.rows('conversion', 'select notes, state from conversion where lead_id = $1', [id]);
    expect(notes).toEqual([{ notes: fullBody.notes, state: 'done' }]);
  });

  it('completes an opportunity of which only name and amount are known', async () => {
    const { data } = await world.convert(world.newLead(), { create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 1 });
    expect(data.opportunity).toMatchObject({ stage: 'prospecting', probability: 15, currency: 'USD' });
    const [{ days }] = await world.cell.rows<{ days: number }>('conversion',
      `select $1::date - ($2::timestamptz at time zone 'America/New_York')::date as days`, [data.opportunity?.expected_close_date, data.lead.converted_at]);
    expect(days).toBe(90);
    const history = await world.cell.rows('conversion',
      'select from_stage, to_stage, actor from opportunity_stage_history where opportunity_id = $1', [data.opportunity?.id]);
    expect(history).toEqual([{ from_stage: null, to_stage: 'prospecting', actor: 'Test Admin' }]);
  });

  it('makes no opportunity unless asked, and takes a past date with a remark', async () => {
    const { data } = await world.convert(world.newLead(), { opportunity_name: 'Deal', opportunity_amount: 5 });
    expect(data).not.toHaveProperty('opportunity');
    const past = await world.convert(world.newLead(), {
      create_opportunity: true, opportunity_name: 'Won', opportunity_amount: 5, opportunity_stage: 'closed_won', opportunity_close_date: '2001-01-01',
    });
    expect(past.data.opportunity).toMatchObject({ stage: 'closed_won', probability: 100 });
    expect(codes(past)).toContain('close_date_in_past');
  });

  it('gives an unowned lead to the rep who converts it, and confirms to the owner when the actor has no address', async () => {
    const id = world.newLead();
    const { data, warnings } = await world.convert(id, {}, world.cell.context({ actor: { kind: 'user', id: 'rep-8' } }));
    expect(data.customer.owner_id).toBe(8);
    expect(warnings).toBeUndefined();
    const owned = world.newLead({}, { owner: 6 });
    expect((await world.convert(owned, {}, world.cell.context({ actor: { kind: 'api_key', id: 'k' } }))).data.customer.owner_id).toBe(6);
    await world.cell.settled();
    const mailTo = (leadId: number) => eventsOf(leadId).filter(({ type }) => type === 'notification.requested').map(({ data: { to } }) => to);
    await eventually('both mails', () => mailTo(id).length + mailTo(owned).length === 2);
    expect([mailTo(id), mailTo(owned)]).toEqual([['rep8@example.com'], ['rep6@example.com']]);
  });

  it('goes on without scoring and routing, and says so', async () => {
    const id = world.newLead({}, { owner: 5 });
    await world.others.leave('scoring');
    await world.others.leave('routing');
    try {
      const answer = await world.convert(id);
      expect(codes(answer)).toEqual(['scoring_unavailable', 'routing_unavailable', 'no_owner']);
      expect(answer.data.customer.owner_id).toBeNull();
    } finally {
      await world.others.answerForScoring();
      await world.others.answerForRouting();
    }
  });
});

describe('all or nothing', () => {
  const expectNothing = async (id: number) => {
    expect(await world.rowsOf(id)).toEqual(NOTHING);
    expect(world.others.reserved.has(id)).toBe(false);
    expect(await world.cell.rows('conversion', `select 1 from conversion where lead_id = $1 and state <> 'aborted'`, [id])).toEqual([]);
  };

  it.each<[ConvertBody, string[], string]>([
    [{ create_customer: false }, ['create_customer'], 'create_customer must be true to convert lead'],
    [{ create_opportunity: true }, ['opportunity_name', 'opportunity_amount'], 'opportunity_name is required to create an opportunity'],
    [{ create_opportunity: true, opportunity_name: 'D', opportunity_amount: 1, opportunity_close_date: '2026-02-30' },
      ['opportunity_close_date'], 'opportunity_close_date must be a date that exists, as YYYY-MM-DD'],
  ])('refuses %j', async (body, fields, detail) => {
    const id = world.newLead();
    const refused = await refusal(world.convert(id, body));
    expect(refused).toMatchObject({ kind: 'invalid', detail });
    expect(refused.errors?.map(({ field }) => field)).toEqual(fields);
    await expectNothing(id);
    expect(await world.cell.rows('conversion', 'select 1 from conversion where lead_id = $1', [id])).toEqual([]);
  });

  it('answers 404 for a lead that nobody knows, or of another tenant, and writes nothing', async () => {
    const foreign = world.newLead({}, { tenant: 'other' });
    for (const id of [999_999, foreign]) {
      expect(await refusal(world.convert(id))).toMatchObject({ kind: 'not_found', detail: 'Lead not found' });
      expect(await world.cell.rows('conversion', 'select 1 from conversion where lead_id = $1', [id])).toEqual([]);
    }
  });

  it('names the primary of a lead that was merged, and writes nothing', async () => {
    const id = world.newLead({ merged_into: 77 });
    expect(await refusal(world.convert(id))).toMatchObject({ kind: 'conflict', code: 'lead_merged', more: { primary_id: 77 } });
    expect(await world.cell.rows('conversion', 'select 1 from conversion where lead_id = $1', [id])).toEqual([]);
  });

  it('hands on why qualification refuses, and leaves the lead free', async () => {
    const id = world.newLead({}, { qualified: false });
    expect(await refusal(world.convert(id))).toMatchObject({ kind: 'conflict', code: 'not_qualified', detail: 'Lead must be qualified before conversion' });
    await expectNothing(id);
    expect(await refusal(world.convert(id))).toMatchObject({ code: 'not_qualified' });
  });

  it('releases the lead when a step after the reservation fails, and the next attempt succeeds', async () => {
    const id = world.newLead();
    world.others.obstacles.beforeProfile = () => Promise.reject(DomainError.unavailable('intake is away'));
    expect(await refusal(world.convert(id))).toMatchObject({ kind: 'unavailable' });
    await expectNothing(id);
    world.others.obstacles.beforeProfile = undefined;
    expect((await world.convert(id)).data.lead.id).toBe(id);
  });

  it('releases a reservation whose answer was lost', async () => {
    const id = world.newLead();
    world.others.obstacles.afterReserve = () => Promise.reject(DomainError.unavailable('the answer was lost'));
    expect(await refusal(world.convert(id))).toMatchObject({ kind: 'unavailable' });
    await expectNothing(id);
  });

  it('refuses without an owner where the tenant wants one', async () => {
    const id = world.newLead();
    const tenant = { ...testTenant(), policies: { require_owner: true } };
    expect(await refusal(world.convert(id, {}, world.cell.context({ tenant })))).toMatchObject({ code: 'owner_required' });
    await expectNothing(id);
    expect((await world.convert(id, {}, world.cell.context({ tenant, actor: { kind: 'user', id: 'rep-4' } }))).data.customer.owner_id).toBe(4);
  });

  it('warns of leads that may be the same person, and refuses where the tenant wants them decided first', async () => {
    const id = world.newLead();
    const [one, other] = [id, id + 50_000].map((lead_id) => ({ lead_id, created_at: '2026-11-20T09:00:00.000Z', converted: false }));
    world.others.reviews.set(id, [{
      id: 71, status: 'open', band: 'same', probability: 0.99, bits: 20, because: 'Same phone.', fields: [], leads: [one, other], model_version: 0,
      opened_at: one.created_at, updated_at: one.created_at,
    }]);
    const tenant = { ...testTenant(), policies: { require_settled_duplicates: true } };
    const candidate = { review_id: 71, lead_id: other.lead_id, band: 'same', probability: 0.99, because: 'Same phone.' };
    expect(await refusal(world.convert(id, {}, world.cell.context({ tenant })))).toMatchObject({ code: 'duplicates_pending', more: { duplicates: [candidate] } });
    await expectNothing(id);
    expect((await world.convert(id)).warnings).toContainEqual(expect.objectContaining({ code: 'duplicates_pending', candidates: [candidate] }));
  });

  it('refuses a person who is a customer already, in the documented words, with the candidates', async () => {
    const { data } = await world.convert(world.newLead({ profile: { email: 'known@company.example' } }));
    const id = world.newLead({ profile: { email: ' KNOWN@Company.example' } });
    expect(await refusal(world.convert(id, { create_opportunity: true, opportunity_name: 'D', opportunity_amount: 1 }))).toMatchObject({
      kind: 'conflict', code: 'customer_exists', detail: 'Customer with this email already exists',
      more: { candidates: [{ customer_id: data.customer.id, contact_id: data.contact.id, account_id: data.account.id }] },
    });
    await expectNothing(id);
    const elsewhere = world.newLead({ profile: { email: 'known@company.example' } }, { tenant: 'other' });
    expect((await world.convert(elsewhere, {}, world.cell.context({ tenant: 'other' }))).data.customer.email).toBe('known@company.example');
  });

  it('rolls everything back when the very last write fails', async () => {
    const id = world.newLead();
    await world.cell.rows('conversion', `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
    await world.cell.rows('conversion', 'create trigger refuse before insert on outbox_pending for each statement execute function refuse()');
    await expect(world.convert(id, { create_opportunity: true, opportunity_name: 'D', opportunity_amount: 1 })).rejects.toThrow();
    await world.cell.rows('conversion', 'drop trigger refuse on outbox_pending');
    await expectNothing(id);
    expect((await world.convert(id)).data.lead.status).toBe('converted');
  });
});
