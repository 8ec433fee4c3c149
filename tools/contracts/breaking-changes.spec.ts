import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import type { Schema } from './alternatives';
import { breakingChanges, type Break, type Direction } from './breaking-changes';

const object = (properties: object, more: object = {}): Schema => ({ type: 'object', properties, ...more });
const text = { type: 'string' };
const grade = (...values: unknown[]): Schema => object({ grade: { type: 'string', enum: values } });
const field = (schema: object): Schema => object({ field: schema });

interface Change {
  about: string;
  before: Schema;
  after: Schema;
  /** what it breaks where it is sent, and where it is taken; nothing where it is left out */
  sent?: [Break['kind'], string];
  taken?: [Break['kind'], string];
}

const BREAKS: Change[] = [
  {
    about: 'a field that goes', before: object({ a: text, b: text }), after: object({ a: text }),
    sent: ['removed', 'b is not sent any more'], taken: ['removed', 'b is not taken any more'],
  },
  {
    about: 'a required field that goes', before: object({ a: text }, { required: ['a'] }), after: object({}),
    sent: ['removed', 'a is not sent any more'], taken: ['removed', 'a is not taken any more'],
  },
  {
    about: 'a required field that becomes optional', before: object({ a: text }, { required: ['a'] }), after: object({ a: text }),
    sent: ['presence', 'a may be missing now, where it was always there'],
  },
  {
    about: 'an optional field that becomes required', before: object({ a: text }), after: object({ a: text }, { required: ['a'] }),
    taken: ['presence', 'a is required now'],
  },
  {
    about: 'a new required field', before: object({}), after: object({ a: text }, { required: ['a'] }),
    taken: ['presence', 'a is new and required'],
  },
  {
    about: 'another type', before: field(text), after: field({ type: 'integer' }),
    sent: ['type', 'field may now be integer, where it was string only'],
    taken: ['type', 'field may not be string any more, only integer'],
  },
  {
    about: 'a wider type', before: field({ type: 'integer' }), after: field({ type: 'number' }),
    sent: ['type', 'field may now be number, where it was integer only'],
  },
  {
    about: 'a narrower type', before: field({ type: ['string', 'boolean'] }), after: field(text),
    taken: ['type', 'field may not be boolean any more, only string'],
  },
  {
    about: 'a type that is given up', before: field(text), after: field({}),
    sent: ['type', 'field may now be of any type, where it was string only'],
  },
  {
    about: 'null that may come now', before: field(text), after: field({ type: ['string', 'null'] }),
    sent: ['null', 'field may now be null, where it was string only'],
  },
  {
    about: 'null that may not come any more', before: field({ anyOf: [text, { type: 'null' }] }), after: field(text),
    taken: ['null', 'field may not be null any more, only string'],
  },
  {
    about: 'a new value', before: grade('A', 'B'), after: grade('A', 'B', 'C'),
    sent: ['value', 'grade may now be "C"'],
  },
  {
    about: 'a value less', before: grade('A', 'B'), after: grade('A'),
    taken: ['value', 'grade may not be "B" any more'],
  },
  {
    about: 'a list of values that is given up', before: grade('A', 'B'), after: object({ grade: text }),
    sent: ['value', 'grade may now be any value, where it was one of "A", "B"'],
  },
  {
    about: 'a list of values where there was none', before: object({ grade: text }), after: grade('A', 'B'),
    taken: ['value', 'grade may only be one of "A", "B" now'],
  },
  {
    about: 'another constant', before: field({ const: 'v1' }), after: field({ const: 'v2' }),
    sent: ['value', 'field may now be "v2"'], taken: ['value', 'field may not be "v1" any more'],
  },
  {
    about: 'a longer text', before: field({ ...text, maxLength: 40 }), after: field({ ...text, maxLength: 80 }),
    sent: ['limit', 'field has a wider maxLength now: 80 instead of 40'],
  },
  {
    about: 'a shorter text', before: field({ ...text, maxLength: 80 }), after: field({ ...text, maxLength: 40 }),
    taken: ['limit', 'field has a narrower maxLength now: 40 instead of 80'],
  },
  {
    about: 'a limit that is given up', before: field({ type: 'number', maximum: 50 }), after: field({ type: 'number' }),
    sent: ['limit', 'field has a wider maximum now: none instead of 50'],
  },
  {
    about: 'a limit where there was none', before: field({ type: 'array' }), after: field({ type: 'array', maxItems: 5 }),
    taken: ['limit', 'field has a narrower maxItems now: 5 instead of none'],
  },
  {
    about: 'a lower minimum', before: field({ type: 'integer', minimum: 1 }), after: field({ type: 'integer', minimum: 0 }),
    sent: ['limit', 'field has a wider minimum now: 0 instead of 1'],
  },
  {
    about: 'a higher minimum', before: field({ ...text, minLength: 0 }), after: field({ ...text, minLength: 1 }),
    taken: ['limit', 'field has a narrower minLength now: 1 instead of 0'],
  },
  {
    about: 'another pattern', before: field({ ...text, pattern: '^[A-Z]{3}$' }), after: field({ ...text, pattern: '^[a-z]{3}$' }),
    sent: ['form', 'field has another pattern now: it was ^[A-Z]{3}$'],
    taken: ['form', 'field must have another pattern now: ^[a-z]{3}$'],
  },
  {
    about: 'a format that is given up', before: field({ ...text, format: 'date' }), after: field(text),
    sent: ['form', 'field has no format now: it was date'],
  },
  {
    about: 'a format where there was none', before: field(text), after: field({ ...text, format: 'date' }),
    taken: ['form', 'field must have a format now: date'],
  },
  {
    about: 'an object that is closed', before: object({ a: text }), after: object({ a: text }, { additionalProperties: false }),
    taken: ['closed', '* is refused now: only declared fields are taken'],
  },
  {
    about: 'a map that is closed', before: field({ additionalProperties: text }), after: field({ additionalProperties: false }),
    sent: ['closed', 'field.* is not sent any more: only declared fields are'],
    taken: ['closed', 'field.* is refused now: only declared fields are taken'],
  },
  {
    about: 'other values in a map', before: object({}, { additionalProperties: text }),
    after: object({}, { additionalProperties: { type: 'number' } }),
    sent: ['type', '* may now be number, where it was string only'], taken: ['type', '* may not be string any more, only number'],
  },
  {
    about: 'longer names in a map', before: object({}, { propertyNames: { maxLength: 10 } }),
    after: object({}, { propertyNames: { maxLength: 20 } }),
    sent: ['limit', '* (its name) has a wider maxLength now: 20 instead of 10'],
  },
  {
    about: 'other items', before: field({ type: 'array', items: text }), after: field({ type: 'array', items: { type: 'integer' } }),
    sent: ['type', 'field[] may now be integer, where it was string only'],
    taken: ['type', 'field[] may not be string any more, only integer'],
  },
  {
    about: 'another first item',
    before: { type: 'array', prefixItems: [text] }, after: { type: 'array', prefixItems: [{ type: ['string', 'null'] }] },
    sent: ['null', '[0] may now be null, where it was string only'],
  },
  {
    about: 'one more alternative',
    before: field({ oneOf: [object({ kind: { const: 'a' }, a: text })] }),
    after: field({ oneOf: [object({ kind: { const: 'a' }, a: text }), object({ kind: { const: 'b' }, a: text })] }),
    sent: ['value', 'field.kind may now be "b"'],
  },
  {
    about: 'one alternative less',
    before: field({ anyOf: [object({ a: { const: 1 } }), object({ a: { const: 2 } })] }),
    after: field({ anyOf: [object({ a: { const: 1 } })] }),
    taken: ['value', 'field.a may not be 2 any more'],
  },
  {
    about: 'a keyword that is not understood', before: field({ not: { type: 'null' } }), after: field({ not: text }),
    sent: ['unclear', "field has another not now, and what that means isn't known here"],
    taken: ['unclear', "field has another not now, and what that means isn't known here"],
  },
  {
    about: 'what is referred to',
    before: { $ref: '#/$defs/Score', $defs: { Score: object({ total: { type: 'integer' } }) } },
    after: { $ref: '#/$defs/Score', $defs: { Score: object({ total: { type: 'number' } }) } },
    sent: ['type', 'total may now be number, where it was integer only'],
  },
  {
    about: 'what a part of the whole says',
    before: { allOf: [object({ a: text }), object({ b: text })] }, after: { allOf: [object({ a: text })] },
    sent: ['removed', 'b is not sent any more'], taken: ['removed', 'b is not taken any more'],
  },
  {
    about: 'what lies deep',
    before: object({ data: object({ rows: { type: 'array', items: object({ grade: { enum: ['A'] } }) } }) }),
    after: object({ data: object({ rows: { type: 'array', items: object({ grade: { enum: ['A', 'B'] } }) } }) }),
    sent: ['value', 'data.rows[].grade may now be "B"'],
  },
];

const HARMLESS: Omit<Change, 'sent' | 'taken'>[] = [
  { about: 'a new optional field', before: object({}), after: object({ a: text }) },
  {
    about: 'a new optional field in a closed object', before: object({}, { additionalProperties: false }),
    after: object({ a: text }, { additionalProperties: false }),
  },
  {
    about: 'other descriptions', before: field({ description: 'a' }),
    after: field({ description: 'b', title: 'c', examples: ['d'], 'x-more': 'e' }),
  },
  {
    about: 'another order', before: object({ a: text, b: text }, { required: ['a', 'b'] }),
    after: object({ b: text, a: text }, { required: ['b', 'a'] }),
  },
  { about: 'the same said as a reference', before: field(text), after: { ...field({ $ref: '#/$defs/T' }) as object, $defs: { T: text } } },
  {
    about: 'the same said as alternatives', before: field({ type: ['string', 'null'] }),
    after: field({ oneOf: [{ type: 'null' }, text] }),
  },
  {
    about: 'the same said as parts', before: object({ a: text, b: text }),
    after: { allOf: [object({ a: text }), { properties: { b: text } }] },
  },
  { about: 'a constant said as a list of one', before: field({ const: 'A' }), after: field({ enum: ['A'] }) },
  {
    about: 'null told by the values, too',
    before: field({ type: ['string', 'null'], enum: ['A', null] }), after: field({ anyOf: [{ enum: ['A'] }, { type: 'null' }] }),
  },
];

const of = (direction: Direction, { before, after }: Pick<Change, 'before' | 'after'>) =>
  breakingChanges(before, after, direction).map(({ kind, sentence }) => [kind, sentence]);

describe.each(['sent', 'taken'] as const)('what is %s', (direction) => {
  it.each(BREAKS)('knows $about', (change) => {
    expect(of(direction, change)).toEqual(change[direction] ? [change[direction]] : []);
  });

  it.each(HARMLESS)('lets pass $about', (change) => {
    expect(of(direction, change)).toEqual([]);
  });
});

it('finds every break of a change, each with its path', () => {
  const found = breakingChanges(
    object({ data: object({ a: text, b: text }, { required: ['a', 'b'] }) }),
    object({ data: object({ a: { type: 'null' } }, { required: ['a'] }) }), 'sent');
  expect(found.map(({ kind, path }) => [kind, path])).toEqual([['null', 'data.a'], ['removed', 'data.b']]);
});

it('comes to an end with schemas that contain themselves', () => {
  const children = { type: 'array', items: { $ref: '#/$defs/Node' } };
  const tree = (leaf: object): Schema => ({ $ref: '#/$defs/Node', $defs: { Node: object({ leaf, children }) } });
  expect(of('sent', { before: tree(text), after: tree(text) })).toEqual([]);
  expect(of('sent', { before: tree(text), after: tree({ type: 'boolean' }) })).toEqual(['leaf', 'children[].leaf'].map((path) =>
    ['type', `${path} may now be boolean, where it was string only`]));
  expect(of('sent', { before: true, after: tree(text) })).toEqual([]);
});

it('looks for references in the documents that are given', () => {
  const document = (Name: object): Schema => ({ components: { schemas: { Name } } });
  const use = { $ref: '#/components/schemas/Name' };
  const documents = { before: document(text), after: document({ ...text, maxLength: 9 }) };
  expect(breakingChanges(use, use, 'taken', documents))
    .toMatchObject([{ path: '', sentence: 'the whole has a narrower maxLength now: 9 instead of none' }]);
  expect(breakingChanges(use, use, 'sent', documents)).toEqual([]);
  expect(() => breakingChanges(use, use, 'sent')).toThrow('#/components/schemas/Name points to nothing in its document');
});

describe('laws', () => {
  const leaf = fc.constantFrom<Schema>(
    text, { type: 'integer', minimum: 1 }, { type: 'number' }, { type: ['string', 'null'], maxLength: 1 },
    { enum: ['A', 1] }, { enum: ['A'] }, {});
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
    schema: fc.oneof({ depthSize: 'small' }, leaf,
      tie('schema').map((items) => ({ type: 'array', items })),
      fc.tuple(tie('schema'), tie('schema')).map((anyOf) => ({ anyOf })),
      fc.tuple(fc.dictionary(fc.constantFrom('a', 'b'), tie('schema')), fc.subarray(['a', 'b'])).map(([properties, required]) =>
        object(properties, { required: required.filter((name) => name in properties) }))),
  }));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.constantFrom<unknown>('A', 'AB', 0, 1, 1.5, null, true),
      fc.array(tie('value'), { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'))),
  }));
  const ajv = new Ajv2020({ strict: false, validateSchema: false });

  it('nothing breaks where nothing changes', () => {
    fc.assert(fc.property(schema, fc.constantFrom<Direction>('sent', 'taken'), (one, direction) => {
      expect(breakingChanges(one, structuredClone(one), direction)).toEqual([]);
    }));
  });

  it('what is sent after a change that breaks nothing is valid by what was promised before', () => {
    let unbroken = 0;
    fc.assert(fc.property(schema, schema, fc.array(value, { minLength: 5 }), (before, after, values) => {
      if (breakingChanges(before, after, 'sent').length > 0) return;
      unbroken += 1;
      const [wasPromised, isSent] = [ajv.compile(before), ajv.compile(after)];
      for (const one of values) expect(wasPromised(one) || !isSent(one)).toBe(true);
    }), { numRuns: 400, examples: [[text, { enum: ['A'] }, ['A']]] });
    expect(unbroken).toBeGreaterThan(10);
  });
});
