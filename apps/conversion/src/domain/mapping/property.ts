import { jsonSchemaOf, MOST_TAGS, type MessageClass } from '@headwater/contracts';

/** What a field can hold. `any`: a custom field, of which only its value tells. */
export type Property =
  | { kind: 'text'; max: number }
  | { kind: 'number'; integer: boolean; max: number }
  | { kind: 'flag' }
  | { kind: 'texts' }
  | { kind: 'document' }
  | { kind: 'any' };

interface Schema { type?: string | string[]; maxLength?: number; maximum?: number }

/** The fields of a record or a lead, as the contract declares them: one that is added there can be mapped at once. */
export function propertiesOf(type: MessageClass): Record<string, Property> {
  const { properties } = jsonSchemaOf(type, { closed: false, refPrefix: '#/' }) as { properties: Record<string, Schema> };
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, propertyOf(schema)]));
}

function propertyOf({ type, maxLength, maximum }: Schema): Property {
  switch ([type].flat()[0]) {
    case 'string': return { kind: 'text', max: maxLength ?? Infinity };
    case 'integer': return { kind: 'number', integer: true, max: maximum ?? Infinity };
    case 'number': return { kind: 'number', integer: false, max: maximum ?? Infinity };
    case 'boolean': return { kind: 'flag' };
    case 'array': return { kind: 'texts' };
    default: return { kind: 'document' };
  }
}

/** Says what a value has to be, for a sentence. */
export function nameOf(property: Property): string {
  if (property.kind === 'text') return property.max === Infinity ? 'text' : `text of at most ${property.max} characters`;
  if (property.kind === 'number') return property.integer ? 'a whole number' : 'a number';
  return { flag: 'true or false', texts: 'a list of texts', document: 'a document', any: 'any value' }[property.kind];
}

/** Whether a field can take every value of another: why not, as a code; null when it can. */
export function whyUnfit(from: Property, to: Property): 'type_mismatch' | 'too_long' | null {
  if (from.kind === 'any') return to.kind === 'document' ? 'type_mismatch' : null; // its value is looked at when it is there
  if (to.kind === 'any') return from.kind === 'document' ? 'type_mismatch' : null;
  if (from.kind !== to.kind) return 'type_mismatch';
  if (from.kind === 'number' && to.kind === 'number' && to.integer && !from.integer) return 'type_mismatch';
  return from.kind === 'text' && to.kind === 'text' && from.max > to.max ? 'too_long' : null;
}

/** Whether the field can hold this very value. */
export function holds(property: Property, value: unknown): boolean {
  switch (property.kind) {
    case 'text': return typeof value === 'string' && value.length <= property.max;
    case 'number': return typeof value === 'number' && value >= 0 && value <= property.max && (!property.integer || Number.isInteger(value));
    case 'flag': return typeof value === 'boolean';
    case 'texts': return Array.isArray(value) && value.every((item) => typeof item === 'string' && item.length <= LONGEST_TAG) && value.length <= MOST_TAGS;
    case 'document': return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'any': return true;
  }
}

const LONGEST_TAG = 60;
