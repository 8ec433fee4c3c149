import type { TenantSettings } from '@headwater/contracts';
import type { LiveKey } from '../store/keys.store';

/** Without the database a copy is good for this long: a revoked key works no longer than that. */
const GOOD_FOR_MS = 15 * 60 * 1_000;
/** What the database doesn't know isn't asked again for this long. */
const UNKNOWN_FOR_MS = 5_000;
const MOST_UNKNOWN = 10_000;

/** Tenants and keys as the database had them at a moment; times are milliseconds of one monotonic clock. */
export class VerifiedCopy {
  private readonly tenants: Map<string, TenantSettings>;
  private readonly keys: Map<string, LiveKey>;
  private readonly unknown = new Map<string, number>();

  constructor(tenants: TenantSettings[], keys: LiveKey[], private readonly loadedAt: number) {
    this.tenants = new Map(tenants.map((tenant) => [tenant.id, tenant]));
    this.keys = new Map(keys.map((key) => [key.hash, key]));
  }

  isGood = (now: number): boolean => now - this.loadedAt <= GOOD_FOR_MS;
  ageMs = (now: number): number => Math.round(now - this.loadedAt);
  tenant = (id: string): TenantSettings | undefined => this.tenants.get(id);
  key = (hash: string): LiveKey | undefined => this.keys.get(hash);
  get size(): { tenants: number; keys: number } { return { tenants: this.tenants.size, keys: this.keys.size }; }

  addTenant(tenant: TenantSettings): void { this.tenants.set(tenant.id, tenant); }
  addKey(key: LiveKey): void { this.keys.set(key.hash, key); }

  /** Remembers that the database doesn't know this name. */
  markUnknown(name: string, now: number): void {
    if (this.unknown.size >= MOST_UNKNOWN) this.unknown.clear();
    this.unknown.set(name, now + UNKNOWN_FOR_MS);
  }

  isUnknown = (name: string, now: number): boolean => (this.unknown.get(name) ?? -Infinity) > now;
}
