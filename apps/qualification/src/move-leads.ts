import { Injectable } from '@nestjs/common';
import type { AnswerOf, MoveLead, QualificationState, QuestionOf } from '@headwater/contracts';
import { causedByRequest, once, type Cause } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { readDrafts } from './domain/assessing/read-drafts';
import type { Decision } from './domain/decision';
import { followCommand, type Order } from './domain/follow-command';
import { nameOf, qualificationState } from './domain/lead-status';
import { assertRevision, assertWritable } from './domain/refusals';
import { FollowCommands, orRefusal, type Held, type Kind, type Outcome } from './follow-commands';
import { KnowLeads } from './know-leads';
import { EnrolDisqualified } from './nurturing/enrol-disqualified';
import { RecordDecisions } from './record-decisions';
import { SettleLeads } from './settle-lead';
import { StatusesStore, type Locked } from './store/statuses.store';

type Command = QuestionOf<typeof MoveLead>;
type Answer = AnswerOf<typeof MoveLead>;

/** A lead under the caller's lock, and what becomes of it. */
export interface Ordered {
  lead: Locked;
  order: Order;
  /** as histories show it */
  actor: string;
  cause: Cause;
  /** of the tenant, where a person wrote the notes: they are read then */
  timeZone?: string;
}

/** What has become of it; `event_id` is null where nothing is told. */
export interface Moved {
  decision: Decision;
  event_id: string | null;
}

/** Moves leads by command: for people one by one, and for other parts of this service in their own transactions. */
@Injectable()
export class MoveLeads implements Kind<Command, Answer> {
  constructor(
    private readonly commands: FollowCommands,
    private readonly database: Database,
    private readonly know: KnowLeads,
    private readonly settlements: SettleLeads,
    private readonly statuses: StatusesStore,
    private readonly decisions: RecordDecisions,
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
    return all.map(({ command: told, lead }) => {
      const { context, command, expected_revision } = told;
      if (command === 'disqualify' && mayGoOn(context.tenant.id)) return 'alone';
      return orRefusal(() => {
        assertRevision(lead, expected_revision);
        const decided = decide(orderedBy(told, lead));
        return { answer: { qualification: qualificationState(decided.decision.lead) }, recorded: decided.decision.changed ? decided : null };
      });
    });
  }

  async alone(told: Command): Promise<Answer> {
    const { context, lead_id, command, body, expected_revision } = told;
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    await this.settlements.settleExpired(tenant, lead_id);
    const next = command === 'disqualify' ? await this.enrolling.prepare(context, lead_id, body) : null;
    const attempt = context.idempotency && { ...context.idempotency, tenant };
    return once(this.database, attempt, async (tx): Promise<{ qualification: QualificationState }> => {
      const lead = await this.statuses.lock(tx, tenant, lead_id) as Locked;
      assertWritable(lead);
      assertRevision(lead, expected_revision);
      const ordered = orderedBy(told, lead);
      const [{ decision }] = await this.within(tx, [ordered]);
      const moved = next ? await this.enrolling.follow(tx, decision.lead, next, decision.by, ordered.cause) : decision.lead;
      return { qualification: qualificationState(moved) };
    });
  }

  /**
   * Moves leads whose locks this transaction holds (`StatusesStore.lockAll`, each lead once), set-based, with transitions, notes and events.
   * Timers and rules ask `wouldFollow` first and leave the others alone.
   * @throws DomainError of the first that is refused: 409 `lead_locked`, `lead_merged`, `invalid_transition` …; 422
   */
  async within(tx: Tx, orders: readonly Ordered[]): Promise<Moved[]> {
    const decided = orders.map((ordered) => {
      assertWritable(ordered.lead);
      return decide(ordered);
    });
    const told = await this.decisions.record(tx, decided.filter(({ decision }) => decision.changed));
    let at = 0;
    return decided.map(({ decision }) => ({ decision, event_id: decision.changed ? told[at++] : null }));
  }
}

const orderedBy = ({ context, command, body }: Command, lead: Locked): Ordered => ({
  lead, order: { command, reason: body.disqualification_reason, notes: body.notes }, actor: nameOf(context.actor), cause: causedByRequest(context),
  timeZone: context.tenant.time_zone,
});

function decide({ lead: { now, ...lead }, order, actor, cause, timeZone }: Ordered) {
  const decision = followCommand(lead, order, { actor, at: now });
  return { decision, cause, readings: timeZone === undefined ? [] : readDrafts(decision.notes, now, timeZone) };
}
