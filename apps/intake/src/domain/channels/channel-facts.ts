import { parse } from 'tldts';
import type { ClickIds, CreateLead, Entry, Utm } from '@headwater/contracts';

/** What a submission says of where it came from. */
export interface Origin extends Pick<CreateLead, 'utm' | 'click_ids' | 'referrer' | 'page_url'> {
  /** as it is kept: a value of the tenant's list */
  source?: string | null;
  /** code of the campaign */
  campaign?: string | null;
  entry?: Entry | null;
}

/** What the rules of a channel table see; few values and short ones, so that most origins are equal. */
export interface ChannelFacts {
  readonly utm: Pick<Utm, 'source' | 'medium' | 'campaign'>;
  /** names of those that are there: `gclid` */
  readonly click_ids: readonly string[];
  readonly source: string | null;
  readonly campaign: string | null;
  readonly entry: string | null;
  readonly referrer: Referrer | null;
}

/** Of `https://www.google.co.uk/search`: `www.google.co.uk`, `google.co.uk` and `google`. */
interface Referrer { readonly host: string; readonly domain: string | null; readonly site: string | null }

export function channelFacts({ utm, click_ids, source, campaign, entry, referrer, page_url }: Origin): ChannelFacts {
  return {
    utm: { source: textOf(utm?.source), medium: textOf(utm?.medium), campaign: textOf(utm?.campaign) },
    click_ids: namesOf(click_ids),
    source: source ?? null,
    campaign: campaign ?? null,
    entry: entry ?? null,
    referrer: referrer ? referrerOf(referrer, page_url) : null,
  };
}

const textOf = (text: string | null | undefined): string | null => text?.trim() || null;

/** Of the click ids that are there. */
export const namesOf = (ids: ClickIds | null | undefined): string[] =>
  (ids ? Object.keys(ids).filter((name) => textOf(ids[name as keyof ClickIds]) !== null) : []);

/** Who comes from another page of the same site comes from nowhere: that page's own referrer would have told. */
function referrerOf(referrer: string, pageUrl: string | null | undefined): Referrer | null {
  const { hostname, domain, domainWithoutSuffix } = parse(referrer);
  if (!hostname) return null;
  const page = pageUrl ? parse(pageUrl) : null;
  if (page?.hostname && (page.hostname === hostname || (domain !== null && page.domain === domain))) return null;
  return { host: hostname, domain, site: domainWithoutSuffix };
}
