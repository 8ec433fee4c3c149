import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetFairness, type QuestionOf } from '@headwater/contracts';
import { Database, nowOf } from '@headwater/platform';
import { fairnessOf } from '../domain/choosing/fairness';
import { DecisionsStore } from '../store/decisions.store';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const MOST_DAYS = 92;

/** Who got how many leads, and how far rotations are apart. */
@Injectable()
export class MeasureFairness {
  constructor(private readonly database: Database, private readonly decisions: DecisionsStore) {}

  /** The last 30 days when nothing is said. @throws DomainError `invalid` for no time, or one of more than 92 days */
  async handle({ context, from, until }: QuestionOf<typeof GetFairness>): Promise<AnswerOf<typeof GetFairness>> {
    const now = await nowOf(this.database);
    const end = Date.parse(until ?? now);
    const begin = from === undefined ? end - USUAL_DAYS * DAY_MS : Date.parse(from);
    if (!(begin < end)) throw DomainError.invalidField('from', 'reversed_range', 'from must be before until');
    if (end - begin > MOST_DAYS * DAY_MS) throw DomainError.invalidField('from', 'range_too_long', `from and until may be ${MOST_DAYS} days apart`);
    const period = { from: new Date(begin).toISOString(), until: new Date(end).toISOString() };
    return { fairness: fairnessOf(await this.decisions.counted(this.database, context.tenant.id, period), period) };
  }
}
