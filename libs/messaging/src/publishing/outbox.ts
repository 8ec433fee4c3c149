import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { DomainError, eventSchemaId, eventSubject, type Envelope, type Lane, type NewEvent, type Service } from '@headwater/contracts';
import { SERVICE_NAME, type Tx } from '@headwater/platform';
import type { Cause } from './cause';
import { laneOf } from './lane';
import { Relay } from './relay';
import { CLAIM_SECONDS } from './relay-lane';

const LARGEST_EVENT = 128 * 1024;

/** Writes events into the transaction of the state change that they tell of. */
@Injectable()
export class Outbox {
  constructor(@Inject(SERVICE_NAME) private readonly service: Service, private readonly relay: Relay) {}

  /**
   * One statement for all of them.
   * @param lane that of the events which they follow from when absent
   * @param after publish them only when this is over, however it ends; it takes a few seconds at most, or another process may be quicker
   * @returns the ids of the events, in their order
   * @throws when an event isn't this service's to publish; DomainError `too_large` when one is larger than 128 kB
   */
  async add(tx: Tx, events: { event: NewEvent; cause: Cause }[], lane: Lane = laneOf(tx), { after }: { after?: Promise<unknown> } = {}): Promise<string[]> {
    if (events.length === 0) return [];
    const messages = events.map(({ event, cause }) => {
      const envelope = seal(this.service, event, cause);
      return { id: envelope.id, subject: eventSubject(event.definition, event.tenant, lane), envelope: serialise(envelope), traceparent: cause.traceparent };
    });
    const ids = messages.map(({ id }) => id);
    const isOurs = this.relay.hasRoomFor(messages.length, lane);
    // A line each, as no JSON has a line break in it: as an array all of it would be read once more, to be taken apart.
    const written = await tx.query<{ seq: number; id: string }>(`
      with written as (
        insert into outbox (id, subject, envelope)
        select id, subject, envelope::json from rows from (unnest($1::uuid[]), unnest($2::text[]), string_to_table($3, E'\\n')) as event(id, subject, envelope)
        returning seq, created_at, id
      ), pending as (
        insert into outbox_pending (seq, created_at, claimed_until, bulk)
        select seq, created_at, case when $4 then now() + make_interval(secs => $5) end, $6 from written
      )
      select seq, id from written`,
      [ids, messages.map(({ subject }) => subject), messages.map(({ envelope }) => envelope).join('\n'), isOurs, CLAIM_SECONDS, lane === 'bulk']);
    const seqs = new Map(written.map(({ seq, id }) => [id, seq]));
    const publish = () => (isOurs ? this.relay.publish(messages.map((message) => ({ seq: seqs.get(message.id)!, ...message })), lane) : this.relay.wake(lane));
    tx.afterCommit(() => (after ? this.relay.inTheEnd(after, publish) : publish()));
    return ids;
  }
}

/** Gives an event its id, time and cause. @throws when the service may not publish it */
export function seal(service: Service, event: NewEvent, cause: Cause): Envelope {
  const { definition, tenant, subject, leadId, revision, data } = event;
  if (!definition.publishers.includes(service)) throw new Error(`${service} may not publish ${definition.type}`);
  return {
    specversion: '1.0',
    id: uuidv7(),
    type: definition.type,
    source: service,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: eventSchemaId(definition),
    tenantid: tenant,
    leadid: leadId,
    revision,
    correlationid: cause.correlationId,
    causationid: cause.causationId,
    traceparent: cause.traceparent,
    republished: cause.republished,
    data,
  };
}

function serialise(envelope: Envelope): string {
  const text = JSON.stringify(envelope);
  // No character takes more than three bytes: most events need no counting.
  if (text.length * 3 > LARGEST_EVENT && Buffer.byteLength(text) > LARGEST_EVENT) {
    throw new DomainError({ kind: 'too_large', code: 'too_large', detail: `What ${envelope.type} would tell of ${envelope.subject} is larger than 128 kB` });
  }
  return text;
}
