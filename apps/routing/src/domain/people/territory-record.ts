import { fieldError, type FieldError } from '@headwater/contracts';
import { domainKey, postalKey } from '../territories/places';
import type { PostalArea, Territory } from '../territories/territory';
import { checkName, distinct, type PeopleRules, type Reference } from './kind';

export type StoredTerritory = { -readonly [Field in keyof Omit<Territory, 'id' | 'owners'>]: Territory[Field] } & { owner_ids: readonly number[]; active: boolean };

const COUNTRY = /^[A-Z]{2}$/;
const REGION = /^[A-Z]{2}-\S/;
/** Levels that a tree of territories may have. */
const MOST_LEVELS = 50;

export const territoryRules: PeopleRules<StoredTerritory> = {
  noun: 'Territory',
  absent: { parent_id: null, countries: [], regions: [], postal: [], account_ids: [], domains: [], owner_ids: [], team_id: null, active: true },
  unique: 'name',
  tidy: (territory) => ({
    ...territory, name: territory.name.trim(),
    countries: distinct(territory.countries.map((country) => country.trim().toUpperCase())),
    regions: distinct(territory.regions.map((region) => region.trim().replace(/^[a-z]{2}(?=-)/i, (country) => country.toUpperCase())), (region) => region.toLowerCase()),
    postal: distinct(territory.postal.map(tidyArea), (area) => JSON.stringify(area)),
    account_ids: distinct(territory.account_ids), domains: distinct(territory.domains.map(domainKey)), owner_ids: distinct(territory.owner_ids),
  }),
  check: ({ name, countries, regions, postal, domains }): FieldError[] => [
    ...checkName('name', name),
    ...countries.flatMap((country, i) => (COUNTRY.test(country) ? [] : [fieldError(`countries.${i}`, 'wrong_format', `"${country}" is no country: ISO 3166-1 has two letters`)])),
    ...regions.flatMap((region, i) => (REGION.test(region) ? [] : [fieldError(`regions.${i}`, 'wrong_format', `"${region}" is no region: country, hyphen and region are, such as US-CA`)])),
    ...postal.flatMap((area, i) => checkArea(area, `postal.${i}`)),
    ...domains.flatMap((domain, i) => (domain.includes('.') ? [] : [fieldError(`domains.${i}`, 'wrong_format', `"${domain}" is no domain`)])),
  ],
  references: ({ parent_id, owner_ids, team_id }): Reference[] => [
    ...(parent_id === null ? [] : [{ field: 'parent_id', to: 'territory' as const, id: parent_id }]),
    ...(team_id === null ? [] : [{ field: 'team_id', to: 'team' as const, id: team_id }]),
    ...owner_ids.map((id, i) => ({ field: `owner_ids.${i}`, to: 'rep' as const, id })),
  ],
};

/**
 * What is wrong with the place of a territory in the tree: parents that lead back to it, or too many of them.
 * @param parentOf the parent of each territory, as it would be
 */
export function checkAncestry<Key>(start: Key, field: string, parentOf: (key: Key) => Key | null | undefined, nameOf: (key: Key) => string): FieldError[] {
  const way = [start];
  for (let next = parentOf(start); next != null; next = parentOf(next)) {
    if (way.includes(next)) {
      return [fieldError(field, 'territory_loop', `A territory can't be part of itself: ${[...way, next].map(nameOf).join(' → ')}`)];
    }
    way.push(next);
    if (way.length > MOST_LEVELS) return [fieldError(field, 'too_deep', `A tree of territories has at most ${MOST_LEVELS} levels`)];
  }
  return [];
}

const tidyArea = ({ country, prefix, from, to }: PostalArea): PostalArea => ({
  country: country.trim().toUpperCase(),
  ...(prefix == null ? {} : { prefix: postalKey(prefix) }), ...(from == null ? {} : { from: postalKey(from) }), ...(to == null ? {} : { to: postalKey(to) }),
});

function checkArea({ prefix, from, to }: PostalArea, path: string): FieldError[] {
  if ((prefix != null) === (from != null || to != null)) {
    return [fieldError(path, 'wrong_format', 'A postal area has either a prefix, or from and to')];
  }
  if (prefix != null) return prefix === '' ? [fieldError(`${path}.prefix`, 'required', 'A prefix must not be empty: name the country instead')] : [];
  if (!from || !to) return [fieldError(path, 'required', 'A range of postal codes has from and to')];
  if (from.length !== to.length) return [fieldError(path, 'wrong_format', `from and to must be of one length: ${from} and ${to} are not`)];
  return from > to ? [fieldError(path, 'reversed_range', `${from} comes after ${to}`)] : [];
}
