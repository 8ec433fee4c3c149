import { Injectable } from '@nestjs/common';
import type { AnswerOf, MoveLead, QuestionOf } from '@headwater/contracts';
import { causedByRequest } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { readDrafts } from './domain/assessing/read-drafts';
import { followCommand } from './domain/follow-command';
import { nameOf, qualificationState } from './domain/lead-status';
import { assertRevision } from './domain/refusals';
import { FollowCommands, orRefusal, type Held, type Kind, type Outcome } from './follow-commands';
import { HoldLead } from './hold-lead';
import { EnrolDisqualified } from './nurturing/enrol-disqualified';
import { RecordDecisions, type Recorded } from './record-decisions';

type Command = QuestionOf<typeof MoveLead>;
type Answer = AnswerOf<typeof MoveLead>;

/** Moves leads by the commands that take nothing but a reason and notes. */
@Injectable()
export class MoveLeads implements Kind<Command, Answer> {
  constructor(
    private readonly commands: FollowCommands, private readonly holding: HoldLead, private readonly decisions: RecordDecisions,
    private readonly enrolling: EnrolDisqualified,
  ) {}

  /**
   * A person's command, once per idempotency key.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `invalid_transition`; 412; 422
   */
  told(command: Command): Promise<Answer> {
    return command.body.then || command.body.nurture ? this.alone(command) : this.commands.follow(command, this);
  }

  /** One that the tenant's rules may let go on to the nurtured goes alone: intake may have to be asked for it. */
  async decide(tx: Tx, all: Held<Command>[]): Promise<Outcome<Answer>[]> {
    const mayGoOn = await this.enrolling.mayFollow(tx, all.flatMap(({ command: { command, context } }) => (command === 'disqualify' ? [context.tenant.id] : [])));
    return all.map((held) => {
      const { command, context } = held.command;
      if (command === 'disqualify' && mayGoOn(context.tenant.id)) return 'alone';
      return orRefusal(() => {
        const recorded = decide(held);
        return { answer: { qualification: qualificationState(recorded.decision.lead) }, recorded: recorded.decision.changed ? recorded : null };
      });
    });
  }

  async alone(command: Command): Promise<Answer> {
    const next = command.command === 'disqualify' ? await this.enrolling.prepare(command.context, command.lead_id, command.body) : null;
    return this.holding.during(command, async (tx, lead) => {
      const recorded = decide({ command, lead });
      const { decision, cause } = recorded;
      if (decision.changed) await this.decisions.record(tx, [recorded]);
      const moved = next ? await this.enrolling.follow(tx, decision.lead, next, decision.by, cause) : decision.lead;
      return { qualification: qualificationState(moved) };
    });
  }
}

/** @throws DomainError 409 `invalid_transition`; 412; 422 */
function decide({ command: { context, command, body, expected_revision }, lead: { now, ...lead } }: Held<Command>): Recorded {
  assertRevision(lead, expected_revision);
  const order = { command, reason: body.disqualification_reason, notes: body.notes, target: body.target };
  const decision = followCommand(lead, order, { actor: nameOf(context.actor), at: now });
  return { decision, cause: causedByRequest(context), readings: readDrafts(decision.notes, now, context.tenant.time_zone) };
}
