import { Injectable } from '@nestjs/common';
import { DomainError, TenantChanged, type CreateTenantRequest, type PatchTenantRequest } from '@headwater/contracts';
import { causedByRequest, once, Outbox, type KeyedAttempt } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { Directory, settingsOf } from '../access/directory';
import type { Incoming } from '../input/incoming';
import type { Tenant } from './tenants.answers';
import { TenantsStore, type TenantRow } from '../store/tenants.store';
import { changedSettings, checkSettings } from './check-settings';

const DEFAULTS = { currency: 'USD', time_zone: 'UTC' };

/** Creates and changes tenants, and tells everybody. */
@Injectable()
export class Tenants {
  constructor(
    private readonly database: Database, private readonly store: TenantsStore, private readonly outbox: Outbox,
    private readonly directory: Directory,
  ) {}

  /** @throws DomainError `tenant_exists`; `invalid` for an unknown currency or time zone */
  async create(from: Incoming, { id, name, currency, time_zone }: CreateTenantRequest): Promise<Tenant> {
    checkSettings({ currency, time_zone });
    const created = await once(this.database, attemptOf(from), async (tx) => {
      const row = await this.store.insert(tx, {
        id, name: name ?? null, currency: currency ?? DEFAULTS.currency, time_zone: time_zone ?? DEFAULTS.time_zone,
      });
      if (!row) throw DomainError.conflict('tenant_exists', `There is a tenant ${id} already`);
      await this.announce(tx, row, from);
      return viewOf(row);
    });
    await this.directory.refreshIfPossible();
    return created;
  }

  /** @throws DomainError `not_found` */
  async read(id: string): Promise<Tenant> {
    const row = await this.store.find(id);
    if (!row) throw DomainError.notFound('Tenant');
    return viewOf(row);
  }

  /** Tenants by id, those after `cursor`. */
  async page(cursor: string, limit: number): Promise<{ tenants: Tenant[]; next_cursor: string | null }> {
    const rows = await this.store.page(cursor, limit + 1);
    const tenants = rows.slice(0, limit).map(viewOf);
    return { tenants, next_cursor: rows.length > limit ? tenants[limit - 1].id : null };
  }

  /** @throws DomainError `not_found`; `invalid` */
  async change(from: Incoming, id: string, patch: PatchTenantRequest): Promise<Tenant> {
    const row = await this.database.transaction(async (tx) => {
      const present = await this.store.lock(tx, id);
      if (!present) throw DomainError.notFound('Tenant');
      const changed = await this.store.update(tx, id, changedSettings(present, patch));
      await this.announce(tx, changed, from);
      return changed;
    });
    await this.directory.refreshIfPossible();
    return viewOf(row);
  }

  /** Says what the tenant is now; every gateway hears it and reads tenants and keys again. */
  async announce(tx: Tx, row: TenantRow, from: Incoming): Promise<void> {
    const event = TenantChanged.of(row.id, row.id, { tenant: settingsOf(row) }, { revision: row.revision });
    await this.outbox.add(tx, [{ event, cause: causedByRequest(from) }]);
  }
}

/** The operator belongs to no tenant: no tenant is called `*`. */
export const attemptOf = ({ idempotency, caller }: Incoming): KeyedAttempt | undefined =>
  idempotency && { ...idempotency, tenant: caller.tenant?.id ?? '*' };

const viewOf = ({ id, name, currency, time_zone, picklists, policies, created_at, updated_at }: TenantRow): Tenant =>
  ({ id, name, currency, time_zone, picklists, policies, created_at, updated_at });
