import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { ImportRecord } from '../domain/imports/import-record';

const NAMESPACE = '6a5e2d0c-9f0b-4f57-8d0e-5f1c1f0c8a11';

/**
 * The submission that a row of an import is, which came when the import was started: the log stands in the order of its ids. It doesn't
 * keep the row from being taken in twice: nobody asks for it, see `takeIn`.
 */
export const submissionOf = ({ id, started_at, created_at }: Pick<ImportRecord, 'id' | 'started_at' | 'created_at'>, row: number): string =>
  uuidv7({ msecs: Date.parse(started_at ?? created_at), seq: row, random: uuidv5(String(id), NAMESPACE, Buffer.alloc(16)) });

/** What releases before called it. */
export const formerSubmissionOf = ({ id }: Pick<ImportRecord, 'id'>, row: number): string => uuidv5(`${id} ${row}`, NAMESPACE);
