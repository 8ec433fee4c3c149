import { connect } from 'nats';
import { natsLogin } from '../../libs/embedded/src';
import { eventually } from '../../libs/testing/src/eventually';
import { call, get, post, running } from './headwater';

interface Form { id: number; key: string; action: string }
interface Lead { id: number; status: string; full_name: string; email: string; custom_fields: object; entry: string; source: string; tags: string[] }

const makeForm = async (settings: object): Promise<Form> => (await post<Form>('/forms', { name: 'Contact us', ...settings })).body.data;
const leadsOf = async (email: string): Promise<Lead[]> => (await get<Lead[]>(`/leads?email=${encodeURIComponent(email)}`)).body.data;
/** An intake that is behind has it kept, and the form's sender is told the same. */
const leadsTakenIn = (email: string): Promise<Lead[]> => eventually('it is taken in', async () => {
  const found = await leadsOf(email);
  return found.length > 0 && found;
});
const somebody = (): string => `ada.${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}@lovelace.example`;
const BROWSER = { accept: 'text/html,application/xhtml+xml', 'content-type': 'application/x-www-form-urlencoded' };
/** What a browser does with a form that has no script. */
const submit = (action: string, fields: Record<string, string>) =>
  fetch(action, { method: 'POST', headers: BROWSER, body: new URLSearchParams(fields), redirect: 'manual' });

it('a plain HTML form becomes a lead, once for a double click, in the status that the form says', async () => {
  const form = await makeForm({
    fields: [{ name: 'mail', to: 'email', required: true, label: 'E-mail' }, { name: 'who', to: 'full_name' }, { name: 'interest' }],
    defaults: { source: 'web', tags: ['website'], entry_status: 'nurturing' }, redirect_url: 'https://www.acme.example/thanks',
  });
  const { body } = await get<{ html: string }>(`/forms/${form.id}/snippet`);
  const action = /action="([^"]+)"/.exec(body.data.html)![1]!;
  const hidden = [...body.data.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)">/g)].map(([, name, value]) => [name!, value!]);
  const mail = somebody();
  const fields = { mail, who: 'Ada Lovelace', interest: 'Engines', hw_leave_empty: '', ...Object.fromEntries(hidden) as Record<string, string> };
  const clicks = await Promise.all([submit(action, fields), submit(action, fields)]);
  expect(clicks.map(({ status, headers }) => [status, headers.get('location')])).toEqual([1, 2].map(() => [303, 'https://www.acme.example/thanks']));
  const [lead, ...more] = await leadsTakenIn(mail);
  expect([lead, more]).toEqual([expect.objectContaining({
    full_name: 'Ada Lovelace', email: mail, entry: 'form', source: 'web', tags: ['website'], custom_fields: { interest: 'Engines' },
  }), []]);
  expect((await get<unknown[]>(`/leads/${lead!.id}/touches`)).body.data).toHaveLength(1);
  await eventually('the lead is nurtured', async () => (await get<Lead>(`/leads/${lead!.id}`)).body.data.status === 'nurturing');
});

it('the form that a visitor submits brings the pages along that its script told of before', async () => {
  const { action } = await makeForm({});
  const visitor_id = crypto.randomUUID();
  const told = await fetch(`${action}/events`, {
    method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ events: [{ type: 'pricing_view', id: crypto.randomUUID(), visitor_id }] }),
  });
  expect(told.status).toBe(201);
  const email = somebody();
  expect((await submit(action, { email, visitor_id })).status).toBe(200);
  const [lead] = await leadsTakenIn(email);
  await eventually('the visit counts for the lead', async () => {
    const { body } = await get<{ contributions: { rule: string }[] }>(`/leads/${lead!.id}/score`);
    return body.data?.contributions.some(({ rule }) => rule === 'signal.pricing_view');
  });
});

it('a form with double opt-in becomes a lead when the link in the mail is followed, and not before', async () => {
  const form = await makeForm({ double_opt_in: {}, consent: { text: 'I agree.', version: '1' } });
  const email = somebody();
  const connection = await connect(natsLogin(running().nats_url));
  try {
    const mails = connection.subscribe(`crm.${running().tenant}.live.notification.requested.v2`);
    await connection.flush();
    expect((await submit(form.action, { email, last_name: 'Lovelace' })).status).toBe(200);
    let confirm_url = '';
    for await (const mail of mails) {
      const { data: { to, data } } = mail.json<{ data: { to: string; data: { confirm_url: string } } }>();
      confirm_url = data.confirm_url;
      if (to === email) break; // the demo may be mailed of other things meanwhile
    }
    expect(await leadsOf(email)).toEqual([]);
    const follow = () => fetch(confirm_url, { headers: { accept: 'text/html' } });
    const answers = [await follow(), await follow()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(answers.map(() => expect.stringContaining('confirmed')));
  } finally {
    await connection.close();
  }
  const [lead] = await leadsOf(email);
  expect(lead).toMatchObject({ consent: { text: 'I agree.', text_version: '1', confirmed_at: expect.any(String) as string } });
  expect((await get<unknown[]>(`/leads/${lead!.id}/touches`)).body.data).toHaveLength(1);
});

it('what a robot fills waits for a person, who lets it in or not', async () => {
  const form = await makeForm({});
  const [good, bad] = [somebody(), somebody()];
  for (const email of [good, bad]) expect((await submit(form.action, { email, hw_leave_empty: 'x' })).status).toBe(200);
  const { body } = await eventually('both wait', async () => {
    const waiting = await get<{ submission_id: string; lead: { email: string } }[]>(`/submissions?verdict=quarantined&inlet=form:${form.id}`);
    return waiting.body.data.length === 2 && waiting;
  });
  expect([...await leadsOf(good), ...await leadsOf(bad)]).toEqual([]);
  const idOf = (email: string) => body.data.find(({ lead }) => lead.email === email)!.submission_id;
  expect((await post(`/submissions/${idOf(good)}/release`, undefined)).body.data).toMatchObject({ verdict: 'created' });
  expect((await post(`/submissions/${idOf(bad)}/reject`, { reason: 'An advertisement' })).body.data).toMatchObject({ verdict: 'rejected' });
  expect([(await leadsOf(good)).length, (await leadsOf(bad)).length]).toEqual([1, 0]);
});

it('a form\'s key is no key of the API', async () => {
  const { key, id, action } = await makeForm({});
  for (const [method, path] of [['GET', '/api/v1/crm/leads'], ['POST', '/api/v1/crm/leads'], ['GET', `/api/v1/crm/forms/${id}`]] as const) {
    expect((await call(method, path, method === 'POST' ? { email: somebody() } : undefined, { token: key })).status).toBe(401);
  }
  await post(`/forms/${id}/revoke`, undefined);
  expect((await submit(action, { email: somebody() })).status).toBe(410);
});
