import { DomainError } from '@headwater/contracts';
import { assertWritable } from './assert-writable';
import type { Assignment } from './assignment';
import type { Rep } from './choosing/eligibility';
import type { CompiledRules } from './rule-sets/compile-rules';

/** Who wants a lead. */
export interface Claimer extends Rep {
  readonly user_id: string;
  /** in lower case */
  readonly roles: readonly string[];
}

/** Who says so, and whether they may for others. */
export interface Claimant { readonly userId: string; readonly mayForOthers: boolean }

/**
 * Whether a lead is there to be claimed.
 * @throws DomainError `lead_merged`, `lead_locked`, `already_owned` with the owner, `not_in_queue`
 */
export function checkClaimable(assignment: Assignment): void {
  assertWritable(assignment);
  const { owner, awaits_routing } = assignment;
  if (owner) throw DomainError.conflict('already_owned', `${owner.name} has the lead`, { owner: { id: owner.id, name: owner.name } });
  if (awaits_routing) throw DomainError.conflict('not_in_queue', 'The lead is about to be routed');
}

const forbidden = (code: string, detail: string): DomainError => new DomainError({ kind: 'forbidden', code, detail });

/**
 * Whether somebody may have it. Working hours don't bind who is there to claim; leave does.
 * @param claimer as they are now
 * @throws DomainError `not_a_rep`, `forbidden`, `inactive_rep`, `not_in_team`, `on_leave`, `at_the_cap`
 */
export function checkClaimer(
  claimer: Claimer | null, { waits }: Pick<Assignment, 'waits'>, rules: CompiledRules | null, by: Claimant,
): asserts claimer is Claimer {
  if (!claimer) throw forbidden('not_a_rep', 'Only a rep of the tenant can claim leads');
  const { name, active, away, user_id } = claimer;
  if (user_id !== by.userId && !by.mayForOthers) throw forbidden('forbidden', `To claim a lead for ${name} needs the scope routing:admin`);
  if (!active) throw forbidden('inactive_rep', `${name} is not active`);
  checkQueue(claimer, waits?.queue ?? null, rules);
  if (away?.why === 'leave') {
    throw DomainError.conflict('on_leave', `${name} is on leave${away.until === null ? '' : ` until ${away.until}`}`, { until: away.until });
  }
  checkCaps(claimer);
}

function checkQueue({ team, roles }: Claimer, queue: string | null, rules: CompiledRules | null): void {
  const may = rules?.queues.get(queue ?? '') ?? { teams: [], roles: [] };
  const named = [...may.teams, ...may.roles];
  if (named.length === 0 || may.teams.includes(team?.name ?? '') || roles.some((role) => may.roles.includes(role))) return;
  throw forbidden('not_in_team', `From the queue "${queue}" claim ${named.join(', ')}`);
}

function checkCaps({ name, open_leads, max_open_leads, windows = [] }: Claimer): void {
  if (max_open_leads !== null && open_leads >= max_open_leads) {
    throw DomainError.conflict('at_the_cap', `${name} has ${open_leads} of ${max_open_leads} open leads`, { open_leads, max_open_leads });
  }
  const full = windows.find(({ taken, most }) => taken >= most);
  if (full) throw DomainError.conflict('at_the_cap', `${name} got ${full.taken} of ${full.most} leads per ${full.per}`, { ...full });
}
