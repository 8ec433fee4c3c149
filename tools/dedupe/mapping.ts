import { DEFAULT_MODEL, FULL_NAME, KINDS, type MatchingModel, type ModelField } from '@headwater/matching';
import { RunError } from '../instance/run-error';

/** A column, and the field that it goes into. */
export interface MappedColumn {
  column: string;
  field: string;
  /** of a field that the default model doesn't have, or has as something else */
  kind?: string;
}

const KNOWN: ReadonlyMap<string, ModelField> = new Map(DEFAULT_MODEL.fields.map((field) => [field.name, field]));

/** What is said of one column; a column's name may have commas and equals signs in it. */
const PART = /\s*([^]+?)=([a-z][\w.]*)(?::(\w*))?\s*(?:,|$)/y;

/** @param text `COLUMN=FIELD[:kind],…` @throws RunError in one sentence */
export function readMapping(text: string): MappedColumn[] {
  const columns: MappedColumn[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const at = PART.lastIndex;
    const [, column, field, kind] = PART.exec(text) ?? [];
    if (!column || !field) throw new RunError(`--map takes COLUMN=FIELD or COLUMN=FIELD:kind, with commas between, not ${text.slice(at)}`);
    columns.push(checked({ column: column.trim(), field, kind: kind ?? (field.startsWith('custom_fields.') ? 'text' : undefined) }));
  }
  return columns;
}

function checked(mapped: MappedColumn): MappedColumn {
  const { column, field, kind } = mapped;
  if (kind !== undefined && !KINDS[kind]) {
    throw new RunError(`There is no kind "${kind}", for ${column}; there are ${Object.keys(KINDS).join(', ')}`);
  }
  if (kind === undefined && field !== FULL_NAME && !KNOWN.has(field)) {
    const known = [...KNOWN.keys(), FULL_NAME].join(', ');
    throw new RunError(`"${field}", for ${column}, is no field that leads are matched by; there are ${known}, `
      + 'and any other with a kind, like custom_fields.date_of_birth:date');
  }
  return mapped;
}

/**
 * The default model, with the fields that a tenant would declare for these columns. Free text is of the surroundings, as a part
 * of an address is, and a house number of any kind, unless there is nothing else to tell who a record is about.
 */
export function modelFor(columns: readonly MappedColumn[]): MatchingModel {
  const mapped = new Set(columns.map(({ field }) => field));
  const isNamed = IDENTIFYING.some((field) => mapped.has(field));
  const declared = new Map(DEFAULT_MODEL.fields.map((field) => [field.name, field]));
  for (const { field: name, kind } of columns) {
    if (kind === undefined) continue;
    const about = KNOWN.get(name)?.about ?? (isNamed && (SURROUNDING.includes(kind) || PART_OF_ADDRESS.test(name)) ? 'surroundings' : 'person');
    declared.set(name, { name, kind, about });
  }
  return { ...DEFAULT_MODEL, fields: [...declared.values()] };
}

const IDENTIFYING = ['first_name', 'last_name', FULL_NAME, 'email', 'company_name', 'website'];
const SURROUNDING = ['text', 'phone', 'street', 'postal_code', 'city', 'region', 'domain', 'company'];
/** By its name: custom_fields.street_number, house_no, hse_num, flat. */
const PART_OF_ADDRESS = /(?:^|[._])(?:house|hse|street|str|addr|apartment|apt|flat)/;
