import { ClientNats, type NatsRecord, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from 'nats';
import { withoutErrors } from '@headwater/platform';

/** Nobody has answered in time. */
export class Unanswered extends Error {}

type Hear = (error: unknown, message: Msg) => unknown;

/**
 * Nest's client, on a connection that is made as all of ours are. What it asks is answered in one place: by itself it would subscribe to
 * a place of its own for each question, and end that after the answer, which costs both sides as much as the question.
 */
export class RequestClient extends ClientNats {
  private readonly hearing = new Map<string, Hear>();
  private inbox: string | undefined;

  constructor(private readonly connectNow: () => Promise<NatsConnection>, private readonly inboxPrefix: string) {
    super({});
  }

  /** @param timeoutMs to wait for the answer. @throws Unanswered; the body of a refusal; what Nest's client says of an outage */
  async ask<Answer>(subject: string, record: NatsRecord<unknown, MsgHdrs>, timeoutMs: number): Promise<Answer> {
    await this.connect();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        forget();
        reject(new Unanswered());
      }, timeoutMs);
      const forget = this.publish({ pattern: subject, data: record }, ({ err, response }) => {
        clearTimeout(timer);
        if (err) reject(err as Error);
        else resolve(response as Answer);
      });
    });
  }

  override createClient(): Promise<NatsConnection> {
    return this.connectNow();
  }

  override handleStatusUpdates(connection: NatsConnection): Promise<void> {
    return super.handleStatusUpdates(withoutErrors(connection));
  }

  protected override publish(question: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const packet = this.assignPacketId(question);
    const forget = () => void this.hearing.delete(packet.id);
    const hear = this.createSubscriptionHandler(packet, callback) as Hear;
    try {
      const connection = this.unwrap<NatsConnection>();
      const { data, headers } = this.serializer.serialize(packet) as NatsRecord<Uint8Array, MsgHdrs>;
      this.hearing.set(packet.id, (...answer) => {
        forget();
        return hear(...answer);
      });
      connection.publish(this.normalizePattern(question.pattern as string), data, { reply: `${this.inboxOn(connection)}.${packet.id}`, headers });
    } catch (err) {
      forget();
      callback({ err });
    }
    return forget;
  }

  /** Where it is answered; anew after that was refused. */
  private inboxOn(connection: NatsConnection): string {
    if (this.inbox) return this.inbox;
    const inbox = createInbox(this.inboxPrefix);
    connection.subscribe(`${inbox}.*`, {
      callback: (error, message) => {
        if (!error) return void this.hearing.get(message.subject.slice(inbox.length + 1))?.(undefined, message);
        this.inbox = undefined;
        for (const hear of [...this.hearing.values()]) void hear(error, message);
      },
    });
    return this.inbox = inbox;
  }
}
