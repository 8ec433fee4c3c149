import { jsonSchemaOf, nestedClasses, type JsonSchema, type MessageClass } from '@headwater/contracts';

const PREFIX = '#/components/schemas/';

/** What the document refers to, filled as the decorators of the controllers run. */
const referred = new Map<string, { type: MessageClass; closed: boolean }>();

/** Refers to the schema of a class, in the place of OpenAPI's components. */
export function schemaOf(type: MessageClass, { closed = true } = {}): { $ref: string } {
  for (const nested of nestedClasses(type)) {
    const known = referred.get(nested.name);
    if (known && known.type !== nested) throw new Error(`Two classes of the API are called ${nested.name}`);
    // A class that is both sent and answered is described as it may be sent.
    referred.set(nested.name, { type: nested, closed: closed || (known?.closed ?? false) });
  }
  return { $ref: PREFIX + type.name };
}

/** The schemas of all classes that were referred to, by name. */
export const referredSchemas = (): Record<string, JsonSchema> => Object.fromEntries(
  [...referred].sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { type, closed }]) => [name, jsonSchemaOf(type, { closed, refPrefix: PREFIX })]));
