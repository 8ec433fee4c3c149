import { Injectable } from '@nestjs/common';
import { DomainError, type CaptureItem, type CaptureResult, type Verdict } from '@headwater/contracts';
import { nowOf, type Tx } from '@headwater/platform';
import { CaptureLeads } from '../capture-leads';
import type { FileRow } from '../domain/imports/file-window';
import type { ImportRecord } from '../domain/imports/import-record';
import { readRow, type RowReading } from '../domain/imports/row-to-lead';
import { ImportsStore } from '../store/imports.store';
import { submissionOf } from './submission-of-row';

const NOT_STORED = { code: 'not_stored', because: 'It could not be stored, though everything else could' };

/** Takes rows in as submissions, with their verdicts and the place where to go on: all of it in the caller's transaction. */
@Injectable()
export class TakeInRows {
  constructor(private readonly captureLeads: CaptureLeads, private readonly imports: ImportsStore) {}

  /** @param refuses take them in as rejected, whatever is in them */
  async takeIn(tx: Tx, record: ImportRecord, rows: FileRow[], { refuses = false } = {}): Promise<void> {
    const readings = rows.map((row) => {
      const reading = readRow(row, record.columns ?? [], record.options);
      return refuses ? { ...reading, rejected: NOT_STORED } : reading;
    });
    const items = rows.map((row, i) => itemOf(record, row, readings[i]));
    // The import is locked, and the place in its file moves with them: no row comes twice.
    const results = await this.captureLeads.captureWithin(tx, items, { [record.tenant_id]: record.tenant }, { areNew: true });
    const stored = rows.map(({ row, line }, i) => {
      const { problems } = readings[i];
      return { row, line, ...verdictOf(results[i]), problems: problems.length > 0 ? problems : null };
    });
    await this.imports.addRows(tx, record, stored);
    await this.imports.change(tx, record, { cursor: rows[rows.length - 1].after, verdicts: countOf(stored, record.verdicts) });
  }

  async end(tx: Tx, record: ImportRecord): Promise<void> {
    const now = await nowOf(tx);
    await this.imports.change(tx, record, { state: 'done', finished_at: now, cursor: { ...record.cursor!, offset: record.bytes } });
  }
}

export function itemOf(record: ImportRecord, row: FileRow, { lead, rejected, isComplete }: RowReading): CaptureItem {
  return {
    submission_id: submissionOf(record, row.row),
    received_at: record.started_at ?? record.created_at,
    tenant: record.tenant_id,
    actor: record.actor,
    anonymous: false,
    entry: 'import',
    lead,
    correlation_id: record.correlation_id,
    inlet: { kind: 'import', id: record.id },
    lane: 'bulk',
    raised_hand: record.options.raised_hand ?? false,
    ...(record.options.update === 'fill_empty' ? { fills_only: true } : {}),
    // Where the lead has all that was in the row, the row is in the log as the lead.
    ...(isComplete ? {} : { raw: { content_type: 'text/csv', body: { row: row.row, line: row.line, ...storedOf(row) } } }),
    ...(rejected ? { rejected } : {}),
  };
}

const storedOf = ({ fields, text = '' }: FileRow): { fields: string[] } | { text: string } =>
  (fields ? { fields: fields.map(withoutNul) } : { text: withoutNul(text) });
const withoutNul = (text: string): string => text.replaceAll('\0', '\ufffd');

/** @throws DomainError where intake refuses one: rows have no key that could be in use */
function verdictOf(result: CaptureResult): { verdict: Verdict; lead_id: number | null } {
  if (!result.ok) throw new DomainError(result.error);
  return { verdict: result.answer.verdict, lead_id: result.answer.lead?.lead_id ?? null };
}

/** Verdicts by their number, those before included. */
export function countOf(rows: { verdict: Verdict }[], before: Partial<Record<Verdict, number>>): Partial<Record<Verdict, number>> {
  const counts = { ...before };
  for (const { verdict } of rows) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
