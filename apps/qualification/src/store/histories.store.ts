import { Injectable } from '@nestjs/common';
import type { Note, Transition } from '@headwater/contracts';
import { Database, type Queries, type Tx } from '@headwater/platform';
import type { OutcomeKind } from '../domain/reservation';
import type { LeadKey } from './statuses.store';

export interface KeptNote extends LeadKey, Note {}

/** A command that changes a lead; one command may change several. */
export interface LeadChange extends LeadKey { command_id: string }

const NOTES_SHOWN = 200;

/** What is only ever added to: transitions, notes, commands, settlements. */
@Injectable()
export class HistoriesStore {
  constructor(private readonly database: Database) {}

  async addTransitions(tx: Tx, transitions: (LeadKey & Transition)[]): Promise<void> {
    if (transitions.length === 0) return;
    await tx.query(`
      insert into transition (tenant_id, lead_id, from_status, to_status, cause, actor, reason, notes, at, ms_in_previous)
      select tenant_id, lead_id, "from", "to", cause, actor, reason, notes, at, ms_in_previous
      from rows from (jsonb_to_recordset($1::jsonb) as (
        tenant_id text, lead_id bigint, "from" text, "to" text, cause text, actor text, reason text, notes text,
        at timestamptz, ms_in_previous bigint)) with ordinality
      order by ordinality`, [JSON.stringify(transitions)]);
  }

  /** All transitions of a lead, oldest first. */
  transitions(tenant: string, leadId: number, tx: Queries = this.database): Promise<Transition[]> {
    return tx.query<Transition>(`
      select from_status as "from", to_status as "to", cause, actor, reason, notes, at, ms_in_previous
      from transition where tenant_id = $1 and lead_id = $2 order by id`, [tenant, leadId]);
  }

  async addNotes(tx: Tx, notes: KeptNote[]): Promise<void> {
    if (notes.length === 0) return;
    await tx.query(`
      insert into note (id, tenant_id, lead_id, author, cause, text, at)
      select id, tenant_id, lead_id, author, cause, text, at
      from rows from (jsonb_to_recordset($1::jsonb) as (
        id uuid, tenant_id text, lead_id bigint, author text, cause text, text text, at timestamptz)) with ordinality
      order by ordinality`, [JSON.stringify(notes)]);
  }

  /** The latest 200 notes of leads, newest first. */
  notes(tenant: string, leadIds: number[]): Promise<Note[]> {
    return this.database.query<Note>(`
      select id, text, author, cause, at from note where tenant_id = $1 and lead_id = any($2::bigint[]) order by seq desc limit $3`,
      [tenant, leadIds, NOTES_SHOWN]);
  }

  /** Which of these commands have changed their leads before, as their places. Exact under the locks of the leads. */
  async done(commands: readonly LeadChange[], queries: Queries = this.database): Promise<Set<number>> {
    const rows = await queries.query<{ i: number }>(`
      select i from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality as asked(tenant_id, lead_id, command_id, i)
      join command using (tenant_id, command_id, lead_id)`, changesOf(commands));
    return new Set(rows.map(({ i }) => i - 1));
  }

  async markDone(tx: Tx, commands: readonly LeadChange[]): Promise<void> {
    if (commands.length === 0) return;
    await tx.query(`
      insert into command (tenant_id, lead_id, command_id) select * from unnest($1::text[], $2::bigint[], $3::text[])`, changesOf(commands));
  }

  /** How a reservation ended; null while it hasn't. Exact under the lead's lock. */
  async settlementOf(tx: Tx, lead: LeadKey, token: string): Promise<OutcomeKind | null> {
    return (await this.settlementsOf(tx, [lead], token))[0];
  }

  /** The same of several leads that were reserved together, in their order. */
  async settlementsOf(tx: Tx, leads: LeadKey[], token: string): Promise<(OutcomeKind | null)[]> {
    const rows = await tx.query<{ outcome: OutcomeKind | null }>(`
      select outcome from unnest($1::text[], $2::bigint[]) with ordinality as asked(tenant_id, lead_id, i)
      left join settlement on settlement.tenant_id = asked.tenant_id and settlement.lead_id = asked.lead_id and token = $3 order by i`,
    [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id), token]);
    return rows.map(({ outcome }) => outcome);
  }

  async addSettlements(tx: Tx, settlements: (LeadKey & { token: string; outcome: OutcomeKind })[]): Promise<void> {
    if (settlements.length === 0) return;
    await tx.query(`
      insert into settlement (tenant_id, lead_id, token, outcome)
      select tenant_id, lead_id, token, outcome
      from jsonb_to_recordset($1::jsonb) as ended(tenant_id text, lead_id bigint, token text, outcome text)
      on conflict do nothing`,
      [JSON.stringify(settlements)]);
  }

  /**
   * Replaces a provisional answer, the one with work left in it, by the final one. The first to finish wins.
   * @returns the answer that is stored now; null when none was
   */
  async finishAnswer<Answer extends object>(
    attempt: { tenant: string; scope: string; key: string }, answer: Answer,
  ): Promise<Answer | null> {
    const where = [attempt.tenant, attempt.scope, attempt.key];
    await this.database.query(`
      update idempotency set answer = $4::jsonb
      where tenant_id = $1 and scope = $2 and key = $3 and jsonb_exists(answer, 'left_to_do')`,
      [...where, JSON.stringify(answer)]);
    const [row] = await this.database.query<{ answer: Answer }>(
      'select answer from idempotency where tenant_id = $1 and scope = $2 and key = $3', where);
    return row?.answer ?? null;
  }
}

const changesOf = (commands: readonly LeadChange[]): [string[], number[], string[]] =>
  [commands.map(({ tenant_id }) => tenant_id), commands.map(({ lead_id }) => lead_id), commands.map(({ command_id }) => command_id)];
