import type { CreateLead } from '@headwater/contracts';
import { targetOfName } from './field-names';
import { CUSTOM_FIELDS, targetAt, type Shape } from './lead-targets';
import { readCountry } from './read-country';
import { readNumber } from './read-number';
import { storableText } from './storable';

export type ProblemCode = 'too_long' | 'too_many' | 'no_number' | 'out_of_range' | 'range' | 'no_flag' | 'no_country' | 'no_currency' | 'no_instant' | 'no_text';

/** What did not fit, and what was done about it. The detail holds no value: it may be of a person. */
export interface FieldProblem {
  /** as it was called where it came from */
  field: string;
  code: ProblemCode;
  detail: string;
}

export interface LeadReading {
  lead: CreateLead;
  problems: FieldProblem[];
  /** what has no place on a lead */
  unknown: Record<string, unknown>;
}

type Fit = { value?: unknown; problem?: Omit<FieldProblem, 'field'> };

const left = (code: ProblemCode, detail: string): Fit => ({ problem: { code, detail: `${detail}: left out` } });

/**
 * A lead of flat fields as forms, files and vendors send them: texts, mostly. Names are a lead's own, its paths (`utm.source`,
 * `custom_fields.size`) or one of their usual other names; of two that name the same place the first one with a value counts.
 * Nothing is refused: what is too long is cut, what can't be read is left out, and both are said.
 */
export function readLeadFields(fields: Readonly<Record<string, unknown>>): LeadReading {
  const values = new Map<string, unknown>();
  const problems: FieldProblem[] = [];
  const unknown: Record<string, unknown> = {};
  for (const [field, given] of Object.entries(fields)) {
    const path = targetOfName(field);
    if (path === null) unknown[field] = given;
    if (path === null || values.has(path) || isEmpty(given)) continue;
    const { value, problem } = fit(given, targetAt(path)!);
    if (problem) problems.push({ field, ...problem });
    if (!isEmpty(value)) values.set(path, value);
  }
  return { lead: leadOf(values, problems), problems, unknown };
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.every(isEmpty));

function fit(given: unknown, shape: Shape): Fit {
  if (shape.kind === 'tags') return fitTags(given, shape);
  if (shape.kind === 'free') return fitFree(given);
  if (shape.kind === 'flag' && typeof given === 'boolean') return { value: given };
  if (shape.kind === 'number' && typeof given === 'number') return fitNumber({ value: given, isRange: false }, shape);
  const text = textOf(given);
  if (text === null) return left('no_text', 'It is no text');
  switch (shape.kind) {
    case 'text': return cut(text, shape.max);
    case 'number': return fitNumber(readNumber(text), shape);
    case 'flag': return fitFlag(text);
    case 'country': return { value: readCountry(text), ...(readCountry(text) ? {} : left('no_country', 'It names no country')) };
    case 'currency': return /^[a-z]{3}$/i.test(text) ? { value: text.toUpperCase() } : left('no_currency', 'It is no currency code of three letters');
    case 'instant': return fitInstant(text);
  }
}

/** Of several choices a text is made, as a form shows them. */
function textOf(given: unknown): string | null {
  if (typeof given === 'string') return storableText(given).trim();
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  if (Array.isArray(given) && given.every((one) => ['string', 'number', 'boolean'].includes(typeof one))) return storableText(given.join(', ')).trim();
  return null;
}

/** Cut between characters, never within one. */
function cut(text: string, max: number): Fit {
  if (text.length <= max) return { value: text };
  const short = text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return { value: short, problem: { code: 'too_long', detail: `Longer than ${max} characters: cut` } };
}

function fitNumber(reading: { value: number; isRange: boolean } | null, { integer, min, max }: Shape & { kind: 'number' }): Fit {
  if (!reading || !Number.isFinite(reading.value)) return left('no_number', 'It is no number');
  const value = integer ? Math.round(reading.value) : reading.value;
  if (value < min || value > max) return left('out_of_range', `It is not between ${min} and ${max}`);
  return { value, ...(reading.isRange ? { problem: { code: 'range', detail: 'A range: its lower end was taken' } } : {}) };
}

const YES = /^(1|true|t|yes|y|on|x|checked|ja|oui|si|sí|vrai|wahr)$/iu;
const NO = /^(0|false|f|no|n|off|nein|non|faux|falsch)$/iu;
const fitFlag = (text: string): Fit =>
  (YES.test(text) ? { value: true } : NO.test(text) ? { value: false } : left('no_flag', 'It is neither yes nor no'));

function fitInstant(text: string): Fit {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? left('no_instant', 'It is no time in the form 2026-11-28T10:00:00Z') : { value: new Date(time).toISOString() };
}

function fitTags(given: unknown, { most, max }: Shape & { kind: 'tags' }): Fit {
  const parts = Array.isArray(given) ? given.map(textOf) : (textOf(given)?.split(/[,;|\n]/u) ?? []);
  const tags = [...new Set(parts.flatMap((part) => part?.trim() || []).map((tag) => cut(tag, max).value as string))];
  return { value: tags.slice(0, most), ...(tags.length > most ? { problem: { code: 'too_many', detail: `More than ${most}: the first ones were taken` } } : {}) };
}

function fitFree(given: unknown): Fit {
  if (typeof given === 'number' || typeof given === 'boolean') return { value: given };
  if (Array.isArray(given)) {
    const parts = given.slice(0, 100).map((one) => (typeof one === 'string' ? cut(storableText(one), 1_000).value : one));
    return parts.every((one) => ['string', 'number', 'boolean'].includes(typeof one)) ? { value: parts } : left('no_text', 'It is no list of texts');
  }
  const text = textOf(given);
  return text === null ? left('no_text', 'It is no text') : cut(text, CUSTOM_FIELDS.text);
}

function leadOf(values: ReadonlyMap<string, unknown>, problems: FieldProblem[]): CreateLead {
  const lead: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [outer, inner] = split(path);
    if (inner === null) {
      lead[outer] = value;
      continue;
    }
    const nested = (lead[outer] ??= {}) as Record<string, unknown>;
    if (outer === 'custom_fields' && Object.keys(nested).length >= CUSTOM_FIELDS.most) {
      problems.push({ field: inner, code: 'too_many', detail: `More than ${CUSTOM_FIELDS.most} custom fields: left out` });
      continue;
    }
    Object.defineProperty(nested, inner, { value, enumerable: true, configurable: true, writable: true });
  }
  return lead;
}

/** The rest of a custom field's path is its name, points included. */
function split(path: string): [string, string | null] {
  const point = path.indexOf('.');
  return point < 0 ? [path, null] : [path.slice(0, point), path.slice(point + 1)];
}
