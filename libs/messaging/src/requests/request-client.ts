import { ClientNats, type NatsRecord, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import type { MsgHdrs, NatsConnection } from 'nats';
import { withoutErrors } from '@headwater/platform';
import { ReplyInbox, type Hear } from '../broker/reply-inbox';

/** Nobody has answered in time. */
export class Unanswered extends Error {}

/** Nest's client, on a connection that is made as all of ours are. What it asks is answered in one place. */
export class RequestClient extends ClientNats {
  private readonly inbox: ReplyInbox;

  constructor(private readonly connectNow: () => Promise<NatsConnection>, inboxPrefix: string) {
    super({});
    this.inbox = new ReplyInbox(inboxPrefix);
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
    const forget = () => this.inbox.forget(packet.id);
    const hear = this.createSubscriptionHandler(packet, callback) as (error: unknown, answer: Parameters<Hear>[1]) => unknown;
    try {
      const connection = this.unwrap<NatsConnection>();
      const { data, headers } = this.serializer.serialize(packet) as NatsRecord<Uint8Array, MsgHdrs>;
      const reply = this.inbox.expect(connection, packet.id, (error, answer) => hear(error ?? undefined, answer));
      connection.publish(this.normalizePattern(question.pattern as string), data, { reply, headers });
    } catch (err) {
      forget();
      callback({ err });
    }
    return forget;
  }
}
