import { fieldError, REROUTE_CAUSES, type FieldError } from '@headwater/contracts';
import { checkCondition } from '@headwater/rules';
import { RULE_FIELDS } from '../rule-fields';
import { strategies } from '../strategies';
import { asId, asName, distinct } from './check-names';
import type { SetupPool, SetupRule, SetupRuleSet, SetupTarget, StoredDocument } from './rule-set-document';
import { OWN_NAMES } from './targets';

/** What the names of a document may stand for. */
export interface KnownNames {
  /** of reps */
  readonly users: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
  /** that reps have, in lower case; null where nobody knows them */
  readonly roles: ReadonlySet<string> | null;
  /** of SLA policies; null where nobody knows them */
  readonly policies: ReadonlySet<string> | null;
}

/** Where the two parts of a document stand in what was sent. */
export interface Places { readonly pools: string; readonly ruleSet: string }
export const IN_SETUP: Places = { pools: 'pools', ruleSet: 'rule_set.' };
export const BY_ITSELF: Places = { pools: 'pools', ruleSet: '' };

/**
 * Everything that keeps a document of the right shape from being a rule set: names that point nowhere or are given twice, pools
 * without members, pools that fall back to each other in a circle, rules that lead nowhere or to several places, conditions that are none.
 */
export function checkRuleSet({ pools, rule_set }: StoredDocument, known: KnownNames, places: Places): FieldError[] {
  const names: Names = {
    ...known, pools: new Set(pools.map(({ name }) => name)), queues: new Set((rule_set.queues ?? []).map(({ name }) => name)),
  };
  return [
    ...distinct(pools.map(({ name }) => name), asName, (i) => `${places.pools}.${i}.name`),
    ...pools.flatMap((pool, i) => checkPool(pool, `${places.pools}.${i}`, names)),
    ...circles(pools, places.pools),
    ...checkRules(rule_set, places.ruleSet, names),
  ];
}

interface Names extends KnownNames { readonly pools: ReadonlySet<string>; readonly queues: ReadonlySet<string> }

function checkPool({ name, strategy, members = [], teams = [], roles = [], fallback }: SetupPool, path: string, names: Names): FieldError[] {
  return [
    ...(OWN_NAMES.some((own) => name.startsWith(own)) ? [fieldError(`${path}.name`, 'reserved_name', `No pool's name begins with ${OWN_NAMES.join(', ')}`)] : []),
    ...distinct(members, asId, (i) => `${path}.members.${i}`),
    ...distinct(teams, asName, (i) => `${path}.teams.${i}`),
    ...distinct(roles, asName, (i) => `${path}.roles.${i}`),
    ...checkStrategy(strategy, `${path}.strategy`),
    ...(members.length + teams.length + roles.length === 0 ? [fieldError(`${path}.members`, 'empty_pool', `The pool "${name}" has no members`)] : []),
    ...members.flatMap((user, i) => unless(names.users, user, `${path}.members.${i}`, 'unknown_rep', 'rep with the user id')),
    ...teams.flatMap((team, i) => unless(names.teams, team, `${path}.teams.${i}`, 'unknown_team', 'team')),
    ...roles.flatMap((role, i) => checkRole(names, role, `${path}.roles.${i}`)),
    ...(fallback ? unless(names.pools, fallback, `${path}.fallback`, 'unknown_pool', 'pool') : []),
  ];
}

/** The pools whose fallbacks lead back to themselves. */
function circles(pools: readonly SetupPool[], path: string): FieldError[] {
  const next = new Map(pools.map(({ name, fallback }) => [name, fallback ?? null]));
  return pools.flatMap(({ name }, i) => {
    let at = next.get(name) ?? null;
    for (let steps = 0; at !== null && at !== name && steps < pools.length; steps += 1) at = next.get(at) ?? null;
    return at === name ? [fieldError(`${path}.${i}.fallback`, 'fallback_loop', `The fallbacks of the pool "${name}" lead back to itself`)] : [];
  });
}

function checkRules({ rules, default: fallback, queues = [], reroute_on = [] }: SetupRuleSet, path: string, names: Names): FieldError[] {
  return [
    ...distinct(rules.map(({ name }) => name), asName, (i) => `${path}rules.${i}.name`),
    ...rules.flatMap((rule, i) => checkRule(rule, `${path}rules.${i}`, names)),
    ...checkTarget(fallback, `${path}default`, names),
    ...distinct(queues.map(({ name }) => name), asName, (i) => `${path}queues.${i}.name`),
    ...queues.flatMap(({ teams = [], roles = [] }, i) => [
      ...teams.flatMap((team, j) => unless(names.teams, team, `${path}queues.${i}.teams.${j}`, 'unknown_team', 'team')),
      ...roles.flatMap((role, j) => checkRole(names, role, `${path}queues.${i}.roles.${j}`)),
    ]),
    ...distinct(reroute_on, asName, (i) => `${path}reroute_on.${i}`),
    ...reroute_on.flatMap((cause, i) => (REROUTE_CAUSES.includes(cause) ? [] : [
      fieldError(`${path}reroute_on.${i}`, 'unknown_value', `reroute_on takes ${REROUTE_CAUSES.join(', ')}`)])),
  ];
}

function checkRule(rule: SetupRule, path: string, names: Names): FieldError[] {
  const problems = checkCondition(rule.when, RULE_FIELDS).map((problem) =>
    fieldError(`${path}.when${problem.path.replaceAll('/', '.')}`, problem.code, problem.message));
  return [...problems, ...checkTarget(rule, path, names)];
}

const KINDS = ['pool', 'rep', 'team', 'role', 'territory_owner', 'queue'] as const;

function checkTarget(target: SetupTarget, path: string, names: Names): FieldError[] {
  const given = KINDS.filter((kind) => target[kind]);
  const { pool, rep, team, role, queue, strategy, sla_policy } = target;
  if (given.length === 0) return [fieldError(`${path}.pool`, 'required', `${path} must say where leads go: one of ${KINDS.join(', ')}`)];
  return [
    ...(given.length > 1 ? [fieldError(`${path}.${given[1]}`, 'several_targets', `${path} must lead to one place, not to ${given.join(' and ')}`)] : []),
    ...(pool ? unless(names.pools, pool, `${path}.pool`, 'unknown_pool', 'pool') : []),
    ...(rep ? unless(names.users, rep, `${path}.rep`, 'unknown_rep', 'rep with the user id') : []),
    ...(team ? unless(names.teams, team, `${path}.team`, 'unknown_team', 'team') : []),
    ...(role ? checkRole(names, role, `${path}.role`) : []),
    ...(queue ? unless(names.queues, queue, `${path}.queue`, 'unknown_queue', 'queue') : []),
    ...(strategy ? checkStrategy(strategy, `${path}.strategy`) : []),
    ...(strategy && !team && !role
      ? [fieldError(`${path}.strategy`, 'strategy_without_team', 'Only those of a team or role take turns by a strategy of the rule; a pool has its own')] : []),
    ...(sla_policy && names.policies ? unless(names.policies, sla_policy, `${path}.sla_policy`, 'unknown_policy', 'SLA policy') : []),
  ];
}

/** A role that nobody has would be a pool that nobody is in. */
const checkRole = ({ roles }: KnownNames, role: string, path: string): FieldError[] =>
  (roles === null || roles.has(asName(role)) ? [] : [fieldError(path, 'unknown_role', `There is no rep with the role "${role}"`)]);

function checkStrategy(strategy: string, path: string): FieldError[] {
  if (strategies.has(strategy)) return [];
  return [fieldError(path, 'unknown_strategy', `There is no strategy "${strategy}"; there are ${[...strategies.keys()].join(', ')}`)];
}

const unless = (known: ReadonlySet<string>, name: string, path: string, code: string, what: string): FieldError[] =>
  (known.has(name) ? [] : [fieldError(path, code, `There is no ${what} "${name}"`)]);
