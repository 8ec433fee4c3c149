import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError, Integer, jsonSchemaOf, Text, type JsonSchema, type MessageClass } from '@headwater/contracts';
import { compileValidator } from '@headwater/platform';
import { Takes } from '../access/requires';
import { documentMethod } from '../documents/document-method';
import { EXAMPLE_CAMPAIGN, EXAMPLE_IDS, EXAMPLE_SUBMISSION } from '../documents/example';
import { documentId } from '../documents/unknown-id';
import { unknownFields } from './unknown-fields';

const ID = /^[1-9]\d{0,15}$/;

/** The id in the path. What can't be an id names nothing: 404, `<what> not found`. */
export function PathId(what: keyof typeof EXAMPLE_IDS): ParameterDecorator {
  const take = createParamDecorator((_: unknown, context: ExecutionContext) => {
    const { id } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>().params;
    if (!ID.test(id) || !Number.isSafeInteger(Number(id))) throw DomainError.notFound(what);
    return Number(id);
  });
  const schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
  return documentMethod(documentId(what, { name: 'id', description: `id of the ${inText(what)}`, schema, example: EXAMPLE_IDS[what] }), take());
}

const inText = (what: string): string => what[0].toLowerCase() + what.slice(1);

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The same for what is named by a UUID. */
export function PathUuid(what: string): ParameterDecorator {
  const take = createParamDecorator((_: unknown, context: ExecutionContext) => {
    const id = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id: string } }>>().params.id.toLowerCase();
    if (!UUID.test(id)) throw DomainError.notFound(what);
    return id;
  });
  const schema = { type: 'string', format: 'uuid' };
  return documentMethod(documentId(what, { name: 'id', description: `id of the ${inText(what)}`, schema, example: EXAMPLE_SUBMISSION }), take());
}

const MOST_OF_A_NAME = 100;

/** The code in the path, of what people name. What can't be one names nothing. */
export function PathName(what: string, example: string = EXAMPLE_CAMPAIGN): ParameterDecorator {
  const take = createParamDecorator((_: unknown, context: ExecutionContext) => {
    const { code } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { code: string } }>>().params;
    if (code.length > MOST_OF_A_NAME || /\0|\p{Cs}/u.test(code)) throw DomainError.notFound(what);
    return code;
  });
  const schema = { type: 'string', maxLength: MOST_OF_A_NAME };
  return documentMethod(documentId(what, { name: 'code', description: `code of the ${inText(what)}`, schema, example }), take());
}

/** How much of a list, and from where on. */
export class PageParameters {
  @Integer(1, 200, { description: 'most items of a page; 50 when absent', example: 50 }) limit?: number;
  @Text(1_000, { description: '`meta.next_cursor` of the page before' }) cursor?: string;
}

/** How much of a list that has no further pages. */
export class LimitParameter {
  @Integer(1, 200, { description: 'most items; 50 when absent', example: 50 }) limit?: number;
}

export const DEFAULT_LIMIT = 50;

/** The parameters behind the `?`, valid as the class declares them; others are refused. */
export function Parameters(type: MessageClass): ParameterDecorator {
  const { properties } = jsonSchemaOf(type, { closed: true, refPrefix: '' }) as { properties: Record<string, JsonSchema> };
  const validate = compileValidator(type, { closed: true });
  const take = createParamDecorator((_: unknown, context: ExecutionContext) =>
    validate(typed(context.switchToHttp().getRequest<FastifyRequest>().query as Record<string, unknown>, properties)));
  const describe: MethodDecorator = (target, name, descriptor) => {
    Takes({ takesParameters: true })(target, name, descriptor);
    for (const [parameter, schema] of Object.entries(properties)) {
      const { description, ...rest } = withoutNull(schema);
      ApiQuery({ name: parameter, required: isRequired(type, parameter), description: description as string, schema: rest })(target, name, descriptor);
    }
  };
  return documentMethod(describe, take());
}

/** Texts become what the schema says, where they can; where they can't, the validator finds the wrong type. */
function typed(query: Record<string, unknown>, properties: Record<string, JsonSchema>): Record<string, unknown> {
  const entries = Object.entries(query).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value] as const;
    if (value.includes('\0') || name.includes('\0') || /\p{Cs}/u.test(name + value)) throw DomainError.invalidField('(query)', 'illegal_character', 'A parameter contains an illegal character');
    if (value === '' && name in properties) throw DomainError.invalidField(name, 'required', `${name} must not be empty`);
    const types = [properties[name]?.type].flat();
    if (types.includes('integer') && /^-?\d{1,15}$/.test(value)) return [name, Number(value)] as const;
    if (types.includes('boolean') && (value === 'true' || value === 'false')) return [name, value === 'true'] as const;
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** A parameter of an address is absent, or has a value. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const type = [schema.type].flat().filter((name) => name !== 'null');
  const values = schema.enum as unknown[] | undefined;
  return {
    ...schema,
    ...(schema.type ? { type: type.length === 1 ? type[0] : type } : {}),
    ...(values ? { enum: values.filter((value) => value !== null) } : {}),
  };
}

const isRequired = (type: MessageClass, name: string): boolean =>
  (jsonSchemaOf(type, { closed: true, refPrefix: '' }).required as string[] | undefined)?.includes(name) ?? false;

/** A parameter that nobody reads is a mistake that its sender should hear of; also where a route has none. */
export async function refuseStrayParameters({ query, routeOptions: { config } }: FastifyRequest): Promise<void> {
  const stray = Object.keys(query as object);
  if (stray.length > 0 && config.requires && !config.takesParameters) throw unknownFields(stray);
}
