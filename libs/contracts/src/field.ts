import { Type } from 'class-transformer';
import {
  ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsNotEmpty, IsNumber, IsObject, IsOptional, IsString,
  Matches, Max, MaxLength, Min, ValidateNested,
} from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

/**
 * The field types of our messages: each is a class-validator declaration with its limits, from which JSON Schemas
 * (HTTP, events, OpenAPI) are generated. A field is optional, which means absent or null, unless `required`.
 */
export interface FieldOptions {
  required?: boolean;
  description?: string;
  example?: unknown;
}

/** `keywords` are JSON Schema's own, where class-validator's don't say all of it. */
const field = (options: FieldOptions, keywords: object, ...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    const about = {
      ...keywords,
      ...(options.description ? { description: options.description } : {}),
      ...(options.example === undefined ? {} : { examples: [options.example] }),
    };
    for (const decorate of options.required ? decorators : [IsOptional(), ...decorators]) decorate(target, key);
    JSONSchema(about as never)(target, String(key));
  };

/** Text of at most `max` UTF-16 units. Required text is not empty. */
export const Text = (max: number, options: FieldOptions = {}) =>
  field(options, {}, IsString(), MaxLength(max), ...(options.required ? [IsNotEmpty()] : []));

export const Pattern = (pattern: RegExp, max: number, options: FieldOptions = {}) =>
  field(options, {}, IsString(), MaxLength(max), Matches(pattern));

export const Integer = (min: number, max: number, options: FieldOptions = {}) =>
  field(options, { type: 'integer' }, IsInt(), Min(min), Max(max));

/** The number of a record, exact in a double. */
export const Id = (options: FieldOptions = {}) => Integer(1, Number.MAX_SAFE_INTEGER, options);

/** How many there are of something, or how much in whole numbers. */
export const Count = (options: FieldOptions = {}) => Integer(0, Number.MAX_SAFE_INTEGER, options);

export const Decimal = (min: number, max: number, options: FieldOptions = {}) =>
  field(options, {}, IsNumber(), Min(min), Max(max));

/** Money: a number ≥ 0 in units of its currency, below 10^13 so that cents stay exact in a double. */
export const Money = (options: FieldOptions = {}) => Decimal(0, 9_999_999_999_999, options);

export const Flag = (options: FieldOptions = {}) => field(options, {}, IsBoolean());

export const OneOf = (values: readonly string[], options: FieldOptions = {}) => field(options, {}, IsIn([...values]));

/** A calendar date, `YYYY-MM-DD`, in the tenant's time zone. */
export const CalendarDate = (options: FieldOptions = {}) =>
  field(options, { format: 'date' }, IsString(), Matches(/^\d{4}-\d{2}-\d{2}$/));

/** Said as a pattern: class-validator-jsonschema knows IsRFC3339 for a custom validation, and makes `$ref: Object` of it. */
const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** A moment, RFC 3339. */
export const Instant = (options: FieldOptions = {}) =>
  field(options, { format: 'date-time' }, IsString(), Matches(RFC3339));

export const Texts = (most: number, max: number, options: FieldOptions = {}) =>
  field(options, {}, IsArray(), ArrayMaxSize(most), IsString({ each: true }), MaxLength(max, { each: true }));

export const Integers = (most: number, options: FieldOptions = {}) =>
  field(options, {}, IsArray(), ArrayMaxSize(most), IsInt({ each: true }));

export type MessageClass = new () => object;

/** The classes that a class nests, by its prototype: what its schema refers to. */
const nestedIn = new Map<object, Set<() => MessageClass>>();

const remember = (type: () => MessageClass): PropertyDecorator => (target) => {
  nestedIn.set(target, (nestedIn.get(target) ?? new Set()).add(type));
};

/** A document of its own class. */
export const Nested = (type: () => MessageClass, options: FieldOptions = {}) =>
  field(options, {}, IsObject(), ValidateNested(), Type(type) as PropertyDecorator, remember(type));

export const NestedList = (type: () => MessageClass, most: number, options: FieldOptions = {}) =>
  field(options, {}, IsArray(), ArrayMaxSize(most), ValidateNested({ each: true }), Type(type) as PropertyDecorator, remember(type));

/** The class and all classes that it nests, inherited fields included, each once. */
export function nestedClasses(type: MessageClass, found = new Set<MessageClass>()): Set<MessageClass> {
  if (found.has(type)) return found;
  found.add(type);
  for (let prototype = type.prototype as object; prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype) as object) {
    for (const nested of nestedIn.get(prototype) ?? []) nestedClasses(nested(), found);
  }
  return found;
}

/** Any JSON value. */
export const Anything = (options: Omit<FieldOptions, 'required'> = {}) => field(options, {});

/** Any JSON object: its content is checked elsewhere or by nobody. */
export const Document = (options: FieldOptions = {}) => field(options, {}, IsObject());

/** Documents that are checked one by one by whoever they are for, so that a wrong one stops no other. */
export const Documents = (most: number, options: FieldOptions = {}) =>
  field(options, { items: { type: 'object' } }, IsArray(), ArrayMaxSize(most), IsObject({ each: true }));

/** Up to `most` values by key: string, number, boolean, null, or a list of these. Needs no declaration. */
export const CustomFields = (most: number, options: FieldOptions = {}) =>
  field(options, {
    maxProperties: most,
    propertyNames: { minLength: 1, maxLength: 100 },
    additionalProperties: {
      anyOf: [
        { type: ['string', 'number', 'boolean', 'null'], maxLength: 5_000 },
        { type: 'array', maxItems: 100, items: { type: ['string', 'number', 'boolean', 'null'], maxLength: 1_000 } },
      ],
    },
  }, IsObject());

/** Up to `most` plain values by key: a text of at most `longest` characters, a number, a boolean or null. */
export const Properties = (most: number, longest: number, options: FieldOptions = {}) =>
  field(options, {
    maxProperties: most,
    propertyNames: { minLength: 1, maxLength: 100 },
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'], maxLength: longest },
  }, IsObject());
