import { Injectable } from '@nestjs/common';
import type { CopilotSettings, CopilotSettingsView } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

const VIEW = 'version, document, created_by, created_at';

/** Versions of how tenants want the copilot to be. */
@Injectable()
export class CopilotSettingsStore {
  /** The one that counts, or a former one; null where there is none. */
  async find(queries: Queries, tenant: string, version?: number): Promise<CopilotSettingsView | null> {
    const [found] = await queries.query<CopilotSettingsView>(`
      select ${VIEW} from copilot_settings where tenant_id = $1 and ($2::integer is null or version = $2) order by version desc limit 1`,
    [tenant, version ?? null]);
    return found ?? null;
  }

  /** Adds the next version, which counts from then on. */
  async add(tx: Tx, tenant: string, document: CopilotSettings, by: string): Promise<CopilotSettingsView> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`copilot settings ${tenant}`]);
    const [added] = await tx.query<CopilotSettingsView>(`
      insert into copilot_settings (tenant_id, version, document, created_by)
      select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3 from copilot_settings where tenant_id = $1
      returning ${VIEW}`, [tenant, JSON.stringify(document), by]);
    return added;
  }
}
