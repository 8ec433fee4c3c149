import { Injectable } from '@nestjs/common';
import type { ContactAttempt } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import type { Attempt } from '../domain/contact/tally';
import type { LeadKey } from './statuses.store';

const COLUMNS = 'id, lead_id, channel, direction, outcome, at, note, actor, cycle, logged_at';

/** An attempt that is to be kept. */
export type NewAttempt = LeadKey & Omit<ContactAttempt, 'id'>;

/** Attempts to reach leads; only ever added to. */
@Injectable()
export class ContactAttemptsStore {
  constructor(private readonly database: Database) {}

  /** @param attempts of different leads. @returns what is kept, in their order */
  async add(tx: Tx, attempts: NewAttempt[]): Promise<ContactAttempt[]> {
    if (attempts.length === 0) return [];
    const rows = await tx.query<ContactAttempt & LeadKey>(`
      insert into contact_attempt (tenant_id, lead_id, channel, direction, outcome, at, note, actor, cycle, logged_at)
      select tenant_id, lead_id, channel, direction, outcome, at, note, actor, cycle, logged_at
      from jsonb_to_recordset($1::jsonb) as given(tenant_id text, lead_id bigint, channel text, direction text, outcome text, at timestamptz, note text,
        actor text, cycle integer, logged_at timestamptz)
      returning tenant_id, ${COLUMNS}`, [JSON.stringify(attempts)]);
    const kept = new Map(rows.map(({ tenant_id, ...attempt }) => [nameOf({ tenant_id, ...attempt }), attempt]));
    return attempts.map((attempt) => kept.get(nameOf(attempt))!);
  }

  /** What the failures of leads are counted in, each lead's since its own time, by `tenant lead`. Exact under their locks; no lead has more than some hundreds. */
  async since(tx: Tx, leads: (LeadKey & { at: string })[]): Promise<Map<string, Attempt[]>> {
    const found = new Map<string, Attempt[]>();
    if (leads.length === 0) return found;
    const rows = await tx.query<LeadKey & Attempt>(`
      select tenant_id, lead_id, channel, direction, outcome, attempt.at
      from unnest($1::text[], $2::bigint[], $3::timestamptz[]) as asked(tenant_id, lead_id, since) join contact_attempt attempt using (tenant_id, lead_id)
      where attempt.at >= since order by id`, [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id), leads.map(({ at }) => at)]);
    for (const { tenant_id, lead_id, ...attempt } of rows) {
      const name = nameOf({ tenant_id, lead_id });
      found.set(name, [...(found.get(name) ?? []), attempt]);
    }
    return found;
  }

  /** Those of several leads, the last logged first. @param before an attempt's id */
  list(tenant: string, leadIds: number[], before: number | null, limit: number): Promise<ContactAttempt[]> {
    return this.database.query<ContactAttempt>(`
      select ${COLUMNS} from contact_attempt
      where tenant_id = $1 and lead_id = any($2::bigint[]) and ($3::bigint is null or id < $3) order by id desc limit $4`, [tenant, leadIds, before, limit]);
  }
}

export const nameOf = ({ tenant_id, lead_id }: LeadKey): string => `${tenant_id} ${lead_id}`;
