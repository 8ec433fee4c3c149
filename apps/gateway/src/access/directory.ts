import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError, eventSubject, TenantChanged, type TenantSettings } from '@headwater/contracts';
import { Broker } from '@headwater/messaging';
import { Health } from '@headwater/platform';
import { KeysStore, type LiveKey } from '../store/keys.store';
import { TenantsStore, type TenantRow } from '../store/tenants.store';
import { VerifiedCopy } from './verified-copy';

const REFRESH_MS = 30_000;

/**
 * Tenants and keys, in memory, so that a known key never costs a query. Refreshed by event (another replica changed
 * something) and by time (the event was missed).
 */
@Injectable()
export class Directory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Directory.name);
  private copy = new VerifiedCopy([], [], -Infinity);
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly tenants: TenantsStore, private readonly keys: KeysStore, private readonly broker: Broker, health: Health,
  ) {
    health.register('directory', () => {
      const now = performance.now();
      return { ok: this.copy.isGood(now), age_ms: this.copy.ageMs(now), ...this.copy.size };
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.broker.listen(eventSubject(TenantChanged, '*', 'live'), () => this.refreshIfPossible());
    await this.refresh();
    this.timer = setInterval(() => void this.refreshIfPossible(), REFRESH_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Loads the copy anew. A call during a load gets one more load after it: the running one may have read before that
   * which the caller knows of. @throws when the database can't be asked; the former copy stays
   */
  refresh(): Promise<void> {
    this.next ??= this.running.catch(() => undefined).then(() => {
      this.next = null;
      this.running = this.load();
      return this.running;
    });
    return this.next;
  }

  /** @throws DomainError `unavailable` when the copy is too old to say */
  async findKey(hash: string): Promise<LiveKey | null> {
    const copy = this.goodCopy();
    return copy.key(hash) ?? this.lookUp(copy, `key ${hash}`, () => this.keys.findLive(hash), (key) => copy.addKey(key));
  }

  /** @throws DomainError `unavailable` when the copy is too old to say */
  async findTenant(id: string): Promise<TenantSettings | null> {
    const copy = this.goodCopy();
    return copy.tenant(id) ?? this.lookUp(copy, `tenant ${id}`, async () => {
      const row = await this.tenants.find(id);
      return row && settingsOf(row);
    }, (tenant) => copy.addTenant(tenant));
  }

  private goodCopy(): VerifiedCopy {
    if (this.copy.isGood(performance.now())) return this.copy;
    throw DomainError.unavailable('Callers can not be verified at the moment');
  }

  /**
   * Another replica may have made it a moment ago. What is found goes into the copy that lacked it, never into a newer one,
   * which may have been loaded after its revocation.
   */
  private async lookUp<T>(copy: VerifiedCopy, name: string, find: () => Promise<T | null>, add: (found: T) => void): Promise<T | null> {
    if (copy.isUnknown(name, performance.now())) return null;
    const found = await find();
    if (found) add(found);
    else copy.markUnknown(name, performance.now());
    return found;
  }

  private async load(): Promise<void> {
    const startedAt = performance.now();
    // Keys first: tenants are never removed, so the tenant of every key is among those that are read after it.
    const keys = await this.keys.allLive();
    const tenants = await this.tenants.all();
    this.copy = new VerifiedCopy(tenants.map(settingsOf), keys, startedAt);
  }

  /** After a change that is committed: what could not be read now is read within 30 seconds. */
  async refreshIfPossible(): Promise<void> {
    await this.refresh().catch((err: unknown) => this.logger.warn({ err }, 'Tenants and keys were not refreshed'));
  }
}

/** What other services are told of a tenant. */
export const settingsOf = ({ id, currency, time_zone, picklists, policies }: TenantRow): TenantSettings =>
  ({ id, currency, time_zone, picklists, policies });
