import type { Queries } from '@headwater/platform';
import { Injectable } from '@nestjs/common';
import type { OverrideEntry } from '../domain/score-override';
import type { HeldScore } from './scores.store';

/** What the tables remember of a moment. */
export interface Past {
  overrides: OverrideEntry[];
  /** of the model that was active then for leads as this one; null when none is known to have been */
  version: number | null;
  /** whether models of other segments have come or gone since: one of theirs may have scored it then */
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
        select from rescore join scoring_model model on model.tenant_id = rescore.tenant_id and model.id = rescore.model_id
        where rescore.tenant_id = $1 and rescore.created_at > $3::timestamptz
          and model.segment <> (select segment from scoring_model own where own.tenant_id = $1 and own.version = $4)
      ) as resegmented, ${totalBefore(7)} as "weekAgo", ${totalBefore(30)} as "monthAgo"`, [tenant, leadId, moment, scored?.state.model_version ?? null]);
    return past;
  }
}
