import { SERVICES, type EventDefinition, type Service } from '@headwater/contracts';
import { readConduct } from './read-conduct';

/** The services that listen to an event. */
export type Consumers = (definition: EventDefinition<object>) => Service[];

/** Read from the sources of the services, which tools don't import. */
export function consumersIn(repository: string): Consumers {
  const listening = new Map(SERVICES.map((service) => {
    const { consumes, hears } = readConduct(repository, service);
    return [service, new Set<unknown>([...consumes, ...hears])];
  }));
  return (definition) => SERVICES.filter((service) => listening.get(service)!.has(definition));
}
