import { connect } from 'node:net';
import { call, get, newLead, patch, post, running } from './headwater';

let id: number;
beforeAll(async () => { id = await newLead(); });

const CREATE = '/api/v1/crm/leads';
const raw = (body: string | Uint8Array, headers: Record<string, string> = {}) => call('POST', CREATE, undefined, { raw: body, headers });
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });

describe('bad input gets its 4xx, with a code and the field', () => {
  it.each([
    ['a wrong type', { first_name: { a: 1 } }, 422, 'first_name', 'wrong_type'],
    ['an unknown property', { frist_name: 'Sarah' }, 422, 'frist_name', 'unknown_field'],
    ['an over-long string', { company_name: 'x'.repeat(201) }, 422, 'company_name', 'too_long'],
    ['a number out of range', { probability: 101 }, 422, 'probability', 'too_large'],
    ['a NUL character', { last_name: 'a\u0000b' }, 422, 'last_name', 'illegal_character'],
    ['a lone surrogate', { last_name: 'a\ud800' }, 422, 'last_name', 'illegal_character'],
    ['a NUL character in a custom field', { custom_fields: { x: ['\u0000'] } }, 422, 'custom_fields.x.0', 'illegal_character'],
    ['an object as custom field', { custom_fields: { x: { y: 1 } } }, 422, 'custom_fields.x', 'wrong_type'],
    ['too many tags', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, 422, 'tags', 'too_many'],
    ['a list instead of the body', [], 422, '(body)', 'wrong_type'],
  ])('%s', async (_what, body, status, field, code) => {
    const answer = await post('/leads', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, detail: expect.any(String), message: answer.body.detail });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });

  it('deep JSON', async () => {
    expect(await post('/leads', { custom_fields: deep(100) })).toMatchObject({ status: 422, body: { code: 'too_deep' } });
    expect((await raw('['.repeat(100_000) + ']'.repeat(100_000))).status).toBeGreaterThanOrEqual(400);
    expect((await raw('['.repeat(100_000) + ']'.repeat(100_000))).status).toBeLessThan(500);
  });

  it.each([
    ['notes of 10 MB', () => call('POST', `/api/v1/crm/leads/${id}/qualify`, undefined, { raw: JSON.stringify({ qualified: true, notes: 'x'.repeat(10_000_000) }) }), 413, 'too_large'],
    ['a huge body', () => raw(JSON.stringify({ description: 'x'.repeat(300_000) })), 413, 'too_large'],
    ['invalid UTF-8', () => raw(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400, 'malformed'],
    ['broken JSON', () => raw('{"first_name": "Sarah"'), 400, 'malformed'],
    ['no body', () => raw(''), 400, 'malformed'],
    ['a wrong content type', () => raw('<lead/>', { 'content-type': 'application/xml' }), 415, 'unsupported_media_type'],
    ['a missing token', () => call('POST', CREATE, {}, { token: null }), 401, 'unauthenticated'],
    ['a wrong token', () => call('POST', CREATE, {}, { token: 'hw_nobody' }), 401, 'unauthenticated'],
    ['an unknown address', () => call('GET', '/api/v1/crm/nothing'), 404, 'not_found'],
  ])('%s', async (_what, send, status, code) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, message: answer.body.detail });
  });

  it('a client that wants its connection closed hears of a body of 10 MB, too', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const { url, api_key } = running();
      const body = JSON.stringify({ qualified: true, notes: 'x'.repeat(10_000_000) });
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(
        `POST ${CREATE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${api_key}\r\nContent-Type: application/json\r\n`
        + `Content-Length: ${body.length}\r\n\r\n${body}`));
      let heard = '';
      socket.setEncoding('utf8').on('data', (text: string) => { heard += text; }).on('error', reject).on('end', () => resolve(heard));
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*"code":"too_large"/);
  });

  it.each([
    ['an unknown status', { status: 'warm' }, 'status'],
    ['six stars', { rating: 6 }, 'rating'],
    ['a date that is none', { next_follow_up: '2026-02-30' }, 'next_follow_up'],
    ['disqualified without a reason', { status: 'disqualified' }, 'disqualification_reason'],
    ['an unknown priority', { priority: 'asap' }, 'priority'],
  ])('in a PATCH: %s', async (_what, body, field) => {
    const answer = await patch(`/leads/${id}`, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.field)).toContain(field);
  });

  it('a jump that the status machine does not allow names the allowed ones', async () => {
    const answer = await patch(`/leads/${id}`, { status: 'qualified' });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('/qualify') } });
    const reopened = await newLead();
    await patch(`/leads/${reopened}`, { status: 'contacted' });
    expect(await patch(`/leads/${reopened}`, { status: 'new' })).toMatchObject({
      status: 409, body: { code: 'invalid_transition', status: 409, lead_status: 'contacted', allowed: ['nurturing', 'disqualified'] },
    });
  });

  it.each([
    ['score parts above 50', () => post(`/leads/${id}/qualify`, { qualified: true, update_score: true, behavioral_score: 51 }), 'behavioral_score'],
    ['a score part below 0', () => post(`/leads/${id}/qualify`, { qualified: true, update_score: true, demographic_score: -1 }), 'demographic_score'],
    ['not qualified, and not why', () => post(`/leads/${id}/qualify`, { qualified: false, qualification_notes: 'no' }), 'disqualification_reason'],
    ['a reason that does not exist', () => post(`/leads/${id}/qualify`, { qualified: false, disqualification_reason: 'rain' }), 'disqualification_reason'],
    ['disqualified for a reason that does not exist', () => post(`/leads/${id}/disqualify`, { disqualification_reason: 'rain' }), 'disqualification_reason'],
    ['disqualified for no reason', () => post(`/leads/${id}/disqualify`, { notes: 'no' }), 'disqualification_reason'],
    ['notes that are a book', () => post(`/leads/${id}/disqualify`, { disqualification_reason: 'no_need', notes: 'x'.repeat(10_001) }), 'notes'],
    ['a call that came to something else', () => post(`/leads/${id}/contact-attempts`, { channel: 'call', outcome: 'voodoo' }), 'outcome'],
    ['a call of tomorrow', () => post(`/leads/${id}/contact-attempts`, { channel: 'call', outcome: 'reached', at: new Date(Date.now() + 86_400_000).toISOString() }), 'at'],
    ['giving up after no attempt', () => call('PATCH', '/api/v1/admin/tenants/demo', { policies: { disqualify_after_attempts: 0 } }), 'policies.disqualify_after_attempts'],
    ['raised hands that are cut off', () => call('PATCH', '/api/v1/admin/tenants/demo', { policies: { raised_hands: 'ignore' } }), 'policies.raised_hands'],
    ['an element that does not exist', () => post(`/leads/${id}/qualify`, { qualified: true, bant: { money: { status: 'weak' } } }), 'bant.money'],
    ['an element of a status that does not exist', () => post(`/leads/${id}/qualify`, { qualified: true, meddic: { champion: { status: 'sure' } } }), 'meddic.champion.status'],
    ['a framework that does not exist', () => post(`/leads/${id}/assessments`, { framework: 'spin', elements: [{ element: 'x', status: 'weak' }] }), 'framework'],
    ['evidence that is a book', () => post(`/leads/${id}/assessments`, { framework: 'bant', elements: [{ element: 'need', status: 'weak', evidence: [{ text: 'x'.repeat(1_001) }] }] }), 'elements.0.evidence.0.text'],
    ['six pieces of evidence', () => post(`/leads/${id}/assessments`, { framework: 'bant', elements: [{ element: 'need', status: 'weak', evidence: Array(6).fill({ text: 'x' }) }] }), 'elements.0.evidence'],
    ['a framework without elements', () => post('/qualification/frameworks', { name: 'x', label: 'X', elements: [] }), 'elements'],
    ['a gate that asks for what no lead has', () => call('PUT', '/api/v1/crm/qualification/gate-policy', { default: { gate: 'warn', conditions: [{ name: 'a', when: { field: 'shoe', op: 'exists' } }] } }), 'default.conditions.0.when.field'],
    ['a score of nothing', () => patch(`/leads/${id}/score`, {}), 'behavioral_score'],
    ['create_customer: false', () => post(`/leads/${id}/convert`, { create_customer: false }), 'create_customer'],
    ['an opportunity without name', () => post(`/leads/${id}/convert`, { create_opportunity: true, opportunity_amount: 1 }), 'opportunity_name'],
    ['a stage that does not exist', () => post(`/leads/${id}/convert`, { opportunity_stage: 'dreaming' }), 'opportunity_stage'],
    ['probability 101', () => post(`/leads/${id}/convert`, { opportunity_probability: 101 }), 'opportunity_probability'],
    ['a customer that does not exist', () => post('/opportunities', { name: 'x', customer_id: 999_999_999, value: 1 }), 'customer_id'],
    ['a wrong cursor', () => get('/leads?cursor=nonsense'), 'cursor'],
    ['a limit of a million', () => get('/leads?limit=1000000'), 'limit'],
    ['an unknown parameter', () => get('/leads?colour=red'), 'colour'],
    ['an unknown currency', () => call('PATCH', `/api/v1/admin/tenants/demo`, { currency: 'XXQ' }), 'currency'],
    ['a scoring model that is none', () => call('PUT', '/api/v1/crm/scoring/model', { name: 'x' }), 'demographic'],
  ])('%s', async (_what, send, field) => {
    const answer = await send();
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.field)).toContain(field);
  });

  it('an id that names nothing is 404', async () => {
    for (const none of ['0', '-1', 'abc', '1.5', '99999999999999999999', '999999999', '1%00', "1'--"]) {
      expect((await get(`/leads/${none}`)).status).toBe(404);
    }
  });

  it('leaves nothing half-written', async () => {
    const email = `half.written.${Date.now()}@example.com`;
    await post('/leads', { email, nonsense: true });
    await post('/leads', { email, last_name: '\u0000' });
    expect((await get<unknown[]>(`/leads?email=${email}`)).body.data).toEqual([]);
    expect((await get<{ status: string }>(`/leads/${id}`)).body.data.status).toBe('new');
    expect((await get<{ assessments: unknown[] }>(`/leads/${id}/assessments`)).body.data.assessments).toEqual([]);
    expect(running().tenant).toBe('demo');
  });
});
