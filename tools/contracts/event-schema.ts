import { eventSchemaId, jsonSchemaOf, nestedClasses, type EventDefinition, type JsonSchema } from '@headwater/contracts';
import { exampleEnvelope } from './example-envelope';

/** `lead.scored.v1`: of an event in one version, as the end of its subjects and in names of files. */
export const nameOf = ({ type, version }: Pick<EventDefinition, 'type' | 'version'>): string => `${type}.v${version}`;

const WHOLE = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

/** Of a lead's own events: subject and `leadid` are its id. */
const isOfLead = ({ type }: EventDefinition<object>): boolean => type.startsWith('lead.');

/**
 * The JSON Schema (2020-12) of the whole CloudEvent as it travels, its example in it. `$id` is what `dataschema` says on the wire;
 * the schema of `data` alone is at `#/properties/data`. Open: readers ignore what they don't know.
 */
export function eventSchema(definition: EventDefinition<object>): JsonSchema {
  const { data, kind, when } = definition;
  const classes = [...nestedClasses(data)].sort((a, b) => a.name.localeCompare(b.name));
  const properties = attributes(definition);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: eventSchemaId(definition),
    title: nameOf(definition),
    description: `Published when ${when}.`,
    'x-event-kind': kind,
    type: 'object',
    properties: { ...properties, data: { $ref: `#/$defs/${data.name}` } },
    required: [...Object.keys(properties).filter((name) => isAlwaysThere(name, definition)), 'data'],
    examples: [exampleEnvelope(definition)],
    $defs: Object.fromEntries(classes.map((type) => [type.name, jsonSchemaOf(type, { closed: false, refPrefix: '#/$defs/' })])),
  };
}

function isAlwaysThere(attribute: string, definition: EventDefinition<object>): boolean {
  if (attribute === 'leadid') return isOfLead(definition);
  if (attribute === 'revision') return definition.kind === 'state';
  return !['causationid', 'traceparent', 'republished'].includes(attribute);
}

function attributes(definition: EventDefinition<object>): Record<string, JsonSchema> {
  return {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid', description: 'UUIDv7. A repeated delivery has the same: what makes effects happen once' },
    type: { const: definition.type },
    source: { type: 'string', enum: [...definition.publishers], description: 'the service that publishes it' },
    subject: {
      type: 'string', minLength: 1, ...(isOfLead(definition) ? { pattern: '^[1-9][0-9]*$' } : {}),
      description: 'id of the entity that it is about',
    },
    time: { type: 'string', format: 'date-time', description: 'for people: order by `revision`' },
    datacontenttype: { const: 'application/json' },
    dataschema: { const: eventSchemaId(definition) },
    tenantid: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' },
    leadid: { ...WHOLE, description: 'the lead that it concerns' },
    revision: { ...WHOLE, description: "of the publisher's state of the subject: of two, the higher one is newer" },
    correlationid: { type: 'string', minLength: 1, description: 'the same in everything that follows from one request' },
    causationid: { type: 'string', format: 'uuid', description: 'id of the event that this one follows from' },
    traceparent: { type: 'string', description: 'W3C trace context' },
    republished: {
      const: true, description: 'nothing happened: the owner says again what is. Keep it, and do nothing further because of it',
    },
  };
}
