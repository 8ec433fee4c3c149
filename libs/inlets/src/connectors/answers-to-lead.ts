import type { CreateLead } from '@headwater/contracts';
import { readLeadFields, type FieldProblem, type ProblemCode } from '../lead-fields';
import type { Answer, Delivery } from './connector';
import { guessField } from './guess-field';
import { isObject, textOf } from './json';
import type { ConnectorOptions } from './options';

export interface LeadOfDelivery {
  lead: CreateLead;
  /** values that fitted nowhere, or not wholly */
  problems: FieldProblem[];
  /** whether it says anything of who it is */
  names_somebody: boolean;
}

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}$/;
const LONGEST_EMAIL = 320;
const isEmail = (text: string): boolean => text.length <= LONGEST_EMAIL && EMAIL.test(text);
/** What several answers may say together; of all else the first one counts, and a further one becomes a custom field. */
const JOINED = new Set(['description', 'notes']);
const LEFT_OUT = new Set<ProblemCode>(['no_number', 'out_of_range', 'no_flag', 'no_country', 'no_currency', 'no_instant']);
const LONGEST_NAME = 60;

/**
 * Makes a lead of what a sender said: by the admin's mapping, else by what the vendor's format says, else by the words of the
 * question. What has no place in a lead becomes a custom field, named after the question, so that nothing is lost.
 */
export function leadOf(delivery: Delivery, options: ConnectorOptions): LeadOfDelivery {
  const flat = new Map<string, unknown>();
  for (const answer of withEmailFound(delivery.answers, options)) {
    const value = plainValue(answer.value);
    const target = value === undefined ? null : placeOf(answer, options);
    if (target === null) continue;
    put(flat, target, value, answer);
  }
  const { lead, problems } = readAll(flat);
  const tags = [...new Set([...(lead.tags ?? []), ...(options.tags ?? [])])].slice(0, 50);
  const complete: CreateLead = {
    ...lead, ...delivery.parts,
    ...(tags.length > 0 ? { tags } : {}),
    ...(lead.source || !options.source ? {} : { source: options.source }),
    ...(lead.campaign || lead.utm?.campaign || !options.campaign ? {} : { campaign: options.campaign }),
  };
  const { email, phone, mobile, first_name, last_name, full_name, company_name, external_id } = complete;
  const names_somebody = [email, phone, mobile, first_name, last_name, full_name, company_name, external_id].some(Boolean);
  return { lead: complete, problems, names_somebody };
}

/** What its field can't take is kept as a custom field of the same name: "11-50 people" in words, a country that there isn't. */
function readAll(flat: ReadonlyMap<string, unknown>): { lead: CreateLead; problems: FieldProblem[] } {
  const { problems } = readLeadFields(Object.fromEntries(flat));
  const left = new Set(problems.filter(({ code }) => LEFT_OUT.has(code)).map(({ field }) => field));
  const placed = [...flat].map(([field, value]) => [left.has(field) ? customField({ name: field }) : field, value] as const);
  return { lead: readLeadFields(Object.fromEntries(placed)).lead, problems };
}

/** Null: it is left out, because the admin says so. */
function placeOf(answer: Answer, { fields }: ConnectorOptions): string | null {
  const mapped = mappedBy(fields, answer);
  if (mapped !== undefined) return mapped;
  return answer.field ?? guessField(answer.name, answer.label) ?? customField(answer);
}

function mappedBy(fields: ConnectorOptions['fields'], { name, label }: Answer): string | null | undefined {
  if (!fields) return undefined;
  for (const key of [name, label]) if (key !== undefined && Object.hasOwn(fields, key)) return fields[key] || null;
  return undefined;
}

function put(flat: Map<string, unknown>, target: string, value: unknown, answer: Answer): void {
  const there = flat.get(target);
  if (there === undefined) return void flat.set(target, value);
  if (JOINED.has(target)) return void flat.set(target, `${String(there)}\n${String(value)}`);
  if (target === 'tags') return void flat.set(target, [there, value].flat());
  if (same(there, value)) return;
  const custom = customField(answer);
  if (!flat.has(custom)) flat.set(custom, value);
}

const same = (a: unknown, b: unknown): boolean => String(a).trim().toLowerCase() === String(b).trim().toLowerCase();

/** Where no question asks for an e-mail, an answer that is one, alone, will be the person's. */
function withEmailFound(answers: Answer[], options: ConnectorOptions): Answer[] {
  const hasEmail = answers.some((answer) => textOf(answer.value) !== undefined && placeOf(answer, options) === 'email');
  if (hasEmail) return answers;
  const found = answers.findIndex((answer) => typeof answer.value === 'string' && isEmail(answer.value.trim())
    && !answer.field && mappedBy(options.fields, answer) === undefined);
  return answers.map((answer, i) => (i === found ? { ...answer, field: 'email' } : answer));
}

/** The custom field of a question: after its text, in small letters. */
function customField({ name, label }: Pick<Answer, 'name' | 'label'>): string {
  const slug = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '');
  return `custom_fields.${(slug(label ?? name) || slug(name) || 'value').slice(0, LONGEST_NAME)}`;
}

/** Text, number, flag, or a list of these; undefined for nothing. A document becomes the text of its values. */
function plainValue(value: unknown): string | number | boolean | unknown[] | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'string') return value.trim() || undefined;
  if (Array.isArray(value)) {
    const parts = value.map(plainValue).filter((part) => part !== undefined).flat();
    if (parts.length === 0) return undefined;
    return parts.length === 1 ? parts[0] as string : parts;
  }
  if (!isObject(value)) return undefined;
  const parts = Object.values(value).map(plainValue).filter((part) => part !== undefined);
  return parts.length > 0 ? parts.flat().join(', ') : undefined;
}
