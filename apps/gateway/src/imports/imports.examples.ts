import { DomainError, type Import } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';

const FILE = [
  'Vorname;Nachname;E-Mail;Firma;Interesse;Umsatz',
  'Jürgen;Vogt;juergen.vogt@vogt-anlagenbau.example;Vogt Anlagenbau GmbH;hoch;2,5 Mio',
  'Aylin;Demir;aylin.demir@demir-logistik.example;Demir Logistik;mittel;unbekannt',
  'Paul;Roth;paul.roth@roth.example',
].join('\r\n');

const COLUMNS = [
  ['Vorname', 'first_name', 0.95], ['Nachname', 'last_name', 0.95], ['E-Mail', 'email', 0.95], ['Firma', 'company_name', 0.95],
  ['Interesse', 'custom_fields.Interesse', 0.5], ['Umsatz', 'annual_revenue', 0.95],
] as const;

const UPLOADED: Import = {
  id: EXAMPLE_IDS.Import, name: 'fair.csv', state: 'uploaded', reason: null, bytes: Buffer.byteLength(FILE),
  format: { encoding: 'utf-8', encoding_confidence: 1, delimiter: ';', quote: '"', line_end: 'lf', header: true },
  columns: COLUMNS.map(([header, field, confidence], column) => ({ column, header, field, confidence })),
  first_rows: FILE.split('\r\n').slice(1).map((line, i) => ({ row: i + 1, values: line.split(';') })),
  options: {}, report: null,
  progress: { rows: 0, verdicts: {}, bytes: 0, rows_per_s: null, eta_s: null },
  created_at: '2026-04-01T08:20:00.100Z', started_at: null, finished_at: null,
};

const SETUP = { mapping: { Interesse: 'custom_fields.interest' }, options: { source: 'trade_show', campaign: 'hannover-2026', tags: ['fair'] } };
/** So slowly that there is time to hold it. */
const SLOW = { options: { rows_per_s: 1 } };
const columns = COLUMNS.map(([header, field, confidence], column) => (header === 'Interesse'
  ? { column, header, field: 'custom_fields.interest', confidence: 1 } : { column, header, field, confidence }));
const SET_UP: Import = { ...UPLOADED, columns, options: SETUP.options };
const AT_WORK = { started_at: '2026-04-01T08:21:00.200Z' };
const NOT_NOW = (state: Import['state'], command: string, allowed: Import['state'][]) => refused(DomainError.conflict(
  'invalid_transition', `An import that is ${state} can't do that: ${command} is for ${allowed.join(', ')}`, { import_state: state, allowed }));
const WRONG_WIDTH = { code: 'wrong_number_of_fields', because: 'It has 3 fields instead of 6' };

export const createImport = {
  semicolons: {
    summary: 'As Excel writes it in German', parameters: { name: 'fair.csv' }, body: FILE, answer: { message: 'File received', data: UPLOADED },
  },
  workbook: {
    summary: 'A workbook instead of a CSV file', parameters: { name: 'fair.xlsx' }, body: 'PK\u0003\u0004 and what follows',
    ...refused(DomainError.invalidField('(body)', 'wrong_file', 'The file is an Excel workbook or a ZIP archive: save the sheet as CSV')),
  },
} satisfies Examples;

export const resumeUpload = {
  complete: {
    summary: 'All of it had arrived', parameters: { offset: 0 }, body: FILE, answer: { message: 'File received', data: UPLOADED },
  },
} satisfies Examples;

export const listImports = {
  all: { summary: 'One import', answer: { message: 'Imports listed', data: [UPLOADED], meta: { next_cursor: null } } },
} satisfies Examples;

export const getImport = {
  done: {
    summary: 'Everything has its verdict',
    answer: {
      message: 'Import found',
      data: {
        ...SET_UP, ...AT_WORK, state: 'done', finished_at: '2026-04-01T08:21:00.900Z',
        progress: { rows: 3, verdicts: { created: 2, rejected: 1 }, bytes: UPLOADED.bytes, rows_per_s: 40, eta_s: null },
      },
    },
  },
} satisfies Examples;

export const setUpImport = {
  mapping: { summary: 'A column under another name, and where these people come from', body: SETUP, answer: { message: 'Import set up', data: SET_UP } },
  unknown_column: {
    summary: 'A column that the file has not', body: { mapping: { Mobil: 'mobile' } },
    ...refused(DomainError.invalidField('mapping.Mobil', 'unknown_column', 'The file has no such column')),
  },
} satisfies Examples;

export const tryImport = {
  with_mapping: {
    summary: 'Begun; `GET` tells how far it is, and then what was found', body: SETUP,
    answer: { message: 'Dry run started', data: { ...SET_UP, state: 'dry_run', report: { rows: 0, verdicts: {}, problems: [] } } },
  },
} satisfies Examples;

export const startImport = {
  with_mapping: { summary: 'With a mapping', body: SETUP, answer: { message: 'Import started', data: { ...SET_UP, ...AT_WORK, state: 'running' } } },
  slowly: {
    summary: 'No more than a row each second', body: SLOW,
    answer: { message: 'Import started', data: { ...UPLOADED, ...AT_WORK, ...SLOW, state: 'running' } },
  },
} satisfies Examples;

const FIRST_TWO_LINES = FILE.split('\r\n').slice(0, 2).map((line) => `${line}\r\n`).join('');
const HELD: Import = {
  ...UPLOADED, ...AT_WORK, ...SLOW,
  progress: { rows: 1, verdicts: { created: 1 }, bytes: Buffer.byteLength(FIRST_TWO_LINES), rows_per_s: 40, eta_s: null },
};

export const pauseImport = {
  running: { summary: 'Between two rows', answer: { message: 'Import paused', data: { ...HELD, state: 'paused' } } },
  not_started: { summary: 'What was not started', ...NOT_NOW('uploaded', 'pause', ['running']) },
} satisfies Examples;

export const resumeImport = {
  paused: { summary: 'From where it was paused', answer: { message: 'Import resumed', data: { ...HELD, state: 'running', progress: { ...HELD.progress, rows_per_s: null } } } },
} satisfies Examples;

export const cancelImport = {
  uploaded: {
    summary: 'Another file was meant',
    answer: { message: 'Import cancelled', data: { ...UPLOADED, state: 'cancelled', finished_at: '2026-04-01T08:21:00.900Z' } },
  },
} satisfies Examples;

export const listImportRows = {
  refused: {
    summary: 'Rows that were refused', parameters: { verdict: 'rejected' },
    answer: {
      message: 'Rows listed',
      data: [{ row: 3, line: 4, verdict: 'rejected', lead_id: null, problems: null, ...WRONG_WIDTH, submission_id: EXAMPLE_SUBMISSION }],
      meta: { next_cursor: null },
    },
  },
} satisfies Examples;

export const getRefusedRows = {
  one: {
    summary: 'One row', answer: [
      'Vorname,Nachname,E-Mail,Firma,Interesse,Umsatz,_row,_reason', `Paul,Roth,paul.roth@roth.example,,,,3,${WRONG_WIDTH.because}`, '',
    ].join('\r\n'),
  },
} satisfies Examples;
