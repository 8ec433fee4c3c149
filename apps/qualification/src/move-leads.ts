import { Injectable } from '@nestjs/common';
import type { AnswerOf, MoveLead, QualificationState, QuestionOf } from '@headwater/contracts';
import { causedByRequest, once, type Cause } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { readDrafts } from './domain/assessing/read-drafts';
import type { Decision } from './domain/decision';
import { followCommand, type Order } from './domain/follow-command';
import { nameOf, qualificationState } from './domain/lead-status';
import { assertRevision, assertWritable } from './domain/refusals';
import { KnowLeads } from './know-leads';
import { EnrolDisqualified } from './nurturing/enrol-disqualified';
import { RecordDecisions } from './record-decisions';
import { SettleLeads } from './settle-lead';
import { StatusesStore, type Locked } from './store/statuses.store';

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
export class MoveLeads {
  constructor(
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
  async told({ context, lead_id, command, body, expected_revision }: QuestionOf<typeof MoveLead>): Promise<AnswerOf<typeof MoveLead>> {
    const tenant = context.tenant.id;
    await this.know.require(tenant, lead_id);
    await this.settlements.settleExpired(tenant, lead_id);
    const next = command === 'disqualify' ? await this.enrolling.prepare(context, lead_id, body) : null;
    const attempt = context.idempotency && { ...context.idempotency, tenant };
    return once(this.database, attempt, async (tx): Promise<{ qualification: QualificationState }> => {
      const lead = await this.statuses.lock(tx, tenant, lead_id) as Locked;
      assertWritable(lead);
      assertRevision(lead, expected_revision);
      const order = { command, reason: body.disqualification_reason, notes: body.notes };
      const [actor, cause] = [nameOf(context.actor), causedByRequest(context)];
      const [{ decision }] = await this.within(tx, [{ lead, order, actor, cause, timeZone: context.tenant.time_zone }]);
      const moved = next ? await this.enrolling.follow(tx, decision.lead, next, { actor, at: lead.now }, cause) : decision.lead;
      return { qualification: qualificationState(moved) };
    });
  }

  /**
   * Moves leads whose locks this transaction holds (`StatusesStore.lockAll`, each lead once), set-based, with transitions, notes and events.
   * Timers and rules ask `wouldFollow` first and leave the others alone.
   * @throws DomainError of the first that is refused: 409 `lead_locked`, `lead_merged`, `invalid_transition` …; 422
   */
  async within(tx: Tx, orders: readonly Ordered[]): Promise<Moved[]> {
    const decided = orders.map(({ lead: { now, ...lead }, order, actor, cause, timeZone }) => {
      assertWritable(lead);
      const decision = followCommand(lead, order, { actor, at: now });
      return { decision, cause, readings: timeZone === undefined ? [] : readDrafts(decision.notes, now, timeZone) };
    });
    const told = await this.decisions.record(tx, decided.filter(({ decision }) => decision.changed));
    let at = 0;
    return decided.map(({ decision }) => ({ decision, event_id: decision.changed ? told[at++] : null }));
  }
}
