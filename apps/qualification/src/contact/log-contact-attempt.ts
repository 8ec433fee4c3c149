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
import { HoldLead } from '../hold-lead';
import { EnrolDisqualified } from '../nurturing/enrol-disqualified';
import { RecordDecisions, type Recorded } from '../record-decisions';
import { ContactAttemptsStore, nameOf as keyOf, type NewAttempt } from '../store/contact-attempts.store';

type Command = QuestionOf<typeof LogRequest>;
type Answer = AnswerOf<typeof LogRequest>;

/** An attempt, and what was decided because of it. */
interface Decided { held: Held<Command>; logged: Logged; attempt: NewAttempt }

/** Keeps that somebody was tried to be reached, and what follows from it for the lead, in one transaction. */
@Injectable()
export class LogContactAttempts implements Kind<Command, Answer> {
  constructor(
    private readonly commands: FollowCommands, private readonly holding: HoldLead, private readonly attempts: ContactAttemptsStore,
    private readonly decisions: RecordDecisions, private readonly enrolling: EnrolDisqualified,
  ) {}

  /**
   * Once per idempotency key.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, `too_many_attempts`; 412; 422 at `at`
   */
  log(command: Command): Promise<Answer> {
    return this.commands.follow(command, this);
  }

  /** One that gives a lead up which the tenant's rules may let go on to the nurtured goes alone: intake may have to be asked for it. */
  async decide(tx: Tx, all: Held<Command>[]): Promise<Outcome<Answer>[]> {
    const earlier = await this.earlier(tx, all);
    const decided = all.map((held) => orRefusal(() => decide(held, earlier.get(keyOf(held.lead)) ?? [])));
    const mayGoOn = await this.enrolling.mayFollow(tx, decided.flatMap((one) => ('logged' in one && givesUp(one) ? [one.held.lead.tenant_id] : [])));
    const here = decided.map((one) => ('logged' in one && givesUp(one) && mayGoOn(one.held.lead.tenant_id) ? 'alone' : one));
    const logged = here.flatMap((one) => (typeof one !== 'string' && 'logged' in one ? [one] : []));
    const kept = await this.attempts.add(tx, logged.map(({ attempt }) => attempt));
    return here.map((one) => (typeof one !== 'string' && 'logged' in one ? outcomeOf(one, kept[logged.indexOf(one)]) : one));
  }

  async alone(command: Command): Promise<Answer> {
    const next = await this.enrolling.prepare(command.context, command.lead_id);
    return this.holding.during(command, async (tx, lead) => {
      const held = { command, lead };
      const decided = decide(held, (await this.earlier(tx, [held])).get(keyOf(lead)) ?? []);
      const [kept] = await this.attempts.add(tx, [decided.attempt]);
      const { answer, recorded } = outcomeOf(decided, kept);
      await this.decisions.record(tx, [recorded]);
      if (!givesUp(decided)) return answer;
      const { decision, cause } = recorded;
      return { ...answer, qualification: qualificationState(await this.enrolling.follow(tx, decision.lead, next, decision.by, cause)) };
    });
  }

  private earlier(tx: Tx, all: readonly Held<Command>[]): Promise<Map<string, Attempt[]>> {
    return this.attempts.since(tx, all.flatMap(({ lead }) => (lead.attempts ? [{ ...lead, at: lead.attempts.since }] : [])));
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

const givesUp = ({ logged: { decision } }: Decided): boolean => decision.transitions.some(({ to }) => to === 'disqualified');

function outcomeOf({ held: { command: { context } }, logged }: Decided, kept: ContactAttempt): { answer: Answer; recorded: Recorded } {
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
