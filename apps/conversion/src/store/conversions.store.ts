import { Injectable } from '@nestjs/common';
import type { ConvertedInto } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** Names one attempt at converting a lead. */
export interface Attempt {
  tenant: string;
  leadId: number;
  /** UUID; only its holder may finish */
  token: string;
}

/** An attempt that begins, and for how long it holds at most. */
export interface Begin extends Attempt { actor: string; leaseSeconds: number }

/** What an attempt came to. */
export interface Finished extends Pick<Attempt, 'tenant' | 'leadId'> {
  converted: ConvertedInto;
  attribution: object;
  notes: string | null;
}

export interface ConversionRow {
  token: string;
  state: 'started' | 'done' | 'aborted';
  /** whether the holder's time is not over yet */
  leased: boolean;
  actor: string;
  converted: ConvertedInto | null;
}

/** The one of the tenant ($1) that counts; 0 for the one that all begin with. */
const MAPPING_VERSION = 'coalesce((select max(version) from conversion_mapping where tenant_id = $1), 0)';

/** Every query over the attempts at converting leads. */
@Injectable()
export class ConversionsStore {
  /**
   * Begins attempts at leads that nobody tried before, each for itself.
   * @returns for each the version of the mapping that it goes by; null where there is a row to decide by
   */
  async insertStarted(queries: Queries, attempts: Begin[]): Promise<(number | null)[]> {
    const rows = await queries.query<{ token: string; mapping_version: number }>(`
      insert into conversion (tenant_id, lead_id, token, state, lease_until, actor, mapping_version)
      select tenant_id, lead_id, token, 'started', now() + make_interval(secs => seconds), actor,
        coalesce((select max(version) from conversion_mapping as mapping where mapping.tenant_id = begun.tenant_id), 0)
      from unnest($1::text[], $2::bigint[], $3::uuid[], $4::float8[], $5::text[]) as begun(tenant_id, lead_id, token, seconds, actor)
      order by lead_id
      on conflict do nothing returning token, mapping_version`, [
      attempts.map(({ tenant }) => tenant), attempts.map(({ leadId }) => leadId), attempts.map(({ token }) => token),
      attempts.map(({ leaseSeconds }) => leaseSeconds), attempts.map(({ actor }) => actor),
    ]);
    const versions = new Map(rows.map(({ token, mapping_version }) => [token, mapping_version]));
    return attempts.map(({ token }) => versions.get(token) ?? null);
  }

  /** Takes back attempts that held nothing. */
  async remove(queries: Queries, attempts: Attempt[]): Promise<void> {
    await queries.query(`
      delete from conversion using unnest($1::text[], $2::bigint[], $3::uuid[]) as attempt(tenant_id, lead_id, token)
      where conversion.tenant_id = attempt.tenant_id and conversion.lead_id = attempt.lead_id and conversion.token = attempt.token and state = 'started'`,
    columnsOf(attempts));
  }

  /** Whether somebody is converting the lead, and whose time is not over yet. */
  async isUnderway(queries: Queries, tenant: string, leadId: number): Promise<boolean> {
    const rows = await queries.query(`
      select from conversion where tenant_id = $1 and lead_id = $2 and state = 'started' and lease_until > now()`, [tenant, leadId]);
    return rows.length > 0;
  }

  /** The row of a lead, locked until the transaction ends. */
  async lockConversion(tx: Tx, tenant: string, leadId: number): Promise<ConversionRow | undefined> {
    const [row] = await tx.query<ConversionRow>(`
      select token, state, lease_until > now() as leased, actor, converted
      from conversion where tenant_id = $1 and lead_id = $2 for update`, [tenant, leadId]);
    return row;
  }

  /**
   * Hands a locked row to a new holder: whoever held the former token can't finish any more.
   * @returns the version of the mapping that it goes by
   */
  async restart(tx: Tx, { tenant, leadId, token }: Attempt, actor: string, leaseSeconds: number): Promise<number> {
    const [row] = await tx.query<{ mapping_version: number }>(`
      update conversion
      set token = $3, state = 'started', started_at = now(), lease_until = now() + make_interval(secs => $4), actor = $5,
        mapping_version = ${MAPPING_VERSION}
      where tenant_id = $1 and lead_id = $2 returning mapping_version`, [tenant, leadId, token, leaseSeconds, actor]);
    return row.mapping_version;
  }

  /** Locks started attempts for their holders. @returns the transaction's time by the tokens of those that are still their holders' */
  async holdStarted(tx: Tx, attempts: Attempt[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ token: string; now: string }>(`
      select token, now() as now
      from unnest($1::text[], $2::bigint[], $3::uuid[]) as attempt(tenant_id, lead_id, token) join conversion using (tenant_id, lead_id, token)
      where state = 'started' order by lead_id, tenant_id for update of conversion`, columnsOf(attempts));
    return new Map(rows.map(({ token, now }) => [token, now]));
  }

  /** Of attempts that are held. */
  async finish(tx: Tx, done: Finished[]): Promise<void> {
    await tx.query(`
      update conversion set state = 'done', converted = done.converted, attribution = done.attribution, notes = done.notes
      from unnest($1::text[], $2::bigint[], $3::jsonb[], $4::jsonb[], $5::text[]) as done(tenant_id, lead_id, converted, attribution, notes)
      where conversion.tenant_id = done.tenant_id and conversion.lead_id = done.lead_id`, [
      done.map(({ tenant }) => tenant), done.map(({ leadId }) => leadId), done.map(({ converted }) => JSON.stringify(converted)),
      done.map(({ attribution }) => JSON.stringify(attribution)), done.map(({ notes }) => notes),
    ]);
  }

  /** @returns of each attempt whether it is given up, now or before; false when it is done, or another holder's */
  async abort(tx: Queries, attempts: Attempt[]): Promise<boolean[]> {
    const rows = await tx.query<{ token: string }>(`
      with held as (
        select tenant_id, lead_id, token
        from unnest($1::text[], $2::bigint[], $3::uuid[]) as attempt(tenant_id, lead_id, token) join conversion using (tenant_id, lead_id, token)
        where state in ('started', 'aborted') order by lead_id, tenant_id for update of conversion
      )
      update conversion set state = 'aborted' from held
      where conversion.tenant_id = held.tenant_id and conversion.lead_id = held.lead_id returning conversion.token`, columnsOf(attempts));
    const given = new Set(rows.map(({ token }) => token));
    return attempts.map(({ token }) => given.has(token));
  }

  /** What became of a converted lead, with the attribution that was frozen then. */
  async findDone(
    tx: Tx, tenant: string, leadId: number,
  ): Promise<{ converted: ConvertedInto; attribution: Record<string, unknown> } | undefined> {
    const [row] = await tx.query<{ converted: ConvertedInto; attribution: Record<string, unknown> }>(`
      select converted, attribution from conversion
      where tenant_id = $1 and lead_id = $2 and state = 'done'`, [tenant, leadId]);
    return row;
  }
}

const columnsOf = (attempts: Attempt[]): [string[], number[], string[]] =>
  [attempts.map(({ tenant }) => tenant), attempts.map(({ leadId }) => leadId), attempts.map(({ token }) => token)];
