import type { Database } from '@headwater/platform';

/**
 * How many events are committed and not published yet, and for how many seconds the oldest live one has waited; 0 when there is none.
 * Bulk waits for as long as there is something live.
 */
export async function outboxDepth(database: Database): Promise<{ pending: number; oldest: number }> {
  const [depth] = await database.query<{ pending: number; oldest: number }>(`
    select count(*) as pending, coalesce(extract(epoch from now() - min(created_at) filter (where not bulk)), 0)::float8 as oldest from outbox_pending`);
  return depth;
}
