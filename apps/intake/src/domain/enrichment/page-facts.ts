import { getDomain } from 'tldts';
import { clean, industryOfKind, isFillable, readFact, type Fact } from './lead-fields';
import type { Page } from './read-page';
import { isItem, organisationIn, textsIn, type Item } from './structured-data';

const LONGEST_SHOWN = 500;
/** What a company says for machines is meant to be exact; what stands at the head of its page is meant to sell. */
const SAID_FOR_MACHINES = 0.85;
const INFERRED = 0.6;
const HEAD_OF_PAGE = 0.65;
const PREVIEW = 0.6;
/** The page is another company's, or a dealer's in names: what it says is shown, and fills nothing. */
const OF_ANOTHER_DOMAIN = 0.5;

/** Profiles of companies in social networks: which hosts, and what the path of a company's own begins with. */
const NETWORKS: Readonly<Record<string, RegExp>> = {
  linkedin: /^https?:\/\/([a-z]{2,3}\.)?linkedin\.com\/(company|school|showcase)\/[^/?#]+/i,
  x: /^https?:\/\/(www\.|mobile\.)?(twitter|x)\.com\/(?!intent\b|share\b|home\b|search\b|hashtag\b)\w+/i,
  facebook: /^https?:\/\/([a-z-]+\.)?facebook\.com\/(?!sharer|share\b|dialog\b|plugins\b|tr\b)[\w.%-]+/i,
  instagram: /^https?:\/\/(www\.)?instagram\.com\/(?!p\/|reel\/|explore\b)[\w.]+/i,
  youtube: /^https?:\/\/(www\.)?youtube\.com\/(@|c\/|channel\/|user\/)[^/?#]+/i,
  github: /^https?:\/\/(www\.)?github\.com\/[\w-]+/i,
  xing: /^https?:\/\/(www\.)?xing\.com\/(pages|companies)\/[^/?#]+/i,
  tiktok: /^https?:\/\/(www\.)?tiktok\.com\/@[\w.]+/i,
};

/** What schema.org calls it, what we call it, and how sure it is beside the rest. */
const OF_ORGANISATION: readonly [string, string, number][] = [
  ['name', 'company_name', 1], ['legalName', 'legal_name', 1], ['description', 'description', 1], ['telephone', 'company_phone', 1],
  ['email', 'company_email', 1], ['numberOfEmployees', 'employees', 0.9], ['foundingDate', 'founded', 1], ['vatID', 'vat_id', 1],
  ['taxID', 'tax_id', 1], ['duns', 'duns', 1], ['leiCode', 'lei', 1], ['naics', 'naics', 1], ['isicV4', 'isic', 1],
];
const OF_ADDRESS: readonly [string, string][] = [
  ['streetAddress', 'street'], ['addressLocality', 'city'], ['addressRegion', 'state'], ['postalCode', 'postal_code'], ['addressCountry', 'country'],
];

/**
 * What the home page of a company says of it, one fact per field.
 * @param url where the page was found, after redirects
 * @param domain whose home page was asked for
 */
export function pageFacts(page: Page, { url, domain }: { url: string; domain: string }): Fact[] {
  const isOwn = (address: string): boolean => getDomain(address) === domain;
  const organisation = organisationIn(page.items, isOwn);
  const links = [...(organisation ? textsIn(organisation, 'sameAs') : []), ...page.links];
  const icon = page.icons[0];
  const facts: Fact[] = [
    ...(organisation ? factsOfOrganisation(organisation, url) : []),
    ...said('company_name', page.metas.get('og:site_name'), PREVIEW),
    ...said('description', page.metas.get('description'), HEAD_OF_PAGE),
    ...said('description', page.metas.get('og:description'), PREVIEW),
    ...said('title', page.title ?? page.metas.get('og:title'), HEAD_OF_PAGE),
    ...said('image', absolute(page.metas.get('og:image'), url), PREVIEW),
    ...said('logo', absolute(icon, url), PREVIEW),
    ...said('language', page.language ?? undefined, HEAD_OF_PAGE),
    ...Object.entries(NETWORKS).flatMap(([network, profile]) => said(network, links.map((link) => profile.exec(link)?.[0]).find(Boolean), SAID_FOR_MACHINES)),
  ];
  if (facts.length === 0) return [];
  if (isOwn(url)) return best([...said('website', new URL(url).origin, SAID_FOR_MACHINES), ...facts]);
  return best([...said('led_to', new URL(url).origin, 1), ...facts.map((fact) => ({ ...fact, confidence: hundredths(fact.confidence * OF_ANOTHER_DOMAIN) }))]);
}

function factsOfOrganisation(organisation: Item, url: string): Fact[] {
  const address = organisation.values.address?.find(isItem);
  const inBetween = organisation.values.numberOfEmployees?.find(isItem);
  return [
    ...OF_ORGANISATION.flatMap(([name, field, share]) => said(field, textsIn(organisation, name)[0], SAID_FOR_MACHINES * share)),
    ...said('logo', absolute(textsIn(organisation, 'logo')[0], url), SAID_FOR_MACHINES),
    ...said('employees', inBetween && textsIn(inBetween, 'minValue')[0], INFERRED),
    ...said('industry', industryOfKind(organisation.types) ?? undefined, INFERRED),
    ...said('address', organisation.values.address?.find((one) => typeof one === 'string'), INFERRED),
    ...OF_ADDRESS.flatMap(([name, field]) => said(field, address && textsIn(address, name)[0], SAID_FOR_MACHINES)),
  ];
}

function said(field: string, value: string | number | undefined, confidence: number): Fact[] {
  if (value === undefined) return [];
  const read = isFillable(field) ? readFact(field, value) : clean(String(value), LONGEST_SHOWN) || null;
  return read === null ? [] : [{ field, value: read, confidence: hundredths(confidence) }];
}

const hundredths = (confidence: number): number => Math.round(confidence * 100) / 100;

/** The surest of each field; of equals the first. */
function best(facts: Fact[]): Fact[] {
  const kept = new Map<string, Fact>();
  for (const fact of facts) if (fact.confidence > (kept.get(fact.field)?.confidence ?? 0)) kept.set(fact.field, fact);
  return [...kept.values()];
}

const absolute = (address: string | undefined, base: string): string | undefined =>
  (address && /^(https?:|\/|[^:]+$)/i.test(address) && URL.canParse(address, base) ? new URL(address, base).href : undefined);
