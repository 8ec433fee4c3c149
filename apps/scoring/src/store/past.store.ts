import { Injectable } from '@nestjs/common';
import type { Queries } from '@headwater/platform';
import type { OverrideEntry } from '../domain/score-override';
import { RESCORES_KEPT_DAYS } from './rescores.store';
import type { HeldScore } from './scores.store';

/** What the tables remember of a moment. */
export interface Past {
  overrides: OverrideEntry[];
  /** of the model that was active then for leads as this one; null when none is known to have been */
  version: number | null;
  /** whether models of other segments have come or gone since, or may have: one of theirs may have scored it then */
  resegmented: boolean;
  /** the effective total that stood 7 and 30 days before; null when there was none */
  weekAgo: number | null;
  monthAgo: number | null;
}

/** Every query about how a score was. */
@Injectable()
export class PastStore {
  /** @param moment RFC 3339 */
  async of(queries: Queries, { tenant, leadId, scored }: HeldScore, moment: string): Promise<Past> {
    const totalBefore = (days: number) => `(
      select effective_total from score_ledger
      where tenant_id = $1 and lead_id = $2 and at <= $3::timestamptz - make_interval(days => ${days}) order by id desc limit 1)`;
    const [past] = await queries.query<Past>(`
      select (
        select coalesce(json_agg(pin order by position, id), '[]') from score_override
        where tenant_id = $1 and lead_id = $2 and position <= $3::timestamptz
      ) as overrides, (
        select version from scoring_model model
        where tenant_id = $1 and activated_at <= $3::timestamptz
          and segment = (select segment from scoring_model own where own.tenant_id = $1 and own.version = $4)
        order by activated_at desc limit 1
      ) as version, exists (
        -- A re-score tells of each that came or went, as long as it is kept.
        select from scoring_model other
        where other.tenant_id = $1 and other.activated_at is not null
          and other.segment not in ('', (select segment from scoring_model own where own.tenant_id = $1 and own.version = $4))
          and (other.activated_at > $3::timestamptz or not other.active and $3::timestamptz < now() - make_interval(days => ${RESCORES_KEPT_DAYS})
            or exists (select from rescore where rescore.tenant_id = $1 and rescore.model_id = other.id and rescore.created_at > $3::timestamptz))
      ) as resegmented, ${totalBefore(7)} as "weekAgo", ${totalBefore(30)} as "monthAgo"`, [tenant, leadId, moment, scored?.state.model_version ?? null]);
    return past;
  }
}
