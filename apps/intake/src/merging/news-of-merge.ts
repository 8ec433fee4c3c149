import { Injectable } from '@nestjs/common';
import type { MergeNews } from '@headwater/contracts';
import { Database, type Queries } from '@headwater/platform';
import { stateOf } from '../domain/lead';
import { LeadsStore } from '../store/leads.store';
import { MergesStore, type MergeRow } from '../store/merges.store';
import { apart } from './write-merge';

/** What others have to know of a merge: who belongs to whom, as it is now. */
@Injectable()
export class NewsOfMerge {
  constructor(private readonly database: Database, private readonly leads: LeadsStore, private readonly merges: MergesStore) {}

  async ofMerge(tenant: string, id: number, correlationId: string): Promise<MergeNews> {
    return this.ofRow(this.database, await this.merges.find(this.database, tenant, id) as MergeRow, correlationId);
  }

  async ofRow(queries: Queries, row: MergeRow, correlationId: string): Promise<MergeNews> {
    const leads = await this.leads.get(queries, row.tenant_id, [row.primary_id, ...row.lead_ids]);
    const [primary, others] = apart(leads, row.primary_id);
    const isUndone = row.state === 'undone';
    return {
      tenant: row.tenant_id, primary: stateOf(primary), correlation_id: correlationId,
      cause: isUndone ? 'unmerge' : 'merge', actor: (isUndone ? row.undone_by : null) ?? row.merged_by,
      ties: others.map(({ id, revision, merged_into, created_at, attribution: { entry_status } }) => ({ lead_id: id, revision, merged_into, created_at, entry_status })),
    };
  }
}
