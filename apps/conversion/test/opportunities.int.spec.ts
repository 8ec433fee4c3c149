import {
  ATTRIBUTION_MODELS, CreateAccount, CreateContact, CreateOpportunity, GetAttribution, GetContactRoles, GetOpportunity, ListOpportunities, ListStageChanges, PutContactRoles,
  republishRequest, UpdateOpportunity,
  type Context, type ContactRolesRequest, type CreateOpportunityBody, type OpportunityCreatedData, type OpportunityLostData, type OpportunityStageChangedData,
  type Opportunity, type OpportunityWonData, type PatchOpportunityRequest,
} from '@headwater/contracts';
import { codes, ConversionCell, refusal } from './conversion-cell';

let world: ConversionCell;
let context: Context;
let customer_id: number;
let account_id: number;
let lead_id: number;
beforeAll(async () => {
  world = await ConversionCell.start();
  context = world.cell.context();
  lead_id = world.newLead();
  const { data } = await world.convert(lead_id);
  [customer_id, account_id] = [data.customer.id, data.account.id];
});
afterAll(() => world?.cell.stop());

const create = async (body: Partial<CreateOpportunityBody> = {}) =>
  (await world.cell.ask(CreateOpportunity, { context, body: { name: 'Deal', customer_id, value: 100, ...body } })).opportunity;
const patch = (id: number, change: PatchOpportunityRequest, expected_version?: string, of = context) => world.cell.ask(UpdateOpportunity, { context: of, id, patch: change, expected_version });
const told = <Data>(type: string, id: number) => world.cell.events<Data>(type).filter(({ subject }) => subject === String(id));

describe('a deal', () => {
  it('is brought forward and won: history, events with what was frozen, and the amount', async () => {
    const { id } = await create({ lead_id });
    expect(codes(await patch(id, { stage: 'proposal', probability: 90 }))).toEqual(['probability_outside_stage_band']);
    const won = await patch(id, { stage: 'closed_won', value: 120.5 });
    expect(won.opportunity).toMatchObject({ stage: 'closed_won', probability: 100, value: 120.5, lost_reason: null });
    expect(won.opportunity.closed_at).toBe(won.opportunity.updated_at);
    const { changes } = await world.cell.ask(ListStageChanges, { context, id });
    expect(changes.map(({ from, to, value, probability }) => [from, to, value, probability])).toEqual([
      [null, 'prospecting', 100, 15], ['prospecting', 'proposal', 100, 90], ['proposal', 'closed_won', 120.5, 100]]);
    expect(changes[2].ms_in_previous).toBeGreaterThanOrEqual(0);
    await world.cell.settled();
    expect(told<OpportunityStageChangedData>('opportunity.stage_changed', id).map(({ revision, data: { from, to } }) => [revision, from, to]).sort())
      .toEqual([[2, 'prospecting', 'proposal'], [3, 'proposal', 'closed_won']]);
    expect(told<OpportunityWonData>('opportunity.won', id)).toMatchObject([{
      leadid: lead_id, revision: 3, data: {
        amount: 120.5, currency: 'USD', opportunity: { stage: 'closed_won' }, attribution: { source: 'web' },
        credits: ATTRIBUTION_MODELS.map((model) => ({ model, shares: [{ submission_id: `submission-${lead_id}`, amount: 120.5 }] })),
      },
    }]);
  });

  it('is lost for a reason, stays as it ended, and may be opened and won after all', async () => {
    const { id } = await create();
    expect(await refusal(patch(id, { stage: 'closed_lost' }))).toMatchObject({ errors: [{ field: 'lost_reason', code: 'required' }] });
    await patch(id, { stage: 'closed_lost', lost_reason: 'no_budget' });
    expect(await refusal(patch(id, { value: 5 }))).toMatchObject({ kind: 'conflict', code: 'opportunity_closed' });
    expect(await refusal(patch(id, { stage: 'closed_won' }))).toMatchObject({ kind: 'conflict', code: 'invalid_transition' });
    expect((await patch(id, { tags: ['again'] })).opportunity).toMatchObject({ stage: 'closed_lost', tags: ['again'] });
    expect((await patch(id, { stage: 'negotiation' })).opportunity).toMatchObject({ closed_at: null, lost_reason: null, probability: 70 });
    await patch(id, { stage: 'closed_won' });
    await world.cell.settled();
    expect(told<OpportunityLostData>('opportunity.lost', id)).toMatchObject([{ revision: 2, data: { reason: 'no_budget', amount: 100 } }]);
    expect(told('opportunity.won', id)).toMatchObject([{ revision: 5 }]);
    expect(told('opportunity.updated', id)).toMatchObject([{ revision: 3 }]);
    expect((await world.cell.ask(ListStageChanges, { context, id })).changes.map(({ lost_reason }) => lost_reason)).toEqual([null, 'no_budget', null, null]);
  });

  it('may be recorded as one that has ended', async () => {
    expect(await refusal(create({ stage: 'closed_lost' }))).toMatchObject({ errors: [{ field: 'lost_reason', code: 'required' }] });
    expect(await refusal(create({ lost_reason: 'price' }))).toMatchObject({ errors: [{ field: 'lost_reason', code: 'not_lost' }] });
    const lost = await create({ stage: 'closed_lost', lost_reason: 'price' });
    expect(lost).toMatchObject({ lost_reason: 'price', closed_at: lost.created_at });
    const deal = { create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 1, opportunity_stage: 'closed_lost', opportunity_lost_reason: 'no_budget' } as const;
    const lead = world.newLead();
    expect((await world.preview(lead, deal)).data.opportunity).toMatchObject({ fields: { lost_reason: 'no_budget' } });
    const converted = (await world.convert(lead, deal)).data.opportunity;
    await world.cell.settled();
    expect(told<OpportunityLostData>('opportunity.lost', lost.id)).toMatchObject([{ revision: 1, data: { reason: 'price' } }]);
    expect(told<OpportunityLostData>('opportunity.lost', converted!.id)).toMatchObject([{ revision: 1, data: { reason: 'no_budget' } }]);
  });

  it('is won once, whoever says so at once, and never over a newer version', async () => {
    const { id } = await create();
    const won = await Promise.all(Array.from({ length: 6 }, () => patch(id, { stage: 'closed_won' })));
    expect(new Set(won.map(({ version }) => version))).toEqual(new Set(['2']));
    await world.cell.settled();
    expect(told('opportunity.won', id)).toHaveLength(1);
    const { id: other } = await create();
    const both = await Promise.allSettled([patch(other, { value: 1 }, '1'), patch(other, { value: 2 }, '1')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await world.cell.ask(GetOpportunity, { context, id: other })).version).toBe('2');
  });

  it('is refused what is impossible, and to others', async () => {
    const { id } = await create();
    expect(await refusal(patch(id, { expected_close_date: '2026-02-30', name: ' ' }))).toMatchObject({ errors: [{ field: 'name' }, { field: 'expected_close_date' }] });
    expect(await refusal(patch(id, { owner_id: 404 }))).toMatchObject({ errors: [{ field: 'owner_id', code: 'unknown_rep' }] });
    expect(await refusal(patch(id, { value: 1 }, undefined, world.cell.context({ tenant: 'other' })))).toMatchObject({ kind: 'not_found' });
    expect(codes(await patch(id, { expected_close_date: '2001-01-01', notes: 'Late' }))).toEqual(['close_date_in_past']);
    await world.cell.settled();
    expect(world.cell.events<{ about_id: number; cause: string }>('note.added').filter(({ data }) => data.about_id === id)).toMatchObject([{ data: { cause: 'update_opportunity', text: 'Late' } }]);
  });
});

describe('lists of deals', () => {
  it('are filtered and sorted, page by page', async () => {
    const made: Opportunity[] = [];
    for (const [value, expected_close_date] of [[5, '2030-03-01'], [9, '2030-01-01'], [5, '2030-02-01']] as const) made.push(await create({ value, expected_close_date, owner_id: 77, tags: ['list'] }));
    await patch(made[0].id, { stage: 'closed_won' });
    const list = async (filter: object, sort: '-id' | 'expected_close_date' | '-value' = '-id') => {
      const ids: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await world.cell.ask(ListOpportunities, { context, filter: { owner_id: 77, ...filter }, sort, limit: 1, ...(cursor ? { cursor } : {}) });
        ids.push(...page.opportunities.map(({ id }) => id));
        cursor = page.next_cursor ?? undefined;
      } while (cursor);
      return ids.map((id) => made.findIndex((one) => one.id === id));
    };
    expect(await list({})).toEqual([2, 1, 0]);
    expect(await list({}, 'expected_close_date')).toEqual([1, 2, 0]);
    expect(await list({}, '-value')).toEqual([1, 2, 0]);
    expect(await list({ open: true })).toEqual([2, 1]);
    expect(await list({ open: false, stage: 'closed_won', customer_id, account_id, tag: 'list' })).toEqual([0]);
    expect(await list({ closes_from: '2030-01-15', closes_to: '2030-02-15' })).toEqual([2]);
    expect(await refusal(world.cell.ask(ListOpportunities, { context, filter: { closes_from: '2030-02-30' }, sort: '-id', limit: 1 }))).toMatchObject({ errors: [{ field: 'closes_from' }] });
  });
});

describe('the people of a deal', () => {
  const person = async (of = account_id) => (await world.cell.ask(CreateContact, { context, body: { account_id: of, last_name: 'Ito' } })).contact.id;

  it('are contacts of its account, each in a role, one of them primary', async () => {
    const { id } = await create();
    const [one, two] = [await person(), await person()];
    const put = (contacts: ContactRolesRequest['contacts'], expected_version?: string) => world.cell.ask(PutContactRoles, { context, id, body: { contacts }, expected_version });
    const set = await put([{ contact_id: one, role: 'champion' }, { contact_id: two, role: 'decision_maker', is_primary: true }]);
    expect(set.contacts).toEqual([{ contact_id: two, role: 'decision_maker', is_primary: true }, { contact_id: one, role: 'champion', is_primary: false }]);
    const swapped = await put([{ contact_id: one, role: 'economic_buyer', is_primary: true }, { contact_id: two, role: 'user' }], set.version);
    expect(swapped.contacts.map(({ contact_id }) => contact_id)).toEqual([one, two]);
    expect((await put([{ contact_id: one, role: 'user' }])).contacts).toEqual([{ contact_id: one, role: 'user', is_primary: false }]);
    expect(await world.cell.ask(GetContactRoles, { context, id })).toMatchObject({ contacts: [{ contact_id: one }] });
    expect((await world.cell.ask(ListOpportunities, { context, filter: { contact_id: one }, sort: '-id', limit: 5 })).opportunities.map((deal) => deal.id)).toEqual([id]);

    const stranger = await person((await world.cell.ask(CreateAccount, { context, body: { name: 'Elsewhere' } })).account.id);
    expect(await refusal(put([{ contact_id: one, role: 'user' }, { contact_id: stranger, role: 'user' }])))
      .toMatchObject({ errors: [{ field: 'contacts.1.contact_id', code: 'not_this_accounts_contact' }] });
    expect(await refusal(put([{ contact_id: one, role: 'user', is_primary: true }, { contact_id: one, role: 'user', is_primary: true }])))
      .toMatchObject({ errors: [{ field: 'contacts.1.contact_id', code: 'given_twice' }, { field: 'contacts.1.is_primary', code: 'given_twice' }] });
    expect(await refusal(put([], '1'))).toMatchObject({ kind: 'precondition' });
  });
});

describe('the credit for a deal', () => {
  it('is shared by every model, to the cent, and is nobody\'s without a lead', async () => {
    const { id } = await create({ lead_id, value: 100.01 });
    for (const model of ATTRIBUTION_MODELS) {
      const { attribution } = await world.cell.ask(GetAttribution, { context, id, model });
      expect(attribution).toMatchObject({ model, amount: 100.01, won: false, shares: [{ touch: { submission_id: `submission-${lead_id}` }, amount: 100.01 }] });
    }
    await patch(id, { stage: 'closed_won', value: 90 });
    expect((await world.cell.ask(GetAttribution, { context, id, model: 'linear' })).attribution).toMatchObject({ amount: 90, won: true });
    const { id: free } = await create();
    expect((await world.cell.ask(GetAttribution, { context, id: free, model: 'linear' })).attribution.shares).toEqual([]);
    expect(await refusal(world.cell.ask(GetAttribution, { context, id: free, model: 'gut_feeling' as never }))).toMatchObject({ errors: [{ field: 'model' }] });
  });
});

it('says again what a won deal is, and wins it not once more', async () => {
  const { id } = await create();
  await patch(id, { stage: 'closed_won' });
  await world.cell.settled();
  const won = told('opportunity.won', id).length;
  await world.cell.ask(republishRequest('conversion'), { tenant: 'demo', after: 0, correlation_id: 'again' });
  await world.cell.settled();
  expect(told<OpportunityCreatedData>('opportunity.created', id).filter(({ republished }) => republished)).toMatchObject([{ revision: 2, data: { opportunity: { stage: 'closed_won' } } }]);
  expect(told('opportunity.won', id)).toHaveLength(won);
});
