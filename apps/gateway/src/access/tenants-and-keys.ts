import type { TenantSettings } from '@headwater/contracts';
import type { LiveKey } from '../store/keys.store';
import { VerifiedCopy } from './verified-copy';

/** Tenants and keys as the database had them at a moment. */
export class TenantsAndKeys extends VerifiedCopy {
  private readonly tenants: Map<string, TenantSettings>;
  private readonly keys: Map<string, LiveKey>;

  constructor(tenants: TenantSettings[], keys: LiveKey[], loadedAt: number) {
    super(loadedAt);
    this.tenants = new Map(tenants.map((tenant) => [tenant.id, tenant]));
    this.keys = new Map(keys.map((key) => [key.hash, key]));
  }

  tenant = (id: string): TenantSettings | undefined => this.tenants.get(id);
  key = (hash: string): LiveKey | undefined => this.keys.get(hash);
  get size(): { tenants: number; keys: number } { return { tenants: this.tenants.size, keys: this.keys.size }; }

  addTenant(tenant: TenantSettings): void { this.tenants.set(tenant.id, tenant); }
  addKey(key: LiveKey): void { this.keys.set(key.hash, key); }
}
