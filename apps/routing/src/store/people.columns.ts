import type { PeopleKind } from '@headwater/contracts';

/** Where a field of a record is kept, and as what. */
interface Column { readonly field: string; readonly column: string; readonly type: string }

const column = (field: string, type: string, name = field): Column => ({ field, column: name, type });

/** A column as it is read: lists of ids as numbers, which only JSON has. */
export const readColumn = ({ field, column: name, type }: Column): string => `${type === 'bigint[]' ? `to_jsonb(${name})` : name} as "${field}"`;

/** Table, columns, and what a reader gets to see, of each kind of record. */
export const PEOPLE_TABLES: Record<PeopleKind, { table: string; columns: readonly Column[]; view: string }> = {
  rep: {
    table: 'rep',
    columns: [
      column('user_id', 'text'), column('name', 'text'), column('email', 'text'), column('team_id', 'bigint'), column('time_zone', 'text'),
      column('weight', 'integer'), column('active', 'boolean'), column('max_open_leads', 'integer'), column('max_per_window', 'jsonb'),
      column('skills', 'text[]'), column('languages', 'text[]'), column('roles', 'text[]'), column('calendar_id', 'bigint'),
    ],
    view: `id, user_id, name, email, active, time_zone, weight, max_open_leads, max_per_window, skills, languages, roles, calendar_id, updated_at,
      (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = r.team_id) as team,
      coalesce((select open_leads from rep_load l where l.rep_id = r.id), 0) as open_leads`,
  },
  team: {
    table: 'team',
    columns: [column('name', 'text'), column('managers', 'jsonb'), column('calendar_id', 'bigint'), column('active', 'boolean')],
    view: `id, name, active, calendar_id, updated_at, (
      select coalesce(jsonb_agg(jsonb_build_object('user_id', m ->> 'user_id', 'name', coalesce(p.name, m ->> 'name'), 'email', coalesce(p.email, m ->> 'email')) order by i), '[]')
      from jsonb_array_elements(r.managers) with ordinality as listed(m, i)
      left join rep p on p.tenant_id = r.tenant_id and p.user_id = m ->> 'user_id') as managers`,
  },
  territory: {
    table: 'territory',
    columns: [
      column('name', 'text'), column('parent_id', 'bigint'), column('countries', 'text[]'), column('regions', 'text[]'), column('postal', 'jsonb'),
      column('account_ids', 'bigint[]'), column('domains', 'text[]'), column('owner_ids', 'bigint[]'), column('team_id', 'bigint'), column('active', 'boolean'),
    ],
    view: `id, name, parent_id, countries, regions, postal, to_jsonb(account_ids) as account_ids, domains, to_jsonb(owner_ids) as owner_ids, team_id,
      active, updated_at`,
  },
  leave: {
    table: 'leave',
    columns: [
      column('rep_id', 'bigint'), column('from', 'timestamptz', 'starts_at'), column('until', 'timestamptz', 'ends_at'), column('active', 'boolean'),
    ],
    view: 'id, rep_id, starts_at as "from", ends_at as "until", active, updated_at',
  },
};
