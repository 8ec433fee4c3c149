import { Injectable } from '@nestjs/common';
import { deadLetterRequests, DomainError, SERVICES, type DeadLetter, type DeadLetterFilter, type Service } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { mergePages, readPosition, writePosition } from './merge-pages';

interface Shown {
  letters: DeadLetter[];
  next_cursor: string | null;
  /** services that did not answer */
  missing: Service[];
}

/** Dead letters of one service, or of all of them as one list. */
@Injectable()
export class ShowDeadLetters {
  constructor(private readonly requester: Requester) {}

  /** @throws DomainError `invalid` for a cursor that isn't ours; `unavailable` when the one service that was asked for isn't there */
  async page(service: Service | undefined, filter: DeadLetterFilter, cursor: string | undefined, limit: number): Promise<Shown> {
    const from = readPosition(cursor);
    const asked = service ? [service] : SERVICES;
    const answers = await Promise.allSettled(asked.map((name) =>
      this.requester.ask(deadLetterRequests(name).list, { filter, cursor: from[name] ?? null, limit: limit + 1 })));
    const refused = answers.find((answer) => answer.status === 'rejected' && (service || !isAway(answer.reason)));
    if (refused) throw (refused as PromiseRejectedResult).reason;
    const lists = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.letters] : []));
    const { letters, next } = mergePages(lists, from, limit);
    return { letters, next_cursor: next && writePosition(next), missing: asked.filter((_, i) => answers[i].status === 'rejected') };
  }
}

const isAway = (error: unknown): boolean => error instanceof DomainError && error.body.kind === 'unavailable';
