// class-transformer doesn't export its storage from the root; class-validator-jsonschema documents this path.
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { MessageClass } from './field';

export type JsonSchema = Record<string, unknown>;

interface SchemaOptions {
  /** refuse properties that the class doesn't declare: for requests. Events are read tolerantly. */
  closed: boolean;
  /** where a nested class is to be found */
  refPrefix: string;
}

/**
 * The JSON Schema (2020-12) of a class declared with the decorators of `field.ts`. The classes that it nests are `$ref`s,
 * see `nestedClasses`. Optional properties accept null.
 */
export function jsonSchemaOf(type: MessageClass, { closed, refPrefix }: SchemaOptions): JsonSchema {
  const schema = targetConstructorToSchema(type, {
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: refPrefix,
  }) as JsonSchema & { properties?: Record<string, JsonSchema>; required?: string[] };
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    [name, schema.required?.includes(name) ? property : orNull(property)] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(schema.required?.length ? { required: schema.required } : {}),
    ...(closed ? { additionalProperties: false } : {}),
  };
}

function orNull(property: JsonSchema): JsonSchema {
  if (typeof property.type === 'string' && !property.$ref) {
    return {
      ...property,
      type: [property.type, 'null'],
      ...(Array.isArray(property.enum) ? { enum: [...(property.enum as unknown[]), null] } : {}),
    };
  }
  if (Array.isArray(property.enum)) return { ...property, enum: [...(property.enum as unknown[]), null] };
  const { description, examples, ...rest } = property;
  return { anyOf: [rest, { type: 'null' }], ...(description ? { description } : {}), ...(examples ? { examples } : {}) };
}
