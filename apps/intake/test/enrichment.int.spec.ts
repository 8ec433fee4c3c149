import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import {
  AddCompanies, CaptureLeads, DomainError, EnrichLead, GetEnrichment, GetEnrichmentSetup, GetLeads, LockLead, PutEnrichmentSetup, ReplaceCompanies, UpdateLead,
  type CaptureItem, type CompanyRow, type CreateLead, type EnrichmentView, type IntakeState, type LeadCapturedData, type LeadEnrichedData,
} from '@headwater/contracts';
import { eventually, metric, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

const PAGE = `<title>TechCorp</title><meta name="description" content="We make tech"><script type="application/ld+json">
  {"@type":"Corporation","name":"TechCorp Incorporated","numberOfEmployees":250,"telephone":"+1 555 0100","address":{"addressLocality":"Austin","addressCountry":"US"}}</script>`;

let cell: Cell;
let server: Server;
let asked: string[];
/** What the service in JSON answers; the pages are always there. */
let answer: () => { status: number; body: string | Buffer; type?: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    const { host = '' } = request.headers;
    asked.push(`${host}${request.url}`);
    if (host.startsWith('data.')) {
      const { status, body, type = 'application/json' } = answer();
      response.writeHead(status, { 'content-type': type }).end(body);
    } else if (host.startsWith('empty.')) response.writeHead(404).end();
    else response.setHeader('content-type', 'text/html').end(PAGE);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const at = `=127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sites = ['techcorp.example', 'burst.example', 'empty.example', 'later.example', ...Array.from({ length: 20 }, (_, i) => `paid${i}.example`)];
  cell = await startCell({
    services: [intake, intake], env: {
      ENRICHMENT_SITES: sites.map((site) => site + at).join(), ENRICHMENT_SERVICES: `data.vendor.example${at},gone.vendor.example=127.0.0.1:1`, ENRICHMENT_CONCURRENCY: '8',
      SEALING_KEY: 'a sealing key that only these tests know',
    },
  });
});
afterAll(async () => {
  await cell.stop();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = () => ({ status: 200, body: '{"company":{"staff":"1,200","sector":"finance"},"score":7}' });
});

let tenants = 0;
/** A tenant of its own for each test: with its own setup and budgets. */
const newTenant = (): string => `enriched-${(tenants += 1)}`;
const setUp = (tenant: string, setup: object) => cell.ask(PutEnrichmentSetup, { context: cell.context({ tenant }), setup });
const WEBSITE = { name: 'website', kind: 'website' };
const ALWAYS = { when: { always: true } };
const DATA = {
  name: 'vendor', kind: 'http_json', settings: {
    url: 'http://data.vendor.example/v1?d={domain}&k={key}', key: 'top-secret',
    fields: [{ path: '$.company.staff', field: 'employees', confidence: 0.9 }, { path: '$.company.sector', field: 'industry' }, { path: '$.score', field: 'custom_fields.vendor_score' }, { path: '$.score', field: 'rank' }],
  },
};

const item = (tenant: string, lead: CreateLead, more: Partial<CaptureItem> = {}): CaptureItem => ({
  submission_id: uuidv7(), received_at: new Date().toISOString(), tenant, actor: { kind: 'api_key', id: 'key-1' },
  anonymous: false, entry: 'api', lead, correlation_id: 'test', ...more,
});
/** As everybody does who is told that intake has no time for it now: asks again, with the same submission. */
async function capture(tenant: string, lead: CreateLead, more: Partial<CaptureItem> = {}): Promise<number> {
  const items = [item(tenant, lead, more)];
  const { results: [result] } = await eventually('it is taken in', () => cell.ask(CaptureLeads, { items, tenants: { [tenant]: testTenant(tenant) } }), { timeoutMs: 45_000 });
  if (!result.ok) throw new Error(result.error.detail);
  return result.answer.lead!.lead_id;
}
let person = 0;
const somebodyAt = (domain: string): CreateLead => ({ last_name: `Byron${(person += 1)}`, email: `ada${person}@${domain}` });
const lead = async (tenant: string, id: number): Promise<IntakeState> => (await cell.ask(GetLeads, { tenant, ids: [id] })).leads[0];
const read = async (tenant: string, id: number): Promise<EnrichmentView> => (await cell.ask(GetEnrichment, { context: cell.context({ tenant }), lead_id: id })).enrichment;
const enrich = async (tenant: string, id: number, wait_ms = 9_000): Promise<EnrichmentView> =>
  (await cell.ask(EnrichLead, { context: cell.context({ tenant }), lead_id: id, wait_ms })).enrichment;
const refusal = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: DomainError) => error.body.errors ?? error.body.code);
const told = (id: number) => cell.events<LeadEnrichedData>('lead.enriched').filter(({ leadid }) => leadid === id);
const enriched = (id: number) => eventually('lead.enriched', () => told(id)[0]);
const pendingOf = (id: number) => eventually('lead.captured', () => cell.events<LeadCapturedData>('lead.captured').find(({ leadid }) => leadid === id))
  .then(({ data }) => data.enrichment_pending);
const workersLookAgain = (): Promise<unknown> => cell.rows('intake', 'update enrichment_job set due_at = now()');

describe('by rule', () => {
  it('a new lead is filled with what its website says, and others are told whom it comes from', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [WEBSITE], on_capture: { when: { field: 'email_kind', op: 'eq', value: 'business' } } });
    const id = await capture(tenant, { ...somebodyAt('techcorp.example'), company_name: 'TechCorp' });
    expect(await pendingOf(id)).toBe(true);
    const { data, revision } = await enriched(id);
    expect(data).toMatchObject({
      lead: { revision: 2, profile: { company_name: 'TechCorp', employees: 250, city: 'Austin', country: 'US', description: 'We make tech', website: 'http://techcorp.example' } },
      providers: [{ provider: 'website', outcome: 'found' }],
    });
    expect([revision, [...data.changed].sort()]).toEqual([2, ['city', 'country', 'description', 'employees', 'website']]);
    const { fields, shown, attempts, pending } = await read(tenant, id);
    expect(fields).toContainEqual({ field: 'employees', value: 250, provider: 'website', confidence: 0.77, at: expect.any(String) });
    expect(shown).toEqual(expect.arrayContaining([
      { provider: 'website', field: 'company_name', value: 'TechCorp Incorporated', confidence: 0.85, unused: 'has_value' },
      { provider: 'website', field: 'company_phone', value: '+1 555 0100', confidence: 0.85, unused: 'no_lead_field' },
    ]));
    expect([pending, attempts]).toEqual([false, [expect.objectContaining({ provider: 'website', outcome: 'found', from_cache: false, cost: 0, ms_taken: expect.any(Number) })]]);
  });

  it('nobody waits for what no rule wants, or nobody could know', async () => {
    const tenant = newTenant();
    const without = await capture(tenant, somebodyAt('techcorp.example'));
    await setUp(tenant, { providers: [WEBSITE, { ...DATA, enabled: false }], on_capture: { when: { field: 'country', op: 'eq', value: 'DE' } } });
    const others = [
      without, await capture(tenant, { ...somebodyAt('techcorp.example'), country: 'US' }), await capture(tenant, { ...somebodyAt('gmail.com'), country: 'DE' }),
    ];
    expect(await Promise.all(others.map(pendingOf))).toEqual([false, false, false]);
    const wanted = await capture(tenant, { ...somebodyAt('techcorp.example'), country: 'DE' });
    expect(await pendingOf(wanted)).toBe(true);
    await enriched(wanted);
    expect(others.flatMap(told)).toEqual([]);
  });

  it('it is told as well that nothing was found, and remembered', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [WEBSITE], on_capture: ALWAYS });
    const [id, next] = [await capture(tenant, somebodyAt('empty.example')), await capture(tenant, somebodyAt('empty.example'))];
    expect((await enriched(id)).data).toMatchObject({ lead: { revision: 1 }, changed: [], providers: [{ provider: 'website', outcome: 'nothing' }] });
    await enriched(next);
    expect(asked).toHaveLength(1);
    expect((await read(tenant, next)).attempts).toEqual([expect.objectContaining({ outcome: 'nothing', from_cache: true })]);
  });

  it('rows of an import are told of in the bulk lane, after those that somebody waits for', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [WEBSITE], on_capture: ALWAYS });
    const id = await capture(tenant, somebodyAt('techcorp.example'), { entry: 'import', lane: 'bulk' });
    await enriched(id);
    const [{ subject }] = await cell.rows<{ subject: string }>('intake', `select subject from outbox where subject like '%.lead.enriched.v1' and envelope->>'leadid' = $1`, [String(id)]);
    expect(subject).toBe(`crm.${tenant}.bulk.lead.enriched.v1`);
  });

  it('thirty leads of one company over two replicas are one question, and an event each', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [WEBSITE], on_capture: ALWAYS });
    const ids = await Promise.all(Array.from({ length: 30 }, () => capture(tenant, somebodyAt('burst.example'))));
    await eventually('all of them are told of', () => ids.every((id) => told(id).length > 0), { timeoutMs: 20_000 });
    await cell.settled();
    expect(ids.map((id) => told(id).length)).toEqual(ids.map(() => 1));
    expect(asked.filter((question) => question.startsWith('burst'))).toHaveLength(1);
    expect(await cell.rows('intake', 'select id from enrichment_job where tenant_id = $1', [tenant])).toEqual([]);
  });
});

describe('on demand', () => {
  it('a lead of a tenant that set up nothing is looked up on the web; whoever waits gets what was found', async () => {
    const tenant = newTenant();
    const id = await capture(tenant, somebodyAt('techcorp.example'));
    expect(await read(tenant, id)).toEqual({ lead_id: id, pending: false, enriched_at: null, fields: [], shown: [], attempts: [] });
    expect(await enrich(tenant, id)).toMatchObject({ pending: false, fields: expect.arrayContaining([expect.objectContaining({ field: 'company_name', value: 'TechCorp Incorporated' })]) });
    expect(await refusal(enrich(newTenant(), id))).toBe('not_found');
    expect(await refusal(read(newTenant(), id))).toBe('not_found');
  });

  it('a converted lead is locked, and without a provider there is nobody to ask', async () => {
    const tenant = newTenant();
    const [id, other] = [await capture(tenant, somebodyAt('techcorp.example')), await capture(tenant, somebodyAt('techcorp.example'))];
    await cell.ask(LockLead, { tenant, lead_id: id, converted: { converted_at: new Date().toISOString(), account_id: 1, contact_id: 2, customer_id: 3 } });
    expect(await refusal(enrich(tenant, id))).toBe('lead_locked');
    await setUp(tenant, { providers: [] });
    expect(await refusal(enrich(tenant, other))).toBe('no_provider');
  });

  it('a key is done once', async () => {
    const tenant = newTenant();
    const id = await capture(tenant, somebodyAt('techcorp.example'));
    const context = { ...cell.context({ tenant }), idempotency: { scope: 'enrich', key: 'one', hash: 'a' } };
    for (let times = 0; times < 2; times += 1) await cell.ask(EnrichLead, { context, lead_id: id, wait_ms: 9_000 });
    expect((await read(tenant, id)).attempts).toHaveLength(1);
  });

  it('what a person edited stays, what a sender says counts more, and what was enriched may be corrected', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [DATA] });
    const who = somebodyAt('techcorp.example');
    const id = await capture(tenant, who);
    expect((await enrich(tenant, id)).fields.map(({ field, value }) => [field, value])).toEqual(expect.arrayContaining([['employees', 1_200], ['industry', 'finance'], ['custom_fields.vendor_score', 7]]));
    await cell.ask(UpdateLead, { context: cell.context({ tenant }), command_id: uuidv7(), lead_id: id, patch: { industry: null } });
    // A form of somebody nobody knows fills only what is empty: nobody's word is.
    await capture(tenant, { ...who, employees: 40, custom_fields: { vendor_score: 8 } }, { anonymous: true, entry: 'form' });
    expect(await lead(tenant, id)).toMatchObject({ profile: { employees: 40, custom_fields: { vendor_score: 8 } } });
    const after = await enrich(tenant, id);
    expect(after.fields).toEqual([]);
    expect(after.shown.map(({ field, unused }) => [field, unused])).toEqual(expect.arrayContaining([['industry', 'edited'], ['employees', 'has_value'], ['rank', 'no_lead_field']]));
    expect((await lead(tenant, id)).profile).toEqual(expect.not.objectContaining({ industry: expect.anything() }));
  });

  it('of two that disagree the surer is believed', async () => {
    const tenant = newTenant();
    const context = cell.context({ tenant });
    const upload_id = uuidv7();
    const rows: { line: number; fields: CompanyRow }[] = [{ line: 2, fields: { Domain: 'www.techcorp.example', Company: 'TechCorp', 'Company Size': '77', city: 'Berlin' } }, { line: 3, fields: { city: 'Nowhere' } }];
    for (let times = 0; times < 2; times += 1) expect(await cell.ask(AddCompanies, { context, upload_id, rows })).toEqual({ problems: [expect.objectContaining({ line: 3, code: 'no_key' })] });
    expect(await cell.ask(ReplaceCompanies, { context, upload_id })).toEqual({ companies: 1, version: 1 });
    await expect(cell.ask(ReplaceCompanies, { context, upload_id: uuidv7() })).rejects.toMatchObject({ body: { kind: 'invalid', code: 'no_companies' } });
    await setUp(tenant, { providers: [WEBSITE, { name: 'ours', kind: 'company_table' }] });
    const { fields } = await enrich(tenant, await capture(tenant, somebodyAt('techcorp.example')));
    expect(Object.fromEntries(fields.map(({ field, value, provider }) => [field, `${provider} ${value}`]))).toMatchObject({
      employees: 'ours 77', city: 'ours Berlin', description: 'website We make tech',
    });
    expect(fields.some(({ field }) => field === 'country')).toBe(false); // of another address
    const byName = await enrich(tenant, await capture(tenant, { last_name: 'Ito', company_name: 'TECHCORP GmbH' }));
    expect(byName.fields).toContainEqual(expect.objectContaining({ field: 'employees', value: 77, confidence: 0.76 }));
  });
});

describe('what costs', () => {
  it('is exact, however many are enriched at once', async () => {
    const tenant = newTenant();
    await eventually('the day goes on for a while', async () =>
      (await cell.rows('intake', `select where (now() + interval '20 seconds') at time zone 'utc' < date_trunc('day', now() at time zone 'utc') + interval '1 day'`)).length > 0, { timeoutMs: 25_000 });
    await setUp(tenant, { providers: [{ ...DATA, cost: 2, budget: { per_month: 100 } }], on_capture: ALWAYS, budget: { per_day: 15 } });
    const ids = await Promise.all(Array.from({ length: 20 }, (_, i) => capture(tenant, somebodyAt(`paid${i}.example`))));
    await eventually('all of them are told of', () => ids.every((id) => told(id).length > 0), { timeoutMs: 20_000 });
    const outcomes = ids.flatMap(told).flatMap(({ data }) => data.providers.map(({ outcome }) => outcome));
    expect([outcomes.filter((one) => one === 'found').length, outcomes.filter((one) => one === 'no_budget').length]).toEqual([7, 13]);
    expect(asked).toHaveLength(7);
    const { spending } = await cell.ask(GetEnrichmentSetup, { context: cell.context({ tenant }) });
    expect(spending.map(({ provider, amount }) => [provider, amount])).toEqual([['', 14], ['', 14], ['vendor', 14], ['vendor', 14]]);
  });

  it('is not asked when it could fill nothing, or a condition does not hold', async () => {
    const tenant = newTenant();
    const onlyStaff = { ...DATA, cost: 1, settings: { ...DATA.settings, fields: [DATA.settings.fields[0]] } };
    await setUp(tenant, { providers: [onlyStaff, { ...onlyStaff, name: 'other', when: { field: 'country', op: 'eq', value: 'FR' } }] });
    const { attempts } = await enrich(tenant, await capture(tenant, { ...somebodyAt('techcorp.example'), employees: 5 }));
    expect([attempts.map(({ provider, outcome }) => [provider, outcome]), asked]).toEqual([[['vendor', 'not_needed']], []]);
  });

  it('waits for the next minute when it was asked often enough in this one', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [{ ...DATA, settings: { ...DATA.settings, per_minute: 1 } }] });
    await enrich(tenant, await capture(tenant, somebodyAt('techcorp.example')));
    // In the minute after, this one would have its turn: the test is about one minute.
    await cell.rows('intake', `insert into enrichment_spending (tenant_id, provider, period, amount)
      select $1, 'vendor', to_char((now() + make_interval(mins => i)) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI'), 1 from generate_series(0, 1) as i on conflict do nothing`, [tenant]);
    const id = await capture(tenant, somebodyAt('later.example'));
    expect((await enrich(tenant, id, 500)).pending).toBe(true);
    await cell.rows('intake', `update enrichment_spending set amount = 0 where tenant_id = $1`, [tenant]);
    await eventually('its turn', async () => { await workersLookAgain(); return told(id)[0]; });
    expect(asked).toHaveLength(2);
  });
});

describe('a provider in trouble', () => {
  it('is asked again, and what others said meanwhile is kept', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [WEBSITE, DATA], cache: { found_days: 0 } });
    const first = [{ status: 503, body: '' }];
    answer = () => first.pop() ?? { status: 200, body: '{"company":{"sector":"retail"}}' };
    const id = await capture(tenant, somebodyAt('techcorp.example'));
    await enrich(tenant, id, 0);
    await eventually('it is told of', async () => { await workersLookAgain(); return told(id)[0]; });
    const { attempts, fields } = await read(tenant, id);
    expect(attempts.map(({ provider, outcome }) => `${provider} ${outcome}`)).toEqual(['vendor found', 'vendor failed', 'website found']);
    expect(fields).toContainEqual(expect.objectContaining({ field: 'industry', value: 'retail', provider: 'vendor' }));
  });

  it.each([
    ['with a mark before it', Buffer.from('\ufeff{"company":{"staff":7},"score":"Köln"}'), undefined], ['in the characters that it names', Buffer.from('{"company":{"staff":7},"score":"K\xf6ln"}', 'latin1'), 'application/json; charset=iso-8859-1'],
  ])('is read %s', async (_how, body, type) => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [DATA] });
    answer = () => ({ status: 200, body, type });
    const id = await capture(tenant, somebodyAt('techcorp.example'));
    await enrich(tenant, id);
    expect((await lead(tenant, id)).profile).toMatchObject({ employees: 7, custom_fields: { vendor_score: 'Köln' } });
  });

  it.each([[503, '', 'status_503', 3], [401, '', 'status_401', 1], [200, '<html>', 'no_json', 1], [302, '', 'status_302', 1]])('that answers %d "%s" is given up: %s', async (status, body, code, tries) => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [DATA] });
    answer = () => ({ status, body });
    const id = await capture(tenant, somebodyAt('techcorp.example'));
    await enrich(tenant, id, 0);
    await eventually('it is told of', async () => { await workersLookAgain(); return told(id)[0]; });
    const { attempts } = await read(tenant, id);
    expect(attempts.map((attempt) => [attempt.outcome, attempt.code])).toEqual(Array.from({ length: tries }, () => ['failed', code]));
    expect(told(id)[0].data.providers).toEqual([{ provider: 'vendor', outcome: 'failed' }]);
  });

  it('that nobody reaches is given up as well: it is no trouble of our own', async () => {
    const tenant = newTenant();
    await setUp(tenant, { providers: [{ ...DATA, settings: { ...DATA.settings, url: 'http://gone.vendor.example/{domain}' } }] });
    const id = await capture(tenant, somebodyAt('techcorp.example'));
    await enrich(tenant, id, 0);
    await eventually('it is told of', async () => { await workersLookAgain(); return told(id)[0]; });
    expect((await read(tenant, id)).attempts.map(({ outcome, code }) => [outcome, code])).toEqual(Array.from({ length: 3 }, () => ['failed', 'unreachable']));
  });

  it('that leads inside is not followed', async () => {
    const tenant = newTenant();
    const to = (url: string) => ({ providers: [{ ...DATA, settings: { ...DATA.settings, url, key: null, headers: null } }] });
    await expect(setUp(tenant, to('http://127.0.0.1/{domain}'))).rejects.toMatchObject({ body: { code: 'address_not_public', errors: [{ field: 'providers.0.settings.url' }] } });
    await setUp(tenant, to('http://public.vendor.example/{domain}'));
    // As it was put before anybody looked.
    await cell.rows('intake', `update enrichment_setup set document = replace(document::text, 'public.vendor.example', '127.0.0.1')::jsonb where tenant_id = $1`, [tenant]);
    const { attempts } = await enrich(tenant, await capture(tenant, somebodyAt('techcorp.example')));
    expect(attempts).toEqual([expect.objectContaining({ outcome: 'failed', code: 'address_not_public' })]);
  });
});

describe('the setup', () => {
  it('keeps keys to itself, and for the host that they were written for', async () => {
    const tenant = newTenant();
    const { setup, keys, version } = await setUp(tenant, { providers: [WEBSITE, DATA] });
    expect([keys, version]).toEqual([['vendor'], 1]);
    expect(JSON.stringify(await cell.ask(GetEnrichmentSetup, { context: cell.context({ tenant }) }))).not.toContain('top-secret');
    const [{ kept }] = await cell.rows<{ kept: string }>('intake', `select secrets ->> 'vendor' as kept from enrichment_setup where tenant_id = '${tenant}'`);
    expect(kept).toMatch(/^s1\./);
    expect((await setUp(tenant, setup)).keys).toEqual(['vendor']);
    await enrich(tenant, await capture(tenant, somebodyAt('techcorp.example')));
    expect(asked).toContain('data.vendor.example/v1?d=techcorp.example&k=top-secret');
    const { key: _key, ...settings } = DATA.settings;
    const elsewhere = { providers: [{ ...DATA, settings: { ...settings, url: 'https://thief.example/{domain}?k={key}' } }] };
    expect(await refusal(setUp(tenant, elsewhere))).toEqual([expect.objectContaining({ field: 'providers.0.settings.key', code: 'key_required' })]);
  });

  it('says everything that is wrong with it, and where', async () => {
    expect(await refusal(setUp(newTenant(), {
      providers: [WEBSITE, WEBSITE, { ...DATA, name: 'a', settings: { url: 'https://{domain}/', fields: [{ path: 'staff', field: 'employees' }] } }, { name: 'b', kind: 'http_json', when: { field: 'land', op: 'eq', value: 'DE' } }],
      on_capture: { when: { field: 'employees', op: 'starts_with', value: 'x' } },
    }))).toEqual([
      expect.objectContaining({ field: 'providers.1.name', code: 'duplicate' }), expect.objectContaining({ field: 'on_capture.when.op', code: 'operator_not_for_type' }),
      expect.objectContaining({ field: 'providers.2.settings.url', code: 'place_in_host' }), expect.objectContaining({ field: 'providers.2.settings.fields.0.path', code: 'no_path' }),
      expect.objectContaining({ field: 'providers.3.when.field', code: 'unknown_field' }),
      expect.objectContaining({ field: 'providers.3.settings.url', code: 'required' }), expect.objectContaining({ field: 'providers.3.settings.fields', code: 'required' }),
    ]);
    expect(await refusal(setUp(newTenant(), { providers: [{ name: 'x', kind: 'oracle' }] }))).toEqual([expect.objectContaining({ field: 'providers.0.kind' })]);
  });
});

test('attempts are counted by kind and outcome', async () => {
  const ofBoth = async (name: string, labels: Record<string, string>) =>
    (await Promise.all([0, 1].map((replica) => metric(cell.url('intake', replica), name, labels)))).reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const found = await ofBoth('headwater_enrichment_attempts_total', { provider: 'http_json', outcome: 'found', cached: 'no' });
  expect(found).toBeGreaterThanOrEqual(10);
  expect(await ofBoth('headwater_enrichment_seconds_count', { provider: 'http_json' })).toBeGreaterThanOrEqual(found);
});
