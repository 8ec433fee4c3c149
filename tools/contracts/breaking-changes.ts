import type { JsonSchema } from '@headwater/contracts';
import { covers, isSame, readerOf, type Alternative, type Schema } from './alternatives';

/** `sent`: we write it and others read it (events, answers); `taken`: others write it and we read it (requests). */
export type Direction = 'sent' | 'taken';

export type BreakKind =
  /** a field isn't there any more */
  | 'removed'
  /** what was always there may be missing (sent), or what could be left out is demanded (taken) */
  | 'presence'
  | 'type' | 'null'
  /** of a list of values */
  | 'value'
  /** of length, size or number */
  | 'limit'
  /** `pattern` or `format` */
  | 'form'
  /** fields beyond those declared */
  | 'closed'
  /** a keyword changed that isn't understood here; taken for a break */
  | 'unclear';

export interface Break {
  kind: BreakKind;
  /** `data.score.grade`; `[]` is each item of a list, `*` each value of a map; empty for the whole */
  path: string;
  /** begins with the path */
  sentence: string;
}

interface Documents {
  /** the documents that `$ref`s (`#/components/schemas/…`) point into, where they are not the schemas themselves */
  before?: Schema;
  after?: Schema;
}

/**
 * What a change of a JSON Schema (2020-12, or OpenAPI 3.1's) breaks for those on the other side: none is broken when the answer
 * is empty. How to use it:
 *
 * ```ts
 * breakingChanges(released, present, 'sent').map(({ sentence }) => sentence);   // ['data.score.grade may now be "E"']
 * // within an OpenAPI document; a request's body is 'taken', an answer's 'sent'
 * breakingChanges(bodyBefore, bodyAfter, 'taken', { before: documentBefore, after: documentAfter });
 * ```
 *
 * What we send must stay within what it was: no field goes, none that was always there may be missing, no type, null or value
 * comes up that readers don't know (they may be exhaustive: generated code is), no limit widens, no form changes. New fields
 * are fine, required ones too: readers ignore what they don't know, also where a schema is closed. A value that doesn't come
 * any more is fine.
 * What we take is the other way round: everything that was good must still be: no field goes, none becomes required, no type
 * or value is refused that was not, no limit narrows, no form changes. New optional fields are fine.
 * Descriptions, titles, examples, defaults and `x-…` say nothing about it.
 *
 * @throws when a `$ref` points to nothing
 */
export function breakingChanges(before: Schema, after: Schema, direction: Direction, documents: Documents = {}): Break[] {
  return new Comparison(direction, readerOf(documents.before ?? before), readerOf(documents.after ?? after)).compare(before, after, '');
}

const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const FORMS = ['pattern', 'format'];
const UNDERSTOOD = new Set([
  'type', 'enum', ...UPPER, ...LOWER, ...FORMS, 'properties', 'required', 'additionalProperties', 'propertyNames', 'items', 'prefixItems',
]);
const ANNOTATIONS = new Set([
  'title', 'description', 'default', 'examples', 'example', 'deprecated', 'readOnly', 'writeOnly', 'externalDocs', 'discriminator', 'xml',
  '$id', '$schema', '$anchor', '$comment', '$defs', 'definitions', 'components',
]);

class Comparison {
  /** pairs that are being compared: a recursive schema comes to them again */
  private readonly open = new Map<Schema, Set<Schema>>();

  constructor(
    private readonly direction: Direction,
    private readonly readBefore: (schema: Schema) => Alternative[], private readonly readAfter: (schema: Schema) => Alternative[],
  ) {}

  compare(before: Schema, after: Schema, path: string): Break[] {
    const opponents = this.open.get(before) ?? new Set();
    if (opponents.has(after)) return [];
    this.open.set(before, opponents.add(after));
    const breaks = this.compareAlternatives(this.readBefore(before), this.readAfter(after), path);
    opponents.delete(after);
    return breaks;
  }

  /** Each thing that is possible on the inner side must be possible on the outer; of several it is held to the likest. */
  private compareAlternatives(before: Alternative[], after: Alternative[], path: string): Break[] {
    const [inner, outer] = this.turn(before, after);
    const breaks: Break[] = [];
    const strangers = new Set<string>();
    for (const one of inner) {
      const candidates = outer.filter(({ type }) => covers(type, one.type));
      if (candidates.length === 0) strangers.add(one.type ?? 'of any type');
      else breaks.push(...fewest(candidates.map((other) => this.compareOne(one, other, path))));
    }
    if (strangers.size > 0) {
      const types = [...strangers].join(' or ');
      const known = outer.map(({ type }) => type ?? 'of any type').join(' or ') || 'nothing';
      breaks.push(this.found(strangers.size === 1 && strangers.has('null') ? 'null' : 'type', path,
        `may now be ${types}, where it was ${known} only`, `may not be ${types} any more, only ${known}`));
    }
    return breaks;
  }

  private compareOne(inner: Alternative, outer: Alternative, path: string): Break[] {
    const [before, after] = this.turn(inner, outer);
    return [
      ...this.values(inner, outer, path), ...this.limits(inner, outer, path), ...this.forms(inner, outer, path),
      ...this.fields(before, after, path), ...this.otherFields(before, after, path), ...this.items(before, after, path),
      ...this.unclear(before, after, path),
    ];
  }

  private values({ enum: inner }: Alternative, { enum: outer }: Alternative, path: string): Break[] {
    if (!outer) return [];
    const list = (values: unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');
    if (!inner) {
      return [this.found('value', path, `may now be any value, where it was one of ${list(outer)}`, `may only be one of ${list(outer)} now`)];
    }
    const strange = list(inner.filter((value) => !outer.some((other) => isSame(value, other))));
    return strange ? [this.found('value', path, `may now be ${strange}`, `may not be ${strange} any more`)] : [];
  }

  private limits(inner: Alternative, outer: Alternative, path: string): Break[] {
    if (inner.enum) return []; // the values say more
    const exceeded = (keywords: string[], isBeyond: (a: number, b: number) => boolean) => keywords.filter((keyword) =>
      outer[keyword] !== undefined && (inner[keyword] === undefined || isBeyond(inner[keyword] as number, outer[keyword] as number)));
    return [...exceeded(UPPER, (a, b) => a > b), ...exceeded(LOWER, (a, b) => a < b)].map((keyword) => {
      const said = (limit: unknown) => (limit === undefined ? 'none' : String(limit));
      return this.found('limit', path, `has a wider ${keyword} now: ${said(inner[keyword])} instead of ${said(outer[keyword])}`,
        `has a narrower ${keyword} now: ${said(outer[keyword])} instead of ${said(inner[keyword])}`);
    });
  }

  private forms(inner: Alternative, outer: Alternative, path: string): Break[] {
    if (inner.enum) return [];
    return FORMS.filter((keyword) => outer[keyword] !== undefined && inner[keyword] !== outer[keyword]).map((keyword) =>
      this.found('form', path, `has ${inner[keyword] === undefined ? 'no' : 'another'} ${keyword} now: it was ${String(outer[keyword])}`,
        `must have ${inner[keyword] === undefined ? 'a' : 'another'} ${keyword} now: ${String(outer[keyword])}`));
  }

  private fields(before: Alternative, after: Alternative, path: string): Break[] {
    const [was, is] = [fieldsOf(before), fieldsOf(after)];
    const breaks: Break[] = [];
    for (const [name, field] of was.declared) {
      const at = path ? `${path}.${name}` : name;
      if (!is.declared.has(name)) breaks.push(this.found('removed', at, 'is not sent any more', 'is not taken any more'));
      else breaks.push(...this.compare(field, is.declared.get(name)!, at));
    }
    const [inner, outer] = this.turn(was, is);
    for (const name of outer.required) {
      const isGone = this.direction === 'sent' && was.declared.has(name) && !is.declared.has(name);
      if (inner.required.has(name) || isGone) continue;
      breaks.push(this.found('presence', path ? `${path}.${name}` : name, 'may be missing now, where it was always there',
        was.declared.has(name) ? 'is required now' : 'is new and required'));
    }
    return breaks;
  }

  /** Fields that are not declared. Readers ignore those that they don't know: for them only the values of a map count. */
  private otherFields(before: Alternative, after: Alternative, path: string): Break[] {
    const { additionalProperties: was = true, propertyNames: names = true } = before as Record<string, Schema | undefined>;
    const { additionalProperties: is = true, propertyNames: newNames = true } = after as Record<string, Schema | undefined>;
    const at = path ? `${path}.*` : '*';
    const ofNames = isSame(names, newNames) ? [] : this.compare(names, newNames, `${at} (its name)`);
    const wasMap = typeof was === 'object';
    if (is === false && was !== false && (wasMap || this.direction === 'taken')) {
      const [sent, taken] = ['is not sent any more: only declared fields are', 'is refused now: only declared fields are taken'];
      return [this.found('closed', at, sent, taken), ...ofNames];
    }
    const isOfInterest = this.direction === 'sent' ? wasMap : was !== false;
    return isOfInterest ? [...this.compare(was, is, at), ...ofNames] : ofNames;
  }

  private items(before: Alternative, after: Alternative, path: string): Break[] {
    const parts = ({ items = true, prefixItems = [] }: Alternative) => ({ items: items as Schema, first: prefixItems as Schema[] });
    const [was, is] = [parts(before), parts(after)];
    const breaks = Array.from({ length: Math.max(was.first.length, is.first.length) }, (_, i) =>
      this.compare(was.first[i] ?? was.items, is.first[i] ?? is.items, `${path}[${i}]`)).flat();
    return [...breaks, ...this.compare(was.items, is.items, `${path}[]`)];
  }

  private unclear(before: Alternative, after: Alternative, path: string): Break[] {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((keyword) => !UNDERSTOOD.has(keyword) && !ANNOTATIONS.has(keyword) && !keyword.startsWith('x-'))
      .filter((keyword) => !isSame(before[keyword], after[keyword]))
      .map((keyword) => {
        const said = `has another ${keyword} now, and what that means isn't known here`;
        return this.found('unclear', path, said, said);
      });
  }

  /**
   * From before and after to inner and outer, and back: what is sent now must be within what was sent, and what was taken
   * within what is taken now.
   */
  private turn<T>(one: T, other: T): [T, T] {
    return this.direction === 'sent' ? [other, one] : [one, other];
  }

  private found(kind: BreakKind, path: string, whenSent: string, whenTaken: string): Break {
    return { kind, path, sentence: `${path || 'the whole'} ${this.direction === 'sent' ? whenSent : whenTaken}` };
  }
}

const fewest = (found: Break[][]): Break[] => found.reduce((best, next) => (next.length < best.length ? next : best));

function fieldsOf({ properties = {}, required = [] }: Alternative) {
  return { declared: new Map(Object.entries(properties as Record<string, JsonSchema>)), required: new Set(required as string[]) };
}
