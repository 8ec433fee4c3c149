import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@headwater/contracts';
import type { EventDefinition, RequestDefinition, Service } from '@headwater/contracts';

/** What a service does on NATS, as its sources say. */
export interface Conduct {
  /** subjects of the requests that it sends */
  asks: string[];
  /** events that it consumes, each with durables of its own */
  consumes: EventDefinition[];
  /** events that each of its replicas hears as they pass */
  hears: EventDefinition[];
  putsOnSpool: boolean;
  takesFromSpool: boolean;
}

const IMPORT = /^import \{([^}]*)\} from '@headwater\/\w+'/gm;
const CONSUMED = /\bon\(\s*(\w+)\s*,/g;
const HEARD = /\.listen\(eventSubject\((\w+)/g;

const declared = contracts as unknown as Record<string, unknown>;

/**
 * Reads it from the sources: a request of another service that is imported is sent, and what is subscribed to is consumed.
 * What this misses the service is refused, and its tests are red.
 */
export function readConduct(repository: string, service: Service): Conduct {
  const root = join(repository, 'apps', service, 'src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(root, path), 'utf8'));
  const matches = (pattern: RegExp): string[] => sources.flatMap((text) => [...text.matchAll(pattern)].map(([, match]) => match!));
  const imported = new Set(matches(IMPORT).flatMap((names) => names.split(',').map((name) => name.trim())));
  const events = (pattern: RegExp): EventDefinition[] => [...new Set(matches(pattern))].map((name) => declared[name] as EventDefinition);
  return {
    asks: [...imported].flatMap((name) => requestsOf(name, service)).map(({ subject }) => subject).sort(),
    consumes: events(CONSUMED),
    hears: events(HEARD),
    putsOnSpool: imported.has('Spool'),
    takesFromSpool: imported.has('SpoolConsumer'),
  };
}

/** What an import lets its service ask. Its own requests it answers; those that every service answers it may also send to itself. */
function requestsOf(name: string, importer: Service): RequestDefinition<unknown, unknown>[] {
  const { deadLetterRequests, republishRequest, SERVICES } = contracts;
  if (name === deadLetterRequests.name) return SERVICES.flatMap((service) => Object.values(deadLetterRequests(service)));
  if (name === republishRequest.name) return SERVICES.map(republishRequest);
  const definition = declared[name];
  return isRequest(definition) && definition.service !== importer ? [definition] : [];
}

const isRequest = (definition: unknown): definition is RequestDefinition<unknown, unknown> =>
  typeof definition === 'object' && definition !== null && 'subject' in definition && 'service' in definition;
