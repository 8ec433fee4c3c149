import { Injectable } from '@nestjs/common';
import type { Contribution, ConvertedInto, IntakeState, LeadScoreView, LedgerEntry, ScoreOverride } from '@headwater/contracts';
import { FAMILY, Families, LeadTies } from '@headwater/messaging';
import type { Queries, Tx } from '@headwater/platform';
import { hundredths } from '../domain/contribution-lines';
import { mostStars, type LeadScore, type Rescored } from '../domain/lead-score';

export interface LeadKey { tenant: string; leadId: number }

export interface Conversion extends LeadKey { converted: ConvertedInto }

/** What is kept of a lead, with the time that counts for it: never before it was scored last. */
export type HeldScore = LeadScore & {
  now: string;
  /** the leads that were merged into it, at whatever depth */
  members: readonly Member[];
  /** those that it was merged into, the nearest first */
  above: readonly number[];
};

/** Leads that follow one another; a tenant of null: of all of them. */
export interface Stretch { tenant: string | null; after: number; limit: number }

/** The same of one tenant. */
export interface OwnStretch extends Stretch { tenant: string }

export interface Member { leadId: number; outranked: boolean }

/** One text per lead, for maps. */
export const keyOf = ({ tenant, leadId }: LeadKey): string => `${tenant} ${leadId}`;

interface ScoreRow {
  tenant_id: string; lead_id: number; intake_revision: number | null; lead: IntakeState | null; converted: ConvertedInto | null;
  revision: number; computed: LeadScoreView; effective: LeadScoreView; override: ScoreOverride | null; rating: number | null;
  is_hot: boolean; hot_reasons: string[]; mql: boolean; model_version: number;
  scored_at: string | null; now: string; base: number; merged_rating: number | null; is_tied: boolean; features_revision: number | null;
}

const COLUMNS = `
  tenant_id, lead_id, intake_revision, lead, converted, revision, computed, effective, override, rating, is_hot, hot_reasons,
  mql, model_version, scored_at, greatest(now(), scored_at) as now, (select epoch.base from epoch) as base, merged_rating, features_revision,
  exists (select from lead_tie tie where tie.tenant_id = row.tenant_id and tie.lead_id = row.lead_id and tie.merged_into is not null)
    or exists (select from lead_tie tie where tie.tenant_id = row.tenant_id and tie.merged_into = row.lead_id) as is_tied`;

/** When the scores are looked at again, in the statement that writes them; left out where none has anything to decay. */
const CHECKS = (parameter: string): string => `
  checks as (
    select * from jsonb_to_recordset(${parameter}::jsonb) as checks(tenant_id text, lead_id bigint, at timestamptz)
  ), never as (
    delete from score_check using checks where score_check.tenant_id = checks.tenant_id and score_check.lead_id = checks.lead_id and checks.at is null
  ), later as (
    insert into score_check as known (tenant_id, lead_id, next_check_at)
    select tenant_id, lead_id, at from checks where at is not null
    on conflict (tenant_id, lead_id) do update set next_check_at = excluded.next_check_at where known.next_check_at <> excluded.next_check_at
  ),`;

/** What leads are like from now on; left out where that is as it was. */
const FEATURES = (parameter: string): string => `
  features as (
    insert into lead_feature (tenant_id, lead_id, intake_revision, features, at)
    select * from jsonb_to_recordset(${parameter}::jsonb) as feature(tenant_id text, lead_id bigint, intake_revision bigint, features jsonb, at timestamptz)
    on conflict do nothing
  ),`;

/** Every query about scores and their ledger. */
@Injectable()
export class ScoresStore {
  constructor(private readonly ties: LeadTies) {}

  /**
   * Locks leads, and all that are merged with them, until the transaction ends, also those without a row, so that a row is first
   * written when all is decided. In one order, so that no two batches wait for each other; read in a second statement, which sees
   * what the former holder wrote. Whatever writes about a lead begins here.
   * @returns one of each lead that was asked for
   */
  async lock(tx: Tx, leads: LeadKey[]): Promise<HeldScore[]> {
    const asked = [...new Map(leads.map((lead) => [keyOf(lead), lead])).values()];
    await tx.query(`${FAMILY}
      select pg_advisory_xact_lock(hash) from (
        select distinct hashtextextended(concat_ws(' ', 'score', tenant_id, lead_id), 0) as hash from family order by hash) as ordered`,
    columnsOf(asked));
    const rows = await tx.query<ScoreRow>(`
      select ${COLUMNS} from (
        select * from unnest($1::text[], $2::bigint[]) with ordinality as asked(tenant_id, lead_id, i)
        left join lead_score using (tenant_id, lead_id)) as row order by i`, columnsOf(asked));
    return this.withFamilies(tx, rows);
  }

  /** Most leads were never merged, and nothing further is asked. */
  private async withFamilies(queries: Queries, rows: ScoreRow[]): Promise<HeldScore[]> {
    const tied = rows.filter(({ is_tied }) => is_tied);
    const families = tied.length > 0 ? await this.ties.families(queries, tied) : new Families([]);
    return rows.map((row) => heldScore(row, families));
  }

  /** The next scores of a tenant in the order of their leads' ids, which is that of the index. */
  async walk(tx: Tx, { tenant, after, limit }: OwnStretch): Promise<HeldScore[]> {
    return this.withFamilies(tx, await tx.query<ScoreRow>(`
      select ${COLUMNS} from lead_score as row where tenant_id = $1 and lead_id > $2 order by lead_id limit $3`, [tenant, after, limit]));
  }

  /**
   * The same, be it of all tenants, each with what it was made of when it was written: in one statement, as nothing of it is locked. The keys are
   * found in the index alone: rows are wide.
   */
  async walkMade(tx: Tx, { tenant, after, limit }: Stretch): Promise<(HeldScore & { contributions: Contribution[] })[]> {
    const rows = await tx.query<ScoreRow & { contributions: Contribution[] | null }>(`
      select ${COLUMNS}, contributions from lead_score as row where (tenant_id, lead_id) in (
        select tenant_id, lead_id from lead_score
        where lead_id > $2 and ($1::text is null or tenant_id = $1) order by lead_id limit $3)
      order by lead_id`, [tenant, after, limit]);
    return (await this.withFamilies(tx, rows)).map((held, i) => ({ ...held, contributions: rows[i].contributions ?? [] }));
  }

  /** Only whose they are. */
  walkKeys(tx: Tx, { tenant, after, limit }: OwnStretch): Promise<LeadKey[]> {
    return tx.query<LeadKey>(`
      select tenant_id as tenant, lead_id as "leadId" from lead_score where tenant_id = $1 and lead_id > $2 order by lead_id limit $3`, [tenant, after, limit]);
  }

  /** The leads that arrived last. */
  async newestLeads(queries: Queries, tenant: string, limit: number): Promise<IntakeState[]> {
    const rows = await queries.query<{ lead: IntakeState }>(`
      select lead from lead_score where tenant_id = $1 and lead is not null order by lead_id desc limit $2`, [tenant, limit]);
    return rows.map(({ lead }) => lead);
  }

  /** The scores among `ids` that exist in the tenant. */
  async find(queries: Queries, tenant: string, ids: number[]): Promise<HeldScore[]> {
    const rows = await queries.query<ScoreRow>(`
      select ${COLUMNS} from lead_score as row where tenant_id = $1 and lead_id = any($2::bigint[]) and scored_at is not null`,
    [tenant, ids]);
    return this.withFamilies(queries, rows);
  }

  /** Those of the ids for which there is no score. */
  async unknown(queries: Queries, tenant: string, ids: number[]): Promise<number[]> {
    const rows = await queries.query<{ id: number }>(`
      select distinct id from unnest($2::bigint[]) as asked(id)
      where not exists (select from lead_score where tenant_id = $1 and lead_id = id and scored_at is not null)
      order by id`, [tenant, ids]);
    return rows.map(({ id }) => id);
  }

  /** Writes scores under the locks of their leads, and what the ledger says of them. */
  async save(tx: Tx, rescored: Rescored[]): Promise<void> {
    if (rescored.length === 0) return;
    const lines = rescored.flatMap(({ score: { tenant, leadId }, ledger }) =>
      ledger.map((line) => ({ tenant_id: tenant, lead_id: leadId, ...line })));
    const besides = [{ write: CHECKS, rows: rescored.flatMap(checkOf) }, { write: FEATURES, rows: rescored.flatMap(featuresOf) }]
      .filter(({ rows }) => rows.length > 0);
    await tx.query(`
      with ${besides.map(({ write }, i) => write(`$${i + 3}`)).join('')} told as (
        insert into score_ledger (tenant_id, lead_id, cause, demographic, behavioral, effective_total, reason, actor, at)
        select tenant_id, lead_id, cause, demographic, behavioral, effective_total, reason, actor, at
        from rows from (jsonb_to_recordset($2::jsonb) as (
          tenant_id text, lead_id bigint, cause text, demographic integer, behavioral integer, effective_total integer,
          reason text, actor text, at timestamptz)) with ordinality as line
        order by ordinality
      )
      insert into lead_score as known (
        tenant_id, lead_id, intake_revision, lead, converted, revision, demographic, behavioral, computed, effective, override,
        rating, merged_rating, is_hot, hot_reasons, mql, model_version, contributions, scored_at, features_revision)
      select *, intake_revision from jsonb_to_recordset($1::jsonb) as score(
        tenant_id text, lead_id bigint, intake_revision bigint, lead jsonb, converted jsonb, revision bigint,
        demographic integer, behavioral integer, computed jsonb, effective jsonb, override jsonb, rating smallint, merged_rating smallint,
        is_hot boolean, hot_reasons text[], mql boolean, model_version integer, contributions jsonb, scored_at timestamptz)
      on conflict (tenant_id, lead_id) do update set
        intake_revision = excluded.intake_revision, lead = coalesce(excluded.lead, known.lead), converted = excluded.converted,
        revision = excluded.revision, demographic = excluded.demographic, behavioral = excluded.behavioral,
        computed = excluded.computed, effective = excluded.effective, override = excluded.override, rating = excluded.rating,
        merged_rating = excluded.merged_rating,
        is_hot = excluded.is_hot, hot_reasons = excluded.hot_reasons, mql = excluded.mql,
        model_version = excluded.model_version, contributions = excluded.contributions, scored_at = excluded.scored_at,
        features_revision = excluded.intake_revision`,
    [JSON.stringify(rescored.map(rowOf)), JSON.stringify(lines), ...besides.map(({ rows }) => JSON.stringify(rows))]);
  }

  /** The newest first. @param before the id to go on from; null for the beginning */
  async ledger(queries: Queries, tenant: string, leadId: number, before: number | null, limit: number): Promise<LedgerEntry[]> {
    return queries.query<LedgerEntry>(`
      select id, cause, demographic, behavioral, effective_total, reason, actor, at from score_ledger
      where tenant_id = $1 and lead_id = $2 and ($3::bigint is null or id < $3)
      order by id desc limit $4`, [tenant, leadId, before, limit]);
  }

  /** Marks locked leads as converted, known or not; what they were converted into first stays. */
  async markConverted(tx: Tx, leads: Conversion[]): Promise<void> {
    await tx.query(`
      insert into lead_score as row (tenant_id, lead_id, converted)
      select distinct on (lead_id, tenant_id) tenant_id, lead_id, converted
      from unnest($1::text[], $2::bigint[], $3::jsonb[]) as lead(tenant_id, lead_id, converted)
      order by lead_id, tenant_id
      on conflict (tenant_id, lead_id) do update set converted = coalesce(row.converted, excluded.converted)`, [
      ...columnsOf(leads), leads.map(({ converted }) => JSON.stringify(converted)),
    ]);
  }

  async wasApplied(tx: Tx, { tenant, leadId }: LeadKey, commandId: string): Promise<boolean> {
    const rows = await tx.query(`
      select from applied_command where tenant_id = $1 and lead_id = $2 and command_id = $3`, [tenant, leadId, commandId]);
    return rows.length > 0;
  }

  async markApplied(tx: Tx, { tenant, leadId }: LeadKey, commandId: string): Promise<void> {
    await tx.query('insert into applied_command (tenant_id, lead_id, command_id) values ($1, $2, $3)', [tenant, leadId, commandId]);
  }
}

/** Leads as two arrays, as SQL unnests them. */
export const columnsOf = (leads: readonly LeadKey[]): [string[], number[]] => [leads.map(({ tenant }) => tenant), leads.map(({ leadId }) => leadId)];

type Family = Pick<HeldScore, 'primaryId' | 'above' | 'members'>;
const ALONE: Family = { primaryId: null, above: [], members: [] };

const familyOf = (row: ScoreRow, families: Families): Family => ({
  primaryId: families.primaryOf(row), above: families.aboveOf(row),
  members: families.membersOf(row).map((tie) => ({ leadId: tie.lead_id, outranked: tie.outranked })),
});

function heldScore(row: ScoreRow, families: Families): HeldScore {
  const { tenant_id, lead_id, intake_revision, lead, converted, revision, scored_at, now, base } = row;
  const { computed, effective, override, is_hot, hot_reasons, mql, model_version } = row;
  const rating = mostStars(row.rating, row.merged_rating);
  const family = row.is_tied ? familyOf(row, families) : ALONE;
  return {
    tenant: tenant_id, leadId: lead_id, intakeRevision: intake_revision ?? 0, lead, converted, now, base, rating: row.rating,
    featuresRevision: row.features_revision,
    primaryId: family.primaryId, above: family.above, members: family.members,
    scored: scored_at === null ? null : {
      state: { lead_id, revision, effective, computed, override, rating, is_hot, hot_reasons, mql, model_version, scored_at },
    },
  };
}

const checkOf = ({ score: { tenant, leadId }, nextCheck }: Rescored): object[] =>
  (nextCheck ? [{ tenant_id: tenant, lead_id: leadId, at: nextCheck.at }] : []);

const featuresOf = ({ score: { tenant, leadId, intakeRevision, scored }, features }: Rescored): object[] =>
  (features ? [{ tenant_id: tenant, lead_id: leadId, intake_revision: intakeRevision, features, at: scored.state.scored_at }] : []);

/** A lead that is as it was is left where it stands: it is most of a row. Written out, for there is one for each score: a copied state takes three times as long. */
function rowOf({ isNewLead, score }: Rescored): object {
  const { tenant, leadId, intakeRevision, lead, converted, rating, mergedRating, scored: { state, contributions } } = score;
  const { revision, computed, effective, override, is_hot, hot_reasons, mql, model_version, scored_at } = state;
  return {
    tenant_id: tenant, lead_id: leadId, intake_revision: intakeRevision, lead: isNewLead ? lead : null, converted, revision,
    demographic: hundredths(computed.demographic_score), behavioral: hundredths(computed.behavioral_score), computed, effective, override,
    rating, merged_rating: mergedRating, is_hot, hot_reasons, mql, model_version, contributions, scored_at,
  };
}
