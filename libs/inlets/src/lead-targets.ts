import { ClickIds, Consent, CreateLead, jsonSchemaOf, Utm, type JsonSchema, type MessageClass } from '@headwater/contracts';

/** What a value of a lead has to be. */
export type Shape =
  | { kind: 'text'; max: number }
  | { kind: 'number'; integer: boolean; min: number; max: number }
  | { kind: 'flag' }
  | { kind: 'tags'; most: number; max: number }
  | { kind: 'country' }
  | { kind: 'currency' }
  | { kind: 'instant' }
  | { kind: 'free' };

/** Of `custom_fields`: their number, and the length of one's name and text. */
export const CUSTOM_FIELDS = { most: 200, name: 100, text: 5_000 };

const NESTED: Readonly<Record<string, MessageClass>> = { utm: Utm, click_ids: ClickIds, consent: Consent };

const propertiesOf = (type: MessageClass): [string, JsonSchema][] =>
  Object.entries(jsonSchemaOf(type, { closed: true, refPrefix: '' }).properties as Record<string, JsonSchema>);

function shapeOf(name: string, schema: JsonSchema): Shape {
  if (name === 'country' || name === 'currency') return { kind: name };
  if (schema.format === 'date-time') return { kind: 'instant' };
  const [type] = [schema.type ?? 'object'].flat() as string[];
  if (type === 'boolean') return { kind: 'flag' };
  if (type === 'number' || type === 'integer') {
    return { kind: 'number', integer: type === 'integer', min: schema.minimum as number, max: schema.maximum as number };
  }
  if (type === 'array') {
    return { kind: 'tags', most: schema.maxItems as number, max: (schema.items as { maxLength: number }).maxLength };
  }
  return { kind: 'text', max: schema.maxLength as number };
}

/** Every place of a lead that a flat value can go to, by its path: `email`, `utm.source`. Custom fields aside. */
const TARGETS: ReadonlyMap<string, Shape> = new Map(propertiesOf(CreateLead).flatMap(([name, schema]) => {
  if (name === 'custom_fields') return [];
  const nested = NESTED[name];
  if (!nested) return [[name, shapeOf(name, schema)] as const];
  return propertiesOf(nested).map(([part, of]) => [`${name}.${part}`, shapeOf(part, of)] as const);
}));

export const TARGET_PATHS: readonly string[] = [...TARGETS.keys()];

const CUSTOM_FIELD = new RegExp(`^custom_fields\\.(.{1,${CUSTOM_FIELDS.name}})$`, 'su');

/** What the value at a path has to be; undefined when a lead has no such place. */
export const targetAt = (path: string): Shape | undefined => TARGETS.get(path) ?? (CUSTOM_FIELD.test(path) ? { kind: 'free' } : undefined);
