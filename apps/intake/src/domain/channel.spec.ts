import { deriveChannel } from './channel';

describe('deriveChannel', () => {
  it.each([
    [{ click_ids: { gclid: 'x' }, source: 'web' }, 'paid_search'],
    [{ utm: { source: 'google', medium: 'cpc' } }, 'paid_search'],
    [{ utm: { source: 'linkedin', medium: 'cpc' } }, 'paid_social'],
    [{ click_ids: { fbclid: 'x' } }, 'paid_social'],
    [{ click_ids: { fbclid: 'x' }, utm: { source: 'facebook', medium: 'social' } }, 'social'],
    [{ utm: { source: 'newsletter', medium: 'email' } }, 'email'],
    [{ source: 'trade_show' }, 'event'],
    [{ source: 'cold_call' }, 'outbound'],
    [{ source: 'web', referrer: 'https://www.google.com/search?q=crm' }, 'organic_search'],
    [{ referrer: 'https://www.linkedin.com/feed' }, 'social'],
    [{ referrer: 'https://blog.example.com' }, 'referral'],
    [{ source: 'web' }, 'direct'],
    [{}, 'direct'],
  ] as const)('%j came by %s', (origin, channel) => {
    expect(deriveChannel(origin)).toBe(channel);
  });
});
