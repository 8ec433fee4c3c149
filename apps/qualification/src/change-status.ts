import { Injectable } from '@nestjs/common';
import type { AnswerOf, ChangeStatus, DomainError, QuestionOf } from '@headwater/contracts';
import { causedByRequest } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { readDrafts } from './domain/assessing/read-drafts';
import { changeStatus } from './domain/change-status';
import { nameOf, qualificationState, type LeadStatus } from './domain/lead-status';
import { assertRevision, assertWritable } from './domain/refusals';
import { FollowCommands, orRefusal, type Held, type Kind, type Outcome } from './follow-commands';
import { HoldLead } from './hold-lead';
import { KnowLeads } from './know-leads';
import { EnrolDisqualified, type AfterDisqualification } from './nurturing/enrol-disqualified';
import { RecordDecisions, type Recorded } from './record-decisions';
import { SettleLeads } from './settle-lead';
import { HistoriesStore, type LeadChange } from './store/histories.store';
import { StatusesStore } from './store/statuses.store';

type Command = QuestionOf<typeof ChangeStatus>;
type Answer = AnswerOf<typeof ChangeStatus>;
type Decided = { answer: Answer; recorded: Recorded | null } | { refused: DomainError };

/** Answers a PATCH's first question: whether the lead may be written at all, and what becomes of its status. */
@Injectable()
export class ChangeStatuses implements Kind<Command, Answer> {
  constructor(
    private readonly commands: FollowCommands,
    private readonly holding: HoldLead,
    private readonly know: KnowLeads,
    private readonly settlements: SettleLeads,
    private readonly statuses: StatusesStore,
    private readonly histories: HistoriesStore,
    private readonly decisions: RecordDecisions,
    private readonly enrolling: EnrolDisqualified,
  ) {}

  /**
   * A repetition of a command that changed something answers the present state.
   * @throws DomainError 404; 409 `lead_locked`, `conversion_in_progress`, `use_command`, `invalid_transition`; 412; 422
   */
  change(command: Command): Promise<Answer> {
    if (command.validate_only) return this.validate(command);
    // A PATCH is known by its command's id: a key of the caller's is the gateway's affair.
    return this.commands.follow({ ...command, context: { ...command.context, idempotency: undefined } }, this);
  }

  /** One that the tenant's rules may let go on to the nurtured goes alone: intake may have to be asked for it. */
  async decide(tx: Tx, all: Held<Command>[]): Promise<Outcome<Answer>[]> {
    const mayGoOn = await this.enrolling.mayFollow(tx, all.flatMap(({ command: { patch, context } }) => (patch.disqualification_reason ? [context.tenant.id] : [])));
    const goesAlone = ({ command: { patch, context } }: Held<Command>) => Boolean(patch.disqualification_reason) && mayGoOn(context.tenant.id);
    const here = all.filter((held) => !goesAlone(held));
    const decided = new Map((await this.decideHere(tx, here)).map((outcome, i) => [here[i], outcome]));
    return all.map((held) => decided.get(held) ?? 'alone');
  }

  private async decideHere(tx: Tx, all: Held<Command>[]): Promise<Decided[]> {
    if (all.length === 0) return [];
    const done = await this.histories.done(all.map(changeOf), tx);
    const decided = all.map((held, i) => (done.has(i) ? asItIs(held.lead) : orRefusal(() => decide(held))));
    await this.histories.markDone(tx, all.filter((_, i) => isRecorded(decided[i])).map(changeOf));
    return decided;
  }

  /** Whether it would be done, without doing it. */
  private async validate(command: Command): Promise<Answer> {
    const { context: { tenant }, lead_id } = command;
    await this.know.require(tenant.id, lead_id);
    await this.settlements.settleExpired(tenant.id, lead_id);
    const [lead] = await this.statuses.find(tenant.id, [lead_id]);
    assertWritable(lead);
    if (!(await this.histories.done([changeOf({ command, lead })])).has(0)) decide({ command, lead });
    return asItIs(lead).answer;
  }

  async alone(command: Command): Promise<Answer> {
    const next = command.patch.disqualification_reason ? await this.enrolling.prepare(command.context, command.lead_id) : null;
    return this.holding.during(command, (tx, lead) => this.apply(tx, { lead, command }, next));
  }

  private async apply(tx: Tx, held: Held<Command>, next: AfterDisqualification | null): Promise<Answer> {
    const isDone = (await this.histories.done([changeOf(held)], tx)).has(0);
    const { answer, recorded } = isDone ? asItIs(held.lead) : decide(held);
    if (!recorded) return answer;
    await this.histories.markDone(tx, [changeOf(held)]);
    await this.decisions.record(tx, [recorded]);
    const { decision, cause } = recorded;
    if (!next || decision.transitions.length === 0) return answer;
    return { qualification: qualificationState(await this.enrolling.follow(tx, decision.lead, next, decision.by, cause)) };
  }
}

const changeOf = ({ command: { command_id }, lead: { tenant_id, lead_id } }: Held<Command>): LeadChange => ({ command_id, tenant_id, lead_id });

const asItIs = (lead: LeadStatus) => ({ answer: { qualification: qualificationState(lead) }, recorded: null });

const isRecorded = (decided: Decided): boolean => 'recorded' in decided && decided.recorded !== null;

/** @throws DomainError 409, 412, 422 */
function decide({ command: { context, patch, expected_revision }, lead: { now, ...lead } }: Held<Command>): { answer: Answer; recorded: Recorded | null } {
  assertRevision(lead, expected_revision);
  const decision = changeStatus(lead, patch, { actor: nameOf(context.actor), at: now });
  if (!decision.changed) return asItIs(lead);
  const readings = readDrafts(decision.notes, now, context.tenant.time_zone);
  return { answer: { qualification: qualificationState(decision.lead) }, recorded: { decision, cause: causedByRequest(context), readings } };
}
