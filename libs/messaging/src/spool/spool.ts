import { Injectable, Logger } from '@nestjs/common';
import { DomainError, isTenantId } from '@headwater/contracts';
import { Broker, SPOOL, SPOOL_SUBJECT } from '../broker/broker';

/** What names something on the spool. */
export interface SpoolName {
  tenant: string;
  /** UUID */
  id: string;
}

/** A message of the spool; it is named as events are, so that dead letters know it. */
export interface Spooled<Content> {
  id: string;
  tenantid: string;
  content: Content;
}

/** A caller waits for it, after having waited for the service that was to be asked first. */
const STORED_WITHIN_MS = 1_000;

/** Keeps durably what was accepted and can't be done now, until the service that does it takes it from there. */
@Injectable()
export class Spool {
  private readonly logger = new Logger(Spool.name);

  constructor(private readonly broker: Broker) {}

  /**
   * Resolves when JetStream has stored it; a repetition within two minutes is one message.
   * @throws DomainError `unavailable` without JetStream's acknowledgement: it may or may not be stored then
   */
  async put({ tenant, id }: SpoolName, content: object): Promise<void> {
    const { subject, body } = spoolMessage({ tenant, id }, content);
    await this.ask(() => this.broker.publish(subject, body, id, { contentType: 'application/json', timeoutMs: STORED_WITHIN_MS }));
  }

  /** Whether it was put there and nobody has finished with it. @throws DomainError `unavailable` */
  holds(name: SpoolName): Promise<boolean> {
    return this.ask(() => this.broker.holds(SPOOL, subjectOf(name)));
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    // Unconnected, the client would keep it for later: nobody waits for that.
    if (!this.broker.connected) throw UNAVAILABLE();
    try {
      return await question();
    } catch (error) {
      this.logger.warn({ err: error }, 'The spool does not answer');
      throw UNAVAILABLE();
    }
  }
}

/** How something stands on the spool. */
export function spoolMessage({ tenant, id }: SpoolName, content: object): { subject: string; body: string } {
  const message: Spooled<object> = { id, tenantid: tenant, content };
  return { subject: subjectOf({ tenant, id }), body: JSON.stringify(message) };
}

const UNAVAILABLE = () => DomainError.unavailable('The message broker is not there at the moment');

/** Each has a subject of its own: that is how the stream can be asked for it. */
function subjectOf({ tenant, id }: SpoolName): string {
  if (!isTenantId(tenant) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error(`"${tenant}" and "${id}" can't be parts of a subject`);
  return `${SPOOL_SUBJECT}.${tenant}.${id}`;
}
