import type { Kind, Level } from './kind';
import { KINDS } from './kinds';

/**
 * What agreement on a field speaks of. Colleagues and households share their surroundings, and branches their organisation:
 * agreement there says no more than that both are among these few.
 */
export type About = 'person' | 'organisation' | 'surroundings';

export interface ModelField {
  name: string;
  /** name of a kind */
  kind: string;
  about: About;
  /** probabilities by level, where they are not the kind's own */
  weights?: Readonly<Record<string, { m?: number; u?: number }>>;
}

/** One company and what else it is called; as people write it, compared without legal forms. */
export interface CompanyNames {
  name: string;
  aliases: readonly string[];
}

/** A versioned document: how a tenant's records are matched. */
export interface MatchingModel {
  fields: readonly ModelField[];
  /** how many other records of the same person a record has, on average */
  duplicates: number;
  /** how many others share somebody's surroundings, on average */
  neighbours: number;
  /** least probability of each band */
  bands: { same: number; review: number };
  /** companies that go by several names: they are compared by the first */
  company_aliases?: readonly CompanyNames[];
}

export const DEFAULT_MODEL: MatchingModel = {
  fields: [
    { name: 'first_name', kind: 'given_name', about: 'person' },
    { name: 'last_name', kind: 'family_name', about: 'person' },
    { name: 'email', kind: 'email', about: 'person' },
    { name: 'phone', kind: 'phone', about: 'surroundings' },
    { name: 'company_name', kind: 'company', about: 'organisation' },
    { name: 'website', kind: 'domain', about: 'organisation' },
    { name: 'street', kind: 'street', about: 'surroundings' },
    { name: 'postal_code', kind: 'postal_code', about: 'surroundings' },
    { name: 'city', kind: 'city', about: 'surroundings' },
    { name: 'state', kind: 'region', about: 'surroundings' },
    { name: 'country', kind: 'region', about: 'surroundings' },
  ],
  duplicates: 0.3,
  neighbours: 1.5,
  bands: { same: 0.99, review: 0.45 },
};

/** A field with the kind and the levels that it is compared by. */
export interface ComparedField {
  name: string;
  about: About;
  kind: Kind;
  levels: readonly Level[];
}

/** Records come by the thousand, models don't. */
const fieldsByModel = new WeakMap<MatchingModel, ComparedField[]>();

/** @throws Error naming a kind that isn't there */
export function comparedFields(model: MatchingModel): readonly ComparedField[] {
  const fields = fieldsByModel.get(model) ?? readFields(model);
  fieldsByModel.set(model, fields);
  return fields;
}

function readFields({ fields }: MatchingModel): ComparedField[] {
  return fields.map(({ name, kind: kindName, about, weights }) => {
    const kind = KINDS[kindName];
    if (!kind) throw new Error(`There is no kind of field "${kindName}"; there are ${Object.keys(KINDS).join(', ')}`);
    return { name, about, kind, levels: kind.levels.map((level) => ({ ...level, ...weights?.[level.name] })) };
  });
}
