import { Injectable } from '@nestjs/common';
import type { ContactAttempt } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import type { Attempt } from '../domain/contact/tally';
import type { LeadKey } from './statuses.store';

const COLUMNS = 'id, lead_id, channel, direction, outcome, at, note, actor, cycle, logged_at';

/** Attempts to reach leads; only ever added to. */
@Injectable()
export class ContactAttemptsStore {
  constructor(private readonly database: Database) {}

  async add(tx: Tx, tenant: string, { lead_id, channel, direction, outcome, at, note, actor, cycle, logged_at }: Omit<ContactAttempt, 'id'>): Promise<ContactAttempt> {
    const [row] = await tx.query<ContactAttempt>(`
      insert into contact_attempt (tenant_id, lead_id, channel, direction, outcome, at, note, actor, cycle, logged_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${COLUMNS}`,
    [tenant, lead_id, channel, direction, outcome, at, note ?? null, actor, cycle, logged_at]);
    return row;
  }

  /** What a lead's failures are counted in. Exact under the lead's lock; no lead has more than some hundreds. */
  since(tx: Tx, { tenant_id, lead_id }: LeadKey, at: string): Promise<Attempt[]> {
    return tx.query<Attempt>(
      'select channel, direction, outcome, at from contact_attempt where tenant_id = $1 and lead_id = $2 and at >= $3 order by id', [tenant_id, lead_id, at]);
  }

  /** Those of several leads, the last logged first. @param before an attempt's id */
  list(tenant: string, leadIds: number[], before: number | null, limit: number): Promise<ContactAttempt[]> {
    return this.database.query<ContactAttempt>(`
      select ${COLUMNS} from contact_attempt
      where tenant_id = $1 and lead_id = any($2::bigint[]) and ($3::bigint is null or id < $3) order by id desc limit $4`, [tenant, leadIds, before, limit]);
  }
}
