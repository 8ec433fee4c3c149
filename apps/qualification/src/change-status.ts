import { Injectable } from '@nestjs/common';
import type { AnswerOf, ChangeStatus, QuestionOf } from '@headwater/contracts';
import { causedByRequest } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { readDrafts } from './domain/assessing/read-drafts';
import { changeStatus } from './domain/change-status';
import { nameOf, qualificationState, type LeadStatus } from './domain/lead-status';
import { assertRevision, assertWritable } from './domain/refusals';
import { KnowLeads } from './know-leads';
import { EnrolDisqualified, type AfterDisqualification } from './nurturing/enrol-disqualified';
import { RecordDecisions } from './record-decisions';
import { SettleLeads } from './settle-lead';
import { HistoriesStore } from './store/histories.store';
import { StatusesStore, type Locked } from './store/statuses.store';

type Command = QuestionOf<typeof ChangeStatus>;

/** Answers a PATCH's first question: whether the lead may be written at all, and what becomes of its status. */
@Injectable()
export class ChangeStatuses {
  constructor(
    private readonly database: Database,
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
  async change(command: Command): Promise<AnswerOf<typeof ChangeStatus>> {
    const { context, lead_id, validate_only, patch } = command;
    const { tenant } = context;
    await this.know.require(tenant.id, lead_id);
    await this.settlements.settleExpired(tenant.id, lead_id);
    const next = patch.disqualification_reason && !validate_only ? await this.enrolling.prepare(context, lead_id) : null;
    const lead = await this.database.transaction(async (tx) => {
      const [present] = validate_only
        ? await this.statuses.find(tenant.id, [lead_id], tx)
        : [await this.statuses.lock(tx, tenant.id, lead_id) as Locked];
      return this.apply(tx, present, command, next);
    });
    return { qualification: qualificationState(lead) };
  }

  private async apply(tx: Tx, present: Locked, command: Command, next: AfterDisqualification | null): Promise<LeadStatus> {
    assertWritable(present);
    if (await this.histories.isDone(tx, present, command.command_id)) return present;
    assertRevision(present, command.expected_revision);
    const { now, ...lead } = present;
    const decision = changeStatus(lead, command.patch, { actor: nameOf(command.context.actor), at: now });
    if (command.validate_only) return lead;
    if (!decision.changed) return lead;
    await this.histories.markDone(tx, lead, command.command_id);
    const cause = causedByRequest(command.context);
    const readings = readDrafts(decision.notes, now, command.context.tenant.time_zone);
    await this.decisions.record(tx, [{ decision, cause, readings }]);
    return next && decision.transitions.length > 0 ? this.enrolling.follow(tx, decision.lead, next, decision.by, cause) : decision.lead;
  }
}
