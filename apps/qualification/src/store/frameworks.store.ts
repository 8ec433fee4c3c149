import { Injectable } from '@nestjs/common';
import type { Framework, GatePolicy } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** @property name of a framework */
interface DocumentKey { tenant: string; version: number; name?: string }
/** A document in one of its versions, which is never changed again. */
export interface StoredDocument<Document> { version: number; document: Document; created_at: string; created_by: string }
export type StoredFramework = StoredDocument<Framework> & { name: string };

/** Which versions of a tenant's own documents are in force. @property policy 0 where it has none */
export interface VersionsInForce { policy: number; frameworks: Readonly<Record<string, number>> }

const DOCUMENT = 'version, document, created_at, created_by';

/** How a tenant judges leads, and what it takes to qualify one. */
@Injectable()
export class FrameworksStore {
  async versions(queries: Queries, tenant: string): Promise<VersionsInForce> {
    const [versions] = await queries.query<VersionsInForce>(`
      select coalesce((select max(version) from gate_policy where tenant_id = $1), 0) as policy,
        coalesce((select jsonb_object_agg(name, version) from (
          select name, max(version) as version from framework where tenant_id = $1 group by name) as newest), '{}') as frameworks`, [tenant]);
    return versions;
  }

  /** Frameworks in their versions, in any order. */
  frameworksAt(queries: Queries, keys: readonly DocumentKey[]): Promise<(DocumentKey & { document: Framework })[]> {
    return queries.query(`
      select tenant_id as tenant, name, version, document from unnest($1::text[], $2::text[], $3::integer[]) as asked(tenant_id, name, version)
      join framework using (tenant_id, name, version)`, [keys.map(({ tenant }) => tenant), keys.map(({ name }) => name), keys.map(({ version }) => version)]);
  }

  /** Gate policies in their versions, in any order. */
  policiesAt(queries: Queries, keys: readonly DocumentKey[]): Promise<(DocumentKey & { document: GatePolicy })[]> {
    return queries.query(`
      select tenant_id as tenant, version, document from unnest($1::text[], $2::integer[]) as asked(tenant_id, version)
      join gate_policy using (tenant_id, version)`, [keys.map(({ tenant }) => tenant), keys.map(({ version }) => version)]);
  }

  async framework(queries: Queries, tenant: string, name: string, version: number): Promise<StoredFramework | undefined> {
    const [framework] = await queries.query<StoredFramework>(
      `select name, ${DOCUMENT} from framework where tenant_id = $1 and name = $2 and version = $3`, [tenant, name, version]);
    return framework;
  }

  async policy(queries: Queries, tenant: string, version: number): Promise<StoredDocument<GatePolicy> | undefined> {
    const [policy] = await queries.query<StoredDocument<GatePolicy>>(
      `select ${DOCUMENT} from gate_policy where tenant_id = $1 and version = $2`, [tenant, version]);
    return policy;
  }

  /** One change at a time of a tenant's documents: a gate names elements of frameworks. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('frameworks ' || $1, 0))`, [tenant]);
  }

  async addFramework(tx: Tx, tenant: string, name: string, document: Framework, by: string): Promise<StoredFramework> {
    const [stored] = await tx.query<StoredFramework>(`
      insert into framework (tenant_id, name, version, document, created_by)
      select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from framework where tenant_id = $1 and name = $2
      returning name, ${DOCUMENT}`, [tenant, name, JSON.stringify(document), by]);
    return stored;
  }

  async addPolicy(tx: Tx, tenant: string, document: GatePolicy, by: string): Promise<StoredDocument<GatePolicy>> {
    const [stored] = await tx.query<StoredDocument<GatePolicy>>(`
      insert into gate_policy (tenant_id, version, document, created_by)
      select $1, coalesce(max(version), 0) + 1, $2, $3 from gate_policy where tenant_id = $1 returning ${DOCUMENT}`,
      [tenant, JSON.stringify(document), by]);
    return stored;
  }
}
