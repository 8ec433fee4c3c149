import type { TenantSettings } from '@headwater/contracts';
import { TenantsAndKeys } from './tenants-and-keys';
import { VerifiedCopy } from './verified-copy';

const demo: TenantSettings = {
  id: 'demo', currency: 'USD', time_zone: 'UTC', picklists: { industries: [], sources: [] }, policies: {},
};
const key = { id: 1, tenant_id: 'demo', hash: 'abc', role: 'rep' as const, name: 'phone' };
const MINUTE = 60_000;

describe('the verified copy', () => {
  it('is good for 15 minutes', () => {
    const copy = new VerifiedCopy(MINUTE);
    expect(copy.isGood(16 * MINUTE)).toBe(true);
    expect(copy.isGood(16 * MINUTE + 1)).toBe(false);
  });

  it('remembers briefly what the owner does not know', () => {
    const copy = new VerifiedCopy(0);
    copy.markUnknown('key abc', 0);
    expect(copy.isUnknown('key abc', 4_999)).toBe(true);
    expect(copy.isUnknown('key abc', 5_000)).toBe(false);
    expect(copy.isUnknown('key def', 0)).toBe(false);
  });
});

describe('the copy of tenants and keys', () => {
  it('finds what it was made of, and what was added', () => {
    const copy = new TenantsAndKeys([demo], [key], 0);
    expect(copy.tenant('demo')).toBe(demo);
    expect(copy.key('abc')).toBe(key);
    expect(copy.key('def')).toBeUndefined();
    copy.addKey({ ...key, hash: 'def' });
    expect(copy.key('def')).toMatchObject({ name: 'phone' });
  });
});
