import { Injectable } from '@nestjs/common';
import type { CaptureItem, RawBody, TenantSettings, Verdict } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** A submission as far as it can be read again. */
export interface LoggedDelivery {
  tenant_id: string;
  id: string;
  received_at: string;
  inlet_kind: string | null;
  inlet_id: number | null;
  delivery: string | null;
  raw: RawBody | null;
  verdict: Verdict;
  code: string | null;
  because: string;
  lead_id: number | null;
}

/** The settings of its tenant came with it. */
export interface Waiting {
  item: CaptureItem & { settings: TenantSettings };
  logged: LoggedDelivery & { inlet_id: number; raw: RawBody };
}

export interface ClaimedFetch { tenant_id: string; submission_id: string; tries: number }

/** Every query over what connectors delivered and is looked at again. */
@Injectable()
export class DeliveriesStore {
  /** Locks it, so that two who read it again do so one after the other. By the id of a repetition, too. */
  async lock(tx: Tx, tenant: string, id: string): Promise<LoggedDelivery | undefined> {
    // Who was waited for may have written the row anew: the next statement sees that one.
    return await this.lockPresent(tx, tenant, id) ?? this.lockPresent(tx, tenant, id);
  }

  private async lockPresent(tx: Tx, tenant: string, id: string): Promise<LoggedDelivery | undefined> {
    const [row] = await tx.query<LoggedDelivery>(`
      select tenant_id, id, received_at, inlet_kind, inlet_id, delivery, raw, verdict, code, because, lead_id from submission
      where tenant_id = $1 and id in ($2, (select submission_id from repetition where tenant_id = $1 and id = $2)) for update`, [tenant, id]);
    return row;
  }

  /**
   * Records that are due, each for one caller for so many seconds; who doesn't end it in time leaves it to the next.
   * @param most how many
   */
  claim(queries: Queries, { most, seconds }: { most: number; seconds: number }): Promise<ClaimedFetch[]> {
    return queries.query<ClaimedFetch>(`
      with due as (
        select s.tenant_id, s.id from submission s left join record_fetch f on f.tenant_id = s.tenant_id and f.submission_id = s.id
        where s.code = 'to_fetch' and s.verdict = 'quarantined' and coalesce(f.next_at, '-infinity') <= now()
        order by s.received_at limit $1 for update of s skip locked
      )
      insert into record_fetch (tenant_id, submission_id, tries, next_at)
      select tenant_id, id, 1, now() + make_interval(secs => $2) from due
      on conflict (tenant_id, submission_id) do update set tries = record_fetch.tries + 1, next_at = excluded.next_at
        where record_fetch.next_at <= now()
      returning tenant_id, submission_id, tries`, [most, seconds]);
  }

  async putOff(queries: Queries, { tenant_id, submission_id }: ClaimedFetch, seconds: number): Promise<void> {
    await queries.query('update record_fetch set next_at = now() + make_interval(secs => $3) where tenant_id = $1 and submission_id = $2',
      [tenant_id, submission_id, seconds]);
  }

  /** What waits for its record, as it was handed over, and its place in the log; undefined when it waits no longer. */
  async waiting(queries: Queries, { tenant_id, submission_id }: ClaimedFetch): Promise<Waiting | undefined> {
    const [row] = await queries.query<Waiting>(`
      select held.item, to_jsonb(s) - '{payload,payload_hash}'::text[] as logged
      from submission s join held_submission held on held.tenant_id = s.tenant_id and held.submission_id = s.id
      where s.tenant_id = $1 and s.id = $2 and s.code = 'to_fetch' and s.verdict = 'quarantined' and held.decided_at is null`,
      [tenant_id, submission_id]);
    return row;
  }

  /** It waits for nothing any more. */
  async forget(tx: Tx, tenant: string, id: string): Promise<void> {
    await tx.query(`
      with fetched as (delete from record_fetch where tenant_id = $1 and submission_id = $2)
      delete from held_submission where tenant_id = $1 and submission_id = $2`, [tenant, id]);
  }
}
