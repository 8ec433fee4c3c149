import { call, capture, get, newPerson, post } from './headwater';

const csv = (text: string, path = '/campaigns/spend') =>
  call<{ verdict: string; line?: number; errors?: { field: string }[] }[]>('POST', `/api/v1/crm${path}`, undefined, { raw: text, headers: { 'content-type': 'text/csv; charset=utf-8' } });

describe('attribution', () => {
  const campaign = `e2e-${Date.now().toString(36)}`;

  it('goes from a link to the opportunity', async () => {
    const utm = { source: 'google', medium: 'cpc', campaign: campaign.toUpperCase() };
    await post('/campaigns', { code: campaign, channel: 'paid_search' });
    const person = newPerson({ utm, page_url: 'https://acme.example/demo', source: 'web' });
    const { body: { data: lead } } = await capture<{ id: number; campaign: string; channel: string }>(person);
    expect(lead).toMatchObject({ campaign, channel: 'paid_search' });
    await capture({ email: person.email, source: 'webinar' });
    const { body: { data: touches } } = await get<object[]>(`/leads/${lead.id}/touches`);
    expect(touches).toEqual([
      expect.objectContaining({ channel: 'event', is_last: true, made_lead: false }), expect.objectContaining({ channel: 'paid_search', campaign_raw: utm.campaign, is_first: true, made_lead: true }),
    ]);
    await post(`/leads/${lead.id}/qualify`, { qualified: true });
    const { status, body } = await post(`/leads/${lead.id}/convert`, { create_opportunity: true, opportunity_name: 'Attributed', opportunity_amount: 1 });
    expect([status, (body.warnings ?? []).map(({ code }) => code)]).toEqual([200, expect.not.arrayContaining(['touches_unknown'])]);
  });

  it('takes what campaigns cost as a table, each row by itself', async () => {
    const { status, body } = await csv(`Campaign;Day;Amount spent;Channel\n${campaign};2026-03-01;1250,50;Paid search\n${campaign};2026-02-30;1;email\n${campaign};2026-03-02;much;\n`);
    expect(status).toBe(200);
    expect(body.data.map(({ verdict, line, errors }) => [verdict, line, errors?.map(({ field }) => field)])).toEqual([
      ['created', 2, undefined], ['refused', 3, ['from']], ['refused', 4, ['amount']],
    ]);
    expect((await get(`/campaigns/spend/totals?campaign=${campaign}`)).body.data).toEqual([{ campaign, channel: 'paid_search', currency: 'USD', amount: 1250.5, days: 1 }]);
  });

  it('says what is wrong with a table', async () => {
    expect(await csv('campaign,mood\nads,fine\n')).toMatchObject({ status: 422, body: { code: 'wrong_columns', errors: [{ field: '(header)' }, { field: '(header)' }, { field: '(header)' }] } });
    expect(await csv('campaign,from,amount\nads,"2026-03-01,1\n')).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await csv('campaign,from,amount\na\0ds,2026-03-01,1\n')).toMatchObject({ status: 422, body: { code: 'illegal_character' } });
    expect(await csv(`campaign,from,amount\n${'ads,2026-03-01,1\n'.repeat(1_001)}`)).toMatchObject({ status: 422, body: { code: 'too_many' } });
    expect(await csv('campaign,from,amount\n', '/campaigns')).toMatchObject({ status: 415 });
  });
});
