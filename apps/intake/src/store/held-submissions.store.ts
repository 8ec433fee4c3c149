import { Injectable } from '@nestjs/common';
import type { CaptureItem } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';

export interface HeldSubmission {
  tenant_id: string;
  submission_id: string;
  item: CaptureItem;
  /** whether the link in the mail is good no longer */
  expired: boolean;
  decided_at: string | null;
}

export interface NewHeld {
  item: CaptureItem;
  /** of the link in the mail, where there is one; hashes are hexadecimal */
  link: { token_hash: string; asked_hash: string; lifetime_hours: number } | null;
}

const COLUMNS = 'tenant_id, submission_id, item, coalesce(expires_at <= now(), false) as expired, decided_at';

/** Every query over what is kept until somebody decides about it. */
@Injectable()
export class HeldSubmissionsStore {
  /** @returns when each link ends, in their order; null for those without one */
  async add(tx: Tx, held: NewHeld[]): Promise<(string | null)[]> {
    const rows = await tx.query<{ submission_id: string; expires_at: string | null }>(`
      insert into held_submission (tenant_id, submission_id, item, token_hash, asked_hash, expires_at)
      select tenant_id, submission_id, item, decode(token_hash, 'hex'), decode(asked_hash, 'hex'), now() + make_interval(hours => lifetime_hours)
      from unnest($1::text[], $2::uuid[], $3::jsonb[], $4::text[], $5::text[], $6::integer[])
        as sent(tenant_id, submission_id, item, token_hash, asked_hash, lifetime_hours)
      returning submission_id, expires_at`, [
      held.map(({ item }) => item.tenant), held.map(({ item }) => item.submission_id), held.map(({ item }) => JSON.stringify(item)),
      held.map(({ link }) => link?.token_hash), held.map(({ link }) => link?.asked_hash), held.map(({ link }) => link?.lifetime_hours),
    ]);
    const ends = new Map(rows.map(({ submission_id, expires_at }) => [submission_id, expires_at]));
    return held.map(({ item }) => ends.get(item.submission_id) ?? null);
  }

  /** How many mails were asked for to an address within a day, in the order asked. */
  async asked(tx: Tx, to: { tenant: string; hash: string }[]): Promise<number[]> {
    if (to.length === 0) return [];
    const rows = await tx.query<{ count: number }>(`
      select (
        select count(*) from held_submission held
        where held.tenant_id = sent.tenant_id and asked_hash = decode(sent.hash, 'hex') and held_at > now() - interval '1 day'
      ) as count
      from unnest($1::text[], $2::text[]) with ordinality as sent(tenant_id, hash, i) order by i`,
      [to.map(({ tenant }) => tenant), to.map(({ hash }) => hash)]);
    return rows.map(({ count }) => count);
  }

  /** Locks it, so that two that decide about it do so one after the other. */
  async lock(tx: Tx, tenant: string, submissionId: string): Promise<HeldSubmission | undefined> {
    const [row] = await tx.query<HeldSubmission>(
      `select ${COLUMNS} from held_submission where tenant_id = $1 and submission_id = $2 for update`, [tenant, submissionId]);
    return row;
  }

  /** The same by what stood in the mail. @param hash hexadecimal */
  async lockByToken(tx: Tx, tenant: string, hash: string): Promise<HeldSubmission | undefined> {
    const [row] = await tx.query<HeldSubmission>(
      `select ${COLUMNS} from held_submission where token_hash = decode($2, 'hex') and tenant_id = $1 for update`, [tenant, hash]);
    return row;
  }

  /** Notes who decided; what was kept for that is not needed any more. */
  async decide(tx: Tx, tenant: string, submissionId: string, by: string): Promise<void> {
    await tx.query(`
      update held_submission set decided_at = now(), decided_by = $3, item = '{}' where tenant_id = $1 and submission_id = $2`, [tenant, submissionId, by]);
  }
}
