import { eventSubject, type EventDefinition, type JsonSchema, type Service } from '@headwater/contracts';
import { RETENTION_DAYS, STREAM } from '@headwater/messaging';
import { stringify } from 'yaml';
import type { Consumers } from './event-consumers';
import { nameOf } from './event-schema';
import { exampleEnvelope } from './example-envelope';

const NATS = { nats: { bindingVersion: '0.1.0' } };
const CLOUD_EVENT = 'application/cloudevents+json';

/** The AsyncAPI 3.0.0 document of all events: where each is found, who publishes it, and which services listen. */
export function asyncApiDocument(definitions: EventDefinition<object>[], consumers: Consumers): JsonSchema {
  return {
    asyncapi: '3.0.0',
    id: 'urn:headwater:events',
    info: {
      title: 'Headwater events', version: '1', license: { name: 'Apache-2.0' },
      description: 'Everything that Headwater tells of its leads, as CloudEvents 1.0 (structured mode, JSON) on NATS JetStream. '
        + 'Delivered at least once and in any order: README.md beside this document says how to read them.',
    },
    defaultContentType: CLOUD_EVENT,
    servers: {
      nats: {
        host: 'nats.example.com:4222', protocol: 'nats',
        description: `The installation's nats-server, with JetStream. All events are in its stream ${STREAM}.`,
        security: [{ $ref: '#/components/securitySchemes/consumer' }],
      },
    },
    channels: Object.fromEntries(definitions.map((one) => [nameOf(one), channel(one)])),
    operations: Object.fromEntries(definitions.flatMap((one) => [
      ...one.publishers.map((service) => operation(service, 'send', one)),
      ...consumers(one).map((service) => operation(service, 'receive', one)),
    ])),
    components: {
      parameters: {
        tenant: { description: 'id of the tenant: [a-z0-9-]{1,40}; `*` for all', examples: ['demo'] },
        lane: {
          description: 'imports, re-scores and what is said again travel in `bulk`; `*` for both', enum: ['live', 'bulk'], default: 'live',
        },
      },
      securitySchemes: { consumer: { type: 'userPassword', description: 'the NATS user `consumer`, which may read all events' } },
      messages: Object.fromEntries(definitions.map((one) => [nameOf(one), message(one)])),
    },
  };
}

/** As it is committed. */
export const asYaml = (document: JsonSchema): string => stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 });

/** `eventSubject` for no tenant and lane in particular. */
const address = (definition: EventDefinition<object>): string =>
  eventSubject(definition, '*', 'live').replace('*', '{tenant}').replace('live', '{lane}');

const channel = (definition: EventDefinition<object>) => ({
  address: address(definition),
  messages: { [nameOf(definition)]: { $ref: `#/components/messages/${nameOf(definition)}` } },
  parameters: { tenant: { $ref: '#/components/parameters/tenant' }, lane: { $ref: '#/components/parameters/lane' } },
  bindings: NATS,
  'x-jetstream': { stream: STREAM, retention: 'limits', storage: 'file', maxAgeDays: RETENTION_DAYS },
});

function operation(service: Service, action: 'send' | 'receive', definition: EventDefinition<object>): [string, object] {
  const name = nameOf(definition);
  return [`${service}.${action}.${name}`, {
    action,
    channel: { $ref: `#/channels/${name}` },
    summary: `${service} ${action === 'send' ? 'publishes' : 'listens to'} ${name}`,
    tags: [{ name: service }],
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
    bindings: NATS,
  }];
}

const message = (definition: EventDefinition<object>) => ({
  name: definition.type,
  title: nameOf(definition),
  summary: `Published when ${definition.when}.`,
  contentType: CLOUD_EVENT,
  tags: [{ name: definition.kind }],
  correlationId: { location: '$message.payload#/correlationid' },
  headers: {
    type: 'object',
    properties: {
      'Nats-Msg-Id': { type: 'string', description: "the event's id: the broker drops repetitions within two minutes" },
      'Content-Type': { const: CLOUD_EVENT },
    },
  },
  payload: { schemaFormat: 'application/schema+json;version=draft-2020-12', schema: { $ref: `./schemas/${nameOf(definition)}.json` } },
  bindings: NATS,
  examples: [{ name: nameOf(definition), payload: exampleEnvelope(definition) }],
});
