import { Injectable } from '@nestjs/common';
import {
  LeadContactAttempted, LeadDisqualificationSuggested, type AnswerOf, type ContactAttempt, type LogContactAttempt as LogRequest, type NewEvent, type QuestionOf,
} from '@headwater/contracts';
import { causedByRequest } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { readDrafts } from '../domain/assessing/read-drafts';
import { logAttempt, type Logged } from '../domain/contact/log-attempt';
import { becauseOf, type Attempt, type ContactTally } from '../domain/contact/tally';
import { nameOf, qualificationState } from '../domain/lead-status';
import { assertRevision } from '../domain/refusals';
import { FollowCommands, orRefusal, type Held, type Kind, type Outcome } from '../follow-commands';
import { ContactAttemptsStore, nameOf as keyOf, type NewAttempt } from '../store/contact-attempts.store';

type Command = QuestionOf<typeof LogRequest>;
type Answer = AnswerOf<typeof LogRequest>;

/** An attempt, and what was decided because of it. */
interface Decided { held: Held<Command>; logged: Logged; attempt: NewAttempt }

/** Keeps that somebody was tried to be reached, and what follows from it for the lead, in one transaction. */
@Injectable()
export class LogContactAttempts implements Kind<Command, Answer> {
  constructor(private readonly commands: FollowCommands, private readonly attempts: ContactAttemptsStore) {}

  /**
   * Once per idempotency key.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `too_many_attempts`; 412; 422 at `at`
   */
  log(command: Command): Promise<Answer> {
    return this.commands.follow(command, this);
  }

  async decide(tx: Tx, all: Held<Command>[]): Promise<Outcome<Answer>[]> {
    const earlier = await this.attempts.since(tx, all.flatMap(({ lead }) => (lead.attempts ? [{ ...lead, at: lead.attempts.since }] : [])));
    const decided = all.map((held) => orRefusal(() => decide(held, earlier.get(keyOf(held.lead)) ?? [])));
    const logged = decided.flatMap((one) => ('refused' in one ? [] : [one]));
    const kept = await this.attempts.add(tx, logged.map(({ attempt }) => attempt));
    return decided.map((one) => ('refused' in one ? one : outcomeOf(one, kept[logged.indexOf(one)])));
  }
}

function decide({ command, lead: { now, ...lead } }: Held<Command>, earlier: readonly Attempt[]): Decided {
  const { context, lead_id, attempt: given, expected_revision } = command;
  assertRevision(lead, expected_revision);
  const { channel, outcome, note = null } = given;
  const attempt = { channel, outcome, note, direction: given.direction ?? 'outbound', at: given.at ?? now };
  const by = { actor: nameOf(context.actor), at: now };
  const logged = logAttempt(lead, attempt, earlier, context.tenant.policies.disqualify_after_attempts ?? null, by);
  return {
    held: { command, lead: { ...lead, now } }, logged,
    attempt: { ...attempt, tenant_id: lead.tenant_id, lead_id, actor: by.actor, cycle: lead.cycle, logged_at: now },
  };
}

function outcomeOf({ held: { command: { context } }, logged }: Decided, kept: ContactAttempt): Outcome<Answer> {
  const { decision } = logged;
  const readings = readDrafts(decision.notes, kept.at, context.tenant.time_zone);
  return {
    answer: { attempt: kept, qualification: qualificationState(decision.lead) },
    recorded: { decision, cause: causedByRequest(context), readings, events: eventsOf(context.tenant.id, kept, logged) },
  };
}

function eventsOf(tenant: string, { id, lead_id, channel, direction, outcome, at, actor, cycle }: ContactAttempt, { decision, suggested }: Logged): NewEvent[] {
  const tally = decision.lead.attempts as ContactTally;
  const suggestion = { lead_id, disqualification_reason: 'unreachable' as const, because: becauseOf(tally), at: decision.by.at };
  return [
    LeadContactAttempted.ofLead(tenant, { lead_id }, { attempt_id: id, lead_id, channel, direction, outcome, at, actor, cycle }),
    ...(suggested ? [LeadDisqualificationSuggested.ofLead(tenant, { lead_id }, suggestion)] : []),
  ];
}
