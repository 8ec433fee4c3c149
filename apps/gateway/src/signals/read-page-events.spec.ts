import { DomainError } from '@headwater/contracts';
import { readPageEvents } from './read-page-events';

const read = (type: string | undefined, body: unknown) => readPageEvents(type, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
const VISIT = { type: 'web_visit', id: 'a', visitor_id: 'v', properties: { page: '/' } };

function refusal(type: string | undefined, body: unknown): string {
  try {
    read(type, body);
  } catch (error) {
    return (error as DomainError).body.code;
  }
  return 'taken';
}

describe('what a page tells', () => {
  it.each(['application/json', 'text/plain', 'text/plain;charset=UTF-8', 'application/json; charset=utf-8'])('is taken as %s', (type) => {
    expect(read(type, { events: [VISIT, { type: 'own_thing', visitor_id: 'v' }] })).toHaveLength(2);
    expect(read(type, VISIT)).toEqual([VISIT]);
  });

  const REFUSED: [string | undefined, unknown, string][] = [
    ['text/html', { events: [VISIT] }, 'unsupported_media_type'], [undefined, { events: [VISIT] }, 'unsupported_media_type'],
    ['text/plain', '{', 'malformed'], ['text/plain', {}, 'required'], ['text/plain', { events: [{ ...VISIT, email: 'a@b.example' }] }, 'unknown_field'],
    ['text/plain', { events: [{ ...VISIT, lead_id: 1 }] }, 'unknown_field'], ['text/plain', { events: [{ type: 'web_visit' }] }, 'required'],
    ['text/plain', { events: Array.from({ length: 51 }, () => VISIT) }, 'too_many'],
    ['text/plain', { ...VISIT, type: 'call' }, 'not_from_a_page'], ['text/plain', { type: 'web_visit' }, 'required'], ['text/plain', [VISIT], 'wrong_type'],
    ...['identify', 'unsubscribe', 'call', 'form_submission'].map((type): [string, unknown, string] =>
      ['text/plain', { events: [VISIT, { ...VISIT, type }] }, 'not_from_a_page']),
  ];

  it.each(REFUSED)('is refused as %s with %j: %s', (type, body, code) => {
    expect(refusal(type, body)).toBe(code);
  });
});
