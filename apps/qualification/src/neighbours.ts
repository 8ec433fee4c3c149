import { Injectable, Logger } from '@nestjs/common';
import {
  DomainError, GetLeads, GetScores, OverrideScore, RecomputeScore, SettleConversion, SettleMerge, UpdateLead,
  type AnswerOf, type Context, type IntakePatch, type IntakeState, type LeadScoreView, type QuestionOf, type ScoreOverride,
  type Warning,
} from '@headwater/contracts';
import { AskTogether, Requester } from '@headwater/messaging';

/** How long an answer waits for a score that only decorates it. */
const SCORE_SHOWN_MS = 300;
/** How long it waits for the lead, whose e-mail the documented answer has. */
const LEAD_MS = 2_000;
/** How long it waits for a score that was asked to change; the change itself is kept by the event. */
const SCORE_CHANGED_MS = 1_500;

/** Whether the other service said no, rather than nothing. */
export const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.body.kind !== 'unavailable';

/** The commands that we send on are our own: the caller's idempotency key names his command to us. */
const own = (context: Context): Context => ({ ...context, idempotency: undefined });

/** What qualification asks of other services. */
@Injectable()
export class Neighbours {
  private readonly logger = new Logger(Neighbours.name);

  private readonly leadsShown: AskTogether<AnswerOf<typeof GetLeads>>;
  private readonly scoresShown: AskTogether<AnswerOf<typeof GetScores>>;

  constructor(private readonly requester: Requester) {
    this.leadsShown = new AskTogether(requester, GetLeads, LEAD_MS);
    this.scoresShown = new AskTogether(requester, GetScores, SCORE_SHOWN_MS);
  }

  /** The leads among `ids` that intake knows. @throws DomainError `unavailable` */
  async leads(tenant: string, ids: number[]): Promise<IntakeState[]> {
    return (await this.requester.ask(GetLeads, { tenant, ids })).leads;
  }

  /** The lead for an answer and for its gate; null when intake doesn't tell in time. */
  async leadOf(tenant: string, leadId: number): Promise<IntakeState | null> {
    const answer = await this.inTime(this.leadsShown.about({ tenant, ids: [leadId] }));
    return answer?.leads.find(({ lead_id }) => lead_id === leadId) ?? null;
  }

  /** The lead's score for an answer; null when scoring doesn't tell at once. */
  async scoreOf(tenant: string, leadId: number): Promise<LeadScoreView | null> {
    const answer = await this.inTime(this.scoresShown.about({ tenant, ids: [leadId] }));
    return answer?.scores.find(({ lead_id }) => lead_id === leadId)?.effective ?? null;
  }

  /**
   * Pins parts of the score, or has it computed anew when `override` is null.
   * @param key names the override: the id of the event that carries it too
   * @throws DomainError as scoring refused, or `unavailable`
   */
  async changeScore(context: Context, leadId: number, key: string, override: ScoreOverride | null): Promise<LeadScoreView> {
    const asked = { context: own(context), lead_id: leadId };
    const { score } = override
      ? await this.requester.ask(OverrideScore, { ...asked, key, override }, { timeoutMs: SCORE_CHANGED_MS })
      : await this.requester.ask(RecomputeScore, asked, { timeoutMs: SCORE_CHANGED_MS });
    return score.effective;
  }

  /** Writes fields that intake owns, or only checks them. @throws DomainError as intake refused, or `unavailable` */
  async updateLead(
    context: Context, command: Pick<QuestionOf<typeof UpdateLead>, 'lead_id' | 'command_id' | 'validate_only'> & { patch: IntakePatch },
  ): Promise<Warning[]> {
    return (await this.requester.ask(UpdateLead, { ...command, context: own(context) })).warnings ?? [];
  }

  /** How the holder of a reservation settles it. @throws DomainError `unavailable` */
  settleConversion(question: QuestionOf<typeof SettleConversion>): Promise<AnswerOf<typeof SettleConversion>> {
    return this.requester.ask(SettleConversion, question);
  }

  /** The same of a merge, or its end. @throws DomainError `unavailable` */
  settleMerge(question: QuestionOf<typeof SettleMerge>): Promise<AnswerOf<typeof SettleMerge>> {
    return this.requester.ask(SettleMerge, question);
  }

  private async inTime<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
    try {
      return await asked;
    } catch (error) {
      this.logger.warn({ err: error }, 'An answer goes out without a part of it');
      return null;
    }
  }
}
