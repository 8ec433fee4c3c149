import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { CreateLead, SetAsideReason } from '@headwater/contracts';
import { leadOf, type Connector, type ConnectorOptions, type Delivery, type Ignored, type OpenBody } from '@headwater/inlets';

/** One of what a delivery holds, as it is taken in. */
export interface ReadOne {
  id: string | null;
  lead: CreateLead;
  problems: { field: string; code: string; detail: string }[];
  raw: OpenBody;
  raised_hand?: boolean;
  /** only its name is there: the record has to be asked for */
  quarantine?: SetAsideReason;
  rejected?: SetAsideReason;
}

export const TO_FETCH: SetAsideReason = { code: 'to_fetch', because: 'The vendor only names the lead: it is asked for the rest' };
const NO_TOKEN: SetAsideReason = {
  code: 'no_access_token', because: 'The vendor only names the lead, and the connector has no token to ask for the rest with',
};
const NOBODY: SetAsideReason = { code: 'no_person', because: 'It names nobody: no person or company, e-mail, phone or id' };
const NOTHING: SetAsideReason = { code: 'not_understood', because: 'There is nothing in it' };

/** What a connector finds in a body. @param canFetch whether it has what it asks the vendor with */
export function readDeliveries(connector: Connector, options: ConnectorOptions, opened: OpenBody, canFetch: boolean): ReadOne[] {
  const { deliveries, ignored } = connector.read(opened, options);
  const read = [
    ...deliveries.map((delivery) => readOne(delivery, options, opened, canFetch)),
    ...ignored.map(({ id, code, because, part }: Ignored): ReadOne =>
      ({ id, lead: {}, problems: [], raw: rawOf(opened, part), rejected: { code, because } })),
  ];
  return read.length > 0 ? read : [{ id: null, lead: {}, problems: [], raw: opened, rejected: NOTHING }];
}

function readOne(delivery: Delivery, options: ConnectorOptions, opened: OpenBody, canFetch: boolean): ReadOne {
  const { lead, problems, names_somebody } = leadOf(delivery, options);
  const { id, fetch, part } = delivery;
  const raised_hand = options.raised_hand ?? delivery.raised_hand;
  const one: ReadOne = { id, lead, problems, raw: rawOf(opened, part), ...(raised_hand === undefined ? {} : { raised_hand }) };
  if (fetch) return { ...one, ...(canFetch ? { quarantine: TO_FETCH } : { rejected: NO_TOKEN }) };
  return names_somebody ? one : { ...one, rejected: NOBODY };
}

const rawOf = (opened: OpenBody, part: unknown): OpenBody => (part === undefined ? opened : { content_type: opened.content_type, body: part });

/** The namespace of submissions by connectors: equal deliveries have equal ids, on every replica and for ever. */
const NAMESPACE = '6f1c0e0a-3c55-4c0e-9d0b-6a2f1c7f5e21';

export interface DeliveryName {
  connector_id: number;
  /** the sender's name of the delivery; null where it has none */
  id: string | null;
  /** a name of the whole request, such as `webhook-id`, where the sender gives one */
  request: string | undefined;
  bytes: Buffer;
  /** RFC 3339 */
  received_at: string;
  /** its place among those of one body */
  place: number;
}

/**
 * The id of the submission that a delivery is. Where its sender names it in no way, a repetition is known by its content, on the
 * same day: who sends the same form again next week asks again.
 */
export function submissionIdOf({ connector_id, id, request, bytes, received_at, place }: DeliveryName): string {
  const content = (): string => `${createHash('sha256').update(bytes).digest('hex')} ${received_at.slice(0, 10)}`;
  const name = id === null ? `request ${request ?? content()} ${place}` : `delivery ${id}`;
  return uuidv5(`${connector_id} ${name}`, NAMESPACE);
}
