import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  DomainError, MOST_REPLAYED, type AnswerOf, type deadLetterRequests, type FailedReplay, type QuestionOf, type ReplayResult, type Service,
} from '@headwater/contracts';
import { Database, Health, isTemporary, SERVICE_NAME } from '@headwater/platform';
import { Consumer } from '../consuming/consumer';
import {
  countWaiting, discardLetter, findLetter, firstLine, noteFailure, pageOfLetters, removeLetter, takeLetter, waitingLetters,
} from '../failing/dead-letter-box';
import { freePlace } from '../failing/dead-letters';

type Requests = ReturnType<typeof deadLetterRequests>;

/** Where people look at the events that this service could not handle, and decide what becomes of them. */
@Injectable()
export class DeadLetterDesk {
  private readonly logger = new Logger(DeadLetterDesk.name);

  constructor(
    @Inject(SERVICE_NAME) private readonly service: Service,
    private readonly database: Database,
    private readonly consumer: Consumer,
    health: Health,
  ) {
    // Always ok: the letters want a person, and the service goes on without them.
    health.register('dead_letters', async () => ({ ok: true, waiting: await countWaiting(this.database) }));
  }

  async list({ filter, cursor, limit }: QuestionOf<Requests['list']>): Promise<AnswerOf<Requests['list']>> {
    return { letters: await pageOfLetters(this.database, this.service, filter, cursor, limit) };
  }

  /** @throws DomainError `not_found` */
  async get({ id }: QuestionOf<Requests['get']>): Promise<AnswerOf<Requests['get']>> {
    const letter = await findLetter(this.database, this.service, id);
    if (!letter) throw DomainError.notFound('Dead letter');
    return { letter };
  }

  /** One after the other, the oldest first. @throws when PostgreSQL is away; what was done until then stays done */
  async replay({ actor, ...which }: QuestionOf<Requests['replay']>): Promise<ReplayResult> {
    const most = 'all' in which ? Math.min(which.limit, MOST_REPLAYED) : MOST_REPLAYED;
    const ids = 'all' in which
      ? await waitingLetters(this.database, which.after, most)
      : [...new Set(which.ids)].sort((a, b) => a - b).slice(0, most);
    const failed: FailedReplay[] = [];
    for (const id of ids) {
      const error = await this.handleAgain(id);
      if (error) failed.push({ id, error: firstLine(error.message) });
    }
    const succeeded = ids.length - failed.length;
    if (ids.length > 0) this.logger.warn(`Dead letters replayed by ${actor}: ${succeeded} handled, ${failed.length} failed again`);
    return { succeeded, failed, next: 'all' in which && ids.length === most ? ids[most - 1] : null };
  }

  /** @throws DomainError `not_found` */
  async discard(question: QuestionOf<Requests['discard']>): Promise<AnswerOf<Requests['discard']>> {
    const letter = await discardLetter(this.database, this.service, question);
    if (!letter) throw DomainError.notFound('Dead letter');
    this.logger.warn(`Dead letter ${letter.id} discarded by ${question.actor}`);
    return { letter };
  }

  /** @returns why the letter is still there, null when its event was handled */
  private async handleAgain(id: number): Promise<Error | null> {
    try {
      return await this.database.transaction(async (tx) => {
        const letter = await takeLetter(tx, id);
        if (!letter) return new Error('It is not waiting, or is being replayed already');
        await freePlace(tx, letter.subscription, letter.event_id);
        await this.consumer.handleAgain(tx, letter.subscription, letter.body);
        await removeLetter(tx, id);
        return null;
      });
    } catch (error) {
      if (isTemporary(error)) throw error; // an outage says nothing about the letter
      await noteFailure(this.database, id, error as Error);
      return error as Error;
    }
  }
}
