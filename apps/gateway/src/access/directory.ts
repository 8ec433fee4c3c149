import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError, eventSubject, TenantChanged, type TenantSettings } from '@headwater/contracts';
import { Broker } from '@headwater/messaging';
import { Health } from '@headwater/platform';
import { KeysStore, type LiveKey } from '../store/keys.store';
import { TenantsStore, type TenantRow } from '../store/tenants.store';
import { KeptCopy } from './kept-copy';
import { TenantsAndKeys } from './tenants-and-keys';

/**
 * Tenants and keys, in memory, so that a known key never costs a query. Refreshed by event (another replica changed
 * something) and by time (the event was missed).
 */
@Injectable()
export class Directory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly kept = new KeptCopy(new TenantsAndKeys([], [], -Infinity), () => this.load(), 'Tenants and keys');

  constructor(
    private readonly tenants: TenantsStore, private readonly keys: KeysStore, private readonly broker: Broker, health: Health,
  ) {
    health.register('directory', () => {
      const { copy, isGood } = this.kept;
      return { ok: isGood, age_ms: copy.ageMs(performance.now()), ...copy.size };
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.broker.listen(eventSubject(TenantChanged, '*', 'live'), () => this.refreshIfPossible());
    await this.kept.refresh();
    this.kept.begin();
  }

  onApplicationShutdown(): void {
    this.kept.end();
  }

  /** @throws DomainError `unavailable` when the copy is too old to say */
  async findKey(hash: string): Promise<LiveKey | null> {
    const copy = this.goodCopy();
    return copy.key(hash) ?? this.kept.lookUp(copy, `key ${hash}`, () => this.keys.findLive(hash), (key) => copy.addKey(key));
  }

  /** @throws DomainError `unavailable` when the copy is too old to say */
  async findTenant(id: string): Promise<TenantSettings | null> {
    const copy = this.goodCopy();
    return copy.tenant(id) ?? this.kept.lookUp(copy, `tenant ${id}`, async () => {
      const row = await this.tenants.find(id);
      return row && settingsOf(row);
    }, (tenant) => copy.addTenant(tenant));
  }

  /** After a change that is committed: what could not be read now is read within 30 seconds. */
  refreshIfPossible(): Promise<void> {
    return this.kept.refreshIfPossible();
  }

  private goodCopy(): TenantsAndKeys {
    if (this.kept.isGood) return this.kept.copy;
    throw DomainError.unavailable('Callers can not be verified at the moment');
  }

  private async load(): Promise<TenantsAndKeys> {
    const startedAt = performance.now();
    // Keys first: tenants are never removed, so the tenant of every key is among those that are read after it.
    const keys = await this.keys.allLive();
    const tenants = await this.tenants.all();
    return new TenantsAndKeys(tenants.map(settingsOf), keys, startedAt);
  }
}

/** What other services are told of a tenant. */
export const settingsOf = ({ id, currency, time_zone, picklists, policies }: TenantRow): TenantSettings =>
  ({ id, currency, time_zone, picklists, policies });
