import { Injectable } from '@nestjs/common';
import type { ConversionMapping, ConversionMappingView } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

const VIEW = 'version, document as mapping, restored_from, created_by, created_at';

/** Every query over the mappings of leads to records. */
@Injectable()
export class MappingsStore {
  /** The one that counts, or a former one; null for the one that every tenant begins with, and for one that isn't there. */
  async find(queries: Queries, tenant: string, version?: number): Promise<ConversionMappingView | null> {
    const [found] = await queries.query<ConversionMappingView>(`
      select ${VIEW} from conversion_mapping where tenant_id = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
    [tenant, version ?? null]);
    return found ?? null;
  }

  /** Adds the next version, which counts from then on. */
  async add(
    tx: Tx, tenant: string, mapping: ConversionMapping, { by, restoredFrom }: { by: string; restoredFrom: number | null },
  ): Promise<ConversionMappingView> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`conversion mapping ${tenant}`]);
    const [added] = await tx.query<ConversionMappingView>(`
      insert into conversion_mapping (tenant_id, version, document, created_by, restored_from)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3, $4::integer from conversion_mapping where tenant_id = $1
      returning ${VIEW}`, [tenant, JSON.stringify(mapping), by, restoredFrom]);
    return added;
  }
}
