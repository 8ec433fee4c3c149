import { DomainError } from '@headwater/contracts';
import { httpProblem, internalProblem, refusalOf } from './http-problem';

describe('httpProblem', () => {
  it('repeats the sentence as message, and carries code, fields and ids', () => {
    const { status, headers, body } = httpProblem(DomainError.conflict('lead_locked', 'Lead is converted', { converted: { customer_id: 7 } }).body);
    expect(status).toBe(409);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({ status: 409, title: 'Conflict', detail: 'Lead is converted', message: 'Lead is converted', code: 'lead_locked', converted: { customer_id: 7 } });
    expect(httpProblem(DomainError.invalidField('a', 'required', 'a is required').body)).toMatchObject({
      status: 422, body: { code: 'required', errors: [{ field: 'a', code: 'required', detail: 'a is required' }] },
    });
  });

  it('tells the first of very many fields', () => {
    const errors = Array.from({ length: 60 }, (_, i) => ({ field: `f${i}`, code: 'required', detail: `f${i} is required` }));
    expect(httpProblem(DomainError.invalid(errors).body).body.errors).toEqual(errors.slice(0, 50));
  });

  it('lets no further member take the place of its own', () => {
    const { body } = httpProblem(DomainError.conflict('invalid_transition', 'x', { status: 'new', allowed: ['contacted'] }).body);
    expect(body).toMatchObject({ status: 409, allowed: ['contacted'] });
  });

  it('says when to come back', () => {
    expect(httpProblem(DomainError.unavailable('x').body).headers['retry-after']).toBe('2');
    expect(httpProblem(DomainError.conflict('in_flight', 'x').body).headers['retry-after']).toBe('1');
  });

  it('tells nothing of a fault of ours', () => {
    expect(refusalOf(new Error('password=secret'))).toBeNull();
    expect(JSON.stringify(internalProblem)).not.toMatch(/secret/);
  });

  it.each([[400, 'malformed'], [404, 'not_found'], [413, 'too_large'], [415, 'unsupported_media_type']])('takes %i of the framework as %s', (statusCode, code) => {
    expect(refusalOf(Object.assign(new Error('x'), { statusCode }))?.code).toBe(code);
  });
});
