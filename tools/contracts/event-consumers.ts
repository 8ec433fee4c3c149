import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@headwater/contracts';
import { SERVICES, type EventDefinition, type Service } from '@headwater/contracts';

/** The services that listen to an event. */
export type Consumers = (definition: EventDefinition<object>) => Service[];

const LISTENS = /\b(?:on|eventSubject)\(([A-Z]\w*),/g;

/** Read from the sources of the services, which tools don't import: `on(LeadScored, …)` and `eventSubject(TenantChanged, …)`. */
export function consumersIn(repository: string): Consumers {
  const listening = new Map(SERVICES.map((service) => [service, eventsHeardBy(join(repository, 'apps', service, 'src'))]));
  return (definition) => SERVICES.filter((service) => listening.get(service)!.has(definition));
}

function eventsHeardBy(folder: string): Set<unknown> {
  const sources = filesIn(folder).map((file) => readFileSync(file, 'utf8'));
  return new Set(sources.flatMap((text) => [...text.matchAll(LISTENS)]).map(([, name]) => (contracts as Record<string, unknown>)[name!]));
}

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(folder, file));
