import type { Schema } from './alternatives';
import { breakingChanges, type Direction } from './breaking-changes';

/** An OpenAPI 3.1 document, as far as it is compared. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components?: Schema;
  security?: Requirement[];
}
type Requirement = Record<string, string[]>;
type Content = Record<string, { schema?: Schema }>;
interface Header { required?: boolean; schema?: Schema }
interface Parameter { name: string; in: string; required?: boolean; schema?: Schema }
interface Response { headers?: Record<string, Header | Ref>; content?: Content }
interface Operation {
  operationId?: string;
  parameters?: (Parameter | Ref)[];
  requestBody?: { required?: boolean; content: Content } | Ref;
  responses: Record<string, Response | Ref>;
  security?: Requirement[];
}
interface Ref { $ref: string }

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** A sentence for each thing by which the API of `after` would break a client that was made for `before`. */
export function apiBreaks(before: ApiDocument, after: ApiDocument): string[] {
  return operationsOf(before).flatMap(({ method, path, operation }) => {
    const now = after.paths[path]?.[method];
    const name = `${method.toUpperCase()} ${path}`;
    if (!now) return [`${name} is not there any more`];
    return [...new Set(new OperationBreaks(before, after).compare(operation, now))].map((sentence) => `${name}: ${sentence}`);
  });
}

export const HOW_TO_CHANGE_THE_API = 'Within /api/v1 things may be added: keep the former beside the new, or ask for nothing more than before.';

const operationsOf = ({ paths }: ApiDocument) => Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).filter(([method]) => METHODS.includes(method)).map(([method, operation]) => ({ method, path, operation })));

class OperationBreaks {
  constructor(private readonly before: ApiDocument, private readonly after: ApiDocument) {}

  compare(former: Operation, now: Operation): string[] {
    return [
      ...(former.operationId === now.operationId ? [] : [`it is called ${now.operationId} now, where clients know it as ${former.operationId}`]),
      ...this.security(former.security ?? this.before.security ?? [], now.security ?? this.after.security ?? []),
      ...this.parameters(former.parameters ?? [], now.parameters ?? []),
      ...this.body(former.requestBody, now.requestBody),
      ...this.responses(former.responses, now.responses),
    ];
  }

  /** Whoever was let in still is: each former way satisfies one of those that there are now. */
  private security(former: Requirement[], now: Requirement[]): string[] {
    if (now.length === 0) return [];
    const ways = former.length > 0 ? former : [{}];
    return ways.filter((way) => !now.some((wanted) => satisfies(way, wanted)))
      .map((way) => `who comes with ${inWords(way)} is not let in any more; ${now.map(inWords).join(' or ')} is asked for`);
  }

  private parameters(former: (Parameter | Ref)[], now: (Parameter | Ref)[]): string[] {
    const known = former.map((one) => resolved(this.before, one));
    const present = now.map((one) => resolved(this.after, one));
    const find = (list: Parameter[], wanted: Parameter) => list.find((one) => one.name === wanted.name && one.in === wanted.in);
    return [
      ...known.flatMap((parameter) => {
        const name = `parameter ${parameter.name}`;
        const after = find(present, parameter);
        if (!after) return [`${name} is not taken any more`];
        return [...(after.required && !parameter.required ? [`${name} is required now`] : []), ...this.schemas(parameter.schema, after.schema, 'taken', name)];
      }),
      ...present.filter((parameter) => parameter.required && !find(known, parameter)).map(({ name }) => `parameter ${name} is required now`),
    ];
  }

  private body(former: Operation['requestBody'], now: Operation['requestBody']): string[] {
    if (!former) return now && resolved(this.after, now).required ? ['a body is required now'] : [];
    if (!now) return ['a body is not taken any more'];
    const [known, present] = [resolved(this.before, former), resolved(this.after, now)];
    return [
      ...(present.required && !known.required ? ['a body is required now'] : []), ...this.contents(known.content, present.content, 'taken', 'body'),
    ];
  }

  private responses(former: Operation['responses'], now: Operation['responses']): string[] {
    return Object.entries(former).flatMap(([status, response]) => {
      if (!now[status]) return [`${status} is not answered any more`];
      const [known, present] = [resolved(this.before, response), resolved(this.after, now[status])];
      return [...this.headers(status, known, present), ...this.contents(known.content ?? {}, present.content ?? {}, 'sent', status)];
    });
  }

  private headers(status: string, known: Response, present: Response): string[] {
    return Object.entries(known.headers ?? {}).flatMap(([name, header]) => {
      const after = present.headers?.[name];
      if (!after) return [`${status}: header ${name} is not sent any more`];
      const [was, is] = [resolved(this.before, header), resolved(this.after, after)];
      return [
        ...(was.required && !is.required ? [`${status}: header ${name} may be missing now`] : []),
        ...this.schemas(was.schema, is.schema, 'sent', `${status}: header ${name}`),
      ];
    });
  }

  private contents(former: Content, now: Content, direction: Direction, where: string): string[] {
    return Object.entries(former).flatMap(([type, { schema }]) => (now[type]
      ? this.schemas(schema, now[type].schema, direction, where)
      : [`${where} is not ${direction} as ${type} any more`]));
  }

  private schemas(former: Schema | undefined, now: Schema | undefined, direction: Direction, where: string): string[] {
    const answered = direction === 'sent' ? withoutOffers(former ?? {}, now ?? {}) : now;
    return breakingChanges(former ?? {}, answered ?? {}, direction, { before: this.before as never, after: this.after as never })
      .map(({ sentence }) => `${where}: ${sentence}`);
  }
}

/** Marks what is answered to nobody but who asks for it, by a parameter that is named. */
const ON_REQUEST = 'x-on-request';

/** A client that was made before such an alternative was there doesn't ask for it, and never gets it. */
function withoutOffers(former: Schema, now: Schema): Schema {
  const known = JSON.stringify(former);
  return JSON.parse(JSON.stringify(now), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !Array.isArray((value as { anyOf?: unknown }).anyOf)) return value;
    const { anyOf, ...rest } = value as { anyOf: Record<string, unknown>[] };
    const left = anyOf.filter((alternative) => !(ON_REQUEST in alternative) || known.includes(JSON.stringify(alternative)));
    return left.length === 1 ? { ...rest, ...left[0] } : { ...rest, anyOf: left };
  }) as Schema;
}

const satisfies = (way: Requirement, wanted: Requirement): boolean =>
  Object.entries(wanted).every(([scheme, scopes]) => way[scheme] && scopes.every((scope) => way[scheme].includes(scope)));

const inWords = (requirement: Requirement): string =>
  Object.entries(requirement).map(([scheme, scopes]) => [scheme, ...scopes].join(' ')).join(' and ') || 'nothing';

/** @throws when a `$ref` points to nothing */
function resolved<Part extends object>(document: ApiDocument, part: Part | Ref): Part {
  if (!('$ref' in part)) return part;
  const found = part.$ref.slice(2).split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
  if (!found) throw new Error(`${part.$ref} points to nothing`);
  return found as Part;
}
