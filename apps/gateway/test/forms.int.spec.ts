import { setTimeout as delay } from 'node:timers/promises';
import {
  CaptureLeads, ConfirmSubmission, DomainError, FindInlet, ListInlets, type AnswerOf, type CaptureItem, type EdgeInlet, type FormSettings,
} from '@headwater/contracts';
import { eventually, intakeState, metric, startCell, type Cell } from '@headwater/testing';
import { signMoment } from '../src/forms/made-at';
import { gateway } from '../src/gateway.module';
import { client, kept, OPERATOR_TOKEN, type Send } from './http';

const PAGE = 'https://www.acme.example';
const HTML = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };
const URL_ENCODED = { 'content-type': 'application/x-www-form-urlencoded' };

let cell: Cell;
let url: string;
let admin: Send;
const captured: CaptureItem[] = [];
const inlets: EdgeInlet[] = [];
let endIntake: () => Promise<void>;

beforeAll(async () => {
  cell = await startCell({ services: [] });
  await cell.add(gateway, { OPERATOR_TOKEN, PUBLIC_URL: 'https://crm.example', TRUSTED_PROXIES: '1' });
  url = cell.url('gateway');
  const operator = client(url, OPERATOR_TOKEN);
  await operator('POST', '/api/v1/admin/tenants', { body: { id: 'demo' } });
  const { body } = await operator('POST', '/api/v1/admin/tenants/demo/keys', { body: { name: 'a', role: 'admin' } });
  admin = client(url, (body.data as unknown as { key: string }).key);
  await cell.answer(FindInlet, ({ key }) => ({ inlet: inlets.find((one) => one.key === key) ?? null }));
  await cell.answer(ListInlets, (): AnswerOf<typeof ListInlets> => ({ digest: 'd', unchanged: false, inlets, next: null }));
  await standInForIntake();
});
afterAll(() => cell.stop());

async function standInForIntake(): Promise<void> {
  endIntake = await cell.answer(CaptureLeads, ({ items }) => {
    captured.push(...items);
    return {
      results: items.map((item) => ({
        ok: true as const, answer: {
          submission_id: item.submission_id, verdict: item.quarantine ? 'quarantined' as const : 'created' as const, because: 'nobody is like this',
          lead: item.quarantine ? null : intakeState({ lead_id: 1, profile: item.lead }),
        },
      })),
    };
  });
}

/** A form of its own for each test. */
function form(settings: FormSettings = {}, more: Partial<EdgeInlet> = {}): EdgeInlet {
  const id = inlets.length + 1;
  const inlet: EdgeInlet = {
    kind: 'form', id, tenant: 'demo', name: `Form ${id}`, key: `hwf_${String(id).padStart(32, 'k')}`, secret: `secret ${id}`, revoked: false, revision: 1,
    settings: settings as Record<string, unknown>, ...more,
  };
  inlets.push(inlet);
  return inlet;
}

interface Form { method?: string; headers?: Record<string, string>; body?: string | FormData }
const sendOnce = (path: string, { method = 'POST', headers = {}, body }: Form = {}) => fetch(`${url}${path}`, { method, headers, body, redirect: 'manual' });
const spooled = () => metric(url, 'headwater_captures_spooled_total');
/** So long nobody asks an intake that did not answer. */
const REST_MS = 1_000;

/** Once more where intake was asked in vain, or not at all because of that: a person who sends a form isn't told. */
const send = (path: string, request?: Form) => eventually('it is answered in time', async () => {
  const before = await spooled();
  const answer = await sendOnce(path, request);
  if (answer.status !== 503 && await spooled() === before) return answer;
  await delay(REST_MS); // and not at once: an address may send so many forms a minute
  return null;
}, { timeoutMs: 20_000 });
const formOf = (fields: Record<string, string>, headers: Record<string, string> = {}): Form =>
  ({ headers: { ...HTML, ...URL_ENCODED, ...headers }, body: new URLSearchParams(fields).toString() });
const jsonOf = (fields: object, headers: Record<string, string> = {}): Form =>
  ({ headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(fields) });
const sendForm = ({ key }: EdgeInlet, ...what: Parameters<typeof formOf>) => send(`/f/${key}`, formOf(...what));
const sendJson = ({ key }: EdgeInlet, ...what: Parameters<typeof jsonOf>) => send(`/f/${key}`, jsonOf(...what));
const last = (): CaptureItem => captured.at(-1)!;
const sarah = { first_name: 'Sarah', email: 'sarah@techcorp.example' };
const tick = async (work: () => Promise<unknown>): Promise<number> => {
  const before = captured.length;
  await work();
  return captured.length - before;
};

describe('a plain HTML form', () => {
  it('is taken in, and its sender is sent on to the page of the form', async () => {
    const inlet = form({
      redirect_url: `${PAGE}/thanks`, redirects: [`${PAGE}/de/`], country: 'de', defaults: { source: 'web', routing_hint: 'vip', entry_status: 'nurturing' },
    });
    const answer = await sendForm(inlet, { ...sarah, company: 'TechCorp', phone: '030 901820' }, { referer: `${PAGE}/?utm_source=news` });
    expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([303, `${PAGE}/thanks`, '']);
    expect(last()).toMatchObject({
      tenant: 'demo', actor: { kind: 'form', id: String(inlet.id), name: inlet.name }, anonymous: true, entry: 'form', inlet: { kind: 'form', id: inlet.id },
      lead: { ...sarah, company_name: 'TechCorp', phone: '030 901820', source: 'web', utm: { source: 'news' }, page_url: `${PAGE}/?utm_source=news` },
      raw: { content_type: 'application/x-www-form-urlencoded', body: { ...sarah, company: 'TechCorp', phone: '030 901820' } },
      phone_country: 'DE', routing_hint: 'vip', entry_status: 'nurturing', raised_hand: false,
    });
    const german = await sendForm(inlet, { ...sarah, retURL: `${PAGE}/de/danke` });
    expect(german.headers.get('location')).toBe(`${PAGE}/de/danke`);
    const evil = await sendForm(inlet, { ...sarah, retURL: 'https://evil.example/' });
    expect([evil.status, evil.headers.get('location')]).toEqual([303, `${PAGE}/thanks`]);
  });

  it('shows a page of ours where the form names none, and tells nobody who is known', async () => {
    const inlet = form({ thanks: 'Danke <b>' });
    const answers = await Promise.all([sendForm(inlet, sarah), sendForm(inlet, { ...sarah, hw_leave_empty: 'x' })]);
    const [one, other] = await Promise.all(answers.map(async (answer) => [answer.status, answer.headers.get('content-type'), await answer.text()]));
    expect(one).toEqual([200, 'text/html; charset=utf-8', expect.stringContaining('Danke &#60;b&#62;') as string]);
    expect(other).toEqual(one);
  });

  it('may be multipart, and in the encoding of an old page', async () => {
    const inlet = form();
    const data = new FormData();
    Object.entries({ ...sarah, city: 'Zürich' }).forEach(([name, value]) => data.append(name, value));
    expect((await send(`/f/${inlet.key}`, { headers: HTML, body: data })).status).toBe(200);
    expect(last().lead).toEqual({ ...sarah, city: 'Zürich' });
    await send(`/f/${inlet.key}`, { headers: { ...HTML, ...URL_ENCODED }, body: 'email=a%40b.example&city=M%FCnchen' });
    expect(last().lead).toEqual({ email: 'a@b.example', city: 'München' });
  });

  it('is a page that says what to correct, with nothing personal in its address', async () => {
    const inlet = form({ fields: [{ name: 'mail', to: 'email', label: 'Work e-mail', required: true }, { name: 'who', to: 'full_name' }] });
    const answer = await sendForm(inlet, { who: 'Sarah Johnson' });
    const page = await answer.text();
    expect([answer.status, answer.headers.get('location'), answer.headers.get('content-type')]).toEqual([422, null, 'text/html; charset=utf-8']);
    expect(page).toContain('Work e-mail is required');
    expect(page).not.toContain('Sarah');
  });

  it('can be tried as a page of its own, which is never too fast by itself', async () => {
    const inlet = form({ minimum_seconds: 60 }, { name: 'Try <me>' });
    const page = await send(`/f/${inlet.key}`, { method: 'GET', headers: HTML });
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('<h1>Try &#60;me&#62;</h1>');
    const [, madeAt] = /name="hw_made_at" value="([^"]+)"/.exec(html)!;
    await sendForm(inlet, { ...sarah, hw_made_at: madeAt });
    expect(last().quarantine).toEqual({ code: 'spam', because: 'it was sent faster than a person writes' });
    await sendForm(inlet, { ...sarah, hw_made_at: signMoment(Date.now() - 60_000, inlet.secret) });
    expect(last()).not.toHaveProperty('quarantine');
    expect(last().raw!.body).toEqual(sarah);
    for (const unreadable of ['nonsense', signMoment(Date.now(), 'another secret')]) {
      await sendForm(inlet, { ...sarah, hw_made_at: unreadable });
      expect(last()).not.toHaveProperty('quarantine');
    }
    await sendForm(inlet, sarah);
    expect(last()).not.toHaveProperty('quarantine');
  });
});

describe('a form that a script sends', () => {
  it('is answered in JSON, 201, with the id of the submission', async () => {
    const answer = await sendJson(form(), sarah);
    expect([answer.status, await answer.json()]).toEqual([201, { message: 'Thank you', data: { submission_id: last().submission_id } }]);
    const again = await sendForm(form(), sarah, { accept: 'application/json' });
    expect([again.status, again.headers.get('content-type')]).toEqual([201, expect.stringContaining('application/json') as string]);
  });

  it('names what is wrong', async () => {
    const answer = await sendJson(form(), { first_name: 'Sarah' });
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ code: 'required', errors: [expect.objectContaining({ field: 'email' })] })]);
    expect((await sendJson(form(), { email: 'n/a' })).status).toBe(422);
    expect((await send(`/f/${form().key}`, { headers: { 'content-type': 'text/plain' }, body: 'x' })).status).toBe(415);
    expect((await send(`/f/${form().key}`)).status).toBe(415);
  });

  it('is let in from the origins of the form, and from no other', async () => {
    const inlet = form({ origins: [PAGE] });
    const preflight = (origin: string) => send(`/f/${inlet.key}`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const [ours, theirs] = await Promise.all([preflight(PAGE), preflight('https://evil.example')]);
    expect([ours.status, ours.headers.get('access-control-allow-origin'), ours.headers.get('access-control-allow-methods')]).toEqual([204, PAGE, 'POST']);
    expect(ours.headers.get('access-control-allow-credentials')).toBeNull();
    expect([theirs.status, theirs.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const answer = await sendJson(inlet, sarah, { origin: PAGE });
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('vary')]).toEqual([201, PAGE, 'origin']);
    // What is refused can be read as well.
    expect((await sendJson(inlet, {}, { origin: PAGE })).headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(await tick(() => sendJson(inlet, sarah, { origin: 'https://evil.example' }))).toBe(0);
    expect((await sendForm(inlet, sarah, { origin: 'https://evil.example' })).status).toBe(403);
    for (const origin of ['null', url, 'https://crm.example']) expect((await sendForm(inlet, sarah, { origin })).status).toBe(200);
    expect((await sendForm(inlet, sarah, { origin: 'https://forms.example', 'x-forwarded-host': 'forms.example' })).status).toBe(200);
    const anybody = await sendJson(form(), sarah, { origin: 'https://evil.example' });
    expect([anybody.status, anybody.headers.get('access-control-allow-origin')]).toEqual([201, null]);
  });

  it('hears 202 while intake is away, and nothing is lost; a browser is sent on as ever', async () => {
    const inlet = form({ redirect_url: `${PAGE}/thanks` });
    await endIntake();
    const [script, browser] = [await kept(() => sendOnce(`/f/${inlet.key}`, jsonOf(sarah))), await kept(() => sendOnce(`/f/${inlet.key}`, formOf(sarah)))];
    expect([script.status, browser.status]).toEqual([202, 303]);
    const { submission_id } = (await script.json() as { data: { submission_id: string } }).data;
    expect(await admin('GET', `/api/v1/crm/submissions/${submission_id}`)).toMatchObject({ body: { data: { state: 'pending' } } });
    await standInForIntake();
    expect((await sendJson(form(), sarah)).status).toBe(201); // intake is asked again
  });
});

describe('a key', () => {
  it('that is wrong, of another kind or revoked lets nothing in, and says which', async () => {
    const wrong = { ...form(), key: `hwf_${'x'.repeat(32)}` };
    const revoked = form({}, { revoked: true });
    const other = form({}, { kind: 'connector' });
    expect(await tick(async () => {
      const answers = [await sendJson(wrong, sarah), await sendJson(revoked, sarah), await sendJson(other, sarah), await sendJson({ ...wrong, key: '..' }, sarah)];
      expect(answers.map(({ status }) => status)).toEqual([404, 410, 404, 404]);
      const page = await sendForm(revoked, sarah);
      expect([page.status, page.headers.get('content-type')]).toEqual([410, 'text/html; charset=utf-8']);
    })).toBe(0);
  });

  it('is good for sending a form in, and for nothing else', async () => {
    const { key } = form();
    for (const [method, path] of [['GET', '/api/v1/crm/leads'], ['POST', '/api/v1/crm/leads'], ['GET', '/api/v1/crm/forms'], ['GET', '/api/v1/admin/tenants']] as const) {
      expect((await admin(method, path, { token: key, ...(method === 'POST' ? { body: sarah } : {}) })).status).toBe(401);
    }
  });

  it('lets in as many as the form may, in all and from one address that our own proxy saw', async () => {
    const perAddress = form({ rates: { per_address_per_minute: 2 } });
    // Each counts, whatever intake says: none comes twice.
    const from = ({ key }: EdgeInlet, address: string) => sendOnce(`/f/${key}`, jsonOf(sarah, { 'x-forwarded-for': address }));
    const areRefused = (answers: Response[]) => answers.map(({ status }) => status === 429);
    const answers = [await from(perAddress, '203.0.113.1'), await from(perAddress, 'made up, 203.0.113.1'), await from(perAddress, 'made up 2, 203.0.113.1'), await from(perAddress, '203.0.113.2')];
    expect(areRefused(answers)).toEqual([false, false, true, false]);
    const retry_after = Number(answers[2].headers.get('retry-after'));
    expect([retry_after > 0, retry_after <= 30, await answers[2].json()]).toEqual([true, true, expect.objectContaining({ code: 'too_many_requests', retry_after })]);
    const inAll = form({ rates: { per_minute: 1 } });
    expect(areRefused([await from(inAll, '203.0.113.1'), await from(inAll, '203.0.113.2')])).toEqual([false, true]);
  });
});

describe('double opt-in', () => {
  it('keeps what came until the link is followed', async () => {
    const inlet = form({ double_opt_in: { lifetime_hours: 5, text: 'Please confirm.' } });
    const page = await (await sendForm(inlet, sarah)).text();
    expect(page).toContain('mailbox');
    expect(last()).toMatchObject({
      quarantine: { code: 'unconfirmed' }, confirmation: { link: 'https://crm.example/f/confirm/demo~', lifetime_hours: 5, text: 'Please confirm.' },
    });
    await sendForm(inlet, { ...sarah, hw_leave_empty: 'x' });
    expect(last()).toMatchObject({ quarantine: { code: 'spam' } });
    expect(last()).not.toHaveProperty('confirmation');
  });

  it('is a page for who follows the link, be it good or not', async () => {
    let followed = 0;
    await cell.answer(ConfirmSubmission, ({ tenant, token }) => {
      followed += 1;
      if (token === 'late') throw DomainError.gone('The link is not good any more: send the form once more');
      if (token !== 'good') throw DomainError.notFound('Confirmation');
      return { submission_id: `of ${tenant.id}` };
    });
    const follow = async (token: string, headers: Record<string, string> = HTML) => {
      const answer = await send(`/f/confirm/${token}`, { method: 'GET', headers });
      return [answer.status, answer.headers.get('content-type')!.split(';')[0], await answer.text()];
    };
    expect(await follow('demo~good')).toEqual([200, 'text/html', expect.stringContaining('confirmed') as string]);
    expect(await follow('demo~late')).toEqual([410, 'text/html', expect.stringContaining('not good any more') as string]);
    for (const token of ['demo~nonsense', 'other~good', 'good', 'DE MO~good', '~']) expect((await follow(token))[0]).toBe(404);
    expect(JSON.parse((await follow('demo~good', {}))[2] as string)).toEqual({ message: 'Confirmed', data: { submission_id: 'of demo' } });
    const before = followed;
    expect([(await send('/f/confirm/demo~good', { method: 'HEAD' })).status, followed]).toEqual([200, before]);
  });
});
