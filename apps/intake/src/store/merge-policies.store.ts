import { Injectable } from '@nestjs/common';
import type { MergePolicy, MergePolicyView } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { completePolicy } from '../domain/stored-documents';

/** How tenants merge. */
@Injectable()
export class MergePoliciesStore {
  /** The one in force; undefined while the tenant has none of its own. */
  async newest(queries: Queries, tenant: string): Promise<MergePolicyView | undefined> {
    const [row] = await queries.query<MergePolicyView>(`
      select version, document, created_at, created_by from merge_policy where tenant_id = $1 order by version desc limit 1`, [tenant]);
    return row && { ...row, document: completePolicy(row.document) };
  }

  /** Writes the next version. */
  async add(tx: Tx, tenant: string, document: MergePolicy, by: string): Promise<MergePolicyView> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`merge policy ${tenant}`]);
    const [row] = await tx.query<MergePolicyView>(`
      insert into merge_policy (tenant_id, version, document, created_by)
      select $1, coalesce(max(version), 0) + 1, $2, $3 from merge_policy where tenant_id = $1
      returning version, document, created_at, created_by`, [tenant, JSON.stringify(document), by]);
    return row;
  }
}
