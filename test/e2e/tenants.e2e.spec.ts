import { eventually } from '../../libs/testing/src/eventually';
import { call, get, newLead, patch, post, running } from './headwater';

interface Operation { security?: { bearer: string[] }[] }
interface OpenApi { paths: Record<string, Record<string, Operation>> }

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const CALENDAR = { name: 'Ours', weekly: { monday: [{ from: '09:00', to: '17:00' }] } };
const RULES = { document: { pools: [], rules: [], default: { queue: 'ours' }, queues: [{ name: 'ours' }] } };

/** A body that each writing route would accept, if the id were the caller's. A new route with an id needs its line here. */
const BODIES: Record<string, unknown> = {
  'PATCH /api/v1/crm/leads/{id}': { city: 'Rome' },
  'POST /api/v1/crm/leads/{id}/qualify': { qualified: true },
  'POST /api/v1/crm/leads/{id}/contact': {},
  'POST /api/v1/crm/leads/{id}/disqualify': { disqualification_reason: 'no_need' },
  'POST /api/v1/crm/leads/{id}/reopen': {},
  'POST /api/v1/crm/leads/{id}/contact-attempts': { channel: 'call', outcome: 'reached' },
  'POST /api/v1/crm/leads/{id}/copilot': { ask: 'qualify' },
  'POST /api/v1/crm/leads/{id}/assessments': { framework: 'bant', elements: [{ element: 'need', status: 'weak' }] },
  'POST /api/v1/crm/leads/{id}/claim': {},
  'POST /api/v1/crm/leads/{id}/nurture': {},
  'POST /api/v1/crm/leads/{id}/reengage': {},
  'POST /api/v1/crm/leads/{id}/convert': { create_customer: true },
  'PATCH /api/v1/crm/accounts/{id}': { name: 'Mine now' },
  'PATCH /api/v1/crm/contacts/{id}': { last_name: 'Mine' },
  'PATCH /api/v1/crm/customers/{id}': { status: 'inactive' },
  'PATCH /api/v1/crm/opportunities/{id}': { value: 1 },
  'PUT /api/v1/crm/opportunities/{id}/contact-roles': { contacts: [] },
  'PATCH /api/v1/crm/leads/{id}/score': { behavioral_score: 1 },
  'POST /api/v1/crm/leads/{id}/events': { type: 'web_visit' },
  'POST /api/v1/crm/leads/{id}/pending-changes/accept': {},
  'POST /api/v1/crm/leads/{id}/pending-changes/reject': {},
  'POST /api/v1/crm/leads/{id}/merge': { lead_ids: [999_999_999] },
  'POST /api/v1/crm/leads/{id}/merge/preview': { lead_ids: [999_999_999] },
  'POST /api/v1/crm/merges/{id}/unmerge': {},
  'POST /api/v1/crm/duplicate-reviews/{id}/dismiss': { reason: 'Mine' },
  'POST /api/v1/crm/duplicate-reviews/{id}/merge': {},
  'PATCH /api/v1/crm/campaigns/{code}': { name: 'Mine now' },
  'PATCH /api/v1/crm/connectors/{id}': { name: 'Mine now' },
  'POST /api/v1/crm/connectors/{id}/test': { body: '{}' },
  'PUT /api/v1/crm/routing/rule-sets/{id}': RULES,
  'POST /api/v1/crm/scoring/models/{id}/simulate': {},
  'PUT /api/v1/crm/routing/calendars/{id}': CALENDAR,
  'POST /api/v1/crm/leads/{id}/sla/pause': { reason: 'Mine' },
  'POST /api/v1/crm/leads/{id}/sla/resume': { reason: 'Mine' },
  'PATCH /api/v1/crm/forms/{id}': { name: 'Mine now' },
  'POST /api/v1/crm/submissions/{id}/reject': {},
  'PATCH /api/v1/crm/imports/{id}': {},
  'POST /api/v1/crm/imports/{id}/dry-run': {},
  'POST /api/v1/crm/imports/{id}/start': {},
  'PATCH /api/v1/crm/routing/reps/{id}': { name: 'Mine now' },
  'PATCH /api/v1/crm/routing/teams/{id}': { name: 'Mine now' },
  'PATCH /api/v1/crm/routing/territories/{id}': { name: 'Mine now' },
  'PATCH /api/v1/crm/routing/leave/{id}': { active: false },
  'PATCH /api/v1/admin/tenants/{tenant}': { name: 'Mine now' },
  'POST /api/v1/admin/tenants/{tenant}/keys': { name: 'mine', role: 'admin' },
};

/** The same for routes that take a file. */
const FILE = { raw: 'name\nAda\n', headers: { 'content-type': 'text/csv' } };
const FILES: Record<string, typeof FILE> = { 'PUT /api/v1/crm/imports/{id}/file': FILE };

let document: OpenApi;
/** ids of the demo tenant, by the path that names them */
let ids: Record<string, string | number>;
const foreign = () => ({ token: running().other_tenant_api_key });

beforeAll(async () => {
  document = (await call('GET', '/openapi.json', undefined, { token: null })).body as unknown as OpenApi;
  const id = await newLead();
  await post(`/leads/${id}/qualify`, { qualified: true });
  const { body: { data } } = await post<Record<string, { id: number }>>(`/leads/${id}/convert`, {
    create_customer: true, create_opportunity: true, opportunity_name: 'Ours', opportunity_amount: 1,
  });
  const lead = await newLead();
  await patch(`/leads/${lead}`, { qualification_notes: 'Budget of $75,000 approved for Q1.' });
  const { body: { data: { proposals: [proposal] } } } = await get<{ proposals: { id: number }[] }>(`/leads/${lead}/assessments`);
  await post('/qualification/frameworks', { name: 'ours', label: 'Ours', elements: [{ name: 'all', label: 'All', weight: 100 }] });
  await newLead();
  const reviews = await get<{ id: number }[]>(`/duplicate-reviews?lead_id=${await newLead()}`);
  const touches = await get<{ submission_id: string }[]>(`/leads/${lead}/touches`);
  const spend = await post<{ id: number }[]>('/campaigns/spend', { entries: [{ campaign: 'ours', channel: 'email', from: '2026-01-01', amount: 1, external_id: 'ours' }] });
  const connector = await post<{ id: number }>('/connectors', { name: 'Ours', kind: 'generic' });
  const ruleSet = await post<{ id: number }>('/routing/rule-sets', RULES);
  const team = await post<{ id: number }>('/routing/teams', { name: 'Ours' });
  const rep = await post<{ id: number }>('/routing/reps', { user_id: 'ours', name: 'Ours' });
  const territory = await post<{ id: number }>('/routing/territories', { name: 'Ours' });
  const leave = await post<{ id: number }>('/routing/leave', { rep_id: rep.body.data.id, from: '2030-01-01T00:00:00Z', until: '2030-01-02T00:00:00Z' });
  const reassignment = await post<{ id: number }>('/routing/reassignments', { rep_id: rep.body.data.id });
  const calendar = await post<{ id: number }>('/routing/calendars', CALENDAR);
  const form = await post<{ id: number }>('/forms', { name: 'Ours' });
  const file = await call<{ id: number }>('POST', '/api/v1/crm/imports?name=ours.csv', undefined, FILE);
  const { body: { data: { document: model } } } = await get<{ document: object }>('/scoring/model');
  BODIES['PUT /api/v1/crm/scoring/models/{id}'] = model;
  const draft = await post<{ id: number }>('/scoring/models', { ...model, segment: { name: 'nobody', when: { field: 'city', op: 'eq', value: 'Atlantis' }, priority: 1 } });
  const activated = await post<{ rescore: { id: number } }>(`/scoring/models/${draft.body.data.id}/activate`, undefined);
  const merged = await post<{ merge: { id: number } }>(`/leads/${lead}/merge`, { lead_ids: [await newLead()] });
  ids = {
    '/api/v1/crm/assessment-proposals/{id}': proposal.id,
    '/api/v1/crm/qualification/frameworks/{code}': 'ours',
    '/api/v1/crm/routing/teams/{id}': team.body.data.id,
    '/api/v1/crm/routing/reps/{id}': rep.body.data.id,
    '/api/v1/crm/routing/territories/{id}': territory.body.data.id,
    '/api/v1/crm/routing/reassignments/{id}': reassignment.body.data.id,
    '/api/v1/crm/routing/leave/{id}': leave.body.data.id,
    '/api/v1/crm/routing/calendars/{id}': calendar.body.data.id,
    '/api/v1/crm/imports/{id}': file.body.data.id,
    '/api/v1/crm/forms/{id}': form.body.data.id,
    '/api/v1/crm/leads/{id}': lead,
    '/api/v1/crm/routing/rule-sets/{id}': ruleSet.body.data.id,
    '/api/v1/crm/submissions/{id}': touches.body.data[0].submission_id,
    '/api/v1/crm/customers/{id}': data.customer.id,
    '/api/v1/crm/accounts/{id}': data.account.id,
    '/api/v1/crm/contacts/{id}': data.contact.id,
    '/api/v1/crm/opportunities/{id}': data.opportunity.id,
    '/api/v1/crm/merges/{id}': merged.body.data.merge.id,
    '/api/v1/crm/duplicate-reviews/{id}': reviews.body.data[0].id,
    '/api/v1/crm/campaigns/spend/{id}': spend.body.data[0].id,
    '/api/v1/crm/campaigns/{code}': 'ours',
    '/api/v1/crm/connectors/{id}': connector.body.data.id,
    '/api/v1/crm/scoring/models/{id}': draft.body.data.id,
    '/api/v1/crm/scoring/rescores/{id}': activated.body.data.rescore.id,
    '/api/v1/admin/tenants/{tenant}': running().tenant,
  };
});

const operations = () => Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).filter(([method]) => METHODS.includes(method)).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));

const scopesOf = ({ security = [] }: Operation) => security.flatMap(({ bearer }) => bearer);
const isOpen = ({ operation }: { operation: Operation }) => scopesOf(operation).length === 0;
const isOperators = ({ operation }: { operation: Operation }) => scopesOf(operation).includes('operator');
const anyPath = (path: string) => path.replace(/\{[^}]+\}/g, '1');

function filled(path: string): string {
  const prefix = Object.keys(ids).find((known) => path.startsWith(known));
  if (!prefix) throw new Error(`No id is known for ${path}: add it to this test`);
  return path.replace(/\{(id|tenant|code)\}/, String(ids[prefix])).replace(/\{[^}]+\}/g, '1');
}

describe('a foreign tenant', () => {
  it('gets 404 for our ids on every route of the OpenAPI document that is a tenant\'s', async () => {
    const withIds = operations().filter((route) => route.path.includes('{') && !isOperators(route) && !isOpen(route));
    expect(withIds.length).toBeGreaterThan(15);
    const answers = await Promise.all(withIds.map(async ({ path, method }) => {
      const { status, body } = await call(method, filled(path), BODIES[`${method} ${path}`], { ...foreign(), ...FILES[`${method} ${path}`] });
      return `${method} ${path} ${status} ${body.code}`;
    }));
    expect(answers).toEqual(withIds.map(({ path, method }) => `${method} ${path} 404 not_found`));
  });

  it("gets 403 on every route that is the operator's, and so do we", async () => {
    const routes = operations().filter(isOperators);
    expect(routes.length).toBeGreaterThan(5);
    for (const caller of [foreign(), {}]) {
      const answers = await Promise.all(routes.map(async ({ path, method }) => {
        const { status, body } = await call(method, anyPath(path), undefined, caller);
        return `${method} ${path} ${status} ${body.code}`;
      }));
      expect(answers).toEqual(routes.map(({ path, method }) => `${method} ${path} 403 forbidden`));
    }
  });

  it('would not have got 404 with our key', async () => {
    const reads = operations().filter((route) => route.path.includes('{') && route.method === 'GET' && !isOperators(route) && !isOpen(route));
    const answers = await Promise.all(reads.map(async ({ path, method }) => (await call(method, filled(path))).status));
    expect(answers).toEqual(reads.map(() => 200));
  });

  it('sees none of our leads and customers, and may not refer to them', async () => {
    const { body: leads } = await get<unknown[]>('/leads?limit=200', foreign());
    expect(leads.data).toEqual([]);
    const { body: found } = await get<unknown[]>('/customers/search?q=TechCorp', foreign());
    expect(found.data).toEqual([]);
    expect(await post('/opportunities', { name: 'Theirs', customer_id: ids['/api/v1/crm/customers/{id}'], value: 1 }, foreign()))
      .toMatchObject({ status: 422, body: { errors: [{ field: 'customer_id' }] } });
  });
});

describe('access', () => {
  it('is refused without a token, and with a wrong one, on every route that asks for a scope', async () => {
    const guarded = operations().filter(({ operation }) => scopesOf(operation).length > 0);
    expect(guarded.length).toBeGreaterThan(25);
    for (const token of [null, 'hw_wrong', 'not.a.jwt']) {
      const answers = await Promise.all(guarded.map(async ({ path, method }) => (await call(method, anyPath(path), BODIES[`${method} ${path}`], { token })).status));
      expect(answers).toEqual(guarded.map(() => 401));
    }
  });

  it('lets a form key insert, and nothing else; the answer never tells who is known', async () => {
    const form = { token: running().form_key };
    const person = { first_name: 'Form', last_name: 'Filler', email: `form.${Date.now()}@filler.example.com`, company_name: 'Filler' };
    const [first, second] = [await post('/leads', person, form), await post('/leads', person, form)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(Object.keys(second.body.data)).toEqual(['submission_id']);
    expect(second.body.message).toBe(first.body.message);
    expect((await get('/leads', form)).status).toBe(403);
    expect((await get('/customers/search?q=x', form)).status).toBe(403);
    const { body } = await eventually('an intake that is behind has taken it in', async () => {
      const found = await get<{ email: string; entry: string }[]>(`/leads?email=${encodeURIComponent(person.email)}`);
      return found.body.data.length > 0 && found;
    });
    expect(body.data).toEqual([expect.objectContaining({ entry: 'form', email: person.email })]);
  });

  it("takes a rep's JWT, within a rep's scopes", async () => {
    const rep = { token: running().rep_token };
    expect((await get('/leads', rep)).status).toBe(200);
    expect(await get('/routing/setup', rep)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await call('POST', '/api/v1/admin/tenants', { id: 'mine' }, rep)).status).toBe(403);
  });

  it('ends with the key', async () => {
    const made = await call<{ id: number; key: string }>('POST', '/api/v1/admin/tenants/demo/keys', { name: 'short-lived', role: 'integration' });
    expect(made.status).toBe(201);
    const { id, key } = made.body.data;
    expect((await get('/leads', { token: key })).status).toBe(200);
    expect((await call('DELETE', `/api/v1/admin/tenants/demo/keys/${id}`)).status).toBe(200);
    expect((await get('/leads', { token: key })).status).toBe(401);
  });
});
