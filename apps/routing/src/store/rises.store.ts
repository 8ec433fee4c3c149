import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { LeadKey } from '../domain/assignment';
import type { Rise } from '../domain/settle-lead';

export type StoredRise = LeadKey & Rise;
type RiseName = LeadKey & Pick<Rise, 'scoring_revision'>;

/** The times that the stars of leads went up, each with its effects pending or done. */
@Injectable()
export class RisesStore {
  /** Keeps those that weren't known. */
  async record(tx: Tx, rises: (RiseName & Pick<Rise, 'rating'>)[]): Promise<void> {
    if (rises.length === 0) return;
    await tx.query(`
      insert into rating_rise (tenant_id, lead_id, scoring_revision, rating)
      select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::integer[])
      on conflict do nothing`, [...columns(rises), rises.map(({ rating }) => rating)]);
  }

  /** Rises of these leads, which are locked, without their effects yet; oldest first. */
  async pending(tx: Tx, leads: LeadKey[]): Promise<StoredRise[]> {
    if (leads.length === 0) return [];
    return tx.query<StoredRise>(`
      select tenant_id as tenant, lead_id, scoring_revision, rating, at, now() as now
      from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id) join rating_rise using (tenant_id, lead_id)
      where applied_at is null order by tenant_id, lead_id, scoring_revision`,
    [leads.map(({ tenant }) => tenant), leads.map(({ lead_id }) => lead_id)]);
  }

  async markApplied(tx: Tx, rises: RiseName[]): Promise<void> {
    if (rises.length === 0) return;
    await tx.query(`
      update rating_rise r set applied_at = now()
      from unnest($1::text[], $2::bigint[], $3::bigint[]) as n(tenant_id, lead_id, scoring_revision)
      where r.tenant_id = n.tenant_id and r.lead_id = n.lead_id and r.scoring_revision = n.scoring_revision`, columns(rises));
  }
}

const columns = (rises: RiseName[]): [string[], number[], number[]] =>
  [rises.map(({ tenant }) => tenant), rises.map(({ lead_id }) => lead_id), rises.map(({ scoring_revision }) => scoring_revision)];
