import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type IntakePatch, type IntakeState, type LeadScoreView, type QualifyBody, type QualifyLead,
  type QuestionOf, type ScoreOverride, type Warning,
} from '@headwater/contracts';
import { attemptOf, causedByRequest, firstAnswer, once, type KeyedAttempt } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { JudgeLeads, type Judgement, type Prepared } from './assessing/judge-leads';
import type { SaidOfElement } from './domain/assessing/standing';
import { nameOf, type LeadStatus } from './domain/lead-status';
import { provisionalScore } from './domain/provisional-score';
import { qualify } from './domain/qualify';
import { assertRevision, assertWritable } from './domain/refusals';
import { FinishQualifications, type Qualified } from './finish-qualification';
import { FollowCommands, orRefusal, type Held, type Kind, type Outcome } from './follow-commands';
import { KnowLeads } from './know-leads';
import { Neighbours } from './neighbours';
import { EnrolDisqualified, type AfterDisqualification } from './nurturing/enrol-disqualified';
import { RecordDecisions, type Recorded } from './record-decisions';
import { SettleLeads } from './settle-lead';
import { StatusesStore, type Locked } from './store/statuses.store';

type Command = QuestionOf<typeof QualifyLead>;

/** What other services told before the transaction. */
interface Told {
  lead: IntakeState | null;
  score: LeadScoreView | null;
  /** whether it goes on to be nurtured; null where it isn't disqualified */
  next: AfterDisqualification | null;
}

interface ToDecide extends Command { told: Told }

/** Records a person's judgement of a lead: qualified, with what is implied by it, or disqualified with the reason. */
@Injectable()
export class QualifyLeads implements Kind<ToDecide, Qualified> {
  constructor(
    private readonly commands: FollowCommands,
    private readonly database: Database,
    private readonly know: KnowLeads,
    private readonly settlements: SettleLeads,
    private readonly neighbours: Neighbours,
    private readonly statuses: StatusesStore,
    private readonly decisions: RecordDecisions,
    private readonly judging: JudgeLeads,
    private readonly finish: FinishQualifications,
    private readonly enrolling: EnrolDisqualified,
  ) {}

  /**
   * The transition commits first, with its event and the answer that its key remembers; what others have to do follows.
   * @throws DomainError 404; 409 `lead_locked`, `conversion_in_progress`, `invalid_transition`, `gate_not_passed`; 412; 422
   */
  async qualify(command: Command): Promise<AnswerOf<typeof QualifyLead>> {
    const { context, lead_id } = command;
    const attempt = attemptOf(context);
    return this.finish.finish(context, lead_id, await this.qualified(command, attempt), attempt);
  }

  private async qualified(command: Command, attempt: KeyedAttempt | undefined): Promise<Qualified> {
    const { context: { tenant }, lead_id, body } = command;
    if (body.qualified && body.then) throw DomainError.invalidField('then', 'not_applicable', 'then goes with "qualified": false');
    if (!body.qualified || body.update_score || fieldsOfIntake(body)) {
      // A repetition gets the first answer also where a new attempt would be refused by now.
      const answer = attempt && await this.database.transaction((tx) => firstAnswer<Qualified>(tx, attempt));
      return answer ?? this.decideAlone(command, attempt);
    }
    const [lead, score] = await Promise.all([this.neighbours.leadOf(tenant.id, lead_id), this.neighbours.scoreOf(tenant.id, lead_id)]);
    return this.commands.follow({ ...command, told: { lead, score, next: null } }, this);
  }

  /** Of leads that are qualified, with nothing to do for others. */
  async decide(tx: Tx, all: Held<ToDecide>[]): Promise<Outcome<Qualified>[]> {
    const said = await this.judging.said(tx, all.map(({ lead }) => lead));
    const prepared = await this.judging.prepareAll(tx, all.map(({ command: { context, body } }) => ({ tenant: context.tenant.id, body })));
    const judged = all.map((held, i) => orRefusal(() => this.judge(held, prepared[i](), said[i])));
    await this.judging.keep(tx, judged.flatMap((one) => ('judgement' in one ? [one.judgement] : [])));
    return judged.map((one, i) => ('refused' in one ? one : {
      answer: { reply: replyOf(one.recorded.decision.lead, all[i].command.body, all[i].command.told, one.judgement) }, recorded: one.recorded,
    }));
  }

  alone(command: ToDecide): Promise<Qualified> {
    return this.decideAlone(command, attemptOf(command.context));
  }

  private async decideAlone(command: Command, attempt: KeyedAttempt | undefined): Promise<Qualified> {
    const { context, lead_id, body } = command;
    const tenant = context.tenant.id;
    const known = await this.know.require(tenant, lead_id);
    await this.settlements.settleExpired(tenant, lead_id);
    const prepared = await this.judging.prepare(tenant, body);
    const fields = fieldsOfIntake(body);
    const [lead, score] = await Promise.all([
      known ?? this.neighbours.leadOf(tenant, lead_id),
      body.qualified && !body.update_score ? this.neighbours.scoreOf(tenant, lead_id) : null,
      fields && this.neighbours.updateLead(context, { lead_id, command_id: fields.command_id, patch: fields.patch, validate_only: true }),
    ]);
    const next = body.qualified ? null : await this.enrolling.prepare(context, lead_id, body);
    return once(this.database, attempt, async (tx) => {
      const qualified = await this.record(tx, { ...command, told: { lead, score, next } }, prepared);
      return fields ? { ...qualified, left_to_do: { ...qualified.left_to_do, fields } } : qualified;
    });
  }

  private async record(tx: Tx, command: ToDecide, prepared: Prepared): Promise<Qualified> {
    const { context, lead_id, body, told } = command;
    const lead = await this.statuses.lock(tx, context.tenant.id, lead_id) as Locked;
    assertWritable(lead);
    const [said] = await this.judging.said(tx, [lead]);
    const { recorded, judgement } = this.judge({ command, lead }, prepared, said);
    const { decision, cause, scoreOverride = null } = recorded;
    const [eventId] = await this.decisions.record(tx, [body.qualified ? recorded : { ...recorded, scoreOverride: null }]);
    await this.judging.keep(tx, [judgement]);
    const moved = told.next ? await this.enrolling.follow(tx, decision.lead, told.next, decision.by, cause) : decision.lead;
    const reply = replyOf(moved, body, told, judgement);
    if (!body.update_score) return { reply };
    return { reply, left_to_do: { score: { key: eventId as string, override: scoreOverride, meanwhile: meanwhile(body, lead) } } };
  }

  /** @throws DomainError 409 `invalid_transition`, `gate_not_passed`; 412; 422; `unavailable` */
  private judge(
    { command, lead: { now, ...present } }: Held<ToDecide>, prepared: Prepared, said: readonly SaidOfElement[],
  ): { recorded: Recorded; judgement: Judgement } {
    const { context, body, expected_revision, told } = command;
    assertKnown(prepared, told.lead);
    assertRevision(present, expected_revision);
    const by = { actor: nameOf(context.actor), at: now };
    const decision = qualify(present, body, by, { allowImpliedContact: context.tenant.policies.allow_implied_contact !== false });
    const judgement = this.judging.judge(prepared, decision, {
      body, timeZone: context.tenant.time_zone, lead: told.lead, score: body.update_score ? meanwhile(body, present) : present.score, said,
    });
    return {
      judgement,
      recorded: {
        decision, cause: causedByRequest(context), scoreOverride: body.update_score && hasParts(body) ? overrideOf(body, by) : null,
        assessment: body.qualified ? judgement.summary : null, readings: judgement.readings,
      },
    };
  }
}

/** @throws DomainError `unavailable` where a gate wants to know more of a lead than is known */
function assertKnown(prepared: Prepared, lead: IntakeState | null): void {
  if (prepared.asksForLead && !lead) throw DomainError.unavailable('What the lead has to have to be qualified is not known at the moment');
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

function replyOf(lead: LeadStatus, body: QualifyBody, told: Told, judgement: Judgement): AnswerOf<typeof QualifyLead> {
  const warnings = [...(hasParts(body) && !body.update_score ? [PARTS_IGNORED] : []), ...judgement.warnings];
  const { lead_id: id, status, qualified_at } = lead;
  const reason = body.disqualification_reason ?? null;
  const about = { id, email: told.lead?.profile.email ?? null, status };
  const notes = body.qualification_notes ?? body.notes ?? null;
  const assessments = judgement.given.length > 0 ? { assessments: judgement.given } : {};
  return {
    ...(body.qualified
      ? { message: 'Lead qualified successfully', data: { ...about, lead_score: told.score, qualified_at, notes, ...assessments } }
      : { message: 'Lead disqualified', data: { ...about, lost_reason: reason, disqualification_reason: reason, notes, ...assessments } }),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
