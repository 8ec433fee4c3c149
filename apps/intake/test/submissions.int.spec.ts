import {
  CaptureLeads, ConfirmSubmission, DecideSubmission, GetSubmission, ListSubmissions, ListTouches,
  type CaptureAnswer, type CaptureItem, type CreateLead, type LeadCapturedData, type NotificationRequestedData, type SubmissionFilter,
} from '@headwater/contracts';
import { captureItem, eventually, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, intake] }); });
afterAll(() => cell.stop());

const tenants = { demo: testTenant('demo'), other: testTenant('other') };
let forms = 0;
/** Each test has a form of its own. */
const newForm = () => ({ kind: 'form' as const, id: (forms += 1) });
const fromForm = (inlet: CaptureItem['inlet'], lead: CreateLead, more: Partial<CaptureItem> = {}): CaptureItem => captureItem(lead, {
  actor: { kind: 'form', id: String(inlet?.id), name: 'Contact us' }, anonymous: true, entry: 'form', inlet, raw: { content_type: 'application/json', body: lead }, ...more,
});
const capture = async (...items: CaptureItem[]): Promise<CaptureAnswer[]> => {
  const { results } = await cell.ask(CaptureLeads, { items, tenants });
  return results.map((result) => {
    if (!result.ok) throw new Error(result.error.detail);
    return result.answer;
  });
};
/** As everybody does who is told that intake has no time for it now: asks again, with the same submission. */
const inTheEnd = (item: CaptureItem) => eventually('it is taken in', () => capture(item), { timeoutMs: 45_000 });
const spam = { code: 'spam', because: 'the field that nobody sees was filled' };
let people = 0;
const somebody = (): CreateLead => ({ first_name: 'Ada', email: `ada${(people += 1)}@lovelace.example` });
const touchesOf = async (id: number) => (await cell.ask(ListTouches, { context: cell.context(), lead_id: id, limit: 50 })).touches;
const decide = (submission_id: string, decision: 'release' | 'reject', more: object = {}) =>
  cell.ask(DecideSubmission, { context: cell.context(more), submission_id, decision });
const stateOf = async (submission_id: string) => (await cell.ask(GetSubmission, { tenant: 'demo', submission_id })).submission;
const list = (filter: SubmissionFilter, page: { limit?: number; cursor?: string } = {}) =>
  cell.ask(ListSubmissions, { context: cell.context(), filter, limit: 50, ...page });
const secondsLater = (item: CaptureItem, seconds: number): string => new Date(Date.parse(item.received_at) + seconds * 1_000).toISOString();

describe('a form that is clicked twice', () => {
  it('is one submission with one touch, however many clicks come at once over two replicas', async () => {
    const form = newForm();
    const one = somebody();
    const answers = await Promise.all(Array.from({ length: 40 }, () => inTheEnd(fromForm(form, one))));
    expect(new Set(answers.map(([{ submission_id }]) => submission_id)).size).toBe(1);
    const id = answers[0][0].lead!.lead_id;
    expect(await touchesOf(id)).toHaveLength(1);
  });

  it('is one in a batch, too, and the spool\'s copies can all be asked for', async () => {
    const form = newForm();
    const first = fromForm(form, somebody(), { spooled: true });
    const second = { ...fromForm(form, first.lead, { spooled: true }), received_at: secondsLater(first, 10) };
    const answers = await capture(first, second, fromForm(newForm(), first.lead), fromForm(form, somebody()));
    expect(answers.map(({ submission_id }) => submission_id === first.submission_id)).toEqual([true, true, false, false]);
    expect((await stateOf(second.submission_id))).toEqual(await stateOf(first.submission_id));
  });

  it('is within 300 seconds, whichever comes first; later it is another submission', async () => {
    const form = newForm();
    const first = fromForm(form, somebody());
    const at = (seconds: number) => ({ ...fromForm(form, first.lead), received_at: secondsLater(first, seconds) });
    await capture(first);
    for (const [seconds, same] of [[299, true], [-299, true], [301, false], [599, false]] as const) {
      const [answer] = await capture(at(seconds));
      expect([seconds, answer.submission_id === first.submission_id]).toEqual([seconds, same]);
    }
    expect(await touchesOf((await capture(at(0)))[0].lead!.lead_id)).toHaveLength(2);
  });

  it('is not another person\'s, nor what came by the API', async () => {
    const form = newForm();
    const one = somebody();
    const [a] = await capture(fromForm(form, one));
    const [b] = await capture(captureItem(one));
    expect([b.submission_id === a.submission_id, b.lead!.lead_id]).toEqual([false, a.lead!.lead_id]);
  });
});

describe('a quarantined submission', () => {
  it('makes no lead, and can be looked at with all that came', async () => {
    const form = newForm();
    const item = fromForm(form, somebody(), { quarantine: spam });
    expect((await capture(item))[0]).toMatchObject({ verdict: 'quarantined', lead: null });
    const { submissions } = await list({ verdict: 'quarantined', inlet: form });
    expect(submissions).toEqual([{
      submission_id: item.submission_id, received_at: item.received_at, entry: 'form', inlet: `form:${form.id}`, verdict: 'quarantined', ...spam,
      lead_id: null, lead: item.lead, raw: item.raw, payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    }]);
    await cell.settled();
    expect(cell.events<LeadCapturedData>('lead.captured').filter(({ data }) => data.touch.submission_id === item.submission_id)).toEqual([]);
  });

  it('is taken in once when it is released, as it would have been', async () => {
    const item = fromForm(newForm(), { ...somebody(), notes: 'Call me' }, { quarantine: spam, entry_status: 'nurturing', routing_hint: 'vip' });
    await capture(item);
    const answers = await Promise.allSettled([decide(item.submission_id, 'release'), decide(item.submission_id, 'release')]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const state = await stateOf(item.submission_id);
    expect(state).toMatchObject({ state: 'done', verdict: 'created', lead_id: expect.any(Number) as number });
    const [touch, ...more] = await touchesOf((state as { lead_id: number }).lead_id);
    expect([touch.submission_id, touch.at, more]).toEqual([item.submission_id, item.received_at, []]);
    await cell.settled();
    expect(cell.events<LeadCapturedData>('lead.captured').filter(({ data }) => data.touch.submission_id === item.submission_id)).toHaveLength(1);
    // Whoever sends the same again is told what became of it.
    expect((await capture(item))[0]).toMatchObject({ submission_id: item.submission_id, verdict: 'created' });
    await expect(decide(item.submission_id, 'reject')).rejects.toMatchObject({ body: { code: 'not_quarantined' } });
  });

  it('is put away when it is rejected, and then not released any more', async () => {
    const item = fromForm(newForm(), somebody(), { quarantine: spam });
    await capture(item);
    const idempotency = { scope: 's', key: 'k', hash: 'h' };
    const rejected = await decide(item.submission_id, 'reject', { idempotency });
    expect(rejected.submission).toEqual({ state: 'done', verdict: 'rejected', because: 'a person looked at it', lead_id: null, code: 'rejected' });
    expect(await decide(item.submission_id, 'reject', { idempotency })).toEqual(rejected);
    await expect(decide(item.submission_id, 'release')).rejects.toMatchObject({ body: { code: 'not_quarantined' } });
  });

  it('is decided about by the id of a second click, too', async () => {
    const item = fromForm(newForm(), somebody(), { quarantine: spam, spooled: true });
    const second = { ...fromForm(item.inlet, item.lead), spooled: true };
    await capture(item);
    await capture(second);
    expect((await decide(second.submission_id, 'release')).submission).toMatchObject({ verdict: 'created' });
    expect(await stateOf(item.submission_id)).toMatchObject({ verdict: 'created' });
  });

  it('is its tenant\'s alone', async () => {
    const item = fromForm(newForm(), somebody(), { quarantine: spam });
    await capture(item);
    await expect(decide(item.submission_id, 'release', { tenant: 'other' })).rejects.toMatchObject({ body: { kind: 'not_found' } });
    expect((await cell.ask(ListSubmissions, { context: cell.context({ tenant: 'other' }), filter: {}, limit: 50 })).submissions).toEqual([]);
  });

  it('stays as it was when the release fails halfway', async () => {
    const item = fromForm(newForm(), somebody(), { quarantine: spam });
    await capture(item);
    await cell.rows('intake', 'alter table touch add constraint broken check (false) not valid');
    await expect(decide(item.submission_id, 'release')).rejects.toThrow();
    await cell.rows('intake', 'alter table touch drop constraint broken');
    expect(await stateOf(item.submission_id)).toMatchObject({ verdict: 'quarantined' });
    expect((await decide(item.submission_id, 'release')).submission).toMatchObject({ verdict: 'created' });
  });
});

describe('a submission that its sender has to confirm', () => {
  const unconfirmed = { code: 'unconfirmed', because: 'the sender has not followed the link in the mail' };
  const toBeConfirmed = (lead: CreateLead, inlet = newForm()) => fromForm(inlet, lead, {
    quarantine: unconfirmed, confirmation: { link: 'https://crm.example/f/confirm/demo~', lifetime_hours: 48, text: 'Please confirm.' },
  });
  const mailsOf = async (submission_id: string) => {
    await cell.settled();
    return cell.events<NotificationRequestedData>('notification.requested').map(({ data }) => data).filter(({ data }) => data.submission_id === submission_id);
  };
  const tokenOf = async (submission_id: string): Promise<string> => {
    const [{ data }] = await mailsOf(submission_id);
    return (data.confirm_url as string).split('~')[1]!;
  };
  const confirm = (token: string, tenant = tenants.demo) => cell.ask(ConfirmSubmission, { tenant, token, correlation_id: 'test' });

  it('asks for one mail with a link, whose token is stored nowhere', async () => {
    const item = toBeConfirmed({ ...somebody(), consent: { text: 'I agree', text_version: '1', at: '2026-11-28T10:00:00.000Z', origin: 'form' } });
    await Promise.all([capture(item), capture({ ...item, submission_id: item.submission_id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) })]);
    const mails = [...await mailsOf(item.submission_id), ...await mailsOf(item.submission_id.replace(/.$/, (last) => (last === '0' ? '1' : '0')))];
    expect(mails).toEqual([expect.objectContaining({
      kind: 'form_confirmation', to: item.lead.email, dedupe_key: expect.stringMatching(/^form_confirmation:/) as string,
      data: {
        submission_id: expect.any(String) as string, form: 'Contact us', first_name: 'Ada', text: 'Please confirm.',
        confirm_url: expect.stringMatching(/^https:\/\/crm\.example\/f\/confirm\/demo~[\w-]{43}$/) as string,
      },
    })]);
    const hours = (Date.parse(mails[0].expires_at as string) - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(48);
    const token = (mails[0].data.confirm_url as string).split('~')[1];
    const [{ found }] = await cell.rows<{ found: string }>('intake', `
      select count(*) as found from held_submission h join submission s on s.id = h.submission_id where h::text || s::text like '%' || $1 || '%'`, [token]);
    expect(Number(found)).toBe(0);
  });

  it('is taken in once, by the first of many clicks; each gets the same answer', async () => {
    const item = toBeConfirmed({ ...somebody(), consent: { text: 'I agree', text_version: '1', at: '2026-11-28T10:00:00.000Z', origin: 'form' } });
    await capture(item);
    const token = await tokenOf(item.submission_id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(token)));
    expect(new Set(answers.map(({ submission_id }) => submission_id))).toEqual(new Set([item.submission_id]));
    const { lead_id } = await stateOf(item.submission_id) as { lead_id: number };
    expect(await touchesOf(lead_id)).toHaveLength(1);
    const [{ consent }] = await cell.rows<{ consent: object }>('intake', `select profile->'consent' as consent from lead where id = $1`, [lead_id]);
    expect(consent).toMatchObject({ text: 'I agree', text_version: '1', confirmed_at: expect.any(String) as string });
  });

  it('is asked for also when the person is known, and touches them only then', async () => {
    const [known] = await capture(captureItem(somebody()));
    const item = toBeConfirmed({ email: known.lead!.profile.email, city: 'London' });
    await capture(item);
    expect(await touchesOf(known.lead!.lead_id)).toHaveLength(1);
    await confirm(await tokenOf(item.submission_id));
    expect(await touchesOf(known.lead!.lead_id)).toHaveLength(2);
  });

  it('is gone when its time is over, or somebody rejected it; a made-up token is nobody\'s, and so is another tenant\'s', async () => {
    const [late, bad] = [toBeConfirmed(somebody()), toBeConfirmed(somebody())];
    await capture(late, bad);
    await cell.rows('intake', `update held_submission set expires_at = now() where submission_id = $1`, [late.submission_id]);
    await expect(confirm(await tokenOf(late.submission_id))).rejects.toMatchObject({ body: { kind: 'gone' } });
    const token = await tokenOf(bad.submission_id);
    await expect(confirm(token, tenants.other)).rejects.toMatchObject({ body: { kind: 'not_found' } });
    await decide(bad.submission_id, 'reject');
    await expect(confirm(token)).rejects.toMatchObject({ body: { kind: 'gone' } });
    await expect(confirm('nonsense')).rejects.toMatchObject({ body: { kind: 'not_found' } });
    // A person of ours may still believe the one that came too late.
    expect((await decide(late.submission_id, 'release')).submission).toMatchObject({ verdict: 'created' });
    expect(await confirm(await tokenOf(late.submission_id))).toEqual({ submission_id: late.submission_id });
  });

  it('sends nobody more than five mails a day', async () => {
    const { email } = somebody();
    const items = Array.from({ length: 7 }, (_, i) => toBeConfirmed({ email, city: `City ${i}` }));
    for (const item of items) await capture(item);
    const mails = await Promise.all(items.map(({ submission_id }) => mailsOf(submission_id)));
    expect(mails.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(await stateOf(items[6].submission_id)).toMatchObject({ verdict: 'quarantined', code: 'unconfirmed' });
  });
});

describe('the log of submissions', () => {
  it('comes newest first, page by page, by verdict, code and inlet', async () => {
    const form = newForm();
    const items = [
      fromForm(form, somebody()), fromForm(form, somebody(), { quarantine: spam }), fromForm(form, {}, { rejected: { code: 'test', because: 'a test of the vendor' } }),
      fromForm(form, somebody(), { quarantine: { code: 'unconfirmed', because: 'x' } }),
    ];
    for (const item of items) await capture(item);
    const ids = items.map(({ submission_id }) => submission_id);
    const idsOf = async (filter: SubmissionFilter) => (await list({ inlet: form, ...filter })).submissions.map(({ submission_id }) => submission_id);
    expect(await idsOf({})).toEqual([...ids].reverse());
    expect(await idsOf({ verdict: 'quarantined' })).toEqual([ids[3], ids[1]]);
    expect(await idsOf({ code: 'spam' })).toEqual([ids[1]]);
    expect(await idsOf({ verdict: 'rejected' })).toEqual([ids[2]]);
    expect(await idsOf({ verdict: 'created' })).toEqual([ids[0]]);
    const page = await list({ inlet: form }, { limit: 3 });
    const rest = await list({ inlet: form }, { limit: 3, cursor: page.next_cursor! });
    expect([page.submissions.length, rest.submissions.map(({ submission_id }) => submission_id), rest.next_cursor]).toEqual([3, [ids[0]], null]);
    const [one] = (await list({ submission_id: ids[0] })).submissions;
    expect(one).toMatchObject({ lead: items[0].lead, entry: 'form', inlet: `form:${form.id}`, payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await idsOf({ lead_id: one.lead_id! })).toEqual([ids[0]]);
    expect((await cell.ask(GetSubmission, { tenant: 'demo', submission_id: ids[0], with_record: true })).record).toEqual(one);
    expect(await cell.ask(GetSubmission, { tenant: 'other', submission_id: ids[0], with_record: true })).toEqual({ submission: null });
    await expect(list({}, { cursor: 'nonsense' })).rejects.toMatchObject({ body: { code: 'wrong_cursor' } });
  });
});
