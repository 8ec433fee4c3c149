import { v7 as uuidv7 } from 'uuid';
import {
  CaptureLeads, GetLeads, ListConsents, ListLeads, ListPendingChanges, ListTouches, LockLead, SettlePendingChanges, UpdateLead,
  type CaptureAnswer, type CaptureItem, type CreateLead, type IntakeState, type LeadTouchedData, type LeadUpdatedData,
} from '@headwater/contracts';
import { captureItem, startCell, takenIn, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, intake] }); });
afterAll(() => cell.stop());

let people = 0;
const somebody = (more: CreateLead = {}): CreateLead => ({ last_name: 'Lovelace', email: `ada${people += 1}@pending.example.com`, ...more });
const captured = async (lead: CreateLead, more: Partial<CaptureItem> = {}): Promise<CaptureAnswer & { lead: IntakeState }> =>
  takenIn((await cell.ask(CaptureLeads, { items: [captureItem(lead, more)], tenants: { demo: testTenant('demo') } })).results[0]);
const byForm = { anonymous: true, entry: 'form', actor: { kind: 'form', id: '7', name: 'Contact form' }, inlet: { kind: 'form', id: 7 } } as const;
const lead = async (id: number) => (await cell.ask(GetLeads, { tenant: 'demo', ids: [id] })).leads[0];
const waiting = (lead_id: number) => cell.ask(ListPendingChanges, { context: cell.context(), lead_id });
const settle = (lead_id: number, decision: 'accept' | 'reject', more: { fields?: string[]; expected_revision?: number; context?: ReturnType<Cell['context']> } = {}) =>
  cell.ask(SettlePendingChanges, { context: cell.context(), lead_id, decision, ...more });
const edit = (lead_id: number, patch: object) => cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id, patch });
const converted = { converted_at: '2026-11-22T10:00:00.000Z', account_id: 5, contact_id: 6, customer_id: 7 };

/** A known lead, and what a form would have made of it. */
async function poisoned() {
  const known = await captured(somebody({ job_title: 'CTO', phone: '+4930901820' }));
  const attempt = await captured({ email: known.lead.profile.email, job_title: 'Intern', phone: '+4930901821', city: 'London' }, byForm);
  return { id: known.lead.lead_id, known, attempt };
}

describe('pending changes', () => {
  it('tell what was proposed, by whom, and raise the revision that they are settled with', async () => {
    const { id, attempt } = await poisoned();
    expect(attempt).toMatchObject({ verdict: 'updated', lead: { revision: 2, pending_changes: 2, profile: { job_title: 'CTO', city: 'London' } } });
    const { changes, revision } = await waiting(id);
    expect(revision).toBe(2);
    expect(changes).toContainEqual({
      field: 'job_title', present: 'CTO', proposed: 'Intern', submission_id: attempt.submission_id, at: expect.any(String), entry: 'form', inlet: { kind: 'form', id: 7 },
      sender: 'Contact form',
    });
    const silent = await captured({ email: attempt.lead.profile.email, job_title: 'Boss' }, byForm);
    expect(silent).toMatchObject({ verdict: 'touched', lead: { revision: 3, pending_changes: 2 } });
    const repeated = await captured({ email: attempt.lead.profile.email, job_title: 'Boss' }, byForm);
    expect(repeated).toMatchObject({ verdict: 'touched', lead: { revision: 3 } });
    await expect(settle(id, 'accept', { expected_revision: 2 })).rejects.toMatchObject({ body: { code: 'precondition_failed' } });
    await cell.settled();
    const updates = cell.events<LeadUpdatedData>('lead.updated').filter(({ leadid }) => leadid === id).sort((a, b) => a.revision! - b.revision!); // of two replicas
    expect(updates.map(({ data }) => data.changed)).toEqual([['pending_changes', 'city'], ['pending_changes']]);
  });

  it("become a person's edit when they are accepted, and what the lead is found by", async () => {
    const { id, attempt } = await poisoned();
    const other = await captured({ last_name: 'Other', phone: '+4930901821' });
    const { lead: accepted, warnings } = await settle(id, 'accept', { fields: ['phone'], context: cell.context({ actor: { kind: 'api_key', id: '3', name: 'Console' } }) });
    expect(accepted).toMatchObject({ pending_changes: 1, profile: { phone: '+4930901821', job_title: 'CTO' } });
    expect(warnings).toEqual([expect.objectContaining({ code: 'possible_duplicate', lead_id: other.lead.lead_id })]);
    const { leads } = await cell.ask(ListLeads, { context: cell.context(), filter: { phone: '+49 30 901821' }, sort: 'id', limit: 10 });
    expect(leads.map(({ lead_id }) => lead_id)).toContain(id);
    const synchronised = await captured({ email: attempt.lead.profile.email, phone: '+4930901820' });
    expect(synchronised.lead.profile.phone).toBe('+4930901821');
    const all = await settle(id, 'accept');
    expect(all.lead.profile.job_title).toBe('Intern');
    expect((await waiting(id)).changes).toEqual([]);
  });

  it('are not proposed again once they were rejected, nor settled twice', async () => {
    const { id, attempt } = await poisoned();
    const context = cell.context({ idempotency: { scope: 'reject', key: `${id}`, hash: 'a' } });
    const first = await settle(id, 'reject', { fields: ['job_title'], context });
    expect(first.lead).toMatchObject({ revision: 3, pending_changes: 1 });
    expect(await settle(id, 'reject', { fields: ['job_title'], context })).toEqual(first);
    await expect(settle(id, 'reject', { fields: ['job_title'] })).rejects.toMatchObject({ body: { errors: [{ field: 'fields', code: 'not_pending' }] } });
    expect((await captured({ email: attempt.lead.profile.email, job_title: 'Intern' }, byForm)).lead.pending_changes).toBe(1);
    expect((await captured({ email: attempt.lead.profile.email, job_title: 'CFO' }, byForm)).lead.pending_changes).toBe(2);
    await expect(cell.ask(ListPendingChanges, { context: cell.context({ tenant: 'other' }), lead_id: id })).rejects.toMatchObject({ body: { kind: 'not_found' } });
  });

  it('are settled once of two who decide at once, and not any more after the conversion', async () => {
    const { id } = await poisoned();
    const { revision } = await waiting(id);
    const both = await Promise.allSettled([settle(id, 'accept', { expected_revision: revision }), settle(id, 'reject', { expected_revision: revision })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { id: gone } = await poisoned();
    await cell.ask(LockLead, { tenant: 'demo', lead_id: gone, converted });
    await expect(settle(gone, 'accept')).rejects.toMatchObject({ body: { code: 'lead_locked' } });
  });

  it('also come of what was late: it may be older than what a person knows', async () => {
    const { lead: { lead_id, profile: { email } } } = await captured(somebody({ job_title: 'CTO' }));
    await captured({ email, job_title: 'VP' }, { spooled: true, received_at: '2026-03-03T10:00:00.000Z' });
    const late = await captured({ email, job_title: 'Director' }, { spooled: true, received_at: '2026-03-02T10:00:00.000Z' });
    expect(late.lead.profile.job_title).toBe('CTO');
    expect((await waiting(lead_id)).changes).toEqual([expect.objectContaining({ proposed: 'VP' })]);
  });
});

describe('consent', () => {
  const consents = async (lead_id: number) => (await cell.ask(ListConsents, { context: cell.context(), lead_id, limit: 50 })).consents;

  it('can be proved: when, where and to which text a person agreed, and who said so', async () => {
    const first = await captured(somebody({ consent: { text_version: 'v1' }, page_url: 'https://acme.example/demo' }), { ...byForm, received_at: '2026-03-02T10:00:00.000Z' });
    const { lead_id, profile: { email, consent } } = first.lead;
    expect(consent).toEqual({ text_version: 'v1', at: '2026-03-02T10:00:00.000Z', origin: 'https://acme.example/demo' });
    const again = await captured({ email, consent: { text_version: 'v1' } }, byForm);
    expect(again).toMatchObject({ verdict: 'touched', lead: { profile: { consent } } });
    const newer = await captured({ email, consent: { text_version: 'v2', text: 'I agree.', at: '2026-03-05T10:00:00.000Z', origin: 'call' }, email_opt_out: true, do_not_call: false });
    expect(newer.lead.profile).toMatchObject({ consent: { text_version: 'v2', origin: 'call' }, email_opt_out: true });
    await edit(lead_id, { email_opt_out: false });
    const listed = await consents(lead_id);
    expect(listed.map(({ field, value, text_version, by }) => [field, value, text_version, by])).toEqual(expect.arrayContaining([
      ['email_opt_out', false, null, 'user:test-admin'], ['consent', true, 'v2', 'api_key:key-1'], ['email_opt_out', true, null, 'api_key:key-1'],
      ['consent', true, 'v1', 'form:7'], ['consent', true, 'v1', 'form:7'],
    ]));
    expect(listed).toHaveLength(5);
    expect(listed[0]).toMatchObject({ field: 'email_opt_out', value: false, submission_id: null });
    expect(listed.at(-1)).toEqual({
      at: '2026-03-02T10:00:00.000Z', field: 'consent', value: true, text_version: 'v1', text: null, agreed_at: '2026-03-02T10:00:00.000Z', origin: 'https://acme.example/demo', confirmed_at: null,
      submission_id: first.submission_id,      entry: 'form', inlet: { kind: 'form', id: 7 }, by: 'form:7',
    });
  });

  it('is at its strictest: no submission takes an opt-out back, not even with a consent', async () => {
    const { lead: { lead_id, profile: { email } } } = await captured(somebody());
    await captured({ email, do_not_call: true, email_opt_out: true }, byForm);
    const later = await captured({ email, do_not_call: false, email_opt_out: false, consent: { text_version: 'v3' } });
    expect(later.lead.profile).toMatchObject({ do_not_call: true, email_opt_out: true, consent: { text_version: 'v3' } });
    expect((await waiting(lead_id)).changes).toEqual([]);
  });
});

describe('a touch on a converted lead', () => {
  it('edits nothing, and tells the contact\'s history of it, with what the person does not want', async () => {
    const { lead: { lead_id, profile } } = await captured(somebody({ job_title: 'CTO' }));
    await cell.ask(LockLead, { tenant: 'demo', lead_id, converted });
    const row = await captured({ ...profile, job_title: 'CEO', email_opt_out: true }, { entry: 'import', inlet: { kind: 'import', id: 3 }, lane: 'bulk' });
    expect(row).toMatchObject({ verdict: 'touched', lead: { lead_id, revision: 2, profile: { job_title: 'CTO' } } });
    const raised = await captured({ ...profile, job_title: 'CEO' }, { entry: 'import', raised_hand: true });
    expect(raised).toMatchObject({ verdict: 'created', lead: { reengaged_from: { lead_id, contact_id: 6 }, profile: { job_title: 'CEO' } } });
    expect(await lead(lead_id)).toMatchObject({ revision: 2, profile: { job_title: 'CTO' } });
    await cell.settled();
    const touched = cell.events<LeadTouchedData>('lead.touched').filter(({ leadid }) => leadid === lead_id);
    expect(touched.map(({ data }) => data)).toEqual([expect.objectContaining({
      raised_hand: false, inlet: { kind: 'import', id: 3 }, converted: { account_id: 5, contact_id: 6, customer_id: 7 }, opted_out: ['email'],
    })]);
    const made = cell.events<{ touch: LeadTouchedData }>('lead.captured').find(({ leadid }) => leadid === raised.lead.lead_id);
    expect(made?.data.touch).toMatchObject({ raised_hand: true, converted: { contact_id: 6 } });
    const { touches } = await cell.ask(ListTouches, { context: cell.context(), lead_id, limit: 10 });
    expect(touches.map(({ verdict }) => verdict)).toEqual(['touched', 'created']);
  });
});
