import type {
  Actor, FirstRow, Import, ImportColumn, ImportFormat, ImportOptions, ImportReport, ImportState, ReadFormat, TenantSettings, Verdict,
} from '@headwater/contracts';
import { WORKED_ON } from './import-states';
import type { CsvFormat } from './sniff-format';

/** Where reading goes on. */
export interface Cursor {
  /** in bytes of the file: a record begins there, unless `within_line` */
  offset: number;
  /** rows before it, the header not counted */
  row: number;
  /** lines before it */
  line: number;
  /** a line is skipped that was too long to be looked at as a whole */
  within_line?: boolean;
}

/** From where on the pace is measured. */
export interface Pace { since: string; row: number; offset: number }

export interface ImportRecord {
  id: number;
  tenant_id: string;
  name: string;
  state: ImportState;
  reason: string | null;
  actor: Actor;
  tenant: TenantSettings;
  correlation_id: string;
  bytes: number;
  chunks: number;
  said: ImportFormat;
  format: ReadFormat | null;
  columns: ImportColumn[] | null;
  first_rows: FirstRow[] | null;
  options: ImportOptions;
  cursor: Cursor | null;
  verdicts: Partial<Record<Verdict, number>>;
  report: ImportReport | null;
  pace: Pace | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  worked_at: string | null;
}

export const NOTHING_FOUND: ImportReport = { rows: 0, verdicts: {}, problems: [] };

export const paceFrom = (cursor: Cursor | null, since: string): Pace => ({ since, row: cursor?.row ?? 0, offset: cursor?.offset ?? 0 });

/** As others see it. */
export function importView(record: ImportRecord): Import {
  const { id, name, state, reason, bytes, format, columns, first_rows, options, report, verdicts, cursor, created_at, started_at, finished_at } = record;
  return {
    id, name, state, reason, bytes, format, columns, first_rows, options, report,
    progress: { rows: cursor?.row ?? 0, verdicts, bytes: cursor?.offset ?? 0, ...paceOf(record) },
    created_at, started_at, finished_at,
  };
}

/** Rows per second since it was last started, and the seconds that are left at that pace. */
function paceOf({ state, pace, cursor, worked_at, bytes }: ImportRecord): { rows_per_s: number | null; eta_s: number | null } {
  const unknown = { rows_per_s: null, eta_s: null };
  if (!pace || !cursor || !worked_at) return unknown;
  const seconds = (Date.parse(worked_at) - Date.parse(pace.since)) / 1_000;
  const read = cursor.offset - pace.offset;
  if (seconds <= 0 || read <= 0) return unknown;
  return {
    rows_per_s: Math.round((cursor.row - pace.row) / seconds),
    eta_s: WORKED_ON.includes(state) ? Math.ceil((bytes - cursor.offset) / (read / seconds)) : null,
  };
}

export const readFormatOf = ({ encoding, delimiter, quote, line_end, header }: CsvFormat, confidence: number): ReadFormat =>
  ({ encoding, encoding_confidence: Math.round(confidence * 100) / 100, delimiter, quote: (quote ?? 'none') as ReadFormat['quote'], line_end, header });

export const csvFormatOf = ({ encoding, delimiter, quote, line_end, header }: ReadFormat): CsvFormat =>
  ({ encoding, delimiter, quote: quote === 'none' ? null : quote, line_end, header });

/** What was said of a format, without what was left open. */
export function saidFormat({ encoding, delimiter, quote, line_end, header }: ImportFormat): Partial<CsvFormat> {
  return {
    ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}), ...(line_end ? { line_end } : {}),
    ...(quote ? { quote: quote === 'none' ? null : quote } : {}), ...(typeof header === 'boolean' ? { header } : {}),
  };
}
