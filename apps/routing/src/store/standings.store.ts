import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { LeadKey } from '../domain/assignment';
import type { Standing } from '../domain/sla/standing';

export type StandingRow = Omit<Standing, 'since'> & { since: string };

const COLUMNS = 'lead_id, revision, status, cycle, since, contacts, returns, unmerged';

export const standingFrom = ({ since, ...row }: StandingRow): Standing => ({ ...row, since: Date.parse(since) });

/** What qualification has told of leads. Whoever learns holds the leads' locks. */
@Injectable()
export class StandingsStore {
  async find(tx: Tx, keys: readonly LeadKey[]): Promise<Standing[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<StandingRow>(`
      select tenant_id as tenant, ${COLUMNS}
      from sla_standing join unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) using (tenant_id, lead_id)`,
    [keys.map(({ tenant }) => tenant), keys.map(({ lead_id }) => lead_id)]);
    return rows.map(standingFrom);
  }

  async write(tx: Tx, standings: readonly Standing[]): Promise<void> {
    if (standings.length === 0) return;
    await tx.query(`
      insert into sla_standing (tenant_id, ${COLUMNS}) select tenant, ${COLUMNS}
      from jsonb_to_recordset($1::jsonb)
        as n(tenant text, lead_id bigint, revision bigint, status text, cycle integer, since timestamptz, contacts jsonb, returns jsonb,
          unmerged bigint)
      on conflict (tenant_id, lead_id) do update set
        revision = excluded.revision, status = excluded.status, cycle = excluded.cycle, since = excluded.since, contacts = excluded.contacts,
        returns = excluded.returns, unmerged = excluded.unmerged`,
    [JSON.stringify(standings.map((standing) => ({ ...standing, since: new Date(standing.since).toISOString() })))]);
  }
}
