import { DomainError } from '@headwater/contracts';
import { charsetIn, storable, textIn, urlEncoded } from '@headwater/inlets';
import { FORM_TYPES } from '../documents/shared-responses';
import { readJson } from '../input/json-body';
import { partsOf } from '../inlets/multipart';

export interface SentFields {
  /** by name; of a name that comes several times, a list */
  fields: Record<string, unknown>;
  /** JSON is sent by scripts and systems, everything else by browsers */
  isJson: boolean;
  contentType: string;
}

const MOST_FIELDS = 200;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 10_000;

/**
 * The fields of a form in any of the ways in which browsers and scripts send them.
 * @throws DomainError `malformed`, `unsupported_media_type`; `invalid` naming a field beyond the limits, or with a file
 */
export async function readFields(header: string | undefined, bytes: Buffer): Promise<SentFields> {
  const contentType = (header ?? '').split(';')[0].trim().toLowerCase();
  switch (contentType) {
    case 'application/json': return { fields: checked(objectIn(bytes)), isJson: true, contentType };
    case 'application/x-www-form-urlencoded': return { fields: checked(byName(urlEncoded(bytes, charsetIn(header)) ?? tooMany())), isJson: false, contentType };
    case 'multipart/form-data': return { fields: checked(byName(await multipart(header as string, bytes))), isJson: false, contentType };
    default: throw new DomainError({ kind: 'unsupported_media_type', code: 'unsupported_media_type', detail: FORM_TYPES });
  }
}

function objectIn(bytes: Buffer): Record<string, unknown> {
  const body = readJson(bytes);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw DomainError.invalidField('(body)', 'wrong_type', '(body) must be an object');
}

type Pairs = [string, string][];

async function multipart(header: string, bytes: Buffer): Promise<Pairs> {
  const parts = await partsOf(bytes, header) ?? tooMany();
  if (parts.length === 0 && bytes.length > 0) throw new DomainError({ kind: 'malformed', code: 'malformed', detail: 'The form could not be read' });
  return parts.flatMap(({ name, bytes: value, file }): Pairs => {
    if (!file) return [[name, textIn(value)]];
    if (file.bytes === 0) return []; // a field for a file that nobody chose
    throw DomainError.invalidField(name.slice(0, LONGEST_NAME), 'no_files', 'Files are not taken here');
  });
}

function byName(pairs: Pairs): Record<string, unknown> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? value : [known, value].flat());
  }
  return storable(Object.fromEntries(fields)) as Record<string, unknown>;
}

function checked(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields);
  if (entries.length > MOST_FIELDS) tooMany();
  for (const [name, value] of entries) {
    if (name.length > LONGEST_NAME) throw DomainError.invalidField(name.slice(0, LONGEST_NAME), 'wrong_name', 'The name of a field is too long');
    const isTooLong = [value].flat().some((one) => typeof one === 'string' && one.length > LONGEST_VALUE);
    if (isTooLong) throw DomainError.invalidField(name, 'too_long', `${name} may have at most ${LONGEST_VALUE} characters`);
  }
  return fields;
}

function tooMany(): never {
  throw DomainError.invalidField('(body)', 'too_many', `(body) may have at most ${MOST_FIELDS} fields`);
}
