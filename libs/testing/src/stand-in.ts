import type { NatsConnection } from 'nats';
import { DomainError, type RequestDefinition } from '@headwater/contracts';
import { UNEXPECTED } from '@headwater/platform';

interface WireRequest<Question> { id: string; data: Question }

/**
 * Answers a request in place of a service that the cell doesn't run, in the wire format of Nest's NATS transport.
 * For the contract of somebody else, never for the code under test. The broker knows of it when this is done.
 * @returns a function that ends it; the broker knows that, too, when it is done
 */
export async function standIn<Question, Answer>(
  connection: NatsConnection, request: RequestDefinition<Question, Answer>,
  answer: (question: Question) => Answer | Promise<Answer>,
): Promise<() => Promise<void>> {
  const subscription = connection.subscribe(request.subject, {
    queue: request.service,
    callback: (error, message) => {
      if (error) throw error;
      const { id, data } = message.json<WireRequest<Question>>();
      Promise.resolve().then(() => answer(data)).then(
        (response) => message.respond(JSON.stringify({ id, response, isDisposed: true })),
        (failure: unknown) => message.respond(JSON.stringify({
          id, isDisposed: true, err: failure instanceof DomainError ? failure.body : { ...UNEXPECTED, detail: String(failure) },
        })),
      );
    },
  });
  await connection.flush();
  return async () => {
    subscription.unsubscribe();
    await connection.flush();
  };
}
