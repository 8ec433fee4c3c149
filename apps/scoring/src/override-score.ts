import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type ClearOverride, type Envelope, type LeadQualifiedData, type OverrideScore as OverrideRequest,
  type QuestionOf, type RecomputeScore, type ScoreOverride,
} from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { checkExpiry, checkOverride, pinsSomething } from './domain/score-override';
import { HoldScore, nameOf } from './hold-score';
import { RescoreLeads } from './rescore-leads';
import { EvidenceStore } from './store/evidence.store';
import { keyOf, ScoresStore } from './store/scores.store';

/** People pin a score and take it back; the computed one goes on beside it. */
@Injectable()
export class OverrideScore {
  constructor(
    private readonly holding: HoldScore,
    private readonly rescoring: RescoreLeads,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
  ) {}

  /**
   * Applied once per `key`; a repetition reads.
   * @throws DomainError `not_found`, `invalid`, `lead_locked`, `precondition_failed`
   */
  async pin(question: QuestionOf<typeof OverrideRequest>): Promise<AnswerOf<typeof OverrideRequest>> {
    const { context, lead_id, key, override, expected_revision } = question;
    const errors = checkOverride(override);
    if (errors.length > 0) throw DomainError.invalid(errors);
    return this.holding.hold(context, lead_id, async ({ tx, held, mayWrite, change, read }) => {
      if (await this.evidence.hasOverride(tx, held, key)) return { score: await read() };
      mayWrite(expected_revision);
      const late = checkExpiry(override, held.now);
      if (late.length > 0) throw DomainError.invalid(late);
      await this.evidence.addOverrides(tx, [{ ...held, key, pin: override, when: 'now' }]);
      return { score: await change({ cause: 'override', reason: override.reason, actor: override.by }) };
    });
  }

  /** Takes all pins back; without one it reads. @throws DomainError `not_found`, `lead_locked` */
  async clear({ context, lead_id, reason }: QuestionOf<typeof ClearOverride>): Promise<AnswerOf<typeof ClearOverride>> {
    return this.holding.hold(context, lead_id, async ({ tx, held, mayWrite, change, read }) => {
      mayWrite();
      if (!held.scored?.state.override) return { score: await read() };
      await this.evidence.addOverrides(tx, [{ ...held, key: `clear ${randomUUID()}`, pin: null, when: 'now' }]);
      return { score: await change({ cause: 'override_cleared', reason, actor: nameOf(context) }) };
    });
  }

  /** Computes the score anew from what is known. @throws DomainError `not_found`, `lead_locked` */
  async recompute({ context, lead_id }: QuestionOf<typeof RecomputeScore>): Promise<AnswerOf<typeof RecomputeScore>> {
    return this.holding.hold(context, lead_id, async ({ mayWrite, change }) => {
      mayWrite();
      return { score: await change({ cause: 'recompute', actor: nameOf(context) }) };
    });
  }

  /**
   * The override that a qualification brought, by the id of its event. Where a command came before it, as it mostly does,
   * the event is nothing new. It stands where it was made in time, however late it comes, converted lead or not.
   */
  async fromQualification(events: Envelope<LeadQualifiedData>[], tx: Tx): Promise<void> {
    const overrides = events.map((event) => {
      const { qualification: { lead_id }, score_override } = event.data;
      const pin = score_override as ScoreOverride;
      return { tenant: event.tenantid, leadId: lead_id, key: event.id, pin, when: { at: pin.at }, event };
    });
    const held = await this.scores.lock(tx, overrides);
    const fresh = await this.evidence.addOverrides(tx, overrides);
    await this.rescoring.apply(tx, held, held.filter((score) => fresh.has(keyOf(score))).map(({ tenant, leadId }) => {
      const news = overrides.filter((one) => keyOf(one) === keyOf({ tenant, leadId }) && fresh.get(keyOf(one))!.has(one.key));
      const { pin, event } = news.reduce((latest, one) => (isLater(one.pin, latest.pin) ? one : latest));
      const change = { cause: 'override' as const, reason: pin.reason, actor: pin.by };
      return { tenant, leadId, change, cause: causedByEvent(event) };
    }));
  }
}

/** Whether a qualification says anything of the score. */
export const bringsOverride = ({ score_override: pin }: LeadQualifiedData): boolean => Boolean(pin && pinsSomething(pin));

const isLater = (one: ScoreOverride, other: ScoreOverride): boolean => Date.parse(one.at) > Date.parse(other.at);
