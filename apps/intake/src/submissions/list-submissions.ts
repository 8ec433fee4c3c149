import { Injectable } from '@nestjs/common';
import type { AnswerOf, ListSubmissions as ListSubmissionsRequest, QuestionOf, SubmissionRecord } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { SubmissionLogStore, type LoggedSubmission } from '../store/submission-log.store';

/** Reads the log of all that came. */
@Injectable()
export class ListSubmissions {
  constructor(private readonly database: Database, private readonly log: SubmissionLogStore) {}

  async list({ context, ...page }: QuestionOf<typeof ListSubmissionsRequest>): Promise<AnswerOf<typeof ListSubmissionsRequest>> {
    const { rows, next } = await this.log.page(this.database, context.tenant.id, page);
    return { submissions: rows.map(recordOf), next_cursor: next };
  }

  /** As the log has it; none of one that is another one's repetition. */
  async one({ tenant, submission_id }: { tenant: string; submission_id: string }): Promise<SubmissionRecord | undefined> {
    const { rows } = await this.log.page(this.database, tenant, { filter: { submission_id }, limit: 1 });
    return rows.map(recordOf)[0];
  }
}

const recordOf = ({ id, inlet_kind, inlet_id, payload, ...rest }: LoggedSubmission): SubmissionRecord => ({
  ...rest, submission_id: id, inlet: inlet_kind && `${inlet_kind}:${inlet_id}`, lead: payload,
});
