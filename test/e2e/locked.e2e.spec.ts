import { eventually } from '@headwater/testing';
import { routes } from './api-document';
import { call, capture, get, newLead, newPerson, post, tellConsumers } from './headwater';

const LEAD = '/api/v1/crm/leads/{id}';
const asKey = ({ method, path }: { method: string; path: string }): string => `${method} ${path.replace(LEAD, '')}`;

/** What is sent to each write of a lead; a new one needs its line here, or one among those that write nothing. */
const BODIES: Record<string, unknown> = {
  'PATCH ': { city: 'Rome' },
  'PATCH /score': { behavioral_score: 1 },
  'DELETE /score/override': undefined,
  'POST /qualify': { qualified: true },
  'POST /assessments': { framework: 'bant', elements: [{ element: 'need', status: 'weak' }] },
  'POST /contact': {},
  'POST /disqualify': { disqualification_reason: 'no_need' },
  'POST /reopen': {},
  'POST /contact-attempts': { channel: 'call', outcome: 'reached' },
  'POST /nurture': {},
  'POST /reengage': {},
  'POST /copilot': { ask: 'qualify' },
  'POST /convert': { create_customer: true },
  'POST /enrich': undefined,
  'POST /pending-changes/accept': { fields: ['city'] },
  'POST /pending-changes/reject': { fields: ['city'] },
  'POST /route': undefined,
  'POST /claim': {},
  'POST /sla/pause': { reason: 'On a plane' },
  'POST /sla/resume': { reason: 'Landed' },
};
/** These write nothing, or keep what is sent beside the lead: what they say of one that is converted has a test of its own. */
const NO_WRITES = new Set(['POST /merge/preview', 'POST /events']);
/** Those that need another lead in their body. */
const WITH_ANOTHER: Record<string, (other: number) => unknown> = { 'POST /merge': (other) => ({ lead_ids: [other] }) };

const writes = routes.filter(({ method, path }) => path.startsWith(LEAD) && method !== 'GET' && !NO_WRITES.has(asKey({ method, path })));

interface Converted { customer: { id: number }; account: { id: number }; contact: { id: number; email: string; email_opt_out: boolean }; opportunity: { id: number } }

async function convertedLead(person: object = newPerson()): Promise<{ id: number; into: Converted }> {
  const { body: { data: { id } } } = await capture<{ id: number }>(person);
  await post(`/leads/${id}/qualify`, { qualified: true });
  const { body: { data } } = await post<Converted>(`/leads/${id}/convert`, { create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 1 });
  return { id, into: data };
}

describe('a converted lead, while no event is consumed', () => {
  let lead: Awaited<ReturnType<typeof convertedLead>>;
  let other: number;

  beforeAll(async () => {
    await tellConsumers('pause');
    other = await newLead();
    lead = await convertedLead();
  });
  afterAll(() => tellConsumers('resume'));

  it.each(writes.map((route) => [asKey(route), route] as const))('is locked for %s, with the ids to go to', async (key, { method, path }) => {
    const known = key in BODIES || key in WITH_ANOTHER;
    expect([key, known]).toEqual([key, true]);
    const body = WITH_ANOTHER[key]?.(other) ?? BODIES[key];
    const { status, body: answer } = await call(method, path.replace('{id}', String(lead.id)), body);
    const { customer, account, contact, opportunity } = lead.into;
    expect([key, status, answer.code, answer.converted]).toEqual([key, 409, 'lead_locked', expect.objectContaining({
      customer_id: customer.id, account_id: account.id, contact_id: contact.id, opportunity_id: opportunity.id,
    })]);
  });

  it('is read, listed and found all the same', async () => {
    const { body } = await get<{ status: string; email: string; customer_id: number }>(`/leads/${lead.id}`);
    expect(body.data).toMatchObject({ status: 'converted', customer_id: lead.into.customer.id });
    const { body: found } = await get<{ id: number; status: string }[]>(`/leads?email=${encodeURIComponent(body.data.email)}`);
    expect(found.data).toEqual([expect.objectContaining({ id: lead.id, status: 'converted' })]);
    for (const part of ['touches', 'transitions', 'score', 'routing', 'notes']) expect([part, (await get(`/leads/${lead.id}/${part}`)).status]).toEqual([part, 200]);
  });

  it('cannot be merged into another one either', async () => {
    expect(await post(`/leads/${other}/merge`, { lead_ids: [lead.id] })).toMatchObject({ status: 409, body: { code: 'lead_locked' } });
  });
});

describe('the person of a converted lead', () => {
  it('who asks for contact again is a new lead, linked to the records, for the owner of the account', async () => {
    const person = { ...newPerson(), source: 'web' };
    const { id, into } = await convertedLead(person);
    const owner = await eventually('an owner', async () => (await get<{ owner: { id: number } | null }>(`/leads/${id}`)).body.data.owner);
    const { body: { data: account } } = await get<{ owner_id: number | null }>(`/accounts/${into.account.id}`);
    const { body: { data: again } } = await capture<{ id: number }>(person);
    expect(again).toMatchObject({
      account_id: into.account.id, contact_id: into.contact.id, customer_id: null,
      reengaged_from: { lead_id: id, account_id: into.account.id, contact_id: into.contact.id, customer_id: into.customer.id },
    });
    expect(again.id).not.toBe(id);
    const renewed = await eventually('the new lead has its owner', async () => {
      const { body: { data } } = await get<{ owner: { id: number } | null; status: string }>(`/leads/${again.id}`);
      return data.owner ? data : undefined;
    });
    expect(renewed).toMatchObject({ status: 'new', owner: { id: account.owner_id ?? owner.id } });
    const { body: { data: routing } } = await get<{ decisions: { because: string }[] }>(`/leads/${again.id}/routing`);
    expect(JSON.stringify(routing)).toMatch(/owner/);
    expect((await get<{ status: string }>(`/leads/${id}`)).body.data.status).toBe('converted');
  });

  it('who opts out is opted out as a contact', async () => {
    const person = newPerson();
    const { into } = await convertedLead(person);
    expect(into.contact.email_opt_out).toBe(false);
    await capture({ ...person, email_opt_out: true });
    const contact = await eventually('the contact has heard of it', async () => {
      const { body: { data } } = await get<{ email_opt_out: boolean; do_not_call: boolean }>(`/contacts/${into.contact.id}`);
      return data.email_opt_out ? data : undefined;
    });
    expect(contact).toMatchObject({ email_opt_out: true, do_not_call: false });
  });
});
