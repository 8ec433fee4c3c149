import { Injectable } from '@nestjs/common';
import type { Queries, Tx } from '@headwater/platform';
import type { Enrolment } from '../domain/nurturing/enrolment';
import type { LeadKey } from './statuses.store';

const NAMES = `tenant_id, lead_id, number, stage, enrolled_at, enrolled_by, because, recycle_date, dates, held, next_at,
  exited_at, exited_by, exit, trigger, exit_because`;
const RECORD = `jsonb_to_recordset($1::jsonb) as n(tenant_id text, lead_id bigint, number integer, stage text, enrolled_at timestamptz, enrolled_by text,
  because text, recycle_date date, dates jsonb, held text[], next_at timestamptz, exited_at timestamptz, exited_by text, exit text, trigger text,
  exit_because text)`;
const CHANGEABLE = ['stage', 'recycle_date', 'dates', 'held', 'next_at', 'exited_at', 'exited_by', 'exit', 'trigger', 'exit_because']
  .map((name) => `${name} = excluded.${name}`).join(', ');
const SHOWN = 50;

/** Enrolments of leads. Whoever changes them holds the leads' locks, but for `putOffFirst`. */
@Injectable()
export class EnrolmentsStore {
  /** The newest enrolment of each lead that ever had one, over or not. */
  latest(queries: Queries, leads: readonly LeadKey[]): Promise<Enrolment[]> {
    return queries.query<Enrolment>(`
      select newest.* from unnest($1::text[], $2::bigint[]) as asked(tenant, lead)
      cross join lateral (
        select ${NAMES} from enrolment where tenant_id = tenant and lead_id = lead order by number desc limit 1) as newest`, keysOf(leads));
  }

  /** The newest 50 of a lead, the newest first. */
  of(queries: Queries, tenant: string, leadId: number): Promise<Enrolment[]> {
    return queries.query<Enrolment>(`
      select ${NAMES} from enrolment where tenant_id = $1 and lead_id = $2 order by number desc limit $3`, [tenant, leadId, SHOWN]);
  }

  async write(tx: Tx, enrolments: readonly Enrolment[]): Promise<void> {
    if (enrolments.length === 0) return;
    await tx.query(`
      insert into enrolment (${NAMES}) select ${NAMES} from ${RECORD} order by tenant_id, lead_id, number
      on conflict (tenant_id, lead_id, number) do update set ${CHANGEABLE}`, [JSON.stringify(enrolments)]);
  }

  /**
   * Leads with an enrolment whose moment has come, the earliest first: those that no other replica is at. Only the enrolment is locked, and its
   * lead is to be without waiting (`StatusesStore.tryLockAll`): everybody else locks the lead first.
   */
  claimDue(tx: Tx, most: number): Promise<LeadKey[]> {
    return tx.query<LeadKey>('select tenant_id, lead_id from enrolment where next_at <= now() order by next_at limit $1 for update skip locked', [most]);
  }

  /** In how many milliseconds the next moment comes, below 0 when it has come; null when there is none. */
  async nextIn(queries: Queries): Promise<number | null> {
    const [{ ms }] = await queries.query<{ ms: number | null }>(`
      select extract(epoch from (select min(next_at) from enrolment where next_at is not null) - now()) * 1000 as ms`);
    return ms;
  }

  /** The one that has been due for longest is looked at again in an hour. */
  async putOffFirst(queries: Queries): Promise<void> {
    await queries.query(`
      update enrolment set next_at = now() + interval '1 hour' where (tenant_id, lead_id, number) = (
        select tenant_id, lead_id, number from enrolment where next_at <= now() order by next_at limit 1 for update skip locked)`);
  }

  /** Leads of all tenants that are nurtured and wait for a day: from the index alone. */
  async countWaiting(queries: Queries): Promise<number> {
    const [{ count }] = await queries.query<{ count: number }>('select count(*) as count from enrolment where next_at is not null');
    return count;
  }
}

const keysOf = (leads: readonly LeadKey[]): [string[], number[]] => [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id)];
