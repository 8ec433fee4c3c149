import type { Msg, MsgHdrs, NatsConnection } from 'nats';
import { ReplyInbox } from './reply-inbox';

/** How the server says that no stream listens there. */
const NOBODY = 503;

interface PublicationAnswer { seq?: number; error?: { description: string } }

/** What is published into JetStream, and acknowledged by it. */
export class Publications {
  private readonly inbox: ReplyInbox;
  private count = 0;

  constructor(private readonly connection: NatsConnection, inboxPrefix: string) {
    this.inbox = new ReplyInbox(inboxPrefix);
  }

  /** @returns its sequence in the stream. @throws when JetStream doesn't take it, or hasn't said so in time: it may have taken it then */
  publish(subject: string, body: string, { headers, timeoutMs }: { headers: MsgHdrs; timeoutMs: number }): Promise<number> {
    this.count += 1;
    const token = String(this.count);
    return new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('JetStream has not acknowledged it in time')), timeoutMs);
      const reply = this.inbox.expect(this.connection, token, (error, answer) => {
        clearTimeout(timer);
        if (error) return reject(error);
        const { seq, error: refusal } = read(answer);
        if (seq) resolve(seq);
        else reject(new Error(`JetStream did not take it: ${refusal?.description ?? 'it says nothing'}`));
      });
      try {
        this.connection.publish(subject, body, { reply, headers });
      } catch (error) {
        clearTimeout(timer);
        reject(error as Error);
      }
    }).finally(() => this.inbox.forget(token));
  }
}

const read = (answer: Msg): PublicationAnswer => (answer.headers?.code === NOBODY ? { error: { description: 'no stream listens' } } : answer.json<PublicationAnswer>());
