import { Injectable, Logger } from '@nestjs/common';
import {
  MergeAssignments, MergeScores, MergeStatuses, type MergeConsequences, type MergeNews, type RequestDefinition,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';

const EACH_MS = 2_000;
/** How long a preview waits for what only completes it. */
const FORESEEN_MS = 1_000;

/** Tells those who keep something about the leads, before the caller is answered: what is read or written after it meets the merge. */
@Injectable()
export class TellOthers {
  private readonly logger = new Logger(TellOthers.name);

  constructor(private readonly requester: Requester) {}

  /** Never fails: who doesn't hear it now learns it from the events, and qualification asks when the lease is over. */
  async tell(news: MergeNews, token?: string): Promise<void> {
    await Promise.all([
      this.ask(MergeStatuses, { ...news, ...(token ? { token } : {}) }, EACH_MS),
      this.ask(MergeScores, news, EACH_MS),
      this.ask(MergeAssignments, news, EACH_MS),
    ]);
  }

  /** What they would make of it; null for one that doesn't tell in time. */
  async foresee(news: MergeNews): Promise<MergeConsequences> {
    const question = { ...news, dry_run: true };
    const [statuses, scores, assignments] = await Promise.all([
      this.ask(MergeStatuses, question, FORESEEN_MS),
      this.ask(MergeScores, question, FORESEEN_MS),
      this.ask(MergeAssignments, question, FORESEEN_MS),
    ]);
    return { qualification: statuses?.qualification ?? null, scoring: scores?.score ?? null, routing: assignments?.assignment ?? null };
  }

  private async ask<Question, Answer>(request: RequestDefinition<Question, Answer>, question: Question, timeoutMs: number): Promise<Answer | null> {
    try {
      return await this.requester.ask(request, question, { timeoutMs });
    } catch (error) {
      this.logger.warn({ err: error }, `${request.service} has yet to hear of a merge`);
      return null;
    }
  }
}
