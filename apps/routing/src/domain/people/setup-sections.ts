import {
  fieldError, Flag, Instant, Integers, LeadsPerWindow, MOST_ROLES, MOST_SKILLS, Nested, NestedList, PostalArea, TeamManager, Text, Texts, type FieldError,
} from '@headwater/contracts';
import { asId, asName, distinct } from '../rule-sets/check-names';
import type { StoredLeave, StoredTerritory } from '.';
import { recordOf, type PeopleRules } from './kind';
import { leaveRules } from './leave';
import { checkAncestry, territoryRules } from './territory-record';

export const MOST_TERRITORIES = 5_000;
export const MOST_LEAVE = 10_000;

/** What a setup may say of a team besides its name; what it doesn't say stays. */
export class SetupTeamMore {
  @NestedList(() => TeamManager, 20) managers?: TeamManager[] | null;
  @Text(100, { description: 'name of a calendar' }) calendar?: string | null;
}

/** What a setup may say of a rep besides what it always could; what it doesn't say stays. */
export class SetupRepMore {
  @Nested(() => LeadsPerWindow) max_per_window?: LeadsPerWindow | null;
  @Texts(MOST_SKILLS, 60) skills?: string[] | null;
  @Texts(20, 10) languages?: string[] | null;
  @Texts(MOST_ROLES, 60) roles?: string[] | null;
  @Text(100, { description: 'name of a calendar' }) calendar?: string | null;
}

export class SetupTerritory {
  @Text(200, { required: true }) name: string;
  @Text(200, { description: 'name of the territory that it is a part of' }) parent?: string | null;
  @Texts(250, 2) countries?: string[] | null;
  @Texts(1_000, 120) regions?: string[] | null;
  @NestedList(() => PostalArea, 1_000) postal?: PostalArea[] | null;
  @Integers(2_000) account_ids?: number[] | null;
  @Texts(2_000, 253) domains?: string[] | null;
  @Texts(200, 200, { description: 'user ids' }) owners?: string[] | null;
  @Text(200, { description: 'name of a team' }) team?: string | null;
  @Flag() active?: boolean | null;
}

export class SetupLeave {
  @Text(200, { required: true }) user_id: string;
  @Instant({ required: true }) from: string;
  @Instant({ required: true }) until: string;
}

/** The parts of a setup that say where reps sell and when they are away; absent: they stay as they are. */
export interface SetupPlaces {
  readonly territories?: readonly SetupTerritory[] | null;
  readonly leave?: readonly SetupLeave[] | null;
}

interface Names { readonly teams: ReadonlySet<string>; readonly users: ReadonlySet<string> }

/** Everything that is wrong with territories and leave of a document, by itself and with what they name. */
export function checkPlaces({ territories, leave }: SetupPlaces, names: Names): FieldError[] {
  return [...(territories ? checkTerritories(territories, names) : []), ...(leave ?? []).flatMap((one, i) => checkLeave(one, `leave.${i}`, names))];
}

function checkTerritories(territories: readonly SetupTerritory[], names: Names): FieldError[] {
  const parents = new Map(territories.map(({ name, parent }) => [asName(name), parent == null ? null : asName(parent)]));
  return [
    ...distinct(territories.map(({ name }) => name), asName, (i) => `territories.${i}.name`),
    ...territories.flatMap((territory, i) => checkTerritory(territory, `territories.${i}`, parents, names)),
  ];
}

function checkTerritory(
  territory: SetupTerritory, path: string, parents: ReadonlyMap<string, string | null>, { teams, users }: Names,
): FieldError[] {
  const { name, parent, team, owners } = territory;
  const errors = checkAs(territoryRules, territoryFrom(territory, { parent_id: null, team_id: null, owner_ids: [] }), path);
  if (parent != null && !parents.has(asName(parent))) errors.push(fieldError(`${path}.parent`, 'unknown_territory', `There is no territory "${parent}" in this document`));
  else errors.push(...checkAncestry(asName(name), `${path}.parent`, (one) => parents.get(one), (one) => one));
  if (team != null && !teams.has(team)) errors.push(fieldError(`${path}.team`, 'unknown_team', `There is no team "${team}" in this document`));
  for (const [i, owner] of (owners ?? []).entries()) {
    if (!users.has(asId(owner))) errors.push(fieldError(`${path}.owners.${i}`, 'unknown_rep', `There is no rep with the user id "${owner}" in this document`));
  }
  return errors;
}

function checkLeave({ user_id, from, until }: SetupLeave, path: string, { users }: Names): FieldError[] {
  const unknown = users.has(asId(user_id)) ? [] : [fieldError(`${path}.user_id`, 'unknown_rep', `There is no rep with the user id "${user_id}" in this document`)];
  return [...unknown, ...checkAs(leaveRules, recordOf<StoredLeave>(leaveRules, { rep_id: 0, from, until }), path)];
}

/** What a record's own rules find, at its place in the document. */
const checkAs = <Stored extends object>(rules: PeopleRules<Stored>, record: Stored, path: string): FieldError[] =>
  rules.check(record).map(({ field, ...rest }) => ({ ...rest, field: `${path}.${field}` }));

/** A territory of a document as it is stored. @param ids what its names stand for */
export function territoryFrom(
  { parent: _, team: __, owners: ___, ...fields }: SetupTerritory, ids: Pick<StoredTerritory, 'parent_id' | 'team_id' | 'owner_ids'>,
): StoredTerritory {
  return recordOf<StoredTerritory>(territoryRules, { active: true, ...withoutNull(fields), ...ids });
}

const withoutNull = (fields: object): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));

/** What becomes of the records of a kind when those of a document replace them. */
export interface ImportPlan<Stored> {
  readonly added: readonly Stored[];
  readonly changed: readonly { readonly id: number; readonly before: Stored; readonly after: Stored }[];
}

/**
 * Compares the records that are kept with those of a document. Who is missing in it goes inactive, and is kept.
 * @param keyOf what tells two records apart
 */
export function planImport<Stored extends { active: boolean }>(
  kept: readonly (Stored & { id: number })[], wanted: readonly Stored[], keyOf: (record: Stored) => string,
): ImportPlan<Stored> {
  const byKey = new Map(kept.map((record) => [keyOf(record), record]));
  const named = new Set(wanted.map(keyOf));
  const changed = wanted.flatMap((after) => {
    const found = byKey.get(keyOf(after));
    return found ? [pair(found, after)] : [];
  });
  const retired = kept.filter((record) => record.active && !named.has(keyOf(record))).map((record) => pair(record, { ...record, active: false }));
  return { added: wanted.filter((record) => !byKey.has(keyOf(record))), changed: [...changed, ...retired] };
}

function pair<Stored extends object>({ id, ...before }: Stored & { id: number }, after: Stored & { id?: number }) {
  const { id: _, ...rest } = after;
  return { id, before: before as unknown as Stored, after: rest as unknown as Stored };
}

