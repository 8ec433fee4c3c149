import {
  CaptureLeads, CreateCampaign, DescribeLeadsToConvert, GetCampaign, GetChannels, ListCampaigns, ListSpend, ListTouches, PutChannels, RecordSpend, RemoveSpend, TotalSpend,
  TryChannels, UpdateCampaign, UpdateLead,
  type CaptureAnswer, type CaptureItem, type CreateLead, type IntakeState, type LeadTouchedData, type PatchCampaignRequest,
} from '@headwater/contracts';
import { captureItem, startCell, takenIn, testTenant, type Cell } from '@headwater/testing';
import { v7 as uuidv7 } from 'uuid';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, intake] }); });
afterAll(() => cell.stop());

let people = 0;
const somebody = (more: CreateLead = {}): CreateLead => ({ last_name: 'Byron', email: `ada${people += 1}@origin.example.com`, ...more });
const captured = async (lead: CreateLead, more: Partial<CaptureItem> = {}): Promise<CaptureAnswer & { lead: IntakeState }> => {
  const item = captureItem(lead, more);
  return takenIn((await cell.ask(CaptureLeads, { items: [item], tenants: { [item.tenant]: testTenant(item.tenant) } })).results[0]);
};
const touches = async (lead_id: number) => (await cell.ask(ListTouches, { context: cell.context(), lead_id, limit: 200 })).touches;

describe('channel tables', () => {
  const context = () => cell.context({ tenant: 'channels' });
  const channelOf = async (lead: CreateLead) => (await captured(somebody(lead), { tenant: 'channels' })).lead.attribution.channel;
  const podcast = (channel: string) =>
    ({ rules: [{ name: 'Podcast', when: { field: 'utm.source', op: 'eq', value: 'podcast' }, channel }], otherwise: 'other' });

  it('count from the next submission on, on each replica, and for their tenant alone', async () => {
    expect(await cell.ask(GetChannels, { context: context() })).toMatchObject({ version: 0, created_by: null, table: { otherwise: 'direct' } });
    expect(await channelOf({ utm: { source: 'podcast' } })).toBe('direct');
    for (const [i, channel] of ['partner', 'email', 'social'].entries()) {
      expect(await cell.ask(PutChannels, { context: context(), table: podcast(channel) })).toMatchObject({ version: i + 1, created_by: 'Test Admin' });
      const channels = await Promise.all(Array.from({ length: 6 }, () => channelOf({ utm: { source: 'Podcast' } })));
      expect(new Set(channels)).toEqual(new Set([channel]));
    }
    expect((await captured(somebody({ utm: { source: 'podcast' } }))).lead.attribution.channel).toBe('direct');
    expect(await cell.ask(GetChannels, { context: context(), version: 1 })).toMatchObject({ version: 1, table: podcast('partner') });
    await expect(cell.ask(GetChannels, { context: context(), version: 9 })).rejects.toMatchObject({ body: { kind: 'not_found' } });
  });

  it('are refused with the place of each mistake', async () => {
    const when = { any: [{ field: 'utm.colour', op: 'eq', value: 'x' }] };
    await expect(cell.ask(PutChannels, { context: context(), table: { rules: [{ name: 'A', when, channel: 'email' }], otherwise: 'other' } }))
      .rejects.toMatchObject({ body: { kind: 'invalid', errors: [{ field: 'rules.0.when.any.0.field', code: 'unknown_field' }] } });
    await expect(cell.ask(PutChannels, { context: context(), table: { rules: [], otherwise: 'elsewhere' } }))
      .rejects.toMatchObject({ body: { kind: 'invalid', errors: [{ field: 'otherwise' }] } });
  });

  it('say which rule decides, also before they are stored', async () => {
    const tried = await cell.ask(TryChannels, { context: cell.context(), origin: { click_ids: { gclid: 'x' }, referrer: 'https://www.google.com/' } });
    expect(tried).toMatchObject({ channel: 'paid_search', rule: 'Click on a search ad', version: 0, tried: [{ held: true, because: 'click ids has any of gclid, gbraid, wbraid, 1 more' }] });
    expect(await cell.ask(TryChannels, { context: cell.context(), origin: { utm: { source: 'podcast' }, table: podcast('partner') } }))
      .toMatchObject({ channel: 'partner', rule: 'Podcast', version: null });
  });
});

describe('touches', () => {
  it('say where they came from and how that was found out, by their own time', async () => {
    const utm = { source: 'google', medium: 'cpc', campaign: 'Touch-Launch' };
    const first = await captured(somebody({ utm, click_ids: { gclid: 'g-1' }, page_url: 'https://acme.example/demo', referrer: 'https://www.google.com/' }),
      { entry: 'form', inlet: { kind: 'form', id: 12 }, received_at: '2026-03-02T10:00:00.000Z' });
    const { lead: { lead_id, profile: { email } } } = first;
    await captured({ email, source: 'webinar', campaign: 'touch-LAUNCH' }, { received_at: '2026-03-04T10:00:00.000Z' });
    await captured({ email }, { received_at: '2026-03-03T10:00:00.000Z', spooled: true });
    const listed = await touches(lead_id);
    expect(listed.map(({ at, is_first, is_last, made_lead }) => [at.slice(0, 10), is_first, is_last, made_lead])).toEqual([
      ['2026-03-04', false, true, false], ['2026-03-03', false, false, false], ['2026-03-02', true, false, true],
    ]);
    expect(listed[2]).toMatchObject({
      inlet: { kind: 'form', id: 12 }, channel: 'paid_search', channel_rule: 'Click on a search ad', channel_version: 0, campaign: 'Touch-Launch', campaign_raw: null,
      utm, click_ids: { gclid: 'g-1' }, page_url: 'https://acme.example/demo', referrer: 'https://www.google.com/',
    });
    expect(listed[0]).toMatchObject({ inlet: null, channel: 'event', channel_rule: 'Source: an event', campaign: 'Touch-Launch', campaign_raw: 'touch-LAUNCH' });
    const page = await cell.ask(ListTouches, { context: cell.context(), lead_id, limit: 2 });
    const rest = await cell.ask(ListTouches, { context: cell.context(), lead_id, limit: 2, cursor: page.next_cursor as string });
    expect([...page.touches, ...rest.touches]).toEqual(listed);
    const { facts: [facts] } = await cell.ask(DescribeLeadsToConvert, { items: [{ tenant: 'demo', lead_id }], touches: 2, reviews: 0 });
    const key = facts!.touches;
    expect([key.first?.at, key.last?.at, key.made_lead?.at].map((at) => at?.slice(0, 10))).toEqual(['2026-03-02', '2026-03-04', '2026-03-02']);
    expect(key.first).toMatchObject({ submission_id: first.submission_id, utm, inlet: { kind: 'form', id: 12 } });
    await cell.settled();
    const told = [...cell.events<{ touch: LeadTouchedData }>('lead.captured')].find(({ leadid }) => leadid === lead_id);
    expect(told?.data.touch).toMatchObject({ utm, click_ids: { gclid: 'g-1' }, inlet: { kind: 'form', id: 12 }, page_url: 'https://acme.example/demo' });
  });
});

describe('campaigns', () => {
  const context = (tenant = 'campaigns') => cell.context({ tenant });
  const campaignOf = async (lead: CreateLead, tenant = 'campaigns') => (await captured(somebody(lead), { tenant })).lead.attribution.campaign;
  const create = (code: string, more: PatchCampaignRequest = {}) => cell.ask(CreateCampaign, { context: context(), campaign: { code, ...more } });
  const update = (code: string, patch: PatchCampaignRequest) => cell.ask(UpdateCampaign, { context: context(), code, patch });
  const list = async (filter: object) => (await cell.ask(ListCampaigns, { context: context(), filter, limit: 50 })).campaigns.map(({ code }) => code);

  it('are made by whoever names them first, and are one whatever their capitals', async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, (_, i) => campaignOf({ utm: { campaign: i % 2 ? 'First-Use' : 'FIRST-USE ' } })));
    expect(new Set(codes).size).toBe(1);
    expect(await list({ search: 'first-u' })).toEqual([codes[0]]);
    expect(await cell.ask(GetCampaign, { context: context(), code: 'first-use' })).toMatchObject({ campaign: { code: codes[0], status: 'active', name: null, aliases: [] } });
    const { lead } = await captured(somebody(), { tenant: 'campaigns' });
    const patched = await cell.ask(UpdateLead, { context: context(), command_id: uuidv7(), lead_id: lead.lead_id, patch: { campaign: 'first-USE' } });
    expect(patched.lead.attribution.campaign).toBe(codes[0]);
  });

  it('are not made by what is set aside', async () => {
    await cell.ask(CaptureLeads, {
      items: [captureItem(somebody({ campaign: 'spam-99' }), { tenant: 'campaigns', quarantine: { code: 'spam', because: 'looks like spam' } })],
      tenants: { campaigns: testTenant('campaigns') },
    });
    expect(await list({ search: 'spam-99' })).toEqual([]);
  });

  it('have a description, and names by which submissions reach them', async () => {
    const { campaign } = await create('Spring-2026', {
      name: 'Spring webinars', channel: 'event', starts_on: '2026-03-01', ends_on: '2026-05-31', budget: 20_000.5, currency: 'EUR', aliases: ['spring_webinar', 'Frühling'],
    });
    expect(campaign).toMatchObject({ code: 'Spring-2026', status: 'active', starts_on: '2026-03-01', budget: 20_000.5, aliases: ['Frühling', 'spring_webinar'] });
    expect(await campaignOf({ utm: { campaign: 'SPRING_WEBINAR' } })).toBe('Spring-2026');
    expect(await campaignOf({ campaign: 'FRÜHLING' })).toBe('Spring-2026');
    expect((await update('spring_webinar', { name: null, aliases: ['frühling'] })).campaign).toMatchObject({ code: 'Spring-2026', name: null, channel: 'event', aliases: ['frühling'] });
    expect(await campaignOf({ utm: { campaign: 'spring_webinar' } })).toBe('spring_webinar');
    await expect(create('SPRING-2026')).rejects.toMatchObject({ body: { kind: 'conflict', code: 'campaign_exists' } });
    await expect(update('spring-2026', { ends_on: '2026-02-28' })).rejects.toMatchObject({ body: { errors: [{ field: 'ends_on', code: 'reversed_period' }] } });
    await expect(cell.ask(GetCampaign, { context: context('other'), code: 'Spring-2026' })).rejects.toMatchObject({ body: { kind: 'not_found' } });
  });

  it('take over the name of another one only once that is archived; what was said under it stays', async () => {
    const { lead } = await captured(somebody({ campaign: 'summer_old' }), { tenant: 'campaigns' });
    await create('summer-2026');
    await expect(update('summer-2026', { aliases: ['SUMMER_OLD'] })).rejects.toMatchObject({ body: { kind: 'conflict', code: 'alias_taken' } });
    await update('summer_old', { status: 'archived' });
    await update('summer-2026', { aliases: ['SUMMER_OLD'] });
    expect(await campaignOf({ campaign: 'summer_old' })).toBe('summer-2026');
    expect(lead.attribution.campaign).toBe('summer_old');
    expect(await cell.ask(GetCampaign, { context: context(), code: 'summer_old' })).toMatchObject({ campaign: { status: 'archived' } });
    expect(await list({ status: 'archived' })).toEqual(['summer_old']);
    expect((await list({ search: 'SUMMER' })).sort()).toEqual(['summer-2026', 'summer_old']);
  });
});

describe('spend', () => {
  const context = (tenant = 'spend') => cell.context({ tenant });
  const record = async (...entries: object[]) => (await cell.ask(RecordSpend, { context: context(), entries })).results;
  const totals = async (filter: object) => (await cell.ask(TotalSpend, { context: context(), filter })).totals;
  const march = { campaign: 'ads', channel: 'paid_search', from: '2026-03-01', to: '2026-03-31', amount: 310 };

  it('counts once, however often and at once it is sent, and by the day', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => record(march)));
    expect(all.flat().map(({ verdict }) => verdict).sort()).toEqual(['created', ...Array.from({ length: 7 }, () => 'unchanged')]);
    const [changed, overlapping, beside, wrong, noChannel] = await record(
      { ...march, amount: 620.1 }, { ...march, from: '2026-03-31', to: '2026-04-02' }, { ...march, channel: 'email', from: '2026-03-10', to: null, amount: 5, currency: 'EUR' },
      { ...march, amount: -1, colour: 'red' }, { campaign: 'ads', from: '2026-04-01', amount: 1 });
    expect(changed).toEqual({ verdict: 'updated', id: all[0][0].id });
    expect(overlapping).toMatchObject({ verdict: 'refused', id: null, errors: [{ field: 'from', code: 'overlapping_period' }] });
    expect(beside.verdict).toBe('created');
    expect(wrong.errors?.map(({ field }) => field).sort()).toEqual(['amount', 'colour']);
    expect(noChannel.errors).toEqual([expect.objectContaining({ field: 'channel', code: 'required' })]);
    expect(await totals({ from: '2026-03-10', to: '2026-03-11' })).toEqual([
      { campaign: 'ads', channel: 'email', currency: 'EUR', amount: 5, days: 1 }, { campaign: 'ads', channel: 'paid_search', currency: 'USD', amount: 40.01, days: 2 },
    ]);
    expect(await totals({ channel: 'paid_search' })).toEqual([{ campaign: 'ads', channel: 'paid_search', currency: 'USD', amount: 620.1, days: 31 }]);
    await expect(totals({ from: '2026-03-11', to: '2026-03-10' })).rejects.toMatchObject({ body: { errors: [{ field: 'to', code: 'reversed_period' }] } });
    const { spend } = await cell.ask(ListSpend, { context: context(), filter: { campaign: 'ADS', from: '2026-03-31' }, limit: 10 });
    expect(spend).toEqual([expect.objectContaining({ id: changed.id, campaign: 'ads', from: '2026-03-01', to: '2026-03-31', amount: 620.1, currency: 'USD', external_id: null })]);
  });

  it('is removed where it was wrong, by its own tenant', async () => {
    const [{ id }] = await record({ ...march, campaign: 'mistake', external_id: 'x-1' });
    await expect(cell.ask(RemoveSpend, { context: context('other'), id: id as number })).rejects.toMatchObject({ body: { kind: 'not_found' } });
    await cell.ask(RemoveSpend, { context: context(), id: id as number });
    expect(await totals({ campaign: 'mistake' })).toEqual([]);
    await expect(cell.ask(RemoveSpend, { context: context(), id: id as number })).rejects.toMatchObject({ body: { kind: 'not_found' } });
  });
});
