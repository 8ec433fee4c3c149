import { DomainError } from '@headwater/contracts';
import type { Assignment } from './assignment';
import type { CompiledRules } from './rule-sets/compile-rules';

/** Who wants a lead. */
export interface Claiming {
  readonly name: string;
  readonly active: boolean;
  readonly team: { readonly name: string } | null;
  readonly open_leads: number;
  readonly max_open_leads: number | null;
}

/**
 * Whether a lead is there to be claimed.
 * @throws DomainError `lead_merged`, `lead_locked`, `already_owned` with the owner, `not_in_queue`
 */
export function checkClaimable({ lead_id, primary_id, converted, owner, awaits_routing }: Assignment): void {
  if (primary_id !== null) throw DomainError.conflict('lead_merged', `Lead ${lead_id} is merged into lead ${primary_id}`, { primary_id });
  if (converted) throw DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted });
  if (owner) throw DomainError.conflict('already_owned', `${owner.name} has the lead`, { owner: { id: owner.id, name: owner.name } });
  if (awaits_routing) throw DomainError.conflict('not_in_queue', 'The lead is about to be routed');
}

const forbidden = (code: string, detail: string): DomainError => new DomainError({ kind: 'forbidden', code, detail });

/**
 * Whether somebody may have it.
 * @throws DomainError `not_a_rep`, `inactive_rep`, `at_the_cap`, `not_in_team`
 */
export function checkClaimer(claimer: Claiming | null, { waits }: Pick<Assignment, 'waits'>, rules: CompiledRules | null): asserts claimer is Claiming {
  if (!claimer) throw forbidden('not_a_rep', 'Only a rep of the tenant can claim leads');
  const { name, active, team, open_leads, max_open_leads } = claimer;
  if (!active) throw forbidden('inactive_rep', `${name} is not active`);
  const teams = rules?.queues.get(waits?.queue ?? '') ?? [];
  if (teams.length > 0 && !teams.includes(team?.name ?? '')) throw forbidden('not_in_team', `From the queue "${waits?.queue}" claim ${teams.join(', ')}`);
  if (max_open_leads !== null && open_leads >= max_open_leads) {
    throw DomainError.conflict('at_the_cap', `${name} has ${open_leads} of ${max_open_leads} open leads`, { open_leads, max_open_leads });
  }
}
