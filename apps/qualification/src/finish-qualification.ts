import { Injectable, Logger } from '@nestjs/common';
import type { AnswerOf, Context, IntakePatch, LeadScoreView, QualifyLead, ScoreOverride, Warning } from '@headwater/contracts';
import type { KeyedAttempt } from '@headwater/messaging';
import { isRefusal, Neighbours } from './neighbours';
import { HistoriesStore } from './store/histories.store';

type Reply = AnswerOf<typeof QualifyLead>;

/**
 * A qualification that is committed: its answer, and what others have still to do for it. Under an idempotency key both
 * are remembered, so that a repetition finishes what a crash left, and the final answer replaces the provisional one.
 */
export interface Qualified {
  reply: Reply;
  left_to_do?: {
    /** the same override goes out in the event; its key makes the two one. Without an override: compute anew */
    score?: { key: string; override: ScoreOverride | null; meanwhile: LeadScoreView | null };
    fields?: { command_id: string; patch: IntakePatch };
  };
}

type Finished = Pick<Reply['data'], 'lead_score'> & { warnings: Warning[] };

/** Brings score and fields to their owners after the commit, and completes the answer. */
@Injectable()
export class FinishQualifications {
  private readonly logger = new Logger(FinishQualifications.name);

  constructor(private readonly neighbours: Neighbours, private readonly histories: HistoriesStore) {}

  /**
   * Everything it asks for is repeatable. The answer that is remembered has the score of this moment.
   * @throws DomainError `unavailable` when intake can't be reached for the fields: a repetition goes on from there
   */
  async finish(context: Context, leadId: number, qualified: Qualified, attempt: KeyedAttempt | undefined): Promise<Reply> {
    const { reply, left_to_do: left } = qualified;
    if (!left) return reply;
    const [scored, warnings] = await Promise.all([
      this.changeScore(context, leadId, qualified), this.writeFields(context, leadId, left),
    ]);
    const all = [...(reply.warnings ?? []), ...scored.warnings, ...warnings];
    const lead_score = reply.data.status === 'qualified' && left.score ? { lead_score: scored.lead_score } : {};
    const final: Reply = { ...reply, data: { ...reply.data, ...lead_score }, ...(all.length ? { warnings: all } : {}) };
    const stored = attempt && await this.histories.finishAnswer<Qualified>(attempt, { reply: final });
    return stored?.reply ?? final;
  }

  private async changeScore(context: Context, leadId: number, { reply, left_to_do: left }: Qualified): Promise<Finished> {
    if (!left?.score) return { warnings: [] };
    const { key, override, meanwhile } = left.score;
    try {
      return { lead_score: await this.neighbours.changeScore(context, leadId, key, override), warnings: [] };
    } catch (error) {
      if (isRefusal(error)) {
        return { lead_score: null, warnings: [{ code: error.body.code, detail: `The score was not updated: ${error.body.detail}` }] };
      }
      this.logger.warn({ err: error }, 'Scoring did not answer');
      if (reply.data.status === 'qualified') return { lead_score: meanwhile && { ...meanwhile, pending: true }, warnings: [] };
      return { warnings: [{ code: 'score_not_updated', detail: 'Scoring did not answer: the score was not updated' }] };
    }
  }

  private async writeFields(context: Context, leadId: number, { fields }: NonNullable<Qualified['left_to_do']>): Promise<Warning[]> {
    if (!fields) return [];
    try {
      return await this.neighbours.updateLead(context, { lead_id: leadId, ...fields });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return [{ code: error.body.code, detail: `Tags and custom fields were not written: ${error.body.detail}` }];
    }
  }
}
