import type { Consent, SurvivorshipStrategy } from '@headwater/contracts';
import { isEmpty } from '../merge-profile';
import type { Lead } from '../lead';
import { ADDRESS, type Field } from './merge-policy';

/** What one lead says of a field, and since when. */
export interface Said {
  lead_id: number;
  value: unknown;
  /** of the lead's creation, and of the last change that the value may come from */
  created_at: string;
  changed_at: string;
  isPrimary: boolean;
  /** only a provider of enrichment said it: nobody's word */
  isEnriched: boolean;
}

export interface Survivor {
  value: unknown;
  /** null: it is made of several */
  from: number | null;
}

/** How one value comes of several, of which none is empty. The primary's is the first. */
type Strategy = (said: readonly Said[], field: Field, leads: readonly Lead[]) => Survivor;

const whole = ({ value, lead_id }: Said): Survivor => ({ value, from: lead_id });

const best = (said: readonly Said[], isBetter: (one: Said, than: Said) => boolean): Survivor =>
  whole(said.reduce((found, one) => (isBetter(one, found) ? one : found)));

const newest = (said: readonly Said[]): Survivor => best(said, (one, than) => Date.parse(one.changed_at) > Date.parse(than.changed_at));

const amountOf = ({ value }: Said): number => value as number;

/** Amounts of different currencies can't be compared or added: the primary's stands. */
const comparable = (decide: Strategy): Strategy => (said, field, leads) => {
  const currencies = new Set(said.map(({ lead_id }) => leads.find(({ id }) => id === lead_id)?.profile.currency ?? null));
  const isMoney = field === 'estimated_value' || field === 'annual_revenue';
  return isMoney && currencies.size > 1 ? STRATEGIES.primary(said, field, leads) : decide(said, field, leads);
};

export const STRATEGIES: Readonly<Record<SurvivorshipStrategy, Strategy>> = {
  primary: (said) => {
    const words = said.filter(({ isEnriched }) => !isEnriched);
    const [first] = words.length > 0 ? words : said;
    return first.isPrimary ? whole(first) : newest(words.length > 0 ? words : said);
  },
  newest,
  oldest: (said) => best(said, (one, than) => Date.parse(one.created_at) < Date.parse(than.created_at)),
  longest: (said) => best(said, (one, than) => String(one.value).length > String(than.value).length),
  max: comparable((said) => best(said, (one, than) => amountOf(one) > amountOf(than))),
  min: comparable((said) => best(said, (one, than) => amountOf(one) < amountOf(than))),
  sum: comparable((said) => ({ value: said.map(amountOf).reduce((a, b) => a + b), from: said.length === 1 ? said[0].lead_id : null })),
  union: (said, field) => ({
    value: field === 'tags'
      ? [...new Set(said.flatMap(({ value }) => value as string[]))]
      : Object.assign({}, ...[...said].reverse().map(({ value }) => value as object)) as object,
    from: said.length === 1 ? said[0].lead_id : null,
  }),
  block: (_, field, leads) => {
    const richest = leads.reduce((found, one) => (filled(one) > filled(found) ? one : found));
    return { value: richest.profile[field] ?? null, from: richest.id };
  },
  strictest: (said, field) => (field === 'consent' ? latestConsent(said) : best(said, (one, than) => one.value === true && than.value !== true)),
};

const filled = ({ profile }: Lead): number => ADDRESS.filter((field) => !isEmpty(profile[field])).length;

/** A person's latest word on what they agreed to. */
const latestConsent = (said: readonly Said[]): Survivor => best(said, (one, than) => consentedAt(one) > consentedAt(than));

const consentedAt = ({ value }: Said): number => Date.parse((value as Consent).at ?? '') || 0;
