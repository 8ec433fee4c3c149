import type { JsMsg } from 'nats';
import type { Envelope } from '@headwater/contracts';
import { eventLine } from './event-line';
import { EventReader } from './event-reader';
import type { Options } from './options';
import type { NatsAddress } from './where-nats-is';

/** Where the lines go, and what there is to say besides. */
export interface Listener {
  coloured: boolean;
  /** resolves when there is room for the next one */
  line: (text: string) => Promise<void>;
  tell: (sentence: string) => void;
}

/** Prints events until it is told to stop. @throws RunError when there are none to be had */
export async function tail(address: NatsAddress, options: Options, { coloured, line, tell }: Listener, stop: AbortSignal): Promise<void> {
  const { from, data } = options;
  await EventReader.read(address, { filter: filterOf(options), from, tell, stop }, async (message) => {
    const envelope = readEnvelope(message);
    if (!envelope) return tell(`${message.subject}: message ${message.seq} of the stream is no event`);
    if (isWanted(envelope, options)) await line(data ? JSON.stringify(envelope) : eventLine(message.subject, envelope, coloured));
  });
}

function readEnvelope(message: JsMsg): Envelope | null {
  try {
    const envelope = message.json<Partial<Envelope> | null>();
    return typeof envelope?.type === 'string' ? (envelope as Envelope) : null;
  } catch {
    return null;
  }
}

/** As narrow as one subject can say it; several types are told apart here (an old server takes one subject a consumer). */
export function filterOf({ types, tenant, lane }: Pick<Options, 'types' | 'tenant' | 'lane'>): string {
  return ['crm', tenant ?? '*', lane ?? '*', types.length === 1 ? `${types[0]}.*` : '>'].join('.');
}

export const isWanted = ({ type, leadid }: Pick<Envelope, 'type' | 'leadid'>, { types, lead }: Pick<Options, 'types' | 'lead'>): boolean =>
  (lead === undefined || lead === leadid) && (types.length === 0 || types.some((wanted) => matches(wanted, type)));

function matches(wanted: string, type: string): boolean {
  const words = type.split('.');
  return wanted.split('.').every((word, i) => word === '*' || word === words[i]);
}
