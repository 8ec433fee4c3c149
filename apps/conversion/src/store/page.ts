import { DomainError } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';

export interface Page<Row> {
  rows: Row[];
  /** null on the last page */
  next: string | null;
}

/** What a list of a tenant's rows is narrowed down by; `where` adds a condition on a value, named by its placeholder. */
export function conditionsOf(table: string, tenant: string) {
  const conditions = [`${table}.tenant_id = $1`];
  const parameters: unknown[] = [tenant];
  const where = (condition: (placeholder: string) => string, value: unknown): void => {
    if (value === undefined) return;
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  return { conditions, parameters, where };
}

interface PageQuery {
  select: string;
  /** begins with the table whose rows are listed */
  from: string;
  table: string;
  conditions: string[];
  parameters: unknown[];
  /** a column, with `-` before it for descending; ties are broken by id, newest first */
  sort: string;
  /** what a value of that column is read back as */
  type: 'bigint' | 'numeric' | 'date';
  cursor?: string;
  limit: number;
}

/** A page by key set. @throws DomainError `wrong_cursor` when the cursor isn't one of ours for this sort */
export async function pageOf<Row extends { id: number }>(queries: Queries, page: PageQuery): Promise<Page<Row>> {
  const descending = page.sort.startsWith('-');
  const column = `${page.table}.${page.sort.replace('-', '')}`;
  const parameters = [...page.parameters];
  const conditions = [...page.conditions];
  if (page.cursor) {
    const { value, id } = readCursor(page.cursor, page);
    parameters.push(value, id);
    const [v, i] = [`$${parameters.length - 1}::${page.type}`, `$${parameters.length}::bigint`];
    conditions.push(`${column} ${descending ? '<=' : '>='} ${v} and (${column} <> ${v} or ${page.table}.id < ${i})`);
  }
  parameters.push(page.limit + 1);
  const rows = await queries.query<Row & { page_value: string }>(`
    select ${page.select}, ${column}::text as page_value from ${page.from} where ${conditions.join(' and ')}
    order by ${column === `${page.table}.id` ? '' : `${column} ${descending ? 'desc' : 'asc'}, `}${page.table}.id desc limit $${parameters.length}`, parameters);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last ? Buffer.from(JSON.stringify([page.sort, last.page_value, last.id])).toString('base64url') : null;
  return { rows: shown.map(({ page_value, ...row }) => row as unknown as Row), next };
}

const READABLE: Readonly<Record<PageQuery['type'], RegExp>> = { bigint: /^\d{1,16}$/, numeric: /^\d{1,20}(\.\d{1,20})?$/, date: /^\d{4}-\d\d-\d\d$/ };

function readCursor(cursor: string, { sort, type }: PageQuery): { value: string; id: number } {
  try {
    const [ofSort, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, number];
    const isOurs = ofSort === sort && Number.isSafeInteger(id) && READABLE[type].test(value) && (type !== 'date' || !Number.isNaN(Date.parse(value)));
    if (isOurs) return { value, id };
  } catch {
    // said below, with the field
  }
  throw DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page of the same list');
}
