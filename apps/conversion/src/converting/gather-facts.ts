import { Injectable } from '@nestjs/common';
import {
  DomainError, FindRep, GetAssignments, GetKeyTouches, GetLeads, GetScores, ListOpenReviews,
  type Context, type IntakeState, type KeyTouches, type RepView, type RequestDefinition, type RoutingState, type ScoringState, type Warning,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { decideOwner } from '../domain/decide-owner';
import { pendingDuplicates } from '../domain/pending-duplicates';

/** For answers that a conversion can do without. */
const OPTIONAL_MS = 2_000;
/** Of leads that may be the same person; people who want more look into the queue. */
const MOST_CANDIDATES = 10;

/** What the owners of a lead's parts say of it at the moment of its conversion. */
export interface Gathered {
  lead: IntakeState;
  /** where it came from; null when intake could not say */
  touches: KeyTouches | null;
  /** null when scoring doesn't answer, or has none */
  score: ScoringState | null;
  assignment: RoutingState | null;
  /** rep who owns the new records; null for nobody */
  ownerId: number | null;
  /** e-mail to confirm to; null for nobody */
  confirmTo: string | null;
  warnings: Warning[];
  /** what stands in the way by the tenant's policies, where it is only looked at */
  refusals: DomainError[];
}

interface Wanted {
  /** whether anybody is written to about the conversion */
  notify: boolean;
  /** only look: refusals are gathered, not thrown */
  lookOnly?: boolean;
}

interface Asked<T> { value: T | null; warnings: Warning[] }

/** Asks the lead's other owners, in parallel, after it was reserved. Intake is needed, scoring and routing are not. */
@Injectable()
export class GatherFacts {
  constructor(private readonly requester: Requester) {}

  /** @throws DomainError not_found, `owner_required`, `duplicates_pending`; unavailable when intake, or routing where an owner is required, is */
  async gather(context: Context, leadId: number, { notify, lookOnly = false }: Wanted): Promise<Gathered> {
    const question = { tenant: context.tenant.id, ids: [leadId] };
    const requireOwner = context.tenant.policies.require_owner ?? false;
    const ofLead = { tenant: context.tenant.id, lead_id: leadId, limit: MOST_CANDIDATES };
    const mustBeSettled = context.tenant.policies.require_settled_duplicates ?? false;
    const [{ leads }, touches, scores, assignments, reps, duplicates] = await Promise.all([
      this.requester.ask(GetLeads, question),
      this.unlessAbsent(GetKeyTouches, { tenant: context.tenant.id, lead_id: leadId }),
      this.unlessAbsent(GetScores, question),
      // Without knowing the owner nobody can say that there is none.
      requireOwner ? this.needed(GetAssignments, question) : this.unlessAbsent(GetAssignments, question),
      this.repOf(context),
      mustBeSettled ? this.needed(ListOpenReviews, ofLead) : this.unlessAbsent(ListOpenReviews, ofLead),
    ]);
    if (leads.length === 0) throw DomainError.notFound('Lead');
    const assignment = assignments.value?.assignments[0] ?? null;
    const rep = reps.value?.rep ?? null;
    const refusals: DomainError[] = [];
    const { ownerId, warnings } = this.unlessOnlyLooking(lookOnly, refusals, (strict) => decideOwner(assignment, rep, strict && requireOwner));
    const pending = this.unlessOnlyLooking(lookOnly, refusals, (strict) =>
      pendingDuplicates(leadId, duplicates.value?.reviews ?? [], strict && mustBeSettled));
    return {
      lead: leads[0],
      touches: touches.value,
      score: scores.value?.scores[0] ?? null,
      assignment,
      ownerId,
      confirmTo: notify ? context.actor.email ?? await this.mailOf(context, ownerId, rep) : null,
      warnings: [
        ...touches.warnings.map(({ detail }) => ({ code: 'touches_unknown', detail })), ...scores.warnings, ...assignments.warnings, ...warnings,
        ...pending,
      ],
      refusals,
    };
  }

  /** What a policy forbids is thrown; who only looks gets it listed, and goes on as if it were allowed. */
  private unlessOnlyLooking<T>(lookOnly: boolean, refusals: DomainError[], decide: (strict: boolean) => T): T {
    try {
      return decide(true);
    } catch (error) {
      if (!lookOnly || !(error instanceof DomainError)) throw error;
      refusals.push(error);
      return decide(false);
    }
  }

  private async repOf({ tenant, actor }: Context): Promise<Asked<{ rep: RepView | null }>> {
    if (actor.kind !== 'user') return { value: null, warnings: [] };
    return this.unlessAbsent(FindRep, { tenant: tenant.id, user_id: actor.id });
  }

  private async mailOf({ tenant }: Context, ownerId: number | null, rep: RepView | null): Promise<string | null> {
    if (ownerId === null) return null;
    if (rep?.id === ownerId) return rep.email;
    const { value } = await this.unlessAbsent(FindRep, { tenant: tenant.id, rep_id: ownerId });
    return value?.rep?.email ?? null;
  }

  private async needed<Question, Answer>(
    request: RequestDefinition<Question, Answer>, question: Question,
  ): Promise<Asked<Answer>> {
    return { value: await this.requester.ask(request, question), warnings: [] };
  }

  /** A service that isn't there is remarked on; a refusal or a fault is not swallowed. */
  private async unlessAbsent<Question, Answer>(
    request: RequestDefinition<Question, Answer>, question: Question,
  ): Promise<Asked<Answer>> {
    try {
      return { value: await this.requester.ask(request, question, { timeoutMs: OPTIONAL_MS }), warnings: [] };
    } catch (error) {
      if (!(error instanceof DomainError) || error.body.kind !== 'unavailable') throw error;
      return { value: null, warnings: [{ code: `${request.service}_unavailable`, detail: `Converted without ${request.service}: ${error.message}` }] };
    }
  }
}
