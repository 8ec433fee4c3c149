import { Injectable } from '@nestjs/common';
import type { AnswerOf, ListQueue, QuestionOf, QueuedLead } from '@headwater/contracts';
import { cutPage, Database, numberIn } from '@headwater/platform';
import type { Assignment } from '../domain/assignment';
import { AssignmentsStore } from '../store/assignments.store';

/** Leads that wait for a person, the oldest first. */
@Injectable()
export class ReadQueue {
  constructor(private readonly database: Database, private readonly assignments: AssignmentsStore) {}

  /** @throws DomainError `wrong_cursor` */
  async handle({ context, queue, cursor, limit }: QuestionOf<typeof ListQueue>): Promise<AnswerOf<typeof ListQueue>> {
    const leads = await this.assignments.queue(this.database, context.tenant.id, { queue, after: numberIn(cursor) ?? 0, limit: limit + 1 });
    const { shown, next_cursor } = cutPage(leads, limit, ({ lead_id }) => lead_id);
    return { leads: shown.map(queued), next_cursor };
  }
}

const queued = ({ lead_id, waits, priority, facts, score, because }: Assignment): QueuedLead => ({
  lead_id, queue: waits?.queue ?? null, since: waits?.since ?? null, priority, company_name: text(facts?.company_name), country: text(facts?.country),
  total_score: score?.total ?? null, because,
});

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
