import { Injectable } from '@nestjs/common';
import type { IdentityKind } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import type { VisitorLink } from '../domain/signals/owner-of-visit';
import type { Signal } from '../domain/score-engagement';

export interface UnknownIdentity { tenant: string; kind: IdentityKind | 'visitor'; value: string }
export interface UnknownSignal extends UnknownIdentity, Signal { properties: object | null }
export interface NewLink extends VisitorLink { tenant: string; visitor_id: string }

/** Of somebody unknown, the newest so many are kept. */
const MOST_UNKNOWN_SIGNALS = 200;
/** After how many seconds intake is asked for the first, second … time; then each hour. A lead's own event asks earlier. */
const ASK_AFTER_S = [2, 10, 60, 300, 1_200, 3_600];

const columnsOf = (identities: UnknownIdentity[]): [string[], string[], string[]] =>
  [identities.map(({ tenant }) => tenant), identities.map(({ kind }) => kind), identities.map(({ value }) => value)];

const inOrder = (one: UnknownSignal, other: UnknownSignal): number => (orderOf(one) < orderOf(other) ? -1 : 1);
const orderOf = ({ tenant, kind, value, signal_id }: UnknownSignal): string => [tenant, kind, value, signal_id].join('\0');

/** Every query about those who are not known yet, and whose cookies are. */
@Injectable()
export class IdentitiesStore {
  /** In one order, so that no two batches wait for each other. @returns those that were not there */
  async keep(tx: Tx, signals: UnknownSignal[]): Promise<Set<UnknownSignal>> {
    if (signals.length === 0) return new Set();
    const ordered = [...signals].sort(inOrder);
    const rows = await tx.query<{ tenant_id: string; kind: string; value: string; signal_id: string }>(`
      with sent as (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
          with ordinality as sent(tenant_id, kind, value, signal_id, type, at, properties, i)
      ), identities as (
        insert into unknown_identity as known (tenant_id, kind, value, ask_at)
        select distinct tenant_id, kind, value, case when kind <> 'visitor' then now() + make_interval(secs => $8) end
        from sent order by tenant_id, kind, value
        on conflict (tenant_id, kind, value) do update set seen_at = now()
      )
      insert into unknown_signal (tenant_id, kind, value, signal_id, type, at, properties)
      select tenant_id, kind, value, signal_id, type, at, properties from sent order by i
      on conflict do nothing returning tenant_id, kind, value, signal_id`, [
      ...columnsOf(ordered), ordered.map(({ signal_id }) => signal_id), ordered.map(({ type }) => type), ordered.map(({ at }) => at),
      ordered.map(({ properties }) => (properties ? JSON.stringify(properties) : null)), ASK_AFTER_S[0],
    ]);
    await this.trim(tx, ordered);
    const fresh = new Set(rows.map(({ tenant_id, ...row }) => orderOf({ tenant: tenant_id, ...row } as UnknownSignal)));
    return new Set(signals.filter((signal) => fresh.delete(orderOf(signal))));
  }

  /** The oldest of those that have too many are let go. */
  private async trim(tx: Tx, signals: UnknownIdentity[]): Promise<void> {
    await tx.query(`
      delete from unknown_signal where ctid in (
        select over.ctid from (select distinct * from unnest($1::text[], $2::text[], $3::text[]) as sent(tenant_id, kind, value)) as sent
        cross join lateral (
          select ctid from unknown_signal known where (known.tenant_id, known.kind, known.value) = (sent.tenant_id, sent.kind, sent.value)
          order by at desc, signal_id offset $4) as over)`, [...columnsOf(signals), MOST_UNKNOWN_SIGNALS]);
  }

  /** Those who are somebody by now lose what was kept of them. @returns what that was */
  async takeOut(tx: Tx, identities: UnknownIdentity[]): Promise<UnknownSignal[]> {
    if (identities.length === 0) return [];
    return tx.query<UnknownSignal>(`
      with found as (
        delete from unknown_identity using unnest($1::text[], $2::text[], $3::text[]) as named(tenant_id, kind, value)
        where (unknown_identity.tenant_id, unknown_identity.kind, unknown_identity.value) = (named.tenant_id, named.kind, named.value)
      )
      delete from unknown_signal as kept using (select distinct * from unnest($1::text[], $2::text[], $3::text[]) as sent(tenant_id, kind, value)) as named
      where (kept.tenant_id, kept.kind, kept.value) = (named.tenant_id, named.kind, named.value)
      returning kept.tenant_id as tenant, kept.kind, kept.value, kept.signal_id, kept.type, kept.at, kept.properties`,
    columnsOf(identities));
  }

  /** Claims those whom it is time to ask for: for a moment nobody else does, and if nothing is known they come again later. */
  async claimDue(queries: Queries, limit: number): Promise<UnknownIdentity[]> {
    return queries.query<UnknownIdentity>(`
      update unknown_identity as due
      set asked = asked + 1, ask_at = now() + make_interval(secs => ($2::integer[])[least(asked + 2, ${ASK_AFTER_S.length})])
      from (
        select tenant_id, kind, value from unknown_identity where ask_at <= now() order by ask_at limit $1 for update skip locked
      ) as next
      where (due.tenant_id, due.kind, due.value) = (next.tenant_id, next.kind, next.value)
      returning due.tenant_id as tenant, due.kind, due.value`, [limit, ASK_AFTER_S]);
  }

  /** Intake has said something new of these. */
  async askNow(queries: Queries, identities: UnknownIdentity[]): Promise<void> {
    if (identities.length === 0) return;
    await queries.query(`
      update unknown_identity as known set ask_at = now()
      from unnest($1::text[], $2::text[], $3::text[]) as named(tenant_id, kind, value)
      where (known.tenant_id, known.kind, known.value) = (named.tenant_id, named.kind, named.value)`, columnsOf(identities));
  }

  /** The tenants that have somebody unknown whom intake may come to know: found in the index alone, however many there are. */
  async waitingTenants(queries: Queries): Promise<string[]> {
    const rows = await queries.query<{ tenant_id: string }>(`
      with recursive tenant as (
        (select tenant_id from unknown_identity order by tenant_id limit 1)
        union all
        select (select tenant_id from unknown_identity next where next.tenant_id > tenant.tenant_id order by tenant_id limit 1)
        from tenant where tenant.tenant_id is not null
      ) select tenant_id from tenant where tenant_id is not null`);
    return rows.map(({ tenant_id }) => tenant_id);
  }

  /** Until the transaction ends nobody else links these cookies or keeps visits of them. In one order; before leads are locked. */
  async lockVisitors(tx: Tx, visitors: { tenant: string; visitor_id: string }[]): Promise<void> {
    if (visitors.length === 0) return;
    await tx.query(`
      select pg_advisory_xact_lock(hash) from (
        select distinct hashtextextended(name, 0) as hash from unnest($1::text[]) as name order by hash) as ordered`,
    [visitors.map(({ tenant, visitor_id }) => `visitor ${tenant} ${visitor_id}`)]);
  }

  /** Whose each of these cookies is said to be, by `visitorKey`. */
  async linksOf(queries: Queries, visitors: { tenant: string; visitor_id: string }[]): Promise<Map<string, VisitorLink[]>> {
    const links = new Map<string, VisitorLink[]>();
    if (visitors.length === 0) return links;
    const rows = await queries.query<VisitorLink & { tenant_id: string; visitor_id: string }>(`
      select tenant_id, visitor_id, lead_id, linked_at from visitor_link
      join (select distinct * from unnest($1::text[], $2::text[]) as sent(tenant_id, visitor_id)) as sent using (tenant_id, visitor_id)`,
    [visitors.map(({ tenant }) => tenant), visitors.map(({ visitor_id }) => visitor_id)]);
    for (const { tenant_id, visitor_id, ...link } of rows) {
      const key = visitorKey({ tenant: tenant_id, visitor_id });
      links.set(key, [...links.get(key) ?? [], link]);
    }
    return links;
  }

  async link(tx: Tx, links: NewLink[]): Promise<void> {
    if (links.length === 0) return;
    await tx.query(`
      insert into visitor_link (tenant_id, visitor_id, lead_id, linked_at)
      select distinct * from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[]) order by 1, 2, 3, 4
      on conflict do nothing`, [
      links.map(({ tenant }) => tenant), links.map(({ visitor_id }) => visitor_id), links.map(({ lead_id }) => lead_id),
      links.map(({ linked_at }) => linked_at),
    ]);
  }
}

export const visitorKey = ({ tenant, visitor_id }: { tenant: string; visitor_id: string }): string => `${tenant} ${visitor_id}`;
