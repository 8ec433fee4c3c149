import type { CreateLead, Entry, FieldError } from '@headwater/contracts';
import type { ConnectorOptions } from './options';

/** A request as it came, with all that a signature may be over. */
export interface InboundRequest {
  method: string;
  /** addresses that the sender may have used; which one, it doesn't say, and a proxy may have changed */
  urls: string[];
  /** names in lower case */
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string>>;
  /** the body, byte for byte */
  bytes: Buffer;
}

/** A body that was opened: JSON as a document, a form as an object, an e-mail as a `Mail`, everything else as text. */
export interface OpenBody { content_type: string; body: unknown }

export type Verification = { ok: true } | { ok: false; why: string };

/** What a vendor expects to be answered, word for word. */
export interface PlainAnswer { status: number; content_type: string; body: string }

/** What an admin has set up. */
export interface ConnectorSettings<Options extends ConnectorOptions = ConnectorOptions> {
  /** by the names of `Connector.secrets` */
  secrets: Readonly<Record<string, string>>;
  options: Options;
}

/** One thing that the sender says of a person. */
export interface Answer {
  /** the sender's name for the question; what `options.fields` maps */
  name: string;
  /** the question as people read it */
  label?: string;
  /** the path in a lead, where the sender's format says which it is; else the name and the label are looked at */
  field?: string;
  value: unknown;
}

/** Somebody to make a lead of. */
export interface Delivery {
  /** the sender's name of it: the same one again is a repetition. Null when it has none, and its content says which it is */
  id: string | null;
  answers: Answer[];
  /** parts of a lead that are no flat values */
  parts?: Pick<CreateLead, 'consent'>;
  /** whether the person asked for contact; as for its entry when absent */
  raised_hand?: boolean;
  /** the part of the body that tells of it alone, as a body that is read the same way; the whole body when absent */
  part?: unknown;
  /** the record has to be fetched with the sender's interface: what it is called there */
  fetch?: Fetch;
}

/** A record that the notification only names. */
export interface Fetch {
  /** behind the base address of the connector */
  path: string;
}

/** Something that is kept and acknowledged, and is no lead. */
export interface Ignored { id: string | null; code: string; because: string; part?: unknown }

/** Where a vendor keeps the records that its notifications name. */
export interface RecordSource {
  /** what stands before `Fetch.path` */
  base_url: string;
  /** the secret that is sent as a bearer token */
  secret: string;
  headers?: Readonly<Record<string, string>>;
}

export interface Reading { deliveries: Delivery[]; ignored: Ignored[] }

export interface SecretField { description: string; required: boolean }

/** How a vendor sends leads. Adding one is a file that exports this, and its line in the registry. */
export interface Connector<Options extends ConnectorOptions = ConnectorOptions> {
  /** lower_snake_case; what an admin chooses */
  name: string;
  title: string;
  entry: Extract<Entry, 'webhook' | 'email' | 'call' | 'handoff'>;
  /** what scoring counts a lead of it as */
  signal?: 'form_submission' | 'meeting' | 'inbound_email' | 'call';
  /** strangers can say what they like, whoever passes it on: it fills only what is empty */
  fillsOnly?: true;
  secrets: Readonly<Record<string, SecretField>>;
  options: new () => Options;
  /** Whether the sender is who it says. @param now milliseconds since 1970 */
  verify(request: InboundRequest, settings: ConnectorSettings<Options>, now: number): Verification;
  /** What to answer a request by which the vendor only makes sure that we are here; null for any other. */
  challenge?(request: InboundRequest, settings: ConnectorSettings<Options>): PlainAnswer | null;
  /** its bodies are e-mails, in whatever form a service posts them: they are opened as a `Mail` */
  opensMail?: true;
  /** What is wrong with options that are of the right types; nothing when they can be used. */
  check?(options: Options): FieldError[];
  /** The secrets that these options need, besides those that are always required. */
  requires?(options: Options): string[];
  /** Leads in a body, and what isn't one; never throws, whatever the body is. */
  read(opened: OpenBody, options: Options): Reading;
  /** The record that was fetched for a delivery; null when it isn't one. */
  readFetched?(record: unknown, options: Options): Delivery | Ignored | null;
  /** where records are fetched by default, and how */
  source?: RecordSource;
  /** what the vendor wants to be answered when all is well; our own JSON when absent */
  thanks?: PlainAnswer;
}

/** What was read one by one, as leads and the rest. */
export const sorted = (read: (Delivery | Ignored)[]): Reading =>
  ({ deliveries: read.filter((one) => 'answers' in one), ignored: read.filter((one) => 'code' in one) });

export const ignored = (id: string | null, code: string, because: string): Reading => ({ deliveries: [], ignored: [{ id, code, because }] });

/** What a body is that a connector can make nothing of. */
export const notUnderstood = (expected: string): Reading => ignored(null, 'not_understood', `This is not ${expected}`);
