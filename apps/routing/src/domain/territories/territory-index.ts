import type { KnownAccount } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import { domainKey, placeKey, postalKey, regionKey } from './places';
import { goesBefore, placeAll, type Placed } from './placed';
import { PostalIndex } from './postal-index';
import type { Territory } from './territory';
import type { MatchedBy, TerritoryMatch } from './territory-facts';

/**
 * Finds the territory of a lead without looking at all of them: named account before postal code before region before country;
 * of several the deeper one, then the narrower postal area, then the first by name. Built once for a version of a tenant's territories.
 */
export class TerritoryIndex {
  private readonly accounts = new Map<string, Placed>();
  private readonly postal = new PostalIndex();
  private readonly regions = new Map<string, Placed>();
  private readonly countries = new Map<string, Placed>();

  /** @param territories active ones, without loops */
  constructor(territories: readonly Territory[]) {
    const placed = placeAll(territories);
    for (const one of placed) {
      const { account_ids, domains, postal, regions, countries } = one.territory;
      for (const id of account_ids) keep(this.accounts, `id ${id}`, one);
      for (const domain of domains) keep(this.accounts, `domain ${domainKey(domain)}`, one);
      for (const area of postal) this.postal.add(area, one);
      for (const region of regions) keep(this.regions, placeKey(region), one);
      for (const country of countries) keep(this.countries, placeKey(country), one);
    }
    this.postal.build();
  }

  /** @param facts `country`, `state`, `postal_code`, `account`, `company_domain` */
  find(facts: Facts): TerritoryMatch | null {
    const { country, state, postal_code, company_domain } = facts as Record<string, string | null | undefined>;
    const account_id = (facts.account as KnownAccount | null | undefined)?.account_id;
    const named = best([
      account_id === undefined ? undefined : this.accounts.get(`id ${account_id}`),
      company_domain ? this.accounts.get(`domain ${domainKey(company_domain)}`) : undefined,
    ]);
    if (named) return told(named, 'account');
    if (!country) return null;
    const code = postal_code ? postalKey(postal_code) : '';
    const byPostal = code ? this.postal.find(country, code) : null;
    if (byPostal) return told(byPostal, 'postal');
    const byRegion = state ? this.regions.get(regionKey(country, state)) : undefined;
    if (byRegion) return told(byRegion, 'region');
    const byCountry = this.countries.get(placeKey(country));
    return byCountry ? told(byCountry, 'country') : null;
  }
}

const told = ({ match }: Placed, by: MatchedBy): TerritoryMatch => ({ ...match, by });

function keep(index: Map<string, Placed>, key: string, one: Placed): void {
  const present = index.get(key);
  if (!present || goesBefore(one, present)) index.set(key, one);
}

const best = (found: readonly (Placed | undefined)[]): Placed | null =>
  found.filter((one) => one !== undefined).reduce<Placed | null>((first, one) => (first && !goesBefore(one, first) ? first : one), null);
