import { readLeadFields, type FieldProblem } from '@headwater/inlets';
import { MOST_TAGS, type CreateLead, type ImportColumn, type ImportOptions, type RowProblem, type SetAsideReason } from '@headwater/contracts';
import type { FileRow } from './file-window';

export interface RowReading {
  lead: CreateLead;
  /** of values that were cut or left out, by the header of their column */
  problems: RowProblem[];
  /** it makes no lead */
  rejected?: SetAsideReason;
  /** columns whose value is on no lead as it stands */
  isComplete: boolean;
}

/** What spreadsheets are kept from taking for a formula; we write it so when we give rows back. */
const GUARDED = /^'(?=[=+\-@\t\r])/;

/** A row as a lead, by the mapping of its columns. Never fails: what can't be a lead says why. */
export function readRow({ fields, broken }: FileRow, columns: ImportColumn[], options: ImportOptions): RowReading {
  const refuse = (code: string, because: string): RowReading => ({ lead: {}, problems: [], rejected: { code, because }, isComplete: false });
  if (broken || !fields) return refuse(broken?.code ?? 'broken', broken?.because ?? 'It is no row');
  if (!hasFieldsOf(fields, columns.length)) {
    return refuse('wrong_number_of_fields', `It has ${fields.length} field${fields.length === 1 ? '' : 's'} instead of ${columns.length}`);
  }
  const given: Record<string, string> = Object.create(null) as Record<string, string>;
  let isComplete = true;
  for (const { column, field } of columns) {
    const value = fields[column].replace(GUARDED, '').trim();
    if (value === '') continue;
    if (field) given[field] = value;
    else isComplete = false;
  }
  if (Object.keys(given).length === 0) return refuse('empty_row', 'No column that is read has a value in it');
  const { lead, problems } = readLeadFields(given);
  if (Object.keys(lead).length === 0) return refuse('empty_row', 'Nothing in it can be read');
  return { lead: withOptions(lead, options), problems: problems.map((problem) => named(problem, columns)), isComplete: isComplete && problems.length === 0 };
}

/** Empty fields at the end are none: spreadsheets write as many as some other row has. */
const hasFieldsOf = (fields: string[], width: number): boolean =>
  fields.length === width || (fields.length > width && fields.slice(width).every((field) => field.trim() === ''));

function withOptions(lead: CreateLead, { source, campaign, tags }: ImportOptions): CreateLead {
  if (source) lead.source ??= source;
  if (campaign) lead.campaign ??= campaign;
  if (tags?.length) lead.tags = [...new Set([...(lead.tags ?? []), ...tags])].slice(0, MOST_TAGS);
  return lead;
}

const named = ({ field, code, detail }: FieldProblem, columns: ImportColumn[]): RowProblem =>
  ({ column: columns.find((column) => column.field === field)?.header ?? field, code, detail });
