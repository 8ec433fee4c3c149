import { v7 as uuidv7 } from 'uuid';
import {
  CaptureLeads, FindLeads, GetLeads, GetSubmission, LeadConverted, ListLeads, ListNotes, ListTouches, LockLead, UpdateLead,
  type CaptureItem, type CaptureResult, type CreateLead, type IntakeState,
} from '@headwater/contracts';
import { captureItem, eventually, startCell, takenIn, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, intake] }); });
afterAll(() => cell.stop());

const tenants = { demo: testTenant('demo'), other: testTenant('other') };
const sarah: CreateLead = { first_name: 'Sarah', last_name: 'Johnson', email: 'sarah.johnson@techcorp.com', company_name: 'TechCorp Inc' };

const capture = async (...items: CaptureItem[]): Promise<CaptureResult[]> => (await cell.ask(CaptureLeads, { items, tenants })).results;
const captured = async (lead: CreateLead, more: Partial<CaptureItem> = {}) => takenIn((await capture(captureItem(lead, more)))[0]);
/** As everybody does who is told that intake has no time for it now: asks again, with the same submission. */
const inTheEnd = (item: CaptureItem) => eventually('it is taken in', async () => takenIn((await capture(item))[0]), { timeoutMs: 45_000 });
const touches = async (id: number) => (await cell.ask(ListTouches, { context: cell.context(), lead_id: id, limit: 200 })).touches;
const lead = async (id: number): Promise<IntakeState> => (await cell.ask(GetLeads, { tenant: 'demo', ids: [id] })).leads[0];
let person = 0;
const somebody = (more: CreateLead = {}): CreateLead => {
  person += 1;
  return { first_name: 'Ada', last_name: `Byron${person}`, email: `ada${person}@analytical.example.com`, ...more };
};

describe('capture', () => {
  it('creates a lead with its touch, and announces it once with the whole snapshot', async () => {
    const { verdict, because, lead: created } = await captured({ ...sarah, phone: '+1-555-0123', source: 'web', industry: 'Software/SaaS' });
    expect(verdict).toBe('created');
    expect(because).toMatch(/nobody/);
    expect(created.profile).toMatchObject({ ...sarah, full_name: 'Sarah Johnson', phone: '+1-555-0123', industry: 'software_saas' });
    expect(created.facts).toMatchObject({ phone_valid: false, email_valid: true, email_kind: 'business', company_domain: 'techcorp.com' });
    await cell.settled();
    const events = cell.events<{ lead: IntakeState }>('lead.captured').filter(({ leadid }) => leadid === created.lead_id);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ tenantid: 'demo', revision: 1, data: { lead: { lead_id: created.lead_id, profile: sarah } } });
    expect(await touches(created.lead_id)).toHaveLength(1);
  });

  it('updates the lead of the same person instead, and always adds a touch', async () => {
    const first = await captured(somebody());
    const again = await captured({ ...first.lead.profile, email: first.lead.profile.email?.toUpperCase(), job_title: 'CTO' });
    expect(again).toMatchObject({ verdict: 'updated', because: 'same e-mail' });
    expect(again.lead).toMatchObject({ lead_id: first.lead.lead_id, revision: 2, profile: { job_title: 'CTO' } });
    const thrice = await captured({ email: first.lead.profile.email });
    expect(thrice.verdict).toBe('touched');
    expect(await touches(first.lead.lead_id)).toHaveLength(3);
  });

  it('is of two who have an address whose key it is, as signals are', async () => {
    const [older, owner] = [await captured(somebody({ external_id: 'moves' })), await captured(somebody())];
    const { email } = owner.lead.profile;
    expect((await captured({ email, external_id: 'moves' })).lead).toMatchObject({ lead_id: older.lead.lead_id, profile: { email } });
    const { found: [signalled] } = await cell.ask(FindLeads, { identities: [{ tenant: 'demo', kind: 'email', value: email! }] });
    expect([(await captured({ email })).lead.lead_id, signalled.lead_id]).toEqual([owner.lead.lead_id, owner.lead.lead_id]);
  });

  it('makes one lead and 50 touches of 50 simultaneous submissions over two replicas', async () => {
    const one = somebody();
    const results = await Promise.all(Array.from({ length: 50 }, () => inTheEnd(captureItem(one))));
    const ids = new Set(results.map((result) => result.lead.lead_id));
    expect(ids.size).toBe(1);
    expect(results.filter(({ verdict }) => verdict === 'created')).toHaveLength(1);
    expect(await touches([...ids][0])).toHaveLength(50);
  });

  it('keeps what is set aside in the log, and makes no lead of it', async () => {
    const [quarantined, rejected, repeated] = [
      captureItem(somebody(), { entry: 'form', inlet: { kind: 'form', id: 7 }, raw: { content_type: 'application/json', body: { b: 1, a: 2 } }, quarantine: { code: 'unconfirmed', because: 'the address is not confirmed yet' } }),
      captureItem({}, { entry: 'webhook', rejected: { code: 'no_person', because: 'it names nobody' } }), captureItem(somebody()),
    ];
    const results = await capture(quarantined, rejected, repeated);
    expect(results.map((result) => result.ok && [result.answer.verdict, result.answer.lead === null])).toEqual([['quarantined', true], ['rejected', true], ['created', false]]);
    expect(await capture(quarantined)).toEqual([results[0]]);
    expect((await cell.ask(GetSubmission, { tenant: 'demo', submission_id: quarantined.submission_id })).submission)
      .toEqual({ state: 'done', verdict: 'quarantined', because: 'the address is not confirmed yet', lead_id: null, code: 'unconfirmed' });
    expect(await cell.rows('intake', `
      select verdict, inlet_kind, inlet_id::int, raw->'body' as body, payload_hash = sha256(convert_to('{"a": 2, "b": 1}', 'UTF8')) as hashed,
             (select count(*)::int from touch where touch.submission_id = s.id) as touches
      from submission s where id = $1`, [quarantined.submission_id]))
      .toEqual([{ verdict: 'quarantined', inlet_kind: 'form', inlet_id: 7, body: { a: 2, b: 1 }, hashed: true, touches: 0 }]);
    await cell.settled();
    expect(cell.events<{ lead: IntakeState }>('lead.captured').filter(({ data }) => data.lead.profile.email === quarantined.lead.email)).toEqual([]);
  });

  it('refuses the addresses that a tenant does not want, to who can mend it; from others it keeps them in the log', async () => {
    const strict = { ...testTenant('demo'), policies: { refuse_disposable_email: true } };
    const ask = async (...items: CaptureItem[]) => (await cell.ask(CaptureLeads, { items, tenants: { demo: strict } })).results;
    const thrownAway = somebody({ email: `t${Date.now()}@mailinator.com` });
    const keyed = captureItem(thrownAway, { idempotency: { scope: 's', key: 'thrown-away', hash: 'h' } });
    const refusal = { ok: false, error: expect.objectContaining({ kind: 'invalid', code: 'disposable_email', errors: [expect.objectContaining({ field: 'email' })] }) };
    const [refused, rejected, welcome] = await ask(keyed, captureItem(thrownAway, { anonymous: true, entry: 'form' }), captureItem(somebody()));
    expect(refused).toEqual(refusal);
    expect(rejected).toMatchObject({ ok: true, answer: { verdict: 'rejected', lead: null } });
    expect(welcome).toMatchObject({ ok: true, answer: { verdict: 'created' } });
    expect(await capture(captureItem(thrownAway, { idempotency: keyed.idempotency }))).toEqual([refusal]); // as it was answered, whatever changed since

    const { lead: { lead_id } } = takenIn(welcome);
    const patch = (email: string) => cell.ask(UpdateLead, { context: cell.context({ tenant: strict }), command_id: uuidv7(), lead_id, patch: { email } });
    await expect(patch(thrownAway.email as string)).rejects.toMatchObject({ body: { code: 'disposable_email' } });
    expect((await patch('wanted@example.com')).lead.profile.email).toBe('wanted@example.com');
  });

  it('says so when a lead would become larger than an event, and takes the others of the batch in', async () => {
    const much = (prefix: string) => Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`${prefix}${i}`, 'x'.repeat(3_000)]));
    const one = somebody({ custom_fields: much('a') });
    const first = await captured(one);
    const [refused, welcome, form] = await capture(
      captureItem({ ...one, custom_fields: much('b') }), captureItem(somebody()), captureItem({ ...one, custom_fields: much('c') }, { spooled: true }));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'invalid', code: 'too_large', errors: [{ field: 'custom_fields' }] } });
    expect(welcome).toMatchObject({ ok: true });
    expect(form).toMatchObject({ ok: true, answer: { verdict: 'rejected', lead: null } });
    expect(await lead(first.lead.lead_id)).toMatchObject({ revision: 1 });
    await expect(cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id: first.lead.lead_id, patch: { custom_fields: much('d') } }))
      .rejects.toMatchObject({ body: { code: 'too_large' } });
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`e${i}`, i]));
    await expect(cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id: first.lead.lead_id, patch: { custom_fields: many } }))
      .rejects.toMatchObject({ body: { code: 'too_many', errors: [expect.objectContaining({ field: 'custom_fields' })] } });
  });

  it('keeps the digits behind a number apart, and does not take colleagues for one person', async () => {
    const first = await captured({ last_name: 'Ito', phone: '+1 212 555 2368 ext. 42' });
    expect(first.lead.profile).toMatchObject({ phone: '+12125552368', phone_extension: '42' });
    expect((await captured({ last_name: 'Ito', phone: '(212) 555-2368 x43', country: 'US' })).verdict).toBe('created');
    expect((await captured({ phone: '001 212 555 2368', phone_extension: '42', country: 'DE' })).lead.lead_id).toBe(first.lead.lead_id);
  });

  it('announces what came by the bulk lane there', async () => {
    const { lead: { lead_id } } = await captured(somebody(), { entry: 'import', lane: 'bulk' });
    await cell.settled();
    const [{ subject }] = await cell.rows<{ subject: string }>('intake', `select subject from outbox where envelope->>'leadid' = $1`, [String(lead_id)]);
    expect(subject).toBe('crm.demo.bulk.lead.captured.v1');
  });

  it('matches a batch against itself', async () => {
    const one = somebody();
    const results = await capture(captureItem(one), captureItem(somebody()), captureItem({ ...one, job_title: 'VP' }), captureItem(one, { tenant: 'other' }));
    const ids = results.map((result) => takenIn(result).lead.lead_id);
    expect(ids[2]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  it('keeps a role mailbox, and an address with clearly another name, apart', async () => {
    const role = { email: 'info@shop.example.com' };
    expect((await captured(role)).verdict).toBe('created');
    expect((await captured(role)).verdict).toBe('review');
    const mine = somebody();
    const first = await captured(mine);
    const other = await captured({ ...mine, first_name: 'Grace', last_name: 'Hopper' });
    expect(other).toMatchObject({ verdict: 'review', because: "same e-mail, but clearly another person's name" });
    // Both are found again by their names.
    expect((await captured({ ...mine, first_name: 'Grace', last_name: 'Hopper' })).lead.lead_id).toBe(other.lead.lead_id);
    expect((await captured(mine)).lead.lead_id).toBe(first.lead.lead_id);
  });

  it('matches by phone where one side has no e-mail', async () => {
    const first = await captured({ last_name: 'Caller', phone: '+49 30 901820' });
    const second = await captured({ first_name: 'Ann', last_name: 'Caller', phone: '030 901820', country: 'de', email: 'ann@caller.example.com' });
    expect(second).toMatchObject({ verdict: 'updated', because: 'same phone' });
    expect(second.lead.lead_id).toBe(first.lead.lead_id);
    expect(second.lead.profile).toMatchObject({ phone: '+4930901820', email: 'ann@caller.example.com' });
  });

  it('lets an anonymous sender fill only empty fields; the rest waits', async () => {
    const first = await captured(somebody({ job_title: 'CTO' }));
    const anonymous = await captured({ email: first.lead.profile.email, job_title: 'Intern', city: 'London' }, { anonymous: true, entry: 'form' });
    expect(anonymous.lead.profile).toMatchObject({ job_title: 'CTO', city: 'London' });
    const [{ pending }] = await cell.rows<{ pending: object }>('intake', 'select pending from lead where id = $1', [first.lead.lead_id]);
    expect(pending).toEqual({ job_title: expect.objectContaining({ proposed: 'Intern' }) });
  });

  it('replays the answer of an Idempotency-Key, and refuses the key with another body', async () => {
    const one = somebody();
    const keyed = (hash: string) => ({ idempotency: { scope: 'key-1 POST /leads', key: 'k1', hash } });
    const first = await captured(one, keyed('a'));
    const replay = await captured(one, keyed('a'));
    expect(replay).toEqual(first);
    expect(await touches(first.lead.lead_id)).toHaveLength(1);
    const [refused] = await capture(captureItem(somebody(), keyed('b')));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'invalid', code: 'idempotency_key_reused' } });
  });

  it('takes a submission in once, whatever way it comes again', async () => {
    const once = captureItem(somebody());
    const [first] = await capture(once);
    const [again] = await capture(once);
    expect(again).toEqual(first);
  });

  it('keeps unknown picklist values beside `other`', async () => {
    const { lead: created } = await captured(somebody({ source: 'Carrier Pigeon', industry: 'Falconry' }));
    expect(created.profile.industry).toBe('other');
    expect(created.facts.industry_raw).toBe('Falconry');
    expect(created.attribution).toMatchObject({ source: 'other', source_raw: 'Carrier Pigeon' });
  });
});

describe('update', () => {
  const update = (lead_id: number, patch: object, more: object = {}) =>
    cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id, patch, ...more });

  it('writes, empties and merges as PATCH says, and leaves edited fields to people', async () => {
    const { lead: created } = await captured(somebody({ job_title: 'CTO', custom_fields: { a: 1, b: 2 }, tags: ['x'] }));
    const { lead: updated } = await update(created.lead_id, { job_title: 'CEO', city: null, custom_fields: { b: null, c: [1] }, tags: ['y'] });
    expect(updated.profile).toMatchObject({ job_title: 'CEO', custom_fields: { a: 1, c: [1] }, tags: ['y'] });
    expect(updated.revision).toBe(2);
    const after = await captured({ email: created.profile.email, job_title: 'Boss' });
    expect(after.lead.profile.job_title).toBe('CEO');
  });

  it('appends a note once per command', async () => {
    const { lead: created } = await captured(somebody());
    const command_id = uuidv7();
    await update(created.lead_id, { notes: 'Called back' }, { command_id });
    await update(created.lead_id, { notes: 'Called back' }, { command_id });
    const { notes } = await cell.ask(ListNotes, { context: cell.context(), lead_id: created.lead_id, limit: 10 });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ text: 'Called back', author: 'Test Admin' });
  });

  it('refuses another revision, a foreign tenant and a converted lead, and writes nothing', async () => {
    const { lead: created } = await captured(somebody());
    const id = created.lead_id;
    await expect(update(id, { city: 'Rome' }, { expected_revision: 7 })).rejects.toMatchObject({ body: { code: 'precondition_failed' } });
    await expect(cell.ask(UpdateLead, { context: cell.context({ tenant: 'other' }), command_id: uuidv7(), lead_id: id, patch: {} }))
      .rejects.toMatchObject({ body: { kind: 'not_found', detail: 'Lead not found' } });
    await update(id, { city: 'Rome' }, { validate_only: true });
    expect((await lead(id)).profile.city).toBeUndefined();
  });

  it('accepts an address that another lead owns, with a warning; both are found by it', async () => {
    const first = await captured(somebody());
    const second = await captured(somebody());
    const { warnings } = await update(second.lead.lead_id, { email: first.lead.profile.email });
    expect(warnings).toEqual([expect.objectContaining({ code: 'possible_duplicate', lead_id: first.lead.lead_id })]);
    const { leads } = await cell.ask(ListLeads, { context: cell.context(), filter: { email: first.lead.profile.email as string }, sort: 'id', limit: 10 });
    expect(leads.map(({ lead_id }) => lead_id)).toEqual([first.lead.lead_id, second.lead.lead_id]);
  });
});

describe('conversion', () => {
  const converted = { converted_at: '2026-11-22T10:00:00.000Z', account_id: 5, contact_id: 6, customer_id: 7 };

  it('locks the lead, by request and event alike, and a new interest of that person is a new lead', async () => {
    const one = somebody();
    const { lead: { lead_id } } = await captured(one);
    await cell.ask(LockLead, { tenant: 'demo', lead_id, converted });
    await cell.publish([LeadConverted.ofLead('demo', { lead_id }, { lead_id, into: converted, actor: 'x', attribution: {} })], { times: 2 });
    await cell.settled();
    expect(await lead(lead_id)).toMatchObject({ revision: 2, converted });
    await expect(cell.ask(UpdateLead, { context: cell.context(), command_id: uuidv7(), lead_id, patch: { city: 'Rome' } }))
      .rejects.toMatchObject({ body: { code: 'lead_locked', more: { converted } } });
    const next = await captured(one);
    expect(next.verdict).toBe('created');
    expect(next.lead.reengaged_from).toEqual({ lead_id, account_id: 5, contact_id: 6, customer_id: 7 });
    expect((await captured(one)).lead.lead_id).toBe(next.lead.lead_id);
  });

  it('leaves a lead alone that is another tenant\'s, told by request or event', async () => {
    const { lead: { lead_id } } = await captured(somebody());
    await cell.ask(LockLead, { tenant: 'other', lead_id, converted });
    await cell.publish([LeadConverted.ofLead('other', { lead_id }, { lead_id, into: converted, actor: 'x', attribution: {} })]);
    await cell.settled();
    expect(await lead(lead_id)).toMatchObject({ revision: 1, converted: null });
  });

  it('keeps only the touch of a converted lead when nobody raised a hand', async () => {
    const one = somebody();
    const { lead: { lead_id } } = await captured(one);
    await cell.ask(LockLead, { tenant: 'demo', lead_id, converted });
    const row = await captured({ ...one, job_title: 'New job' }, { entry: 'import' });
    expect(row).toMatchObject({ verdict: 'touched', lead: { lead_id } });
    expect(row.lead.profile.job_title).toBeUndefined();
    expect(await touches(lead_id)).toHaveLength(2);
  });
});

describe('lists', () => {
  it('pages by cursor without losing or repeating a lead that comes meanwhile', async () => {
    const mine = cell.context({ tenant: 'paged' });
    const page = (cursor?: string) => cell.ask(ListLeads, { context: mine, filter: {}, sort: '-created_at', limit: 3, cursor });
    const post = (n: number) => cell.ask(CaptureLeads, {
      items: [captureItem({ email: `p${n}@page.example.com` }, { tenant: 'paged' })], tenants: { paged: testTenant('paged') },
    });
    for (let n = 0; n < 7; n += 1) await post(n);
    const first = await page();
    await post(99);
    const second = await page(first.next_cursor as string);
    const third = await page(second.next_cursor as string);
    const emails = [...first.leads, ...second.leads, ...third.leads].map(({ profile }) => profile.email);
    expect(emails).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `p${n}@page.example.com`));
    expect(third.next_cursor).toBeNull();
    await expect(page('bm9uc2Vuc2U')).rejects.toMatchObject({ body: { kind: 'invalid', errors: [{ field: 'cursor' }] } });
  });
});
