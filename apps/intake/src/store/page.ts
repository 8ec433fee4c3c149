import { DomainError } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';

export interface Page<Row> {
  rows: Row[];
  /** null on the last page */
  next: string | null;
}

interface PageQuery {
  select: string;
  from: string;
  conditions: string[];
  parameters: unknown[];
  /** a column, with `-` before it for descending; ties are broken by id */
  sort: string;
  cursor?: string;
  limit: number;
}

/** What a list of a tenant's rows is narrowed down by; `where` adds a condition on a value, which it names by its placeholder. */
export function conditionsOf(tenant: string) {
  const conditions = ['tenant_id = $1'];
  const parameters: unknown[] = [tenant];
  const where = (condition: (placeholder: string) => string, value: unknown): void => {
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  return { conditions, parameters, where };
}

/**
 * A page by key set: stable while rows are added, and as quick at the end as at the start.
 * @throws DomainError when the cursor isn't one of ours for this sort
 */
export async function pageOf<Row extends { id: number }>(queries: Queries, page: PageQuery): Promise<Page<Row>> {
  const descending = page.sort.startsWith('-');
  const column = page.sort.replace('-', '');
  const parameters = [...page.parameters];
  const conditions = [...page.conditions];
  if (page.cursor) {
    const { value, id } = readCursor(page.cursor, page.sort);
    parameters.push(value, id);
    conditions.push(`(${column}, id) ${descending ? '<' : '>'} ($${parameters.length - 1}, $${parameters.length})`);
  }
  parameters.push(page.limit + 1);
  const direction = descending ? 'desc' : 'asc';
  const rows = await queries.query<Row & { page_value: string }>(`
    select ${page.select}, ${column}::text as page_value from ${page.from} where ${conditions.join(' and ')}
    order by ${column} ${direction}, id ${direction} limit $${parameters.length}`, parameters);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = rows.length > page.limit && last ? writeCursor(page.sort, last) : null;
  return { rows: shown.map(({ page_value, ...row }) => row as unknown as Row), next };
}

const writeCursor = (sort: string, { page_value, id }: { page_value: string; id: number }): string =>
  Buffer.from(JSON.stringify([sort, page_value, id])).toString('base64url');

/** Whether PostgreSQL reads it as it wrote it: what somebody makes up would be an error of ours. */
function isReadable(column: string, value: string): boolean {
  if (column === 'id') return /^\d{1,15}$/.test(value);
  if (column === 'probability') return /^\d(\.\d{1,20})?(e-\d{1,2})?$/.test(value);
  const [, second] = INSTANT.exec(value) ?? [];
  if (second === undefined) return false;
  const at = new Date(`${second.replace(' ', 'T')}Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCFullYear() > 0 && at.toISOString().startsWith(second.replace(' ', 'T'));
}

const INSTANT = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2}$/;

function readCursor(cursor: string, sort: string): { value: string; id: number } {
  try {
    const [ofSort, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, number];
    if (ofSort === sort && isReadable(sort.replace('-', ''), value) && Number.isSafeInteger(id)) return { value, id };
  } catch {
    // said below, with the field
  }
  throw DomainError.invalidField('cursor', 'wrong_cursor', 'cursor must be the next_cursor of a former page with the same sort');
}
