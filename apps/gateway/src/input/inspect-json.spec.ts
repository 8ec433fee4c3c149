import { DomainError, type FieldError } from '@headwater/contracts';
import { inspectJson, MOST_NODES } from './inspect-json';

function refusal(body: unknown): FieldError | null {
  try {
    inspectJson(body);
    return null;
  } catch (error) {
    return (error as DomainError).body.errors![0];
  }
}

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe('inspecting a body', () => {
  it('lets everything ordinary through', () => {
    expect(refusal({ name: 'Zoë 🙂', tags: ['a', 'b'], custom_fields: { n: 1.5, none: null, yes: true }, constructor: 'Bob' })).toBeNull();
  });

  it.each([
    ['a NUL character', { custom_fields: { a: ['x', 'y\0'] } }, 'custom_fields.a.1', 'illegal_character'],
    ['a lone surrogate', { name: 'a\ud800' }, 'name', 'illegal_character'],
    ['a NUL in a name', { custom_fields: { 'a\0': 1 } }, 'custom_fields', 'illegal_character'],
    ['a lone surrogate in a name', { 'a\udc00': 1 }, '(body)', 'illegal_character'],
    ['__proto__', JSON.parse('{"a":{"__proto__":{"x":1}}}') as unknown, 'a.__proto__', 'illegal_name'],
    ['constructor.prototype', { constructor: { prototype: {} } }, 'constructor', 'illegal_name'],
    ['a number beyond a double', JSON.parse('{"n":1e999}') as unknown, 'n', 'out_of_range'],
    ['a bare string with NUL', '\0', '(body)', 'illegal_character'],
  ])('refuses %s', (_what, body, field, code) => {
    expect(refusal(body)).toMatchObject({ field, code });
  });

  it('takes 20 levels and no more', () => {
    expect(refusal(nested(20))).toBeNull();
    expect(refusal(nested(21))).toMatchObject({ code: 'too_deep' });
  });

  it('takes 10,000 values and no more', () => {
    const list = (length: number) => ({ list: new Array<number>(length).fill(1) });
    expect(refusal(list(MOST_NODES - 2))).toBeNull();
    expect(refusal(list(MOST_NODES))).toMatchObject({ field: '(body)', code: 'too_large' });
  });
});
