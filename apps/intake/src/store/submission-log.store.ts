import { Injectable } from '@nestjs/common';
import { DomainError, type Entry, type SubmissionFilter, type Verdict } from '@headwater/contracts';
import type { Database } from '@headwater/platform';
import type { Page } from './page';

export interface LoggedSubmission {
  id: string;
  received_at: string;
  entry: Entry;
  inlet_kind: string | null;
  inlet_id: number | null;
  verdict: Verdict;
  code: string | null;
  because: string;
  lead_id: number | null;
  payload: object;
  raw: object | null;
  payload_hash: string | null;
}

const COLUMNS = `id, received_at, entry, inlet_kind, inlet_id, verdict, code, because, lead_id, payload, raw, encode(payload_hash, 'hex') as payload_hash`;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** Of these none has a lead, and few are among many. */
const ASIDE: readonly Verdict[] = ['quarantined', 'rejected'];

/** Reads the log of submissions, newest first: their ids are made of the time, but for those of imports that a release before took in. */
@Injectable()
export class SubmissionLogStore {
  /** @throws DomainError for a cursor that isn't one of this list */
  async page(
    database: Database, tenant: string, { filter, cursor, limit }: { filter: SubmissionFilter; cursor?: string; limit: number },
  ): Promise<Page<LoggedSubmission>> {
    const { submission_id, lead_id, verdict, code, inlet } = filter;
    if (cursor !== undefined && !UUID.test(cursor)) throw DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page');
    const given: [string, unknown][] = [
      ['tenant_id = ?', tenant], ['id = ?', submission_id], ['lead_id = ?', lead_id], ['verdict = ?', verdict], ['code = ?', code],
      ['inlet_kind = ?', inlet?.kind], ['inlet_id = ?', inlet?.id], ['id < ?', cursor],
    ];
    const wanted = given.filter(([, value]) => value !== undefined);
    const conditions = [...wanted.map(([condition], i) => condition.replace('?', `$${i + 1}`)), ...(verdict && ASIDE.includes(verdict) ? ['lead_id is null'] : [])];
    const rows = await database.query<LoggedSubmission>(`
      select ${COLUMNS} from submission where ${conditions.join(' and ')} order by id desc limit $${wanted.length + 1}`,
      [...wanted.map(([, value]) => value), limit + 1]);
    const shown = rows.slice(0, limit);
    return { rows: shown, next: rows.length > limit ? shown.at(-1)!.id : null };
  }
}
