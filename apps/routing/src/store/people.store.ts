import { Injectable } from '@nestjs/common';
import type { PeopleFilter, PeopleKind, PeopleRecord } from '@headwater/contracts';
import type { Database, Queries, Tx } from '@headwater/platform';
import type { Reference, StoredByKind } from '../domain/people';
import { PEOPLE_TABLES, readColumn } from './people.columns';

export type Kept<Kind extends PeopleKind> = StoredByKind[Kind] & { id: number };

/** Every query over reps, teams, territories and leave as records. Whoever writes holds the tenant's rotation lock. */
@Injectable()
export class PeopleStore {
  /** As readers see them, in the order of their ids. @param filter what it doesn't know of a kind it doesn't narrow */
  async list(database: Database, tenant: string, kind: PeopleKind, filter: PeopleFilter, after: number, limit: number): Promise<PeopleRecord[]> {
    const { table, columns, view } = PEOPLE_TABLES[kind];
    const parameters: unknown[] = [tenant, after, limit];
    const conditions = (['active', 'team_id', 'rep_id', 'parent_id'] as const).flatMap((field) => {
      if (filter[field] === undefined || !columns.some((one) => one.field === field)) return [];
      parameters.push(filter[field]);
      return [`and r.${field} = $${parameters.length}`];
    });
    if (filter.search !== undefined && columns.some(({ field }) => field === 'name')) {
      parameters.push(`%${filter.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
      conditions.push(`and lower(r.name) like $${parameters.length}`);
    }
    return database.query<PeopleRecord>(
      `select ${view} from ${table} r where tenant_id = $1 and id > $2 ${conditions.join(' ')} order by id limit $3`, parameters);
  }

  async find(queries: Queries, tenant: string, kind: PeopleKind, id: number): Promise<PeopleRecord | null> {
    const { table, view } = PEOPLE_TABLES[kind];
    const [found] = await queries.query<PeopleRecord>(`select ${view} from ${table} r where tenant_id = $1 and id = $2`, [tenant, id]);
    return found ?? null;
  }

  /** As they are stored. @param id null for all of the tenant's */
  stored<Kind extends PeopleKind>(queries: Queries, tenant: string, kind: Kind, id: number | null = null): Promise<Kept<Kind>[]> {
    const { table, columns } = PEOPLE_TABLES[kind];
    return queries.query<Kept<Kind>>(
      `select id, ${columns.map(readColumn).join(', ')} from ${table} where tenant_id = $1 and ($2::bigint is null or id = $2) order by id`, [tenant, id]);
  }

  /** @returns their ids, in the order given */
  async add<Kind extends PeopleKind>(tx: Tx, tenant: string, kind: Kind, records: StoredByKind[Kind][]): Promise<number[]> {
    if (records.length === 0) return [];
    const { table, columns } = PEOPLE_TABLES[kind];
    const names = columns.map((one) => one.column).join(', ');
    const rows = await tx.query<{ id: number }>(`
      insert into ${table} (tenant_id, ${names})
      select $1, ${columns.map(({ field }) => `n."${field}"`).join(', ')} from ${sent(kind)} order by n.i returning id`,
    [tenant, asJson(records)]);
    return rows.map(({ id }) => id).sort((a, b) => a - b);
  }

  async update<Kind extends PeopleKind>(tx: Tx, tenant: string, kind: Kind, records: Kept<Kind>[]): Promise<void> {
    if (records.length === 0) return;
    const { table, columns } = PEOPLE_TABLES[kind];
    await tx.query(`
      update ${table} r set ${columns.map((one) => `${one.column} = n."${one.field}"`).join(', ')}, updated_at = now()
      from ${sent(kind)} where r.tenant_id = $1 and r.id = n.id`, [tenant, asJson(records)]);
  }

  /** Whether another record of the tenant has that name, or that user, whatever its capitals. */
  async isTaken(tx: Tx, tenant: string, kind: PeopleKind, field: string, value: string, but: number | null): Promise<boolean> {
    const plain = field === 'user_id' ? (text: string) => text : (text: string) => `lower(${text})`;
    const rows = await tx.query(
      `select from ${PEOPLE_TABLES[kind].table} where tenant_id = $1 and ${plain(field)} = ${plain('$2::text')} and id is distinct from $3::bigint`,
      [tenant, value, but]);
    return rows.length > 0;
  }

  /** Those of the references that name nothing of the tenant. */
  async missing(tx: Tx, tenant: string, references: Reference[]): Promise<Reference[]> {
    if (references.length === 0) return [];
    const known = await tx.query<{ to: string; id: number }>(`
      select "to", id from unnest($2::text[], $3::bigint[]) as named("to", id)
      where case "to"
        when 'rep' then exists (select from rep r where r.tenant_id = $1 and r.id = named.id)
        when 'team' then exists (select from team t where t.tenant_id = $1 and t.id = named.id)
        when 'territory' then exists (select from territory t where t.tenant_id = $1 and t.id = named.id)
        when 'calendar' then exists (select from calendar c where c.tenant_id = $1 and c.id = named.id) end`,
    [tenant, references.map(({ to }) => to), references.map(({ id }) => id)]);
    const there = new Set(known.map(({ to, id }) => `${to} ${id}`));
    return references.filter(({ to, id }) => !there.has(`${to} ${id}`));
  }

  /** Parent and name of each of a tenant's territories. */
  async tree(tx: Tx, tenant: string): Promise<Map<number, { parent_id: number | null; name: string }>> {
    const rows = await tx.query<{ id: number; parent_id: number | null; name: string }>('select id, parent_id, name from territory where tenant_id = $1', [tenant]);
    return new Map(rows.map(({ id, ...node }) => [id, node]));
  }
}

/** Records that come as one parameter, of any number. */
function sent(kind: PeopleKind): string {
  const fields = PEOPLE_TABLES[kind].columns.map(({ field, type }) => `"${field}" ${type}`);
  return `jsonb_to_recordset($2::jsonb) as n(i integer, id bigint, ${fields.join(', ')})`;
}

const asJson = (records: readonly object[]): string => JSON.stringify(records.map((record, i) => ({ ...record, i })));
