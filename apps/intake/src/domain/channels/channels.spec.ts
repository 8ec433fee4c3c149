import { checkChannels } from './check-channels';
import { channelFacts, type Origin } from './channel-facts';
import type { ChannelTable } from './channel-table';
import { ChannelDecider, tryChannels } from './decide-channel';
import { DEFAULT_CHANNELS } from './default-channels';

const byDefault = { version: 0, table: DEFAULT_CHANNELS };

describe('the table that every tenant begins with', () => {
  it.each([
    [{ click_ids: { gclid: 'x' }, source: 'web' }, 'paid_search', 'Click on a search ad'],
    [{ click_ids: { wbraid: 'x' }, utm: { medium: 'social' } }, 'paid_search', 'Click on a search ad'],
    [{ utm: { source: 'google', medium: 'CPC ' } }, 'paid_search', 'Paid medium'],
    [{ utm: { source: 'linkedin', medium: 'cpc' } }, 'paid_social', 'Paid medium, from a social network'],
    [{ utm: { source: 'meta_ads', medium: 'paid' } }, 'paid_social', 'Paid medium, from a social network'],
    [{ utm: { source: 'metabase', medium: 'paid' } }, 'paid_search', 'Paid medium'],
    [{ utm: { source: 'anything', medium: 'paid-social' } }, 'paid_social', 'Paid social medium'],
    [{ click_ids: { fbclid: 'x' } }, 'paid_social', 'Click on a Meta ad'],
    [{ click_ids: { fbclid: 'x' }, utm: { source: 'facebook', medium: 'social' } }, 'social', 'Social medium'],
    [{ click_ids: { ttclid: 'x', gclid: '' } }, 'paid_social', 'Click on a social ad'],
    [{ utm: { source: 'newsletter', medium: 'email' } }, 'email', 'E-mail medium'],
    [{ utm: { source: 'bing', medium: 'organic' } }, 'organic_search', 'Organic medium'],
    [{ utm: { source: 'Facebook.com', medium: 'post' } }, 'social', 'Social medium'],
    [{ utm: { source: 'facebook' } }, 'direct', null],
    [{ source: 'trade_show' }, 'event', 'Source: an event'],
    [{ source: 'cold_call' }, 'outbound', 'Source: a cold call'],
    [{ source: 'advertisement', referrer: 'https://www.google.com' }, 'other', 'Source: an advertisement'],
    [{ source: 'web', referrer: 'https://www.google.co.uk/search?q=crm' }, 'organic_search', 'Referred by a search engine'],
    [{ referrer: 'https://www.linkedin.com/feed' }, 'social', 'Referred by a social network'],
    [{ referrer: 'https://t.co/x' }, 'social', 'Referred by a social network'],
    [{ referrer: 'https://www.microsoft.com/' }, 'referral', 'Referred by another site'],
    [{ referrer: 'blog.example.com' }, 'referral', 'Referred by another site'],
    [{ referrer: 'http://192.168.1.7/' }, 'referral', 'Referred by another site'],
    [{ referrer: 'https://shop.acme.co.uk/a', page_url: 'https://www.acme.co.uk/demo' }, 'direct', null],
    [{ referrer: 'not an address', source: 'web' }, 'direct', null],
    [{}, 'direct', null],
  ] as [Origin, string, string | null][])('%j came by %s: %s', (origin, channel, rule) => {
    expect(new ChannelDecider(byDefault).decide(origin)).toEqual({ channel, rule, version: 0 });
  });

  it('is a table', () => expect(checkChannels(DEFAULT_CHANNELS)).toEqual([]));
});

describe('a table of their own', () => {
  const own: ChannelTable = {
    rules: [
      { name: 'Our podcast', when: { field: 'utm.campaign', op: 'starts_with', value: 'podcast' }, channel: 'partner' },
      { name: 'Calls', when: { field: 'entry', op: 'eq', value: 'call' }, channel: 'outbound' },
    ],
    otherwise: 'other',
  };

  it('says of each rule that was asked what it found, up to the one that held', () => {
    expect(tryChannels({ version: 4, table: own }, channelFacts({ utm: { campaign: 'spring' }, entry: 'call' }))).toEqual({
      channel: 'outbound', rule: 'Calls', version: 4, tried: [
        { name: 'Our podcast', held: false, because: 'utm campaign does not start with podcast (spring)' },
        { name: 'Calls', held: true, because: 'entry is call' },
      ],
    });
  });

  it('decides the same however often it is asked, and each origin by itself', () => {
    const decider = new ChannelDecider({ version: 4, table: own });
    const origins: Origin[] = [{ utm: { campaign: 'Podcast-7' } }, { entry: 'call' }, {}, { utm: { source: 'Podcast-7' } }, { referrer: 'x'.repeat(1_500) }];
    const once = origins.map((origin) => decider.decide(origin).channel);
    expect(once).toEqual(['partner', 'outbound', 'other', 'other', 'other']);
    expect(origins.map((origin) => decider.decide(origin).channel)).toEqual(once);
  });

  it.each([
    [[{ name: 'A', when: { field: 'utm.colour', op: 'eq', value: 'red' }, channel: 'email' }], [['rules.0.when.field', 'unknown_field']]],
    [[{ name: 'A', when: { any: [{ field: 'click_ids', op: 'eq', value: 'gclid' }] }, channel: 'email' }], [['rules.0.when.any.0.op', 'operator_not_for_type']]],
    [[own.rules[0], { ...own.rules[1], name: ' our PODCAST' }], [['rules.1.name', 'duplicate']]],
    [[{ ...own.rules[0], name: ' ' }], [['rules.0.name', 'required']]],
  ] as [ChannelTable['rules'], string[][]][])('is refused where it is wrong: %j', (rules, errors) => {
    expect(checkChannels({ rules, otherwise: 'other' }).map(({ field, code }) => [field, code])).toEqual(errors);
  });
});
