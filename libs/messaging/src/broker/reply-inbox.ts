import { createInbox, type Msg, type NatsConnection } from 'nats';

/** Called once: with an answer, or with what was said of the place where it was to come. */
export type Hear = (error: Error | null, answer: Msg) => unknown;

/**
 * One place for all answers to what a connection asks. By itself the client subscribes to a place for each question or, for several, makes an error with its
 * stack for each that has been answered, both of which cost as much as the question.
 */
export class ReplyInbox {
  private readonly hearing = new Map<string, Hear>();
  private place: string | undefined;

  /** @param prefix of places where this connection may listen */
  constructor(private readonly prefix: string) {}

  /** Says who hears the answer. @param token of the question, unlike all others that wait. @returns where it is to be answered */
  expect(connection: NatsConnection, token: string, hear: Hear): string {
    const place = this.placeOn(connection);
    this.hearing.set(token, hear);
    return `${place}.${token}`;
  }

  /** Nobody waits for it any more. */
  forget(token: string): void {
    this.hearing.delete(token);
  }

  /** Where it is answered; anew after that was refused. */
  private placeOn(connection: NatsConnection): string {
    if (this.place) return this.place;
    const place = createInbox(this.prefix);
    connection.subscribe(`${place}.*`, {
      callback: (error, message) => {
        if (!error) return this.hear(message.subject.slice(place.length + 1), null, message);
        this.place = undefined;
        for (const token of [...this.hearing.keys()]) this.hear(token, error, message);
      },
    });
    return this.place = place;
  }

  private hear(token: string, error: Error | null, message: Msg): void {
    const hear = this.hearing.get(token);
    this.hearing.delete(token);
    void hear?.(error, message);
  }
}
