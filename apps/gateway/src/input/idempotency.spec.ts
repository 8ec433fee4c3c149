import fc from 'fast-check';
import { canonicalJson, idempotencyOf } from './idempotency';

const request = {
  key: 'k-1', actor: { kind: 'api_key' as const, id: '7' }, method: 'POST', route: '/api/v1/crm/leads/:id/qualify',
  params: { id: '12' }, body: { qualified: true, tags: ['a'] },
};

describe('canonical JSON', () => {
  it('does not depend on the order of members, and is JSON', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { y: null, x: 'ü' }], c: true } })).toBe('{"a":{"c":true,"d":[1,{"x":"ü","y":null}]},"b":1}');
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });
});

describe('the idempotency of a request', () => {
  it('is none without a key', () => {
    expect(idempotencyOf({ ...request, key: undefined })).toBeUndefined();
  });

  it('is told apart by caller, route and id, and not by the order of members', () => {
    const base = idempotencyOf(request)!;
    expect(idempotencyOf({ ...request, body: { tags: ['a'], qualified: true } })).toEqual(base);
    expect(idempotencyOf({ ...request, body: { qualified: false } })!.hash).not.toBe(base.hash);
    for (const other of [{ params: { id: '13' } }, { route: '/x' }, { actor: { kind: 'user' as const, id: '7' } }]) {
      expect(idempotencyOf({ ...request, ...other })!.scope).not.toBe(base.scope);
    }
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(201)])('refuses the key %j', (key) => {
    expect(() => idempotencyOf({ ...request, key })).toThrow('Idempotency-Key must be');
  });
});
