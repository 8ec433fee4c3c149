import { Injectable } from '@nestjs/common';
import type { Envelope, IntakeState, LeadMergedData } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { Families, type Tie } from './families';

export interface TiedLead { tenant_id: string; lead_id: number }

/** Since a revision of intake's state of it, a lead belongs to another one, or again to none but itself. */
export interface NewTie extends TiedLead { revision: number; merged_into: number | null }

/** What intake's state of a lead says of it. */
export const tieOf = (tenant_id: string, { lead_id, revision, merged_into = null }: IntakeState): NewTie => ({ tenant_id, lead_id, revision, merged_into });

/** What leads are merged into: by their ties it becomes part of their families. */
export const targetsOf = (ties: readonly NewTie[]): TiedLead[] =>
  ties.flatMap(({ tenant_id, merged_into }) => (merged_into === null ? [] : [{ tenant_id, lead_id: merged_into }]));

/** The event of a merge that what happens to a lead follows from: one about it, else another of its tenant. */
export function eventAbout(events: readonly Envelope<LeadMergedData>[], { tenant_id, lead_id }: TiedLead): Envelope<LeadMergedData> {
  const own = events.filter(({ tenantid }) => tenantid === tenant_id);
  return own.find(({ data }) => data.primary_id === lead_id || data.lead.lead_id === lead_id) ?? own[0];
}

/**
 * The leads that are asked for (`$1` tenants, `$2` ids) with all that are merged with them: `family (tenant_id, lead_id)`, for a
 * statement that begins with it.
 */
export const FAMILY = `
  with recursive above as (
    select * from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)
    union
    select tie.tenant_id, tie.merged_into from above join lead_tie tie using (tenant_id, lead_id) where tie.merged_into is not null
  ), family as (
    select tenant_id, lead_id from above
    union
    select tie.tenant_id, tie.lead_id
    from family join lead_tie tie on tie.tenant_id = family.tenant_id and tie.merged_into = family.lead_id
  )`;

/** What a service has heard of merges. A table of its own in each service that keeps something about leads; see `tieMigrations`. */
@Injectable()
export class LeadTies {
  /** Every lead that is merged with one of these, at whatever depth, and these themselves. */
  async families(queries: Queries, leads: readonly TiedLead[]): Promise<Families> {
    return new Families(await queries.query<Tie>(`${FAMILY}
      select tenant_id, lead_id, merged_into, coalesce(outranked, false) as outranked
      from family left join lead_tie using (tenant_id, lead_id) order by tenant_id, lead_id`, columnsOf(leads)));
  }

  /** Keeps the newest tie of each lead. The leads, and those that they are merged with before and after it, are locked. */
  async learn(tx: Tx, ties: readonly NewTie[]): Promise<TiedLead[]> {
    if (ties.length === 0) return [];
    return tx.query<TiedLead>(`
      insert into lead_tie as known (tenant_id, lead_id, intake_revision, merged_into)
      select distinct on (tenant_id, lead_id) tenant_id, lead_id, revision, merged_into
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as told(tenant_id, lead_id, revision, merged_into)
      order by tenant_id, lead_id, revision desc
      on conflict (tenant_id, lead_id) do update set
        intake_revision = excluded.intake_revision, merged_into = excluded.merged_into,
        outranked = known.outranked and known.merged_into is not distinct from excluded.merged_into
      where excluded.intake_revision > known.intake_revision
      returning tenant_id, lead_id`,
    [...columnsOf(ties), ties.map(({ revision }) => revision), ties.map(({ merged_into }) => merged_into)]);
  }

  /** Somebody has decided about these leads, which are locked: what was merged into them until now has no say any more. */
  async outrank(tx: Tx, leads: readonly TiedLead[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      with recursive under as (
        select * from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)
        union
        select tie.tenant_id, tie.lead_id from under join lead_tie tie on tie.tenant_id = under.tenant_id and tie.merged_into = under.lead_id
      )
      update lead_tie set outranked = true from under
      where lead_tie.tenant_id = under.tenant_id and lead_tie.lead_id = under.lead_id
        and (under.tenant_id, under.lead_id) not in (select * from unnest($1::text[], $2::bigint[]))`, columnsOf(leads));
  }
}

const columnsOf = (leads: readonly TiedLead[]): [string[], number[]] =>
  [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id)];
