import { Injectable } from '@nestjs/common';
import type { AnswerOf, NurtureLead as NurtureLeadRequest, QuestionOf, ReengageLead as ReengageLeadRequest } from '@headwater/contracts';
import { causedByRequest } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { readDrafts } from '../domain/assessing/read-drafts';
import { followCommand } from '../domain/follow-command';
import { nameOf, qualificationState, type LeadStatus } from '../domain/lead-status';
import { changeTerms, enrolmentView, type Exit, type Terms } from '../domain/nurturing/enrolment';
import { recycleAt } from '../domain/nurturing/recycle-date';
import { assertRevision } from '../domain/refusals';
import { HoldLead } from '../hold-lead';
import { RecordDecisions } from '../record-decisions';
import type { Locked } from '../store/statuses.store';
import { FollowNurturing, nameOf as keyOf } from './follow-nurturing';

type Nurture = QuestionOf<typeof NurtureLeadRequest>;
type Reengage = QuestionOf<typeof ReengageLeadRequest>;
type Answer = AnswerOf<typeof NurtureLeadRequest>;

/** Lets a lead be nurtured, in another way than before, or no longer, because a person says so. */
@Injectable()
export class NurtureLeads {
  constructor(
    private readonly holding: HoldLead, private readonly decisions: RecordDecisions, private readonly nurturing: FollowNurturing,
  ) {}

  /** @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `invalid_transition`; 412; 422 at `recycle_date` */
  nurture(command: Nurture): Promise<Answer> {
    const { context, body } = command;
    return this.locked(command, async (tx, { now, ...lead }) => {
      const by = { actor: nameOf(context.actor), at: now };
      const terms = termsOf(body, context.tenant.time_zone, now);
      const cause = causedByRequest(context);
      const decision = followCommand(lead, { command: 'nurture', notes: body.notes }, by);
      const readings = readDrafts(decision.notes, now, context.tenant.time_zone);
      if (decision.changed) await this.decisions.record(tx, [{ decision, cause, readings, enrolment: { ...terms, because: 'a person said so' } }]);
      if (lead.status !== 'nurturing') return decision.lead;
      const before = (await this.nurturing.latest(tx, [lead])).get(keyOf(lead));
      const after = before && changeTerms(before, terms);
      if (before && after !== before) await this.nurturing.write(tx, [{ before, after: after!, lead, cause }]);
      return decision.lead;
    });
  }

  /** @throws DomainError the same */
  reengage(command: Reengage): Promise<Answer> {
    const { context, body } = command;
    return this.locked(command, async (tx, { now, ...lead }) => {
      const decision = followCommand(lead, { command: 'reengage', notes: body.notes }, { actor: nameOf(context.actor), at: now });
      const exit: Exit = { kind: 'person', trigger: null, because: 'a person took it up again' };
      const readings = readDrafts(decision.notes, now, context.tenant.time_zone);
      await this.decisions.record(tx, [{ decision, cause: causedByRequest(context), readings, exit }]);
      return decision.lead;
    });
  }

  private locked(
    { context, lead_id, expected_revision }: Pick<Nurture, 'context' | 'lead_id' | 'expected_revision'>, work: (tx: Tx, lead: Locked) => Promise<LeadStatus>,
  ): Promise<Answer> {
    return this.holding.during({ context, lead_id }, async (tx, present) => {
      assertRevision(present, expected_revision);
      const lead = await work(tx, present);
      const enrolment = (await this.nurturing.latest(tx, [lead])).get(keyOf(lead));
      return { qualification: qualificationState(lead), enrolment: enrolment ? enrolmentView(enrolment) : null };
    });
  }
}

/** @throws DomainError 422 at `recycle_date` */
export function termsOf({ stage, recycle_date }: Pick<Terms, 'stage' | 'recycle_date'>, zone: string, now: string): Terms {
  return { stage, recycle_date, recycle_at: recycle_date ? recycleAt(recycle_date, zone, now) : null };
}
