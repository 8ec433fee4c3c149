import { Injectable } from '@nestjs/common';
import type { ScoreOverride } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { Evidence } from '../domain/lead-score';
import type { Signal } from '../domain/score-engagement';
import { foldOverrides, momentOf, type OverrideEntry } from '../domain/score-override';
import { ModelsStore, type Models } from './models.store';
import { columnsOf, keyOf, type HeldScore, type LeadKey } from './scores.store';

export interface NewSignal extends LeadKey, Signal { properties?: object | null }

export interface NewOverride extends LeadKey {
  /** names it: the same one again is nothing new */
  key: string;
  /** null takes all pins back */
  pin: ScoreOverride | null;
  /** where it stands in time; a command comes after all that is there */
  when: 'now' | { at: string };
}

const SIGNALS = 'select signal_id, type, at from signal where tenant_id = asked.tenant_id and lead_id = asked.lead_id';
/** What the leads did that were merged into it is its own; what several of them are said to have done was done once. */
const SIGNALS_OF_ALL = `
  select distinct on (signal_id) signal_id, type, at from signal
  where tenant_id = asked.tenant_id and lead_id = any(asked.members::bigint[]) order by signal_id, lead_id`;
const RATING_OF_OTHERS = `(
  select max(rating) from lead_score where lead_score.tenant_id = asked.tenant_id and lead_score.lead_id = any(asked.counting::bigint[]))`;

/** As PostgreSQL reads an array: a list of lists can't be a parameter. */
const arrayOf = (ids: number[]): string => `{${ids.join()}}`;

/** Every query about what scores are made from: signals and overrides, with the models. */
@Injectable()
export class EvidenceStore {
  constructor(private readonly models: ModelsStore) {}

  /** For rows that are locked, or only read. @returns by `keyOf`; constant number of statements */
  async load(queries: Queries, scores: HeldScore[]): Promise<Map<string, Evidence>> {
    const models = await this.models.load(queries, scores.map(({ tenant }) => tenant), scores.flatMap(({ scored }) =>
      (scored ? [scored.state.model_version] : [])));
    const isMerged = scores.some(({ members }) => members.length > 0);
    const rows = await queries.query<EvidenceRow>(`
      select (
        select coalesce(json_agg(done), '[]') from (${isMerged ? SIGNALS_OF_ALL : SIGNALS}) as done
      ) as signals, (
        select coalesce(json_agg(pin order by position, id), '[]') from score_override
        where tenant_id = asked.tenant_id and lead_id = asked.lead_id
      ) as overrides, ${isMerged ? RATING_OF_OTHERS : 'null::smallint'} as merged_rating
      from unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) with ordinality as asked(tenant_id, lead_id, members, counting) order by ordinality`, [
      ...columnsOf(scores),
      scores.map(({ leadId, members }) => arrayOf([leadId, ...members.map((member) => member.leadId)])),
      scores.map(({ members }) => arrayOf(members.filter(({ outranked }) => !outranked).map((member) => member.leadId))),
    ]);
    return new Map(scores.map((score, i) => [keyOf(score), evidenceOf(score, models, rows[i])]));
  }

  /**
   * The same of leads of one tenant that follow one another: what they did and what was pinned of them is read as a stretch, too, for of most there
   * is nothing.
   */
  async loadStretch(queries: Queries, scores: HeldScore[], models: Models): Promise<Map<string, Evidence>> {
    if (scores.length === 0) return new Map();
    const [{ signals, overrides }] = await queries.query<{ signals: OfStretch<Signal>[]; overrides: OfStretch<{ pin: OverrideEntry }>[] }>(`
      select (
        select coalesce(json_agg(done), '[]') from (
          select lead_id, signal_id, type, at from signal where tenant_id = $1 and lead_id between $2 and $3) as done
      ) as signals, (
        select coalesce(json_agg(pinned order by position, id), '[]') from (
          select lead_id, pin, position, id from score_override where tenant_id = $1 and lead_id between $2 and $3) as pinned
      ) as overrides`, [scores[0].tenant, scores[0].leadId, scores[scores.length - 1].leadId]);
    const did = byLead(signals);
    const log = byLead(overrides);
    const alone = scores.filter(({ members }) => members.length === 0);
    const evidence = new Map(alone.map((score) => [keyOf(score), evidenceOf(score, models, {
      signals: did.get(score.leadId) ?? [], overrides: log.get(score.leadId)?.map(({ pin }) => pin) ?? [], merged_rating: null,
    })]));
    const others = scores.filter(({ members }) => members.length > 0);
    if (others.length > 0) for (const [key, one] of await this.load(queries, others)) evidence.set(key, one);
    return evidence;
  }

  /** @returns the ids of those that were not known, by `keyOf` their lead, and which of these leads are nurtured */
  async addSignals(tx: Tx, signals: NewSignal[]): Promise<{ added: Map<string, Set<string>>; nurtured: Set<string> }> {
    const rows = await tx.query<{ tenant_id: string; lead_id: number; signal_id: string; is_nurtured: boolean }>(`
      insert into signal as kept (tenant_id, lead_id, signal_id, type, at, properties)
      select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::jsonb[])
      on conflict do nothing returning tenant_id, lead_id, signal_id, exists (
        select from nurtured_lead as known where known.tenant_id = kept.tenant_id and known.lead_id = kept.lead_id and not is_over) as is_nurtured`, [
      ...columnsOf(signals), signals.map(({ signal_id }) => signal_id),
      signals.map(({ type }) => type), signals.map(({ at }) => at),
      signals.map(({ properties }) => (properties ? JSON.stringify(properties) : null)),
    ]);
    const nurtured = rows.filter(({ is_nurtured }) => is_nurtured).map(({ tenant_id, lead_id }) => keyOf({ tenant: tenant_id, leadId: lead_id }));
    return { added: setsOf(rows, ({ signal_id }) => signal_id), nurtured: new Set(nurtured) };
  }

  /** @returns the keys of those that were not known, by `keyOf` their lead */
  async addOverrides(tx: Tx, overrides: NewOverride[]): Promise<Map<string, Set<string>>> {
    const rows = await tx.query<{ tenant_id: string; lead_id: number; key: string }>(`
      insert into score_override (tenant_id, lead_id, key, pin, position, expires_at)
      select new.tenant_id, new.lead_id, new.key, nullif(new.pin, 'null'), coalesce(new.at, greatest(now(), (
        select max(position) from score_override known where known.tenant_id = new.tenant_id and known.lead_id = new.lead_id))),
        (new.pin->>'expires_at')::timestamptz
      from unnest($1::text[], $2::bigint[], $3::text[], $4::jsonb[], $5::timestamptz[])
        with ordinality as new(tenant_id, lead_id, key, pin, at, i)
      order by i
      on conflict do nothing returning tenant_id, lead_id, key`, [
      ...columnsOf(overrides), overrides.map(({ key }) => key),
      overrides.map(({ pin }) => JSON.stringify(pin)), overrides.map(({ when }) => (when === 'now' ? null : when.at)),
    ]);
    return setsOf(rows, ({ key }) => key);
  }

  /** Takes pins whose end has come, each once; those that another replica has taken are left to it. */
  async takeExpired(tx: Tx, most: number): Promise<LeadKey[]> {
    return tx.query(`
      update score_override set is_ended = true where id in (
        select id from score_override where not is_ended and expires_at <= now() order by expires_at limit $1 for update skip locked)
      returning tenant_id as tenant, lead_id as "leadId"`, [most]);
  }

  async hasOverride(tx: Tx, { tenant, leadId }: LeadKey, key: string): Promise<boolean> {
    const rows = await tx.query('select from score_override where tenant_id = $1 and lead_id = $2 and key = $3', [tenant, leadId, key]);
    return rows.length > 0;
  }
}

interface EvidenceRow { signals: Signal[]; overrides: OverrideEntry[]; merged_rating: number | null }

const evidenceOf = ({ tenant, leadId, scored, converted, now }: HeldScore, models: Models, { signals, overrides, merged_rating }: EvidenceRow): Evidence => ({
  signals, override: foldOverrides(overrides, momentOf(converted, now)), mergedRating: merged_rating, now,
  own: scored && models.version(tenant, scored.state.model_version), active: models.active(tenant)!, segments: models.segments(tenant),
  isReached: leadId <= models.reached(tenant),
});

type OfStretch<Item> = Item & { lead_id: number };

function byLead<Item>(items: readonly OfStretch<Item>[]): Map<number, OfStretch<Item>[]> {
  const leads = new Map<number, OfStretch<Item>[]>();
  for (const item of items) {
    const known = leads.get(item.lead_id);
    if (known) known.push(item);
    else leads.set(item.lead_id, [item]);
  }
  return leads;
}

interface OfLead { tenant_id: string; lead_id: number }

function setsOf<Row extends OfLead>(rows: Row[], item: (row: Row) => string): Map<string, Set<string>> {
  const sets = new Map<string, Set<string>>();
  for (const row of rows) {
    const key = keyOf({ tenant: row.tenant_id, leadId: row.lead_id });
    sets.set(key, (sets.get(key) ?? new Set()).add(item(row)));
  }
  return sets;
}
