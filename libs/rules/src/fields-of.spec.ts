import { fieldsOf } from './fields-of';

it('names each field that a condition asks for once, however deep, and not what it compares it with', () => {
  expect(fieldsOf({
    all: [
      { any: [{ field: 'signal.about', op: 'eq', value: '"field":"stage"' }, { not: { field: 'tags', op: 'has_any', value: ['country'] } }] },
      { field: 'custom_fields.a.b', op: 'exists' }, { field: 'tags', op: 'missing' }, { always: true },
    ],
  })).toEqual(['signal.about', 'tags', 'custom_fields.a.b']);
  expect(fieldsOf({ always: true })).toEqual([]);
});
