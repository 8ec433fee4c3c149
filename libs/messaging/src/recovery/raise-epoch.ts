import type { Database, Tx } from '@headwater/platform';
import { STREAM } from '../broker/broker';

/** Epochs are counted in these: only time is known to be later than everything that a backup has forgotten. */
const EPOCH_MINUTES = 10;
const FIRST_EPOCH = '2026-01-01T00:00:00Z';
/** Numbers of an identity column that are set aside for each epoch: more than ten minutes can use up. */
const IDS_PER_EPOCH = 10_000_000;
/** In the place of the creation of the stream that is remembered: any other one is taken for new, and filled again. */
const UNKNOWN_STREAM = 'before the restore';

/**
 * Makes a schema that came back from a backup newer than all that was said since that backup, in one transaction: every
 * revision goes into the next epoch, ids go on where none was ever given, the stream of then is disowned, and what the outbox
 * holds will be published again. Repeated, it raises the epoch once more, which does no harm.
 * @returns a sentence on what it did
 */
export async function raiseEpoch(database: Database): Promise<string> {
  return database.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0; set local lock_timeout = 0');
    const tables = await revisedTables(tx);
    // What a running replica has read of a row must not be written back over the raised one.
    for (const table of tables) await tx.query(`lock table ${table} in access exclusive mode`);
    const [{ number, base }] = await tx.query<{ number: number; base: number }>(`
      update epoch set raised_at = now(), number = greatest(number + 1,
        floor(extract(epoch from now() - $1::timestamptz) / ($2 * 60))::bigint)
      returning number, base`, [FIRST_EPOCH, EPOCH_MINUTES]);
    for (const table of tables) await tx.query(`update ${table} set revision = $1 + revision % 4294967296`, [base]);
    await moveIds(tx, number * IDS_PER_EPOCH);
    await tx.query(`
      update broker_memory set created = $2, disowned = case when created = $2 then disowned else created end
      where stream = $1`, [STREAM, UNKNOWN_STREAM]);
    return `epoch ${number}; raised: ${tables.join(', ') || 'no revisions'}`;
  });
}

async function revisedTables(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(`
    select quote_ident(relname) as name from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
      and attname = 'revision' and not attisdropped order by relname`);
  return rows.map(({ name }) => name);
}

/** An id that others know as something else must not be given again. */
async function moveIds(tx: Tx, first: number): Promise<void> {
  await tx.query(`
    select setval(sequence.oid::regclass, greatest(coalesce(pg_sequence_last_value(sequence.oid), 0) + $2, $1::bigint))
    from pg_class sequence join pg_depend on objid = sequence.oid and deptype = 'i' and classid = 'pg_class'::regclass
    where sequence.relkind = 'S' and sequence.relnamespace = current_schema()::regnamespace`, [first, IDS_PER_EPOCH]);
}
