import { fieldError, type FieldError } from '@headwater/contracts';
import { isTimeZone } from '../calendar';
import { checkPlaces } from '../people/setup-sections';
import { asId, asName, distinct, unstorableTexts } from '../rule-sets/check-names';
import { checkRuleSet, IN_SETUP } from '../rule-sets/check-rule-set';
import type { SetupDocument, SetupRep } from './setup-document';
import { calendarsIn, checkHours } from './setup-hours';

/**
 * Everything that keeps a document of the right shape from being a setup: names that point nowhere or are given twice, unknown zones,
 * and rules that are none. Empty when it is one.
 */
export function checkSetup(setup: SetupDocument): FieldError[] {
  const unstorable = unstorableTexts(setup);
  if (unstorable.length > 0) return unstorable;
  const teams = new Set(setup.teams.map(({ name }) => name));
  const users = new Set(setup.reps.map(({ user_id }) => user_id));
  return [
    ...distinct(setup.teams.map(({ name }) => name), asName, (i) => `teams.${i}.name`),
    ...distinct(setup.reps.map(({ user_id }) => user_id), asId, (i) => `reps.${i}.user_id`),
    ...setup.reps.flatMap((rep, i) => checkRep(rep, `reps.${i}`, teams)),
    ...checkHours(setup, calendarsIn(setup)),
    ...checkPlaces(setup, { teams, users }),
    ...checkRuleSet(setup, { users, teams, roles: null, policies: null }, IN_SETUP),
  ];
}

function checkRep({ team, time_zone, languages }: SetupRep, path: string, teams: ReadonlySet<string>): FieldError[] {
  const errors: FieldError[] = [];
  if (team != null && !teams.has(team)) {
    errors.push(fieldError(`${path}.team`, 'unknown_team', `There is no team "${team}" in this document`));
  }
  if (time_zone != null && !isTimeZone(time_zone)) {
    errors.push(fieldError(`${path}.time_zone`, 'unknown_time_zone', `"${time_zone}" is no time zone: an IANA name such as Europe/Berlin is`));
  }
  for (const language of languages ?? []) {
    if (!LANGUAGE.test(language.trim())) errors.push(fieldError(`${path}.languages`, 'unknown_language', `"${language}" is no language: ISO 639-1 has two letters, such as en`));
  }
  return errors;
}

const LANGUAGE = /^[a-z]{2}$/i;
