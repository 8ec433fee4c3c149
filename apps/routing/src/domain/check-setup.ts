import type { FieldError } from '@headwater/contracts';
import { checkCondition } from '@headwater/rules';
import { isTimeZone } from './calendar';
import { RULE_FIELDS } from './rule-fields';
import type { SetupDocument, SetupPool, SetupRep, SetupRule } from './setup-document';
import { strategies } from './strategies';

/**
 * Everything that keeps a document of the right shape from being a setup: names that point nowhere or are given twice,
 * pools without members, unknown zones and strategies, conditions that are none. Empty when it is one.
 */
export function checkSetup(setup: SetupDocument): FieldError[] {
  const unstorable = unstorableTexts(setup);
  if (unstorable.length > 0) return unstorable;
  const teams = new Set(setup.teams.map(({ name }) => name));
  const users = new Set(setup.reps.map(({ user_id }) => user_id));
  const pools = new Set(setup.pools.map(({ name }) => name));
  return [
    ...distinct(setup.teams.map(({ name }) => name), asName, (i) => `teams.${i}.name`),
    ...distinct(setup.reps.map(({ user_id }) => user_id), asId, (i) => `reps.${i}.user_id`),
    ...setup.reps.flatMap((rep, i) => checkRep(rep, `reps.${i}`, teams)),
    ...distinct(setup.pools.map(({ name }) => name), asName, (i) => `pools.${i}.name`),
    ...setup.pools.flatMap((pool, i) => checkPool(pool, `pools.${i}`, users)),
    ...distinct(setup.rule_set.rules.map(({ name }) => name), asName, (i) => `rule_set.rules.${i}.name`),
    ...setup.rule_set.rules.flatMap((rule, i) => checkRule(rule, `rule_set.rules.${i}`, pools)),
    ...checkPoolName(setup.rule_set.default.pool, 'rule_set.default.pool', pools),
  ];
}

function checkRep({ team, time_zone }: SetupRep, path: string, teams: ReadonlySet<string>): FieldError[] {
  const errors: FieldError[] = [];
  if (team != null && !teams.has(team)) {
    errors.push(error(`${path}.team`, 'unknown_team', `There is no team "${team}" in this document`));
  }
  if (time_zone != null && !isTimeZone(time_zone)) {
    errors.push(error(`${path}.time_zone`, 'unknown_time_zone', `"${time_zone}" is no time zone: an IANA name such as Europe/Berlin is`));
  }
  return errors;
}

function checkPool({ name, strategy, members }: SetupPool, path: string, users: ReadonlySet<string>): FieldError[] {
  const errors = distinct(members, asId, (i) => `${path}.members.${i}`);
  if (!strategies.has(strategy)) {
    const known = [...strategies.keys()].join(', ');
    errors.push(error(`${path}.strategy`, 'unknown_strategy', `There is no strategy "${strategy}"; there are ${known}`));
  }
  if (members.length === 0) errors.push(error(`${path}.members`, 'empty_pool', `The pool "${name}" has no members`));
  for (const [i, member] of members.entries()) {
    if (!users.has(member)) {
      errors.push(error(`${path}.members.${i}`, 'unknown_rep', `There is no rep with the user id "${member}" in this document`));
    }
  }
  return errors;
}

function checkRule({ when, pool }: SetupRule, path: string, pools: ReadonlySet<string>): FieldError[] {
  const problems = checkCondition(when, RULE_FIELDS).map((problem) =>
    error(`${path}.when${problem.path.replaceAll('/', '.')}`, problem.code, problem.message));
  return [...problems, ...checkPoolName(pool, `${path}.pool`, pools)];
}

const checkPoolName = (pool: string, path: string, pools: ReadonlySet<string>): FieldError[] =>
  (pools.has(pool) ? [] : [error(path, 'unknown_pool', `There is no pool "${pool}" in this document`)]);

/** Without case and outer blanks, so that no two look alike in a decision. */
const asName = (name: string): string => name.trim().toLowerCase();

/** The ids of users are opaque: case may matter. */
const asId = (id: string): string => id.trim();

function distinct(values: string[], plainly: (value: string) => string, pathOf: (index: number) => string): FieldError[] {
  const seen = new Set<string>();
  return values.flatMap((value, i) => {
    const plain = plainly(value);
    if (plain === '') return [error(pathOf(i), 'required', `${pathOf(i)} must not be empty`)];
    if (seen.has(plain)) return [error(pathOf(i), 'duplicate', `"${value}" is there twice`)];
    seen.add(plain);
    return [];
  });
}

/** PostgreSQL stores neither NUL characters nor halves of surrogate pairs. Without recursion: conditions may be of any depth. */
function unstorableTexts(document: unknown): FieldError[] {
  const errors: FieldError[] = [];
  const left = [{ value: document, path: '' }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && (value.includes('\0') || /\p{Cs}/u.test(value))) {
      errors.push(error(path, 'invalid_text', `${path} has a character that can't be stored`));
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) left.push({ value: inner as unknown, path: path ? `${path}.${name}` : name });
  }
  return errors;
}

const error = (field: string, code: string, detail: string): FieldError => ({ field, code, detail });
