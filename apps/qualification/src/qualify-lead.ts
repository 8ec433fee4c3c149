import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type IntakePatch, type LeadScoreView, type QualifyBody, type QualifyLead,
  type QuestionOf, type ScoreOverride, type Warning,
} from '@headwater/contracts';
import { causedByRequest, once, recall, type KeyedAttempt } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { nameOf, type LeadStatus } from './domain/lead-status';
import { provisionalScore } from './domain/provisional-score';
import { qualify } from './domain/qualify';
import { assertRevision, assertWritable } from './domain/refusals';
import { FinishQualifications, type Qualified } from './finish-qualification';
import { KnowLeads } from './know-leads';
import { Neighbours } from './neighbours';
import { EnrolDisqualified, type AfterDisqualification } from './nurturing/enrol-disqualified';
import { RecordDecisions } from './record-decisions';
import { SettleLeads } from './settle-lead';
import { HistoriesStore } from './store/histories.store';
import { StatusesStore, type Locked } from './store/statuses.store';

type Command = QuestionOf<typeof QualifyLead>;

/** What other services told before the transaction. */
interface Told {
  email: string | null;
  score: LeadScoreView | null;
  /** whether it goes on to be nurtured; null where it isn't disqualified */
  next: AfterDisqualification | null;
}

/** Records a person's judgement of a lead: qualified, with what is implied by it, or disqualified with the reason. */
@Injectable()
export class QualifyLeads {
  constructor(
    private readonly database: Database,
    private readonly know: KnowLeads,
    private readonly settlements: SettleLeads,
    private readonly neighbours: Neighbours,
    private readonly statuses: StatusesStore,
    private readonly histories: HistoriesStore,
    private readonly decisions: RecordDecisions,
    private readonly finish: FinishQualifications,
    private readonly enrolling: EnrolDisqualified,
  ) {}

  /**
   * The transition commits first, with its event and the answer that its key remembers; what others have to do follows.
   * @throws DomainError 404; 409 `lead_locked`, `conversion_in_progress`, `invalid_transition`; 412; 422
   */
  async qualify(command: Command): Promise<AnswerOf<typeof QualifyLead>> {
    const { context, lead_id } = command;
    const attempt = context.idempotency && { ...context.idempotency, tenant: context.tenant.id };
    // A repetition gets the first answer also where a new attempt would be refused by now.
    const qualified = await this.answered(attempt) ?? await this.decide(command, attempt);
    return this.finish.finish(context, lead_id, qualified, attempt);
  }

  private async answered(attempt: KeyedAttempt | undefined): Promise<Qualified | null> {
    if (!attempt) return null;
    const [known] = await this.database.transaction((tx) => recall(tx, [attempt]));
    if (known.kind === 'refused') throw new DomainError(known.error);
    return known.kind === 'answered' ? known.answer as Qualified : null;
  }

  private async decide(command: Command, attempt: KeyedAttempt | undefined): Promise<Qualified> {
    const { context, lead_id, body } = command;
    const tenant = context.tenant.id;
    if (body.qualified && body.then) throw DomainError.invalidField('then', 'not_applicable', 'then goes with "qualified": false');
    const lead = await this.know.require(tenant, lead_id);
    await this.settlements.settleExpired(tenant, lead_id);
    const fields = fieldsOfIntake(body);
    const [email, score] = await Promise.all([
      lead ? lead.profile.email ?? null : this.neighbours.emailOf(tenant, lead_id),
      body.qualified && !body.update_score ? this.neighbours.scoreOf(tenant, lead_id) : null,
      fields && this.neighbours.updateLead(context, { lead_id, command_id: fields.command_id, patch: fields.patch, validate_only: true }),
    ]);
    const next = body.qualified ? null : await this.enrolling.prepare(context, lead_id, body);
    return once(this.database, attempt, async (tx) => {
      const qualified = await this.record(tx, command, { email, score, next });
      return fields ? { ...qualified, left_to_do: { ...qualified.left_to_do, fields } } : qualified;
    });
  }

  private async record(tx: Tx, { context, lead_id, body, expected_revision }: Command, told: Told): Promise<Qualified> {
    const { now, ...present } = await this.statuses.lock(tx, context.tenant.id, lead_id) as Locked;
    assertWritable(present);
    assertRevision(present, expected_revision);
    const by = { actor: nameOf(context.actor), at: now };
    const decision = qualify(present, body, by, { allowImpliedContact: context.tenant.policies.allow_implied_contact !== false });
    const override = body.update_score && hasParts(body) ? overrideOf(body, by) : null;
    const [eventId] = await this.decisions.record(tx, [{
      decision, cause: causedByRequest(context), scoreOverride: body.qualified ? override : null,
    }]);
    await this.histories.addAssessment(tx, {
      tenant_id: present.tenant_id, lead_id, qualified: body.qualified, reason: body.disqualification_reason ?? null,
      notes: body.qualification_notes ?? null, by: by.actor, at: now,
    });
    const lead = told.next ? await this.enrolling.follow(tx, decision.lead, told.next, by, causedByRequest(context)) : decision.lead;
    const reply = replyOf(lead, body, told);
    if (!body.update_score) return { reply };
    return { reply, left_to_do: { score: { key: eventId as string, override, meanwhile: meanwhile(body, present) } } };
  }
}

const hasParts = ({ behavioral_score, demographic_score }: QualifyBody): boolean =>
  behavioral_score != null || demographic_score != null;

function meanwhile(body: QualifyBody, { score }: LeadStatus): LeadScoreView | null {
  return hasParts(body) ? provisionalScore(body, score) : score;
}

const overrideOf = ({ behavioral_score, demographic_score }: QualifyBody, { actor, at }: { actor: string; at: string }): ScoreOverride => ({
  ...(behavioral_score != null ? { behavioral_score } : {}),
  ...(demographic_score != null ? { demographic_score } : {}),
  reason: 'given with the qualification', by: actor, at,
});

/** Tags and custom fields are intake's. The notes of this command are kept here, as those of every command are. */
function fieldsOfIntake({ custom_fields, tags }: QualifyBody): { command_id: string; patch: IntakePatch } | null {
  if (!custom_fields && !tags) return null;
  return { command_id: randomUUID(), patch: { ...(custom_fields ? { custom_fields } : {}), ...(tags ? { tags } : {}) } };
}

const PARTS_IGNORED: Warning = {
  code: 'score_parts_ignored', detail: 'behavioral_score and demographic_score are taken with update_score: true only',
};

function replyOf(lead: LeadStatus, body: QualifyBody, { email, score }: Told): AnswerOf<typeof QualifyLead> {
  const warnings = hasParts(body) && !body.update_score ? { warnings: [PARTS_IGNORED] } : {};
  const notes = body.qualification_notes ?? body.notes ?? null;
  const { lead_id: id, status, qualified_at } = lead;
  const reason = body.disqualification_reason ?? null;
  return body.qualified
    ? { message: 'Lead qualified successfully', data: { id, email, status, lead_score: score, qualified_at, notes }, ...warnings }
    : {
      message: 'Lead disqualified',
      data: { id, email, status, lost_reason: reason, disqualification_reason: reason, notes }, ...warnings,
    };
}
