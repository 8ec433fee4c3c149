import Ajv2020, { type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { DomainError, jsonSchemaOf, nestedClasses, type FieldError, type MessageClass } from '@headwater/contracts';

/** Returns the value, typed. @throws DomainError `invalid` with every field that is wrong */
export type Validator<T> = (value: unknown) => T;

interface ValidatorOptions {
  /** refuse undeclared properties (`unknown_field`); events are read tolerantly */
  closed: boolean;
}

const kept = { open: new Map<MessageClass, ValidateFunction>(), closed: new Map<MessageClass, ValidateFunction>() };

/**
 * Makes a message class a validator. Its schema is compiled for the first value, once per class: then a message costs a few microseconds,
 * where class-validator with class-transformer costs 0.2-0.3 ms. Compiling takes 10 ms and more, and most of a service's documents
 * are not sent to each replica.
 */
export function compileValidator<T extends object>(type: new () => T, { closed }: ValidatorOptions): Validator<T> {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= compiled(type, closed);
    if (validate(value)) return value as T;
    throw DomainError.invalid(fieldErrors(validate.errors as ErrorObject[]));
  };
}

function compiled(type: MessageClass, closed: boolean): ValidateFunction {
  const ofThese = closed ? kept.closed : kept.open;
  const validate = ofThese.get(type) ?? compile(type, closed);
  ofThese.set(type, validate);
  return validate;
}

function compile(type: MessageClass, closed: boolean): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true, verbose: true, strictNumbers: true, allowUnionTypes: true, strict: false,
    validateSchema: false, // ours are valid, a spec says; compiling what would check it takes 20 ms a class
  });
  addFormats(ajv, [...DATES]);
  for (const name of DATES) {
    const { validate } = ajv.formats[name] as { validate(text: string): boolean };
    ajv.addFormat(name, (text) => validate(text) && isStorable(text));
  }
  for (const nested of nestedClasses(type)) {
    ajv.addSchema(jsonSchemaOf(nested, { closed, refPrefix: '' }), nested.name);
  }
  const validate = ajv.getSchema(type.name);
  if (!validate) throw new Error(`No schema for ${type.name}`);
  return validate;
}

const DATES = ['date', 'date-time'] as const;

/** PostgreSQL knows no year 0, RFC 3339 and our readers know none of five digits, and a time zone may lead to either. */
function isStorable(text: string): boolean {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || (ms >= FIRST_MS && ms <= LAST_MS);
}

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** ajv's errors in our words, one per field and code; the branches of a union speak with one voice. */
export function fieldErrors(errors: ErrorObject[]): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const error of errors.filter((one) => !isOfAUnion(one, errors))) {
    const said = inOurWords(error);
    if (said && !found.has(said.field)) found.set(said.field, said);
  }
  return [...found.values()];
}

/** That it isn't null, and that no branch of a union fits, says nothing where something inside is wrong. */
const isOfAUnion = (error: ErrorObject, errors: readonly ErrorObject[]): boolean =>
  (error.keyword === 'type' && error.params.type === 'null')
  || (error.keyword === 'anyOf' && errors.some(({ keyword, instancePath }) => instancePath.startsWith(`${error.instancePath}/`)
    || (instancePath === error.instancePath && (keyword === 'required' || keyword === 'additionalProperties'))));

function inOurWords({ keyword, params, instancePath, message, parentSchema }: ErrorObject): FieldError | null {
  const path = instancePath.slice(1).replaceAll('/', '.');
  const inside = (name: string) => (path ? `${path}.${name}` : name);
  const field = path || '(body)';
  switch (keyword) {
    case 'required': {
      const name = inside(params.missingProperty as string);
      return { field: name, code: 'required', detail: `${name} is required` };
    }
    case 'additionalProperties': {
      const name = inside(params.additionalProperty as string);
      return { field: name, code: 'unknown_field', detail: `${name} is not a field of this request` };
    }
    case 'type': return { field, code: 'wrong_type', detail: `${field} must be ${typesInWords(params.type)}` };
    case 'enum': return {
      field, code: 'unknown_value',
      detail: `${field} must be one of ${(params.allowedValues as unknown[]).filter((value) => value !== null).join(', ')}`,
    };
    case 'maxLength': return { field, code: 'too_long', detail: `${field} may have at most ${params.limit} characters` };
    case 'minLength': return { field, code: 'required', detail: `${field} must not be empty` };
    case 'minimum': return { field, code: 'too_small', detail: `${field} must be at least ${params.limit}` };
    case 'maximum': return { field, code: 'too_large', detail: `${field} must be at most ${params.limit}` };
    case 'maxItems': return { field, code: 'too_many', detail: `${field} may have at most ${params.limit} items` };
    case 'maxProperties': return { field, code: 'too_many', detail: `${field} may have at most ${params.limit} members` };
    case 'format': case 'pattern': return { field, code: 'wrong_format', detail: `${field} ${formOf(parentSchema ?? {})}` };
    case 'propertyNames': return { field, code: 'wrong_name', detail: `${field} has a member whose name is empty or too long` };
    case 'anyOf': return { field, code: 'wrong_type', detail: `${field} is of a type that is not accepted here` };
    case 'not': return { field, code: 'required', detail: `${field} must not be empty` };
    default: return { field, code: 'invalid', detail: `${field} ${message ?? 'is not valid'}` };
  }
}

/** What a text should have looked like. */
function formOf({ format, examples }: AnySchemaObject): string {
  if (format === 'date') return 'must be a date, YYYY-MM-DD';
  if (format === 'date-time') return 'must be a moment with its time zone (RFC 3339), such as 2026-06-30T12:00:00Z';
  const [example] = (examples ?? []) as unknown[];
  return `is not of the expected form${typeof example === 'string' ? `, such as ${example}` : ''}`;
}

const typesInWords = (type: unknown): string =>
  [type].flat().filter((name) => name !== 'null').map((name) => TYPES[name as string] ?? `a ${String(name)}`).join(' or ');

const TYPES: Readonly<Record<string, string>> = { integer: 'a whole number', object: 'an object', array: 'a list', boolean: 'true or false', string: 'text' };
