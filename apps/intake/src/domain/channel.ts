import type { Channel, ClickIds, Utm } from '@headwater/contracts';

export interface Origin {
  utm?: Utm | null;
  click_ids?: ClickIds | null;
  source?: string | null;
  referrer?: string | null;
}

const PAID = /^(cpc|ppc|paid|paidsearch|paid[-_ ]search|sem|display|cpm)$/;
const PAID_SOCIAL = /^(paid[-_ ]?social|social[-_ ]?paid|cpc[-_ ]social)$/;
const SOCIAL_NETWORK = /facebook|instagram|linkedin|twitter|^x$|t\.co|tiktok|youtube|reddit|pinterest|meta/;
const SEARCH_ENGINE = /(^|\.)(google|bing|duckduckgo|yahoo|ecosia|baidu|yandex|qwant)\./;

const BY_SOURCE: Readonly<Record<string, Channel>> = {
  referral: 'referral', event: 'event', trade_show: 'event', webinar: 'event', partner: 'partner', cold_call: 'outbound',
};

/** Marketing's channel of a submission: what was paid for first, then what UTM says, then source and referrer. */
export function deriveChannel({ utm, click_ids, source, referrer }: Origin): Channel {
  const medium = utm?.medium?.toLowerCase() ?? '';
  const from = utm?.source?.toLowerCase() ?? '';
  if (click_ids?.gclid || click_ids?.msclkid) return 'paid_search';
  if (click_ids?.fbclid && medium !== 'social') return 'paid_social';
  if (click_ids?.li_fat_id || PAID_SOCIAL.test(medium)) return 'paid_social';
  if (PAID.test(medium)) return SOCIAL_NETWORK.test(from) ? 'paid_social' : 'paid_search';
  if (medium === 'email' || medium === 'newsletter') return 'email';
  if (medium === 'organic') return 'organic_search';
  if (medium === 'social' || (medium && SOCIAL_NETWORK.test(from))) return 'social';
  if (medium === 'referral') return 'referral';
  if (source && BY_SOURCE[source]) return BY_SOURCE[source];
  if (source === 'advertisement') return 'other';
  return referrer ? byReferrer(referrer) : 'direct';
}

function byReferrer(referrer: string): Channel {
  const host = URL.canParse(referrer) ? new URL(referrer).hostname : referrer;
  if (SEARCH_ENGINE.test(host)) return 'organic_search';
  return SOCIAL_NETWORK.test(host) ? 'social' : 'referral';
}
