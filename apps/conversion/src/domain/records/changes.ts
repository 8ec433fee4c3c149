import { MOST_CUSTOM_FIELDS, type FieldError } from '@headwater/contracts';

/** What a patch says of columns; undefined where it says nothing. */
export type Columns = Record<string, unknown>;

/** The columns that differ from what is there; none where a patch says what is so already. */
export function changesOf(before: object, wanted: Columns): Columns {
  const known = before as Columns;
  return Object.fromEntries(Object.entries(wanted)
    .filter(([name, value]) => value !== undefined && JSON.stringify(value ?? null) !== JSON.stringify(known[name] ?? null)));
}

/** Text without the spaces around it; null where nothing is left, undefined where nothing was said. */
export const trimmed = (text: string | null | undefined): string | null | undefined => (text === undefined ? undefined : text?.trim() || null);

/** Trims the texts of a patch, and takes what is empty for null. */
export const tidied = (patch: object): Columns =>
  Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, typeof value === 'string' ? trimmed(value) : value as unknown]));

/** What must not be emptied. */
export const requiredErrors = (wanted: Columns, names: readonly string[]): FieldError[] =>
  names.filter((name) => wanted[name] === null).map((field) => ({ field, code: 'required', detail: `${field} must not be empty` }));

export const tagsOf = (tags: string[] | null | undefined): string[] | null | undefined =>
  tags && [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))];

/** Custom fields merged by key: null removes one, and a whole null all of them. */
export function mergeCustomFields(
  before: Record<string, unknown> | null | undefined, patch: Record<string, unknown> | null | undefined,
): Record<string, unknown> | null | undefined {
  if (patch === undefined) return undefined;
  if (patch === null) return null;
  const merged = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null);
  return merged.length > 0 ? Object.fromEntries(merged) : null;
}

/** A body is limited by its schema; merged with what is there it may be too much. */
export const customFieldErrors = (merged: Record<string, unknown> | null | undefined): FieldError[] =>
  (Object.keys(merged ?? {}).length <= MOST_CUSTOM_FIELDS ? []
    : [{ field: 'custom_fields', code: 'too_many', detail: `A record has at most ${MOST_CUSTOM_FIELDS} custom fields` }]);
