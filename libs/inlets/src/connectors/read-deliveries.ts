import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { CaptureItem, CreateLead } from '@headwater/contracts';
import type { FieldProblem } from '../lead-fields';
import { leadOf } from './answers-to-lead';
import type { Connector, ConnectorSettings, Delivery, Fetch, Ignored, OpenBody } from './connector';
import type { ConnectorOptions } from './options';

/** What becomes of one part of a delivery, as a submission has it. */
export type Captured = Pick<CaptureItem, 'anonymous' | 'entry' | 'lead' | 'raw' | 'raised_hand' | 'signal' | 'phone_country' | 'quarantine' | 'rejected'>;

/** One of what a delivery holds. */
export interface ReadOne {
  /** the sender's name of it */
  id: string | null;
  captured: Captured;
  problems: FieldProblem[];
  /** what only names its record, which has to be fetched */
  named?: NamedDelivery;
}

export type NamedDelivery = Delivery & { fetch: Fetch };

/** A connector as it was set up: secrets by their names alone, which is all that reading asks. */
export interface SetUp { connector: Connector; options: ConnectorOptions & { base_url?: string | null }; secrets: readonly string[] }

/** A record that has to be fetched waits for that under this code. */
export const TO_FETCH = 'to_fetch';
const WAITS = { code: TO_FETCH, because: 'The vendor only names the lead: it is asked for the rest' };
const NO_TOKEN = {
  code: 'no_access_token', because: 'The vendor only names the lead, and the connector has no token to ask for the rest with',
};
const NOBODY = { code: 'no_person', because: 'It names nobody: no person or company, e-mail, phone or id' };
const NOTHING = { code: 'not_understood', because: 'There is nothing in it' };

export const setUp = (connector: Connector, { options, secrets }: ConnectorSettings): SetUp =>
  ({ connector, options, secrets: Object.keys(secrets) });

/** What a connector finds in a body: one at least, be it that there is nothing in it. */
export function readDeliveries(set: SetUp, opened: OpenBody): ReadOne[] {
  const { deliveries, ignored } = set.connector.read(opened, set.options);
  const read = [
    ...deliveries.map((delivery) => readOne(set, delivery, opened)),
    ...ignored.map(({ id, code, because, part }: Ignored) => rejected(set, { id, code, because }, rawOf(opened, part))),
  ];
  return read.length > 0 ? read : [rejected(set, { id: null, ...NOTHING }, opened)];
}

function readOne(set: SetUp, delivery: Delivery, opened: OpenBody): ReadOne {
  const { id, fetch, part } = delivery;
  const raw = rawOf(opened, part);
  const source = set.connector.source?.secret;
  if (fetch && !(source && set.secrets.includes(source))) return rejected(set, { id, ...NO_TOKEN }, raw);
  const one = oneOf(set, delivery, raw);
  return fetch ? { ...one, named: { ...delivery, fetch }, captured: { ...one.captured, quarantine: WAITS } } : one;
}

/**
 * The record that a delivery only named, with what the delivery itself said. @returns null when the answer isn't such a record
 */
export function readRecord(set: SetUp, delivery: NamedDelivery, record: unknown, raw: OpenBody): ReadOne | null {
  const fetched = set.connector.readFetched?.(record, set.options);
  if (!fetched) return null;
  if ('code' in fetched) return rejected(set, { ...fetched, id: delivery.id }, raw);
  const { fetch: _, ...named } = delivery;
  return oneOf(set, { ...named, ...fetched, id: delivery.id, answers: [...fetched.answers, ...delivery.answers] }, raw);
}

function oneOf(set: SetUp, delivery: Delivery, raw: OpenBody): ReadOne {
  const { lead, problems, names_somebody } = leadOf(delivery, set.options);
  if (!names_somebody && !delivery.fetch) return rejected(set, { id: delivery.id, ...NOBODY }, raw);
  const raised_hand = set.options.raised_hand ?? delivery.raised_hand;
  const { signal } = set.connector;
  const { phone_country } = set.options;
  return {
    id: delivery.id, problems,
    captured: {
      ...common(set, lead, raw), ...(raised_hand === undefined ? {} : { raised_hand }), ...(signal && raised_hand !== false ? { signal } : {}),
      ...(phone_country ? { phone_country } : {}),
    },
  };
}

const rejected = (set: SetUp, { id, code, because }: Ignored, raw: OpenBody): ReadOne =>
  ({ id, problems: [], captured: { ...common(set, {}, raw), rejected: { code, because } } });

/** Who is known by a secret is trusted with what it says, unless strangers say it. */
function common({ connector, options, secrets }: SetUp, lead: CreateLead, raw: OpenBody): Pick<Captured, 'anonymous' | 'entry' | 'lead' | 'raw'> {
  const isVerified = secrets.some((name) => name !== connector.source?.secret) && !connector.fillsOnly;
  return { entry: connector.entry, anonymous: !(options.overwrites ?? isVerified), lead, raw };
}

/** A part is a document, also where it stood in the field of a form: read as one of a form again, it would be looked into once more. */
const rawOf = (opened: OpenBody, part: unknown): OpenBody => (part === undefined ? opened : { content_type: 'application/json', body: part });

/** Equal deliveries have equal names, on every replica and for ever. */
const NAMESPACE = '6f1c0e0a-3c55-4c0e-9d0b-6a2f1c7f5e21';

export interface DeliveryName {
  connector_id: number;
  /** the sender's name of the delivery; null where it has none */
  id: string | null;
  /** a name of the whole request, such as `webhook-id`, where the sender gives one */
  request?: string;
  bytes: Buffer;
  /** RFC 3339 */
  received_at: string;
  /** its place among those of one body */
  place: number;
}

/**
 * By what a repetition of a delivery is known, as a UUID. Where its sender names it in no way, that is its content, on the same
 * day: who sends the same form again next week asks again.
 */
export function deliveryNameOf({ connector_id, id, request, bytes, received_at, place }: DeliveryName): string {
  const content = (): string => `${createHash('sha256').update(bytes).digest('hex')} ${received_at.slice(0, 10)}`;
  const name = id === null ? `request ${request ?? content()} ${place}` : `delivery ${id}`;
  return uuidv5(`${connector_id} ${name}`, NAMESPACE);
}
