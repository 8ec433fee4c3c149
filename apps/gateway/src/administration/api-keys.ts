import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type CreateKeyRequest } from '@headwater/contracts';
import { once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { hashOfKey, KEY_BYTES, keyOf } from '../access/api-key';
import { Directory } from '../access/directory';
import type { ApiKey, NewApiKey } from './tenants.answers';
import type { Incoming } from '../input/incoming';
import { KeysStore, type KeyRow } from '../store/keys.store';
import { TenantsStore } from '../store/tenants.store';
import { attemptOf, Tenants } from './tenants';

/** Creates and revokes the keys of a tenant; each counts as a change of the tenant, which every gateway hears of. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database, private readonly store: KeysStore, private readonly tenantsStore: TenantsStore,
    private readonly tenants: Tenants, private readonly directory: Directory,
  ) {}

  /** @throws DomainError `not_found` for an unknown tenant */
  async create(from: Incoming, tenant: string, { role, name }: CreateKeyRequest): Promise<NewApiKey> {
    const created = await once(this.database, attemptOf(from), async (tx) => {
      await this.touch(tx, tenant, from);
      const key = keyOf(randomBytes(KEY_BYTES));
      const row = await this.store.insert(tx, { tenant, hash: hashOfKey(key), role, name });
      return { ...viewOf(row), key };
    });
    await this.directory.refreshIfPossible();
    return created;
  }

  /** Keys by id, those after `cursor`. @throws DomainError `not_found` for an unknown tenant; `invalid` for a cursor that isn't ours */
  async page(tenant: string, cursor: string, limit: number): Promise<{ keys: ApiKey[]; next_cursor: string | null }> {
    if (!/^\d{1,15}$/.test(cursor)) throw DomainError.invalidField('cursor', 'wrong_format', 'cursor is not one of this list');
    await this.tenants.read(tenant);
    const rows = await this.store.page(tenant, Number(cursor), limit + 1);
    const keys = rows.slice(0, limit).map(viewOf);
    return { keys, next_cursor: rows.length > limit ? String(keys[limit - 1].id) : null };
  }

  /** From here on it works nowhere. @throws DomainError `not_found` when the tenant has no such key */
  async revoke(from: Incoming, tenant: string, id: number): Promise<ApiKey> {
    const row = await this.database.transaction(async (tx) => {
      const revoked = await this.store.revoke(tx, tenant, id);
      if (!revoked) throw DomainError.notFound('API key');
      await this.touch(tx, tenant, from);
      return revoked;
    });
    await this.directory.refreshIfPossible();
    return viewOf(row);
  }

  private async touch(tx: Tx, tenant: string, from: Incoming): Promise<void> {
    const row = await this.tenantsStore.raise(tx, tenant);
    if (!row) throw DomainError.notFound('Tenant');
    await this.tenants.announce(tx, row, from);
  }
}

const viewOf = ({ id, role, name, created_at, revoked_at }: KeyRow): ApiKey => ({ id, role, name, created_at, revoked_at });
