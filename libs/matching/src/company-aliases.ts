import { company } from './kinds/organisations';
import type { CompanyNames, MatchingModel } from './model';

/** Records come by the thousand, models don't. */
const namesByModel = new WeakMap<MatchingModel, ReadonlyMap<string, string>>();

/** By which name each alias of a model is compared, both normalised; of two companies that claim one, it is the first one's. */
export function companyAliases(model: MatchingModel): ReadonlyMap<string, string> {
  const known = namesByModel.get(model) ?? readAliases(model.company_aliases ?? []);
  namesByModel.set(model, known);
  return known;
}

function readAliases(companies: readonly CompanyNames[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, aliases } of companies) {
    const own = company.normalise(name);
    if (own === null) continue;
    for (const alias of aliases) {
      const other = company.normalise(alias);
      if (other !== null && other !== own && !names.has(other)) names.set(other, own);
    }
  }
  return names;
}

/** As which names those companies are compared by the former model that are compared by another name by the latter. */
export function renamedCompanies(before: MatchingModel, after: MatchingModel): string[] {
  const [former, latter] = [companyAliases(before), companyAliases(after)];
  const nameIn = (aliases: ReadonlyMap<string, string>, name: string): string => aliases.get(name) ?? name;
  const moved = [...former.keys(), ...latter.keys()].filter((name) => nameIn(former, name) !== nameIn(latter, name));
  return [...new Set(moved.map((name) => nameIn(former, name)))];
}
