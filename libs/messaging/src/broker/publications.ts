import type { Msg, MsgHdrs, NatsConnection } from 'nats';
import { ReplyInbox } from './reply-inbox';

/** How the server says that no stream listens there. */
const NOBODY = 503;

/** What is published into JetStream, and acknowledged by it. */
export class Publications {
  private readonly inbox: ReplyInbox;
  private count = 0;

  constructor(private readonly connection: NatsConnection, inboxPrefix: string) {
    this.inbox = new ReplyInbox(inboxPrefix);
  }

  /** @returns its sequence in the stream. @throws when JetStream doesn't take it, or hasn't said so in time: it may have taken it then */
  async publish(subject: string, body: string, { headers, timeoutMs }: { headers: MsgHdrs; timeoutMs: number }): Promise<number> {
    this.count += 1;
    const token = String(this.count);
    let timer: NodeJS.Timeout | undefined;
    try {
      return sequenceIn(await new Promise<Msg>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error('JetStream has not acknowledged it in time')), timeoutMs);
        const reply = this.inbox.expect(this.connection, token, (error, answer) => (error ? reject(error) : resolve(answer)));
        this.connection.publish(subject, body, { reply, headers });
      }));
    } finally {
      clearTimeout(timer);
      this.inbox.forget(token);
    }
  }
}

function sequenceIn(answer: Msg): number {
  if (answer.headers?.code === NOBODY) throw new Error('JetStream did not take it: no stream listens');
  const { seq, error } = answer.json<{ seq?: number; error?: { description: string } }>();
  if (!seq) throw new Error(`JetStream did not take it: ${error?.description ?? 'it says nothing'}`);
  return seq;
}
