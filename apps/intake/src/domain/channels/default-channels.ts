import type { Condition } from '@headwater/rules';
import type { ChannelTable } from './channel-table';

const oneOf = (field: string, ...value: string[]): Condition => ({ field, op: 'in', value });
const clicked = (...value: string[]): Condition => ({ field: 'click_ids', op: 'has_any', value });
const contains = (field: string, value: string): Condition => ({ field, op: 'contains', value });
const any = (...conditions: Condition[]): Condition => ({ any: conditions });
const all = (...conditions: Condition[]): Condition => ({ all: conditions });

const MEDIUM = 'utm.medium';
const SOURCE = 'utm.source';
const NETWORKS = ['facebook', 'instagram', 'linkedin', 'twitter', 'tiktok', 'youtube', 'reddit', 'pinterest'];

/** Ad tools write what they like around a network's name: `facebook_ads`, `LinkedIn-Sponsored`. */
const fromNetwork = any(...NETWORKS.map((name) => contains(SOURCE, name)), { field: SOURCE, op: 'matches_word', value: 'meta' }, oneOf(SOURCE, 'x', 't.co'));
const paid = oneOf(MEDIUM, 'cpc', 'ppc', 'paid', 'paidsearch', 'paid search', 'paid-search', 'paid_search', 'sem', 'display', 'cpm');
const networkReferred = any(oneOf('referrer.site', ...NETWORKS, 'meta'), oneOf('referrer.domain', 't.co', 'x.com', 'lnkd.in', 'youtu.be'));

/**
 * The table that every tenant begins with: what was paid for first, then what UTM says, then source and referrer. Mediums and
 * their order follow Google Analytics' default channel group (https://support.google.com/analytics/answer/9756891); a click id
 * is added on the ad's own link, so it says more than a medium that somebody typed. There is no channel for display ads: they
 * count as paid search, unless a network's name says that they are paid social.
 */
export const DEFAULT_CHANNELS: ChannelTable = {
  rules: [
    { name: 'Click on a search ad', when: clicked('gclid', 'gbraid', 'wbraid', 'msclkid'), channel: 'paid_search' },
    {
      // Meta adds its id to every link that leaves its pages, paid or not.
      name: 'Click on a Meta ad', when: all(clicked('fbclid'), { not: oneOf(MEDIUM, 'social') }), channel: 'paid_social',
    },
    { name: 'Click on a social ad', when: clicked('li_fat_id', 'ttclid', 'twclid', 'rdt_cid', 'sccid'), channel: 'paid_social' },
    {
      name: 'Paid social medium', channel: 'paid_social',
      when: oneOf(MEDIUM, 'paidsocial', 'paid social', 'paid-social', 'paid_social', 'socialpaid', 'social paid', 'social-paid', 'social_paid',
        'cpc social', 'cpc-social', 'cpc_social'),
    },
    { name: 'Paid medium, from a social network', when: all(paid, fromNetwork), channel: 'paid_social' },
    { name: 'Paid medium', when: paid, channel: 'paid_search' },
    { name: 'Click on a display ad', when: clicked('dclid'), channel: 'paid_search' },
    { name: 'E-mail medium', when: oneOf(MEDIUM, 'email', 'newsletter'), channel: 'email' },
    { name: 'Organic medium', when: oneOf(MEDIUM, 'organic'), channel: 'organic_search' },
    { name: 'Social medium', when: any(oneOf(MEDIUM, 'social'), all({ field: MEDIUM, op: 'exists' }, fromNetwork)), channel: 'social' },
    { name: 'Referral medium', when: oneOf(MEDIUM, 'referral'), channel: 'referral' },
    { name: 'Source: referral', when: oneOf('source', 'referral'), channel: 'referral' },
    { name: 'Source: an event', when: oneOf('source', 'event', 'trade_show', 'webinar'), channel: 'event' },
    { name: 'Source: a partner', when: oneOf('source', 'partner'), channel: 'partner' },
    { name: 'Source: a cold call', when: oneOf('source', 'cold_call'), channel: 'outbound' },
    { name: 'Source: an advertisement', when: oneOf('source', 'advertisement'), channel: 'other' },
    {
      name: 'Referred by a search engine', when: oneOf('referrer.site', 'google', 'bing', 'duckduckgo', 'yahoo', 'ecosia', 'baidu', 'yandex', 'qwant'),
      channel: 'organic_search',
    },
    { name: 'Referred by a social network', when: networkReferred, channel: 'social' },
    { name: 'Referred by another site', when: { field: 'referrer.host', op: 'exists' }, channel: 'referral' },
  ],
  otherwise: 'direct',
};
