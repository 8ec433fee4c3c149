import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type Context, type IntakeState, type LeadTouches, type RoutingFacts, type ScoringFacts, type Warning,
} from '@headwater/contracts';
import { decideOwner } from '../domain/decide-owner';
import { pendingDuplicates } from '../domain/pending-duplicates';
import { Neighbours } from './neighbours';

/** What the owners of a lead's parts say of it at the moment of its conversion. */
export interface Gathered {
  lead: IntakeState;
  /** where it came from */
  touches: LeadTouches;
  /** null when scoring doesn't answer, or has none */
  scoring: ScoringFacts | null;
  /** null when routing doesn't answer */
  routing: RoutingFacts | null;
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
  constructor(private readonly neighbours: Neighbours) {}

  /** @throws DomainError not_found, `owner_required`, `duplicates_pending`; unavailable when intake, or routing where an owner is required, is */
  async gather({ tenant, actor }: Context, leadId: number, wanted: Wanted): Promise<Gathered> {
    const requireOwner = tenant.policies.require_owner ?? false;
    const lead = { tenant: tenant.id, lead_id: leadId };
    const owners = this.neighbours.owners({ ...lead, user_id: actor.kind === 'user' ? actor.id : null });
    const [intake, scoring, routing] = await Promise.all([
      this.neighbours.lead(lead),
      unlessAbsent('scoring', this.neighbours.score(lead)),
      // Without knowing the owner nobody can say that there is none.
      requireOwner ? needed(owners) : unlessAbsent('routing', owners),
    ]);
    const refusals: DomainError[] = [];
    const policies = { requireOwner, mustBeSettled: tenant.policies.require_settled_duplicates ?? false };
    const decided = (strict: boolean) => (strict ? policies : { requireOwner: false, mustBeSettled: false });
    const { ownerId, warnings } = unlessOnlyLooking(wanted, refusals, (strict) =>
      decideOwner(routing.value?.assignment ?? null, routing.value?.rep ?? null, decided(strict).requireOwner));
    const pending = unlessOnlyLooking(wanted, refusals, (strict) => pendingDuplicates(leadId, intake.reviews, decided(strict).mustBeSettled));
    return {
      lead: intake.lead, touches: intake.touches, scoring: scoring.value, routing: routing.value, ownerId, refusals,
      confirmTo: wanted.notify ? actor.email ?? mailOf(ownerId, routing.value) : null,
      warnings: [...scoring.warnings, ...routing.warnings, ...warnings, ...pending],
    };
  }
}

/** What a policy forbids is thrown; who only looks gets it listed, and goes on as if it were allowed. */
function unlessOnlyLooking<T>({ lookOnly = false }: Wanted, refusals: DomainError[], decide: (strict: boolean) => T): T {
  try {
    return decide(true);
  } catch (error) {
    if (!lookOnly || !(error instanceof DomainError)) throw error;
    refusals.push(error);
    return decide(false);
  }
}

const mailOf = (ownerId: number | null, facts: RoutingFacts | null): string | null =>
  [facts?.rep, facts?.owner].find((rep) => rep && rep.id === ownerId)?.email ?? null;

const needed = async <Answer>(asked: Promise<Answer>): Promise<Asked<Answer>> => ({ value: await asked, warnings: [] });

/** A service that isn't there is remarked on; a refusal or a fault is not swallowed. */
async function unlessAbsent<Answer>(service: string, asked: Promise<Answer>): Promise<Asked<Answer>> {
  try {
    return { value: await asked, warnings: [] };
  } catch (error) {
    if (!(error instanceof DomainError) || error.body.kind !== 'unavailable') throw error;
    return { value: null, warnings: [{ code: `${service}_unavailable`, detail: `Converted without ${service}: ${error.message}` }] };
  }
}
