import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DomainError, type FieldError, type MessageClass } from '@headwater/contracts';
import { Takes } from '../access/requires';
import { schemaOf } from '../documents/schemas';
import { inspectJson } from './inspect-json';
import { bodyParameter, validatorOf } from './json-body';
import { unknownFields } from './unknown-fields';

/** An item of a list, or why it is none. */
export type Checked<Item> = { ok: true; item: Item } | { ok: false; refusal: DomainError };

interface ListOptions {
  /** class of the whole body, for the document */
  body: MessageClass;
  /** the one member of the body */
  member: string;
  item: MessageClass;
  /** true or false beside it: read with `BodyFlag` */
  flags?: readonly string[];
  most: number;
  /** of the whole body */
  bytes: number;
}

/**
 * A body that is a list of what other requests send singly. The list itself is refused when it is none, empty or too long; what is wrong
 * with an item is that item's, its fields named `leads[3].email`.
 */
export const JsonList = ({ body, member, item, flags = [], most, bytes }: ListOptions): ParameterDecorator => {
  const validate = validatorOf(item);
  const describe = applyDecorators(ApiBody({ schema: schemaOf(body), required: true }), Takes({ listBytes: bytes })) as MethodDecorator;
  return bodyParameter(describe, (sent) => itemsIn(sent, { member, flags, most, validate }));
};

/** One item, or a list of them. */
export interface OneOrList<Item> { isOne: boolean; items: Checked<Item>[] }

/** A body that is one item by itself, or a list of them as of `JsonList`. What is wrong with a single one refuses the request. */
export const JsonOneOrList = ({ body, member, item, most, bytes }: Omit<ListOptions, 'flags'>): ParameterDecorator => {
  const validate = validatorOf(item);
  const schema = { anyOf: [schemaOf(item), schemaOf(body)] };
  const describe = applyDecorators(ApiBody({ schema, required: true }), Takes({ listBytes: bytes })) as MethodDecorator;
  return bodyParameter(describe, (sent): OneOrList<object> => {
    const isList = typeof sent === 'object' && sent !== null && member in sent;
    if (isList) return { isOne: false, items: itemsIn(sent, { member, flags: [], most, validate }) };
    inspectJson(sent);
    return { isOne: true, items: [{ ok: true, item: validate(sent) }] };
  });
};

type Validate = (one: unknown) => object;

const itemsIn = (sent: unknown, { member, validate, ...limits }: { member: string; flags: readonly string[]; most: number; validate: Validate }): Checked<object>[] =>
  listIn(sent, { member, ...limits }).map((one, i): Checked<object> => {
    try {
      inspectJson(one);
      refuseSize(one);
      return { ok: true, item: validate(one) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ok: false, refusal: within(`${member}[${i}]`, error) };
    }
  });

/** A flag that stands in the body beside its list. */
export const BodyFlag = (name: string): ParameterDecorator => createParamDecorator((_: unknown, context: ExecutionContext): boolean | undefined => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest<{ Body: Record<string, boolean | null> | undefined }>>();
  return body?.[name] ?? undefined;
})();

function listIn(sent: unknown, { member, flags, most }: { member: string; flags: readonly string[]; most: number }): unknown[] {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw DomainError.invalidField('(body)', 'wrong_type', '(body) must be an object');
  const stray = Object.keys(sent).filter((name) => name !== member && !flags.includes(name));
  if (stray.length > 0) throw unknownFields(stray);
  for (const flag of flags) {
    const value = (sent as Record<string, unknown>)[flag];
    if (value != null && typeof value !== 'boolean') throw DomainError.invalidField(flag, 'wrong_type', `${flag} must be true or false`);
  }
  const list = (sent as Record<string, unknown>)[member];
  if (list === undefined) throw DomainError.invalidField(member, 'required', `${member} is required`);
  if (!Array.isArray(list)) throw DomainError.invalidField(member, 'wrong_type', `${member} must be a list`);
  if (list.length === 0) throw DomainError.invalidField(member, 'required', `${member} must not be empty`);
  if (list.length > most) throw DomainError.invalidField(member, 'too_many', `${member} may have at most ${most} items`);
  return list;
}

/** As much as a request of its own may have: it travels as one message. */
const MOST_ITEM_BYTES = 256 * 1024;

function refuseSize(item: unknown): void {
  if (Buffer.byteLength(JSON.stringify(item)) <= MOST_ITEM_BYTES) return;
  throw new DomainError({
    kind: 'too_large', code: 'too_large', detail: '(body) is larger than 256 kB', errors: [{ field: '(body)', code: 'too_large', detail: '(body) is larger than 256 kB' }],
  });
}

/** The refusal of an item, its fields named by their place in the list: `leads[3].email`. */
export function within(place: string, { body: refusal }: DomainError): DomainError {
  const errors = refusal.errors?.map(({ field, code, detail }): FieldError => {
    const named = field === '(body)' ? place : `${place}.${field}`;
    return { field: named, code, detail: detail.replace(field, () => named) };
  });
  return new DomainError({ ...refusal, ...(errors ? { errors, detail: errors[0].detail } : {}) });
}
