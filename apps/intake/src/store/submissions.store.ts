import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import type { CaptureItem, Note, RawBody, SetAsideReason, Touch, Verdict } from '@headwater/contracts';
import type { Database, Queries, Tx } from '@headwater/platform';
import type { Submission } from '../domain/read-submission';
import { pageOf, type Page } from './page';

export interface StoredSubmission {
  tenant_id: string;
  id: string;
  verdict: Verdict;
  because: string;
  /** why it was set aside */
  code: string | null;
  /** null when it was */
  lead_id: number | null;
}

/** What is told of one: why it was set aside only where it was. */
export const doneOf = ({ verdict, because, lead_id, code }: Omit<StoredSubmission, 'tenant_id' | 'id'>) =>
  ({ state: 'done' as const, verdict, because, lead_id, ...(code ? { code } : {}) });

/** What is to be kept of a submission. Without a lead there is no touch. */
export interface LogEntry {
  submission: Submission;
  verdict: Verdict;
  because: string;
  code: string | null;
  leadId: number | null;
}

export type StoredNote = Note & { tenant_id: string; lead_id: number };

/** What was sent, and what it left behind: touches and notes. */
@Injectable()
export class SubmissionsStore {
  /** Submissions that were taken in before, by another way or an earlier try. */
  async known(tx: Tx, submissions: { tenant: string; submission_id: string }[]): Promise<StoredSubmission[]> {
    return tx.query<StoredSubmission>(`
      select tenant_id, id, verdict, because, code, lead_id
      from unnest($1::text[], $2::uuid[]) as sent(tenant_id, id) join submission using (tenant_id, id)`,
      [submissions.map(({ tenant }) => tenant), submissions.map(({ submission_id }) => submission_id)]);
  }

  /** Why submissions got their verdicts, and how they came, by their ids. */
  async logged(queries: Queries, tenant: string, ids: string[]): Promise<Map<string, { because: string; code: string | null; raw: RawBody | null }>> {
    const rows = await queries.query<{ id: string; because: string; code: string | null; raw: RawBody | null }>(
      'select id, because, code, raw from submission where tenant_id = $1 and id = any($2::uuid[])', [tenant, ids]);
    return new Map(rows.map(({ id, ...logged }) => [id, logged]));
  }

  /** Remembers that a submission is another one's repetition. */
  async addRepetitions(tx: Tx, repetitions: { tenant: string; id: string; of: string }[]): Promise<void> {
    if (repetitions.length === 0) return;
    await tx.query(`
      insert into repetition (tenant_id, id, submission_id) select * from unnest($1::text[], $2::uuid[], $3::uuid[])
      on conflict do nothing`,
      [repetitions.map(({ tenant }) => tenant), repetitions.map(({ id }) => id), repetitions.map(({ of }) => of)]);
  }

  /** Makes room in the log for a submission that is taken in after all: it is written anew, with all that was known of it. */
  async takeOut(tx: Tx, tenant: string, id: string): Promise<void> {
    await tx.query(`delete from submission where tenant_id = $1 and id = $2 and verdict in ('quarantined', 'rejected')`, [tenant, id]);
  }

  async reject(tx: Tx, tenant: string, id: string, { code, because }: SetAsideReason): Promise<StoredSubmission> {
    const [row] = await tx.query<StoredSubmission>(`
      update submission set verdict = 'rejected', code = $3, because = $4 where tenant_id = $1 and id = $2
      returning tenant_id, id, verdict, because, code, lead_id`, [tenant, id, code, because]);
    return row;
  }

  /** A submission by its id, or by that of its repetition. */
  async find(queries: Queries, tenant: string, id: string): Promise<StoredSubmission | undefined> {
    const [found] = await queries.query<StoredSubmission>(`
      select tenant_id, id, verdict, because, code, lead_id from submission
      where tenant_id = $1 and id in ($2, (select submission_id from repetition where tenant_id = $1 and id = $2))`, [tenant, id]);
    return found;
  }

  /** Submissions of deliveries that were taken in before, by the delivery. */
  async delivered(tx: Tx, items: Pick<CaptureItem, 'tenant' | 'delivery'>[]): Promise<Map<string, StoredSubmission>> {
    const rows = await tx.query<StoredSubmission & { delivery: string }>(`
      select tenant_id, delivery, id, verdict, because, code, lead_id
      from unnest($1::text[], $2::uuid[]) as sent(tenant_id, delivery) join submission using (tenant_id, delivery)`,
      [items.map(({ tenant }) => tenant), items.map(({ delivery }) => delivery)]);
    return new Map(rows.map(({ delivery, ...row }) => [`${row.tenant_id} ${delivery}`, row]));
  }

  /**
   * Holds every transaction back that has an equal body from the same inlet, until this one ends; always in one order.
   * @returns the hash of each body, hexadecimal
   */
  async lockEqual(tx: Tx, items: Pick<CaptureItem, 'inlet' | 'raw' | 'lead'>[]): Promise<string[]> {
    const rows = await tx.query<{ i: number; hash: string }>(`
      select i, hash, pg_advisory_xact_lock(name) from (
        select i, hash, hashtextextended('body ' || inlet_id || ' ' || hash, 0) as name from (
          select i, inlet_id, encode(sha256(convert_to(body::text, 'UTF8')), 'hex') as hash
          from jsonb_to_recordset($1::jsonb) as sent(i integer, inlet_id bigint, body jsonb)
        ) as hashed order by name
      ) as ordered`, [JSON.stringify(items.map(({ inlet, raw, lead }, i) => ({ i, inlet_id: inlet?.id, body: raw?.body ?? lead })))]);
    return rows.sort((a, b) => a.i - b.i).map(({ hash }) => hash);
  }

  /** The submissions by the same form with an equal body, by the places of those that were asked for; in a statement after the lock. */
  async equal(
    tx: Tx, sent: { item: Pick<CaptureItem, 'tenant' | 'inlet' | 'received_at'>; hash: string }[], withinMs: number,
  ): Promise<Map<number, StoredSubmission>> {
    const rows = await tx.query<StoredSubmission & { i: number }>(`
      select sent.i::integer - 1 as i, found.*
      from unnest($1::text[], $2::bigint[], $3::text[], $4::timestamptz[]) with ordinality as sent(tenant_id, inlet_id, hash, at, i)
      cross join lateral (
        select tenant_id, id, verdict, because, code, lead_id from submission
        where inlet_kind = 'form' and inlet_id = sent.inlet_id and payload_hash = decode(sent.hash, 'hex') and tenant_id = sent.tenant_id
          and received_at between sent.at - make_interval(secs => $5) and sent.at + make_interval(secs => $5)
        order by received_at limit 1
      ) as found`, [
      sent.map(({ item }) => item.tenant), sent.map(({ item }) => item.inlet?.id), sent.map(({ hash }) => hash), sent.map(({ item }) => item.received_at),
      withinMs / 1_000,
    ]);
    return new Map(rows.map(({ i, ...row }) => [i, row]));
  }

  /** Appends submissions with their touches: one statement. */
  async append(tx: Tx, entries: LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(`
      with sent as (
        select * from jsonb_to_recordset($1::jsonb) as sent(
          tenant_id text, id uuid, received_at timestamptz, entry text, actor text, payload jsonb, raw jsonb, inlet_kind text, inlet_id bigint, delivery uuid,
          verdict text, because text, code text, lead_id bigint, channel text, channel_rule text, channel_version integer,
          source text, source_raw text, campaign text, campaign_raw text)
      ), log as (
        insert into submission (
          tenant_id, id, received_at, entry, actor, payload, raw, payload_hash, inlet_kind, inlet_id, delivery, verdict, because, code, lead_id)
        select tenant_id, id, received_at, entry, actor, payload, nullif(raw, 'null'),
               sha256(convert_to(coalesce(nullif(raw, 'null')->'body', payload)::text, 'UTF8')), inlet_kind, inlet_id, delivery, verdict, because, code, lead_id
        from sent
      )
      insert into touch (
        tenant_id, lead_id, submission_id, at, channel, channel_rule, channel_version, source, source_raw, campaign, campaign_raw,
        utm, click_ids, page_url, referrer)
      select tenant_id, lead_id, id, received_at, channel, channel_rule, channel_version, source, source_raw, campaign, campaign_raw,
             nullif(payload->'utm', 'null'), nullif(payload->'click_ids', 'null'), payload->>'page_url', payload->>'referrer'
      from sent where lead_id is not null`, [JSON.stringify(entries.map(({ submission: { item, attribution, channelRule, channelVersion, campaignRaw }, verdict, because, code, leadId }) => ({
      tenant_id: item.tenant, id: item.submission_id, received_at: item.received_at, entry: item.entry,
      actor: `${item.actor.kind}:${item.actor.id}`, payload: item.lead, raw: item.raw, inlet_kind: item.inlet?.kind, inlet_id: item.inlet?.id,
      delivery: item.delivery, verdict, because, code, lead_id: leadId,
      channel: attribution.channel, channel_rule: channelRule, channel_version: channelVersion,
      source: attribution.source, source_raw: attribution.source_raw, campaign: attribution.campaign, campaign_raw: campaignRaw,
    })))]);
  }

  /** Appends notes; one that is there already, under the same id, stays. @returns those that are new */
  async addNotes(tx: Tx, notes: (Omit<Note, 'at'> & { tenant: string; leadId: number })[]): Promise<StoredNote[]> {
    if (notes.length === 0) return [];
    return tx.query(`
      insert into note (id, tenant_id, lead_id, text, author, cause)
      select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
      on conflict (id) do nothing returning *`, [
      notes.map(({ id }) => id), notes.map(({ tenant }) => tenant), notes.map(({ leadId }) => leadId),
      notes.map(({ text }) => text), notes.map(({ author }) => author), notes.map(({ cause }) => cause),
    ]);
  }

  notes(database: Database, tenant: string, leadIds: number[], limit: number): Promise<Note[]> {
    return database.query<Note>(
      'select id, text, author, cause, at from note where tenant_id = $1 and lead_id = any($2::bigint[]) order by at desc, id desc limit $3',
      [tenant, leadIds, limit]);
  }

  /** By their own time, newest first: one that waited on the spool stands where it belongs. */
  touches(database: Database, tenant: string, leadIds: number[], cursor: string | undefined, limit: number): Promise<Page<Touch>> {
    const one = (order: string) => `(select id from touch where tenant_id = $1 and lead_id = any($2::bigint[]) order by at ${order}, id ${order} limit 1)`;
    return pageOf<Touch>(database, {
      select: `id, lead_id, submission_id, at, entry, inlet, channel, channel_rule, channel_version, source, source_raw, campaign, campaign_raw, utm, click_ids,
        page_url, referrer, verdict, because, id = ${one('asc')} as is_first, id = ${one('desc')} as is_last,
        verdict not in ('updated', 'touched') as made_lead`,
      from: `(select t.*, s.entry, s.verdict, s.because,
                     case when s.inlet_kind is not null then jsonb_build_object('kind', s.inlet_kind, 'id', s.inlet_id) end as inlet
              from touch t join submission s on s.tenant_id = t.tenant_id and s.id = t.submission_id) as visit`,
      conditions: ['tenant_id = $1', 'lead_id = any($2::bigint[])'], parameters: [tenant, leadIds], sort: '-at', cursor, limit,
    });
  }
}

/** The id of the note that a command leaves: a repetition of the command leaves the same one. */
export const noteIdOf = (commandId: string): string => uuidv5('note', commandId);
