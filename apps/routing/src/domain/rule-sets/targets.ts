import type { RoutingTarget } from '@headwater/contracts';
import { asName } from './check-names';
import type { SetupPool, StoredDocument } from './rule-set-document';

/** Begins the names of pools that nobody wrote: a rule leads to a team, a role, a rep or a territory, and each of these rotates by itself. */
export const OWN_NAMES = ['team:', 'role:', 'rep:', 'territory:'] as const;
const TERRITORY_POOL = 'territory:owner';
const DEFAULT_STRATEGY = 'round_robin';

/** A pool that leads come to, as it is kept: with the names of what belongs to it. */
export interface KeptPool extends Pick<SetupPool, 'name' | 'strategy' | 'options'> {
  readonly members: readonly string[];
  readonly teams: readonly string[];
  /** in lower case */
  readonly roles?: readonly string[];
  /** all reps belong to it: whoever the lead is for is found among them */
  readonly everybody?: boolean;
}

/** The pool that a target leads to; null when it is a queue. */
export function poolOf(target: RoutingTarget): KeptPool | null {
  const { pool, rep, team, role, territory_owner } = target;
  if (pool) return { name: pool, strategy: '', members: [], teams: [] };
  if (rep) return { name: `rep:${rep}`, strategy: 'named', members: [rep], teams: [] };
  const strategy = target.strategy ?? DEFAULT_STRATEGY;
  if (team) return { name: `team:${team}/${strategy}`, strategy, members: [], teams: [team] };
  if (role) return { name: `role:${asName(role)}/${strategy}`, strategy, members: [], teams: [], roles: [asName(role)] };
  return territory_owner ? { name: TERRITORY_POOL, strategy: 'territory_owner', members: [], teams: [], everybody: true } : null;
}

/** Every pool of a document, those included that its rules imply; each once. */
export function keptPools({ pools, rule_set: { rules, default: fallback } }: StoredDocument): KeptPool[] {
  const written = pools.map(({ members = [], teams = [], roles = [], name, strategy, options }): KeptPool =>
    ({ name, strategy, options, members, teams, roles: roles.map(asName) }));
  const implied = [...rules, fallback].flatMap((target) => (target.pool ? [] : poolOf(target) ?? []));
  return [...new Map([...written, ...implied].map((pool) => [pool.name, pool])).values()];
}
