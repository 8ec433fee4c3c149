import type { Context } from '../context';
import { Count, Decimal, Document, Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Pattern, Text, Texts } from '../field';
import { defineRequest } from '../request';
import { VERDICTS, type Verdict } from '../vocabulary';

/** Files of leads: `uploading` until the last byte is there, then `uploaded` until somebody starts it. */
export const IMPORT_STATES = ['uploading', 'uploaded', 'dry_run', 'running', 'paused', 'cancelled', 'done', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What a file may be written in: all of them keep a line's end to itself, so that a file can be cut there before it is decoded. */
export const IMPORT_ENCODINGS = [
  'utf-8', 'utf-16le', 'utf-16be',
  'windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1257', 'windows-1258',
  'iso-8859-1', 'iso-8859-2', 'iso-8859-5', 'iso-8859-7', 'iso-8859-9', 'iso-8859-15',
  'koi8-r', 'koi8-u', 'macintosh', 'cp437', 'cp850', 'cp852', 'cp866', 'shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr',
] as const;
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number];

export const MOST_COLUMNS = 500;

/** How a file is to be read; what is absent is guessed from its beginning. */
export class ImportFormat {
  @OneOf(IMPORT_ENCODINGS) encoding?: ImportEncoding | null;
  @Pattern(/^[^\r\n\p{L}\p{N}]$/u, 1, { description: 'one character; a tab is `"\\t"`', example: ';' }) delimiter?: string | null;
  @OneOf(['"', "'", 'none'], { description: '`none`: quotes are characters like any other' }) quote?: '"' | "'" | 'none' | null;
  @OneOf(['lf', 'cr'], { description: '`lf` is CRLF as well' }) line_end?: 'lf' | 'cr' | null;
  @Flag({ description: 'the first row names the columns' }) header?: boolean | null;
}

export class ImportOptions {
  @Integer(1, 100_000, { description: 'most rows each second; as many as go when absent' }) rows_per_s?: number | null;
  @Text(80, { description: 'of rows that name none', example: 'trade_show' }) source?: string | null;
  @Text(100, { description: 'of rows that name none; created on first use', example: 'hannover-2026' }) campaign?: string | null;
  @Texts(20, 60, { description: 'added to those of the row' }) tags?: string[] | null;
  @Flag({ description: 'these people asked for contact, as by a form; false when absent' }) raised_hand?: boolean | null;
  @OneOf(['overwrite', 'fill_empty'], {
    description: 'what a row may do with the lead that it matches; `overwrite`, when absent, never touches what a person edited',
  }) update?: 'overwrite' | 'fill_empty' | null;
}

/** How a file is read, and what is made of it. Whatever is given here again replaces what was given before. */
export class ImportSetup {
  @Nested(() => ImportFormat) format?: ImportFormat | null;
  @Document({
    description: 'by the header of a column, or its number from 0: the field of a lead that it is read into, `custom_fields.NAME` included, or null for none. '
      + 'Columns that are not named keep what was guessed.',
    example: { 'E-Mail': 'email', Rating: 'custom_fields.rating', Internal: null },
  }) mapping?: Record<string, string | null> | null;
  @Nested(() => ImportOptions) options?: ImportOptions | null;
}

export class ImportColumn {
  @Integer(0, MOST_COLUMNS, { required: true, description: 'from 0' }) column: number;
  @Text(500, { required: true }) header: string;
  @Text(200, { description: 'of a lead; null: the column is not read' }) field: string | null;
  @Decimal(0, 1, { required: true, description: '1: certain, or said by somebody' }) confidence: number;
}

/** How the file is read: as it was said, else as it was guessed. */
export class ReadFormat {
  @OneOf(IMPORT_ENCODINGS, { required: true }) encoding: ImportEncoding;
  @Decimal(0, 1, { required: true }) encoding_confidence: number;
  @Text(1, { required: true }) delimiter: string;
  @OneOf(['"', "'", 'none'], { required: true }) quote: '"' | "'" | 'none';
  @OneOf(['lf', 'cr'], { required: true }) line_end: 'lf' | 'cr';
  @Flag({ required: true }) header: boolean;
}

export class ImportProgress {
  @Count({ required: true, description: 'rows that have their verdict' }) rows: number;
  @Document({ required: true, description: 'how many rows have which verdict', example: { created: 180, updated: 12, rejected: 3 } })
  verdicts: Partial<Record<Verdict, number>>;
  @Count({ required: true, description: 'of the file, that are read' }) bytes: number;
  @Decimal(0, Number.MAX_SAFE_INTEGER, { description: 'since it was started or resumed' }) rows_per_s?: number | null;
  @Count({ description: 'until it is done, at that pace' }) eta_s?: number | null;
}

export class ImportSample {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) row: number;
  @Text(100, { required: true }) value: string;
}

/** What is wrong with a column, in how many rows. */
export class ImportProblem {
  @Text(500, { description: 'header of the column; null where it is the whole row' }) column?: string | null;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
  @Count({ required: true }) rows: number;
  @NestedList(() => ImportSample, 5, { required: true, description: 'the first of them' }) samples: ImportSample[];
}

/** What would come of it. Nothing was written. */
export class ImportReport {
  @Count({ required: true }) rows: number;
  @Document({ required: true, description: 'how many rows would get which verdict' }) verdicts: Partial<Record<Verdict, number>>;
  @NestedList(() => ImportProblem, 200, { required: true }) problems: ImportProblem[];
}

export class FirstRow {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) row: number;
  @Texts(MOST_COLUMNS, 200, { required: true, description: 'as they stand in the file, cut' }) values: string[];
}

export class Import {
  @Id({ required: true, example: 31 }) id: number;
  @Text(200, { required: true, example: 'fair.csv' }) name: string;
  @OneOf(IMPORT_STATES, { required: true }) state: ImportState;
  @Text(500, { description: 'why it failed' }) reason?: string | null;
  @Count({ required: true, description: 'that have arrived, decompressed' }) bytes: number;
  @Nested(() => ReadFormat, { description: 'null while it is uploaded' }) format?: ReadFormat | null;
  @NestedList(() => ImportColumn, MOST_COLUMNS) columns?: ImportColumn[] | null;
  @NestedList(() => FirstRow, 5) first_rows?: FirstRow[] | null;
  @Nested(() => ImportOptions, { required: true }) options: ImportOptions;
  @Nested(() => ImportReport, { description: 'of the latest dry run' }) report?: ImportReport | null;
  @Nested(() => ImportProgress, { required: true }) progress: ImportProgress;
  @Instant({ required: true }) created_at: string;
  @Instant() started_at?: string | null;
  @Instant() finished_at?: string | null;
}

export class RowProblem {
  @Text(500, { required: true, description: 'header of the column' }) column: string;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}

export class ImportRow {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true, description: 'of the rows below the header, from 1' }) row: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true, description: 'of the file, where the row begins' }) line: number;
  @OneOf(VERDICTS, { required: true }) verdict: Verdict;
  @Text(60, { description: 'why it was refused' }) code?: string | null;
  @Text(500, { required: true }) because: string;
  @Id() lead_id?: number | null;
  @Text(40, { required: true }) submission_id: string;
  @NestedList(() => RowProblem, MOST_COLUMNS, { description: 'what of it was left out or cut' }) problems?: RowProblem[] | null;
}

/** A row that was refused, as it stood in the file. */
export interface RefusedRow {
  row: number;
  because: string;
  fields: string[];
  /** as it stands in the file, where it can't be told what its fields are */
  text?: string;
}

interface OfImport { context: Context; import_id: number }
interface Page { cursor?: string; limit: number }

/** How many bytes travel in one request; each but the last is as long as this, so that their numbers say where they belong. */
export const IMPORT_CHUNK_BYTES = 96 * 1024;

/** The first step of an upload. */
export const BeginImport = defineRequest<{ context: Context; name: string }, { import: Import }>('intake', 'begin_import');

/**
 * The next bytes of a file; a repetition changes nothing. @throws `too_large` when the tenant keeps more than it may,
 * `wrong_offset` when chunks before it are missing, `other_file` when others are there, `file_gone` when the file was deleted
 */
export const AppendToImport = defineRequest<
  { tenant: string; import_id: number; index: number; /** base64 */ bytes: string }, Record<string, never>
>('intake', 'append_to_import');

/** The last step of an upload; a repetition changes nothing. @throws `wrong_file` for what is no text, as far as can be seen */
export const FinishUpload = defineRequest<OfImport & { bytes: number }, { import: Import }>('intake', 'finish_upload');

/** Forgets an upload that turned out to be none. */
export const DropUpload = defineRequest<{ tenant: string; import_id: number }, Record<string, never>>('intake', 'drop_upload');

export const GetImport = defineRequest<OfImport, { import: Import }>('intake', 'get_import');
export const ListImports =
  defineRequest<{ context: Context; state?: ImportState } & Page, { imports: Import[]; next_cursor: string | null }>('intake', 'list_imports');

export const IMPORT_COMMANDS = ['set_up', 'dry_run', 'start', 'pause', 'resume', 'cancel'] as const;
export type ImportCommand = (typeof IMPORT_COMMANDS)[number];
/** @throws `invalid_transition` with the states in which it may be done */
export const ChangeImport =
  defineRequest<OfImport & { command: ImportCommand; setup?: ImportSetup }, { import: Import }>('intake', 'change_import');

export const ListImportRows = defineRequest<
  OfImport & { verdict?: Verdict } & Page, { rows: ImportRow[]; next_cursor: string | null }
>('intake', 'list_import_rows');

/** The next refused rows after one, for the file that gives them back. */
export const ListRefusedRows = defineRequest<
  OfImport & { after: number; limit: number }, { name: string; headers: string[]; rows: RefusedRow[] }
>('intake', 'list_refused_rows');
