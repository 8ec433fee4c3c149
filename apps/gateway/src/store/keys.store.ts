import { Injectable } from '@nestjs/common';
import type { Role } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';

export interface KeyRow {
  id: number;
  tenant_id: string;
  role: Role;
  name: string;
  created_at: string;
  revoked_at: string | null;
}

/** A key that works, by the hash under which it is known. */
export interface LiveKey {
  id: number;
  tenant_id: string;
  hash: string;
  role: Role;
  name: string;
}

const COLUMNS = 'id, tenant_id, role, name, created_at, revoked_at';

@Injectable()
export class KeysStore {
  constructor(private readonly database: Database) {}

  allLive(): Promise<LiveKey[]> {
    return this.database.query('select id, tenant_id, hash, role, name from api_key where revoked_at is null');
  }

  async findLive(hash: string): Promise<LiveKey | null> {
    const [row] = await this.database.query<LiveKey>(
      'select id, tenant_id, hash, role, name from api_key where hash = $1 and revoked_at is null', [hash]);
    return row ?? null;
  }

  /** Up to `limit` keys of the tenant with an id above `after`, revoked ones too. */
  page(tenant: string, after: number, limit: number): Promise<KeyRow[]> {
    return this.database.query(
      `select ${COLUMNS} from api_key where tenant_id = $1 and id > $2 order by id limit $3`, [tenant, after, limit]);
  }

  async insert(tx: Tx, key: { tenant: string; hash: string; role: Role; name: string }): Promise<KeyRow> {
    const [row] = await tx.query<KeyRow>(
      `insert into api_key (tenant_id, hash, role, name) values ($1, $2, $3, $4) returning ${COLUMNS}`,
      [key.tenant, key.hash, key.role, key.name]);
    return row;
  }

  /** Revokes it; a key that was revoked before keeps its time. @returns null when the tenant has no such key */
  async revoke(tx: Tx, tenant: string, id: number): Promise<KeyRow | null> {
    const [row] = await tx.query<KeyRow>(`
      update api_key set revoked_at = coalesce(revoked_at, now()) where tenant_id = $1 and id = $2 returning ${COLUMNS}`,
      [tenant, id]);
    return row ?? null;
  }
}
