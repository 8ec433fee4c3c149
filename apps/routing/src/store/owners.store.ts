import { Injectable } from '@nestjs/common';
import type { OwnerSince } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';

const MOST_OWNERS = 20;

/** Every query over who owned leads. */
@Injectable()
export class OwnersStore {
  /** Whom leads were given to, the latest twenty times, oldest first; by lead. */
  async of(queries: Queries, tenant: string, leadIds: number[]): Promise<Map<number, OwnerSince[]>> {
    const rows = await queries.query<{ lead_id: number; owners: OwnerSince[] }>(`
      select asked.id as lead_id, jsonb_agg(jsonb_build_object('id', (picked->>'id')::bigint, 'name', picked->>'name', 'cause', cause,
        'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by latest.id) as owners
      from unnest($2::bigint[]) as asked(id) cross join lateral (
        select id, picked, cause, at from decision
        where tenant_id = $1 and lead_id = asked.id and picked is not null order by id desc limit ${MOST_OWNERS}) as latest
      group by asked.id`, [tenant, leadIds]);
    return new Map(rows.map(({ lead_id, owners }) => [lead_id, owners]));
  }
}
