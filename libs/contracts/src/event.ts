import type { Service } from './vocabulary';

/**
 * `state`: carries the whole snapshot of what the publisher owns, with its revision; a consumer keeps the newest.
 * `fact`: something that happened once, and counts exactly once whatever its age or order.
 */
export type EventKind = 'state' | 'fact';

/** Imports, re-scores and republishing travel in `bulk`, so that they never stand before what is live. */
export const LANES = ['live', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** A CloudEvents 1.0 envelope with our extension attributes. */
export interface Envelope<Data = unknown> {
  specversion: '1.0';
  /** UUIDv7 */
  id: string;
  type: string;
  source: Service;
  /** id of the entity that it is about */
  subject: string;
  /** RFC 3339; for people: what decides is the owner's database clock */
  time: string;
  datacontenttype: 'application/json';
  /** names the version: `urn:headwater:event:lead.scored:v1` */
  dataschema: string;
  tenantid: string;
  leadid?: number;
  /** of the publisher's state of this lead; raised under its row's lock in the transaction that wrote the event */
  revision?: number;
  correlationid: string;
  /** id of the event that this one follows from */
  causationid?: string;
  traceparent?: string;
  /** nothing happened: the owner says again what is. Whoever hears it keeps it, and does nothing further because of it */
  republished?: true;
  data: Data;
}

/** An event before the outbox gives it id, time and cause. */
export interface NewEvent<Data = unknown> {
  definition: EventDefinition<Data>;
  tenant: string;
  subject: string;
  leadId?: number;
  revision?: number;
  data: Data;
}

/** What there is to tell of an event besides its fields; the documents in `docs/events` are made of it. */
export interface EventDescription<Data = unknown> {
  /** completes the sentence "It is published when …" */
  when: string;
  /** a realistic one */
  example: { subject: string; leadId?: number; revision?: number; data: Data };
}

export interface EventDefinition<Data = unknown> extends EventDescription<Data> {
  type: string;
  version: number;
  /** the services that may publish it */
  publishers: readonly Service[];
  kind: EventKind;
  data: new () => Data;
  /** of a lead: its subject is the lead's id */
  ofLead(tenant: string, lead: { lead_id: number; revision?: number }, data: Data): NewEvent<Data>;
  /** of any other entity */
  of(tenant: string, subject: string | number, data: Data, about?: { leadId?: number; revision?: number }): NewEvent<Data>;
}

const registry = new Map<string, EventDefinition>();

/** Declares an event, once, with its example. @throws when the type is declared twice or isn't `aggregate.event` */
export function defineEvent<Data extends object>(
  type: string, version: number, publishers: readonly Service[], kind: EventKind, data: new () => Data,
  { when, example }: EventDescription<Data>,
): EventDefinition<Data> {
  if (!/^[a-z_]+\.[a-z_]+$/.test(type)) throw new Error(`Event type ${type} is not of the form aggregate.event`);
  const key = `${type}.v${version}`;
  if (registry.has(key)) throw new Error(`Event ${key} is declared twice`);
  const definition: EventDefinition<Data> = {
    type, version, publishers, kind, data, when, example,
    ofLead: (tenant, lead, body) =>
      ({ definition, tenant, subject: String(lead.lead_id), leadId: lead.lead_id, revision: lead.revision, data: body }),
    of: (tenant, subject, body, about = {}) =>
      ({ definition, tenant, subject: String(subject), ...about, data: body }),
  };
  registry.set(key, definition as EventDefinition);
  return definition;
}

/** The example of an event that is about a lead, which its data names. */
export const exampleOfLead = <Data>(lead: { lead_id: number; revision?: number }, data: Data): EventDescription<Data>['example'] =>
  ({ subject: String(lead.lead_id), leadId: lead.lead_id, revision: lead.revision, data });

/** Every event that is declared, in the order of declaration. */
export const allEvents = (): EventDefinition<object>[] => [...registry.values()] as EventDefinition<object>[];

export const eventSchemaId = (definition: Pick<EventDefinition, 'type' | 'version'>): string =>
  `urn:headwater:event:${definition.type}:v${definition.version}`;

const TENANT = /^[a-z0-9-]{1,40}$/;

/** Whether a text may be a tenant's id: it is a token of NATS subjects, and immutable. */
export const isTenantId = (id: string): boolean => TENANT.test(id);

/**
 * The NATS subject of an event: `crm.<tenant>.<lane>.<aggregate>.<event>.v<n>`, six tokens always.
 * `*` as tenant makes the filter of a consumer. @throws when the tenant can't be a token
 */
export function eventSubject(definition: Pick<EventDefinition, 'type' | 'version'>, tenant: string, lane: Lane): string {
  if (tenant !== '*' && !isTenantId(tenant)) throw new Error(`"${tenant}" can't be a tenant's id`);
  return `crm.${tenant}.${lane}.${definition.type}.v${definition.version}`;
}

/** The tenant of an event, by the subject that it was published under. */
export const tenantOfSubject = (subject: string): string => subject.split('.', 2)[1];

