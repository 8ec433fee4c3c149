/**
 * A condition over facts. It is plain JSON, stored as data of a versioned model; `checkCondition` says whether a document
 * from outside is one.
 */
export type Condition = AllOf | AnyOf | Negation | Always | Comparison;

/** Holds when every one of them does. */
export interface AllOf { readonly all: readonly Condition[] }

/** Holds when at least one of them does. */
export interface AnyOf { readonly any: readonly Condition[] }

/** Holds exactly when the inner condition doesn't: `not` of `gte 500` holds for an unknown number, `lt 500` doesn't. */
export interface Negation { readonly not: Condition }

export interface Always { readonly always: true }

export type Comparison =
  | Asks<'eq' | 'ne', Scalar>
  | Asks<'in' | 'not_in', readonly Scalar[]>
  | Asks<'gt' | 'gte' | 'lt' | 'lte', Ordered>
  | Asks<'between', readonly [lowest: Ordered, highest: Ordered]>
  | Asks<'contains' | 'starts_with' | 'ends_with' | 'matches_word', string>
  | Asks<'has_any' | 'has_all', readonly string[]>
  | { readonly field: string; readonly op: 'exists' | 'missing' };

interface Asks<Op, Value> { readonly field: string; readonly op: Op; readonly value: Value }

export type Operator = Comparison['op'];

export type Scalar = string | number | boolean;

/** A number or an ISO date. */
type Ordered = number | string;

/**
 * What a field holds. `date` is an ISO day (`2026-01-31`) or an instant with its offset (`2026-01-31T09:30:00Z`).
 * `any` takes every operator: a text is read as the number, or as true or false, that it is compared with (`asTyped`), and a fact of
 * another type than the value simply doesn't match.
 */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'text_list' | 'any';

/** The fields that conditions may ask for, by dotted path; the fields under `custom_fields.` need no declaration. */
export type FieldCatalogue = Readonly<Record<string, FieldType>>;

/** What is known, as JSON: nested objects by the segments of the path, custom fields by their own key. */
export type Facts = Readonly<Record<string, unknown>>;

/** Everything after it is the key of one custom field, dots included. */
export const CUSTOM_FIELDS = 'custom_fields.';
