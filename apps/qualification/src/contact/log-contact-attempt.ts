import { Injectable } from '@nestjs/common';
import {
  LeadContactAttempted, LeadDisqualificationSuggested, type AnswerOf, type ContactAttempt, type LogContactAttempt as LogRequest, type NewEvent, type QuestionOf,
} from '@headwater/contracts';
import { causedByRequest, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { readDrafts } from '../domain/assessing/read-drafts';
import { logAttempt, type Logged } from '../domain/contact/log-attempt';
import { becauseOf, type ContactTally } from '../domain/contact/tally';
import { nameOf, qualificationState } from '../domain/lead-status';
import { assertRevision, assertWritable } from '../domain/refusals';
import { KnowLeads } from '../know-leads';
import { RecordDecisions } from '../record-decisions';
import { SettleLeads } from '../settle-lead';
import { ContactAttemptsStore } from '../store/contact-attempts.store';
import { StatusesStore, type Locked } from '../store/statuses.store';

type Command = QuestionOf<typeof LogRequest>;
type Answer = AnswerOf<typeof LogRequest>;

/** Keeps that somebody was tried to be reached, and what follows from it for the lead, in one transaction. */
@Injectable()
export class LogContactAttempts {
  constructor(
    private readonly database: Database,
    private readonly know: KnowLeads,
    private readonly settlements: SettleLeads,
    private readonly statuses: StatusesStore,
    private readonly attempts: ContactAttemptsStore,
    private readonly decisions: RecordDecisions,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Once per idempotency key.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `too_many_attempts`; 412; 422 at `at`
   */
  async log(command: Command): Promise<Answer> {
    const { context, lead_id } = command;
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    await this.settlements.settleExpired(tenant, lead_id);
    return once(this.database, context.idempotency && { ...context.idempotency, tenant }, (tx) => this.record(tx, command));
  }

  private async record(tx: Tx, { context, lead_id, attempt: given, expected_revision }: Command): Promise<Answer> {
    const { now, ...lead } = await this.statuses.lock(tx, context.tenant.id, lead_id) as Locked;
    assertWritable(lead);
    assertRevision(lead, expected_revision);
    const { channel, outcome, note = null } = given;
    const attempt = { channel, outcome, note, direction: given.direction ?? 'outbound', at: given.at ?? now };
    const earlier = lead.attempts ? await this.attempts.since(tx, lead, lead.attempts.since) : [];
    const by = { actor: nameOf(context.actor), at: now };
    const logged = logAttempt(lead, attempt, earlier, context.tenant.policies.disqualify_after_attempts ?? null, by);
    const kept = await this.attempts.add(tx, lead.tenant_id, { ...attempt, lead_id, actor: by.actor, cycle: lead.cycle, logged_at: now });
    const cause = causedByRequest(context);
    const readings = readDrafts(logged.decision.notes, attempt.at, context.tenant.time_zone);
    await this.decisions.record(tx, [{ decision: logged.decision, cause, readings }]);
    await this.outbox.add(tx, eventsOf(lead.tenant_id, kept, logged).map((event) => ({ event, cause })));
    return { attempt: kept, qualification: qualificationState(logged.decision.lead) };
  }
}

function eventsOf(tenant: string, { id, lead_id, channel, direction, outcome, at, actor, cycle }: ContactAttempt, { decision, suggested }: Logged): NewEvent[] {
  const tally = decision.lead.attempts as ContactTally;
  const suggestion = { lead_id, disqualification_reason: 'unreachable' as const, because: becauseOf(tally), at: decision.by.at };
  return [
    LeadContactAttempted.ofLead(tenant, { lead_id }, { attempt_id: id, lead_id, channel, direction, outcome, at, actor, cycle }),
    ...(suggested ? [LeadDisqualificationSuggested.ofLead(tenant, { lead_id }, suggestion)] : []),
  ];
}
