import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import type { Note, Touch, Verdict } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
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

  /** Remembers that a submission is another one's repetition. */
  async addRepetitions(tx: Tx, repetitions: { tenant: string; id: string; of: string }[]): Promise<void> {
    if (repetitions.length === 0) return;
    await tx.query(`
      insert into repetition (tenant_id, id, submission_id) select * from unnest($1::text[], $2::uuid[], $3::uuid[])
      on conflict do nothing`,
      [repetitions.map(({ tenant }) => tenant), repetitions.map(({ id }) => id), repetitions.map(({ of }) => of)]);
  }

  /** A submission by its id, or by that of its repetition. */
  async find(database: Database, tenant: string, id: string): Promise<StoredSubmission | undefined> {
    const [found] = await database.query<StoredSubmission>(`
      select tenant_id, id, verdict, because, code, lead_id from submission
      where tenant_id = $1 and id in ($2, (select submission_id from repetition where tenant_id = $1 and id = $2))`, [tenant, id]);
    return found;
  }

  /** Appends submissions with their touches: one statement. */
  async append(tx: Tx, entries: LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(`
      with sent as (
        select * from jsonb_to_recordset($1::jsonb) as sent(
          tenant_id text, id uuid, received_at timestamptz, entry text, actor text, payload jsonb, raw jsonb, inlet_kind text, inlet_id bigint,
          verdict text, because text, code text, lead_id bigint, channel text, channel_rule text, channel_version integer,
          source text, source_raw text, campaign text, campaign_raw text)
      ), log as (
        insert into submission (
          tenant_id, id, received_at, entry, actor, payload, raw, payload_hash, inlet_kind, inlet_id, verdict, because, code, lead_id)
        select tenant_id, id, received_at, entry, actor, payload, nullif(raw, 'null'),
               sha256(convert_to(coalesce(nullif(raw, 'null')->'body', payload)::text, 'UTF8')), inlet_kind, inlet_id, verdict, because, code, lead_id
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
      verdict, because, code, lead_id: leadId,
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

  notes(database: Database, tenant: string, leadId: number, limit: number): Promise<Note[]> {
    return database.query<Note>(
      'select id, text, author, cause, at from note where tenant_id = $1 and lead_id = $2 order by at desc, id desc limit $3',
      [tenant, leadId, limit]);
  }

  /** By their own time, newest first: one that waited on the spool stands where it belongs. */
  touches(database: Database, tenant: string, leadId: number, cursor: string | undefined, limit: number): Promise<Page<Touch>> {
    const one = (order: string) => `(select id from touch where tenant_id = $1 and lead_id = $2 order by at ${order}, id ${order} limit 1)`;
    return pageOf<Touch>(database, {
      select: `id, submission_id, at, entry, inlet, channel, channel_rule, channel_version, source, source_raw, campaign, campaign_raw, utm, click_ids,
        page_url, referrer, verdict, because, id = ${one('asc')} as is_first, id = ${one('desc')} as is_last,
        verdict not in ('updated', 'touched') as made_lead`,
      from: `(select t.*, s.entry, s.verdict, s.because,
                     case when s.inlet_kind is not null then jsonb_build_object('kind', s.inlet_kind, 'id', s.inlet_id) end as inlet
              from touch t join submission s on s.tenant_id = t.tenant_id and s.id = t.submission_id) as visit`,
      conditions: ['tenant_id = $1', 'lead_id = $2'], parameters: [tenant, leadId], sort: '-at', cursor, limit,
    });
  }
}

/** The id of the note that a command leaves: a repetition of the command leaves the same one. */
export const noteIdOf = (commandId: string): string => uuidv5('note', commandId);
