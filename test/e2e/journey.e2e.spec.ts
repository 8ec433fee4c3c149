import { eventually } from '@headwater/testing';
import { call, capture, get, newPerson, patch, post, running } from './headwater';

interface Lead {
  id: number; status: string; verdict?: string; lead_score: { total_score: number; grade: string } | null; owner: { id: number; name: string } | null;
  rating: number | null; is_hot: boolean; hot_reasons: string[]; next_follow_up: string | null; priority: string | null;
}

const lead = async (id: number) => (await get<Lead>(`/leads/${id}`)).body.data;

describe('a lead on its way', () => {
  it('is captured, scored and owned by itself, and every decision explains itself', async () => {
    const { status, headers, body } = await capture<Lead>(newPerson({ employees: 400, industry: 'technology', country: 'US', phone: null }));
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ verdict: 'created', lead_score: null, owner: null });
    const { id } = body.data;
    expect(headers.get('location')).toBe(`/api/v1/crm/leads/${id}`);
    const routed = await eventually('the lead has an owner', async () => {
      const found = await lead(id);
      return found.owner && found.lead_score ? found : null;
    });
    expect(routed.status).toBe('new');

    const score = await get<{ lead_score: { total_score: number; demographic_score: number }; contributions: { part: string; points: number; because: string }[] }>(`/leads/${id}/score`);
    const fit = score.body.data.contributions.filter(({ part }) => part === 'demographic').reduce((sum, { points }) => sum + points, 0);
    expect(fit).toBe(score.body.data.lead_score.demographic_score * 100);
    const routing = await get<{ decision: { because: string; picked: { id: number }; rules: unknown[]; candidates: unknown[] } }>(`/leads/${id}/routing`);
    expect(routing.body.data.decision).toMatchObject({ because: expect.stringMatching(/\w/), picked: { id: routed.owner?.id } });
    expect(routing.body.data.decision.rules.length + routing.body.data.decision.candidates.length).toBeGreaterThan(0);
  });

  it('rises with its stars: hot, to be followed up today', async () => {
    const { body: { data: { id } } } = await capture<Lead>(newPerson());
    await eventually('an owner', async () => (await lead(id)).owner);
    expect(await patch<Lead>(`/leads/${id}`, { rating: 4 })).toMatchObject({ status: 200, body: { data: { rating: 4, is_hot: true } } });
    const rated = await eventually('the follow-up', async () => {
      const found = await lead(id);
      return found.next_follow_up ? found : null;
    });
    expect(rated.hot_reasons).toEqual(['rating']);
    expect(rated.next_follow_up).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('can be given to another owner, by hand and by id', async () => {
    const { body: { data: { id } } } = await capture<Lead>(newPerson());
    const setup = await get<{ reps: { id: number; name: string; active: boolean }[] }>('/routing/setup');
    const [rep] = setup.body.data.reps.filter(({ active }) => active);
    expect(await patch(`/leads/${id}`, { owner_id: rep.id, priority: 'urgent', next_follow_up: '2026-12-24' }))
      .toMatchObject({ status: 200, body: { data: { owner: { id: rep.id, name: rep.name }, priority: 'urgent', next_follow_up: '2026-12-24' } } });
    expect(await patch(`/leads/${id}`, { owner_id: 999_999_999 })).toMatchObject({ status: 422, body: { errors: [{ field: 'owner_id' }] } });
  });

  it('writes all of a PATCH or nothing of it', async () => {
    const { body: { data: { id } } } = await capture<Lead>(newPerson());
    const refused = await patch(`/leads/${id}`, { city: 'Rome', rating: 5, owner_id: 999_999_999 });
    expect(refused.status).toBe(422);
    expect((await patch(`/leads/${id}`, { city: 'Rome', status: 'qualified' })).status).toBe(409);
    expect(await get(`/leads/${id}`)).toMatchObject({ body: { data: { rating: null, status: 'new' } } });
    expect((await get<{ city?: string }>(`/leads/${id}`)).body.data.city ?? null).toBeNull();
  });

  it('knows two people at once: the one with the older state gets 412', async () => {
    const { body: { data: { id } } } = await capture<Lead>(newPerson());
    const settled = await eventually('an owner', async () => ((await lead(id)).owner ? get(`/leads/${id}`) : null));
    const etag = settled.headers.get('etag') as string;
    const both = await Promise.all([1, 2].map((n) => patch(`/leads/${id}`, { city: `City ${n}` }, { headers: { 'if-match': etag } })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    // Whoever qualified it after that has seen something else than who converts it.
    await post(`/leads/${id}/qualify`, { qualified: true });
    expect(await post(`/leads/${id}/convert`, {}, { headers: { 'if-match': etag } })).toMatchObject({ status: 412, body: { lead_status: 'qualified' } });
    expect(await lead(id)).toMatchObject({ status: 'qualified' });
  });

  it('is qualified while scoring does not answer, by the score that was given', async () => {
    const { body: { data: { id } } } = await capture<Lead>(newPerson());
    const { scoring } = running().pids;
    process.kill(scoring, 'SIGSTOP');
    try {
      const parts = { behavioral_score: 48, demographic_score: 42 };
      expect(await post(`/leads/${id}/qualify`, { qualified: true, update_score: true, ...parts })).toMatchObject({
        status: 200, body: { data: { status: 'qualified', lead_score: { ...parts, total_score: 90, pending: true } } },
      });
    } finally {
      process.kill(scoring, 'SIGCONT');
    }
  });

  it('is listed in pages, and found by its e-mail at once', async () => {
    const person = newPerson();
    const { body: { data: { id } } } = await capture<Lead>(person);
    const found = await get<Lead[]>(`/leads?email=${encodeURIComponent(String(person.email).toUpperCase())}`);
    expect(found.body.data.map((one) => one.id)).toEqual([id]);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof get<Lead[]>>> = await get<Lead[]>(`/leads?limit=7&sort=id${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      expect(page.status).toBe(200);
      expect(page.body.data.length).toBeLessThanOrEqual(7);
      seen.push(...page.body.data.map((one) => one.id));
      cursor = page.body.meta?.next_cursor as string | null;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain(id);
  });
});

describe('repetition', () => {
  it('makes one lead and 50 touches of 50 simultaneous posts of one person', async () => {
    const person = newPerson();
    const answers = await Promise.all(Array.from({ length: 50 }, () => capture<Lead>(person)));
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    const touches = await get<unknown[]>(`/leads/${answers[0].body.data.id}/touches?limit=200`);
    expect(touches.body.data).toHaveLength(50);
  });

  it.each([
    ['/leads', async () => newPerson()],
    ['/leads/{id}/qualify', async () => ({ qualified: true, qualification_notes: 'once' })],
    ['/leads/{id}/convert', async () => ({ create_customer: true })],
    ['/opportunities', async () => ({ name: 'Once', value: 1 })],
  ])('of POST %s under one Idempotency-Key gets the first answer, and has one effect', async (path, bodyOf) => {
    const { body: { data: { id } } } = await capture<Lead>(newPerson());
    let body: Record<string, unknown> = await bodyOf();
    if (path.endsWith('convert')) await post(`/leads/${id}/qualify`, { qualified: true });
    if (path === '/opportunities') {
      await post(`/leads/${id}/qualify`, { qualified: true });
      const converted = await post<{ customer: { id: number } }>(`/leads/${id}/convert`, { create_customer: true });
      body = { ...body, customer_id: converted.body.data.customer.id };
    }
    const key = `key-${path}-${id}`.replace(/[^\w-]/g, '');
    const keyed = { headers: { 'idempotency-key': key } };
    const send = (what: unknown = body) => (path === '/leads' ? capture(what, keyed) : post(path.replace('{id}', String(id)), what, keyed));
    const first = await send();
    expect([200, 201]).toContain(first.status);
    const again = await send();
    expect(again.status).toBe(first.status);
    expect(again.body).toEqual(first.body);
    expect(await send({ ...body, notes: 'something else' })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    if (path.endsWith('qualify')) {
      const transitions = await get<{ to: string }[]>(`/leads/${id}/transitions`);
      expect(transitions.body.data.map(({ to }) => to).sort()).toEqual(['contacted', 'qualified']);
    }
  });

  it('of an admin POST likewise', async () => {
    const operator = { token: running().operator_token, headers: { 'idempotency-key': `tenant-${Date.now()}` } };
    const body = { id: `t${Date.now().toString(36)}`, name: 'Twice' };
    const [first, again] = [await call('POST', '/api/v1/admin/tenants', body, operator), await call('POST', '/api/v1/admin/tenants', body, operator)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(await call('POST', '/api/v1/admin/tenants', body, { token: running().operator_token })).toMatchObject({ status: 409, body: { code: 'tenant_exists' } });
  });
});
