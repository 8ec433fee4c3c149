import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { WorkingCalendar } from '../domain/calendars';
import type { Pool } from '../domain/choosing/allocate';
import type { Rep } from '../domain/choosing/eligibility';
import { Directory, EMPTY_DIRECTORY, type OpenWindow, type Person } from '../domain/people/directory';
import type { Territory } from '../domain/territories/territory';

const MOST_REMEMBERED = 200;

/** Somebody got so many leads by rules. */
interface Gained { tenant: string; rep_id: number; leads: number }

/**
 * People and places of tenants, kept in memory by their version, which every change of theirs raises: a tenant that has none, or whose
 * haven't changed, costs no statement. What is remembered is true only for the version that was read under the rotation lock.
 */
@Injectable()
export class DirectoriesStore {
  private readonly remembered = new Map<string, Directory>();

  /** People and places of a tenant as far as they are known without asking: by these its leads may be placed before the rotation is locked. */
  of(tenant: string): Directory {
    return this.remembered.get(tenant) ?? EMPTY_DIRECTORY;
  }

  /** Those of a version, which was read under the rotation lock. */
  async refresh(tx: Tx, tenant: string, version: number): Promise<Directory> {
    const known = this.of(tenant);
    if (known.version === version) return known;
    const directory = await this.load(tx, tenant, version);
    this.remembered.delete(tenant);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.delete(this.remembered.keys().next().value!);
    this.remembered.set(tenant, directory);
    return directory;
  }

  /** Pools with their members as they are at a moment; the pools themselves where nothing in particular is known of anybody. */
  async inPools(tx: Tx, directory: Directory, pools: Pool[], now: string): Promise<Pool[]> {
    if (!directory.knowsPeople) return pools;
    const reps = await this.at(tx, directory, pools.flatMap(({ members }) => members.map(({ rep }) => rep)), now);
    return pools.map((pool) => ({ ...pool, members: pool.members.map((member) => ({ ...member, rep: reps.get(member.rep.id) ?? member.rep })) }));
  }

  /** A rep of a tenant whose directory is fresh, as they are at a moment; without what they got in their windows. */
  present<Found extends Rep & { tenant: string }>(rep: Found, now: string): Found {
    return { ...rep, ...this.of(rep.tenant).at(rep, now, () => 0) };
  }

  /** A rep as they are at a moment, with what they got in their windows: under the tenant's rotation lock. */
  async arrived<Found extends Rep>(tx: Tx, tenant: string, rep: Found, now: string): Promise<Found> {
    const [known] = await tx.query<{ version: number }>('select version from people_version where tenant_id = $1', [tenant]);
    const directory = await this.refresh(tx, tenant, known?.version ?? 0);
    return { ...rep, ...(await this.at(tx, directory, [rep], now)).get(rep.id) };
  }

  /** Counts leads in the windows that are open, under the rotation lock. Nothing is asked where nobody has a limit. */
  async count(tx: Tx, given: readonly { tenant: string; rep_id: number }[], now: string): Promise<void> {
    const gained = new Map<number, Gained>();
    for (const { tenant, rep_id } of given) gained.set(rep_id, { tenant, rep_id, leads: (gained.get(rep_id)?.leads ?? 0) + 1 });
    const counted = [...gained.values()].flatMap(({ tenant, rep_id, leads }) => this.of(tenant).windowsOf(rep_id, now)
      .map((window) => ({ tenant, leads, ...window })));
    if (counted.length === 0) return;
    await tx.query(`
      insert into rep_window as present (tenant_id, rep_id, per, began, taken)
      select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[]) order by 2, 3
      on conflict (rep_id, per) do update set began = excluded.began,
        taken = excluded.taken + case when present.began = excluded.began then present.taken else 0 end`, [
      counted.map(({ tenant }) => tenant), counted.map(({ rep_id }) => rep_id), counted.map(({ per }) => per), counted.map(({ began }) => began),
      counted.map(({ leads }) => leads),
    ]);
  }

  /** @returns by id */
  private async at(tx: Tx, directory: Directory, reps: readonly Rep[], now: string): Promise<Map<number, Rep>> {
    const windows = directory.countsWindows ? reps.flatMap(({ id }) => directory.windowsOf(id, now)) : [];
    const taken = await this.taken(tx, windows);
    return new Map(reps.map((rep) => [rep.id, directory.at(rep, now, (window) => taken.get(keyOf(window)) ?? 0)]));
  }

  private async taken(tx: Tx, windows: readonly OpenWindow[]): Promise<Map<string, number>> {
    if (windows.length === 0) return new Map();
    const rows = await tx.query<OpenWindow & { taken: number }>(`
      select w.rep_id, w.per, w.began, w.taken
      from unnest($1::bigint[], $2::text[], $3::text[]) as asked(rep_id, per, began) join rep_window w using (rep_id, per, began)`,
    [windows.map(({ rep_id }) => rep_id), windows.map(({ per }) => per), windows.map(({ began }) => began)]);
    return new Map(rows.map((row) => [keyOf(row), row.taken]));
  }

  private async load(tx: Tx, tenant: string, version: number): Promise<Directory> {
    const rows = await tx.query<Omit<Person, 'calendar'> & { calendar_id: number | null }>(`
      select r.id, r.time_zone, r.skills, r.languages, r.max_per_window, coalesce(r.calendar_id, t.calendar_id) as calendar_id,
        coalesce((select jsonb_agg(jsonb_build_object('from', l.starts_at, 'until', l.ends_at) order by l.starts_at)
          from leave l where l.tenant_id = r.tenant_id and l.rep_id = r.id and l.active and l.ends_at > now()), '[]') as leave
      from rep r left join team t on t.id = r.team_id
      where r.tenant_id = $1 and (r.skills <> '{}' or r.languages <> '{}' or r.max_per_window <> '{}' or coalesce(r.calendar_id, t.calendar_id) is not null
        or exists (select from leave l where l.tenant_id = r.tenant_id and l.rep_id = r.id and l.active and l.ends_at > now()))`, [tenant]);
    // One object for all who have the same hours: what is derived from a calendar is kept by the object.
    const calendars = new Map((await tx.query<{ id: number; document: WorkingCalendar }>(
      'select id, document from calendar where tenant_id = $1', [tenant])).map(({ id, document }) => [id, document]));
    const people = rows.map(({ calendar_id, ...person }): Person => ({ ...person, calendar: calendars.get(calendar_id ?? 0) ?? null }));
    const territories = await tx.query<Territory>(`
      select id, name, parent_id, countries, regions, postal, to_jsonb(account_ids) as account_ids, domains, to_jsonb(owner_ids) as owners, team_id
      from territory where tenant_id = $1 and active`, [tenant]);
    return new Directory(version, people, territories);
  }
}

const keyOf = ({ rep_id, per, began }: OpenWindow): string => `${rep_id} ${per} ${began}`;
