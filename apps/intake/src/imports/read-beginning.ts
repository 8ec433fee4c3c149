import { DomainError, MOST_COLUMNS } from '@headwater/contracts';
import { guessMapping } from '../domain/imports/guess-mapping';
import { readFormatOf, saidFormat, type ImportRecord } from '../domain/imports/import-record';
import { shownText } from '../domain/imports/report-problems';
import { sniffFormat } from '../domain/imports/sniff-format';

const FIRST_ROWS = 5;
const MOST_SHOWN = 200;

/**
 * How the file is read, by its first bytes and what was said of it: format, columns with the fields they are guessed to be, first rows.
 * @throws DomainError 422 `too_many_columns`
 */
export function readBeginning(sample: Buffer, { said, bytes }: Pick<ImportRecord, 'said' | 'bytes'>): Pick<ImportRecord, 'format' | 'columns' | 'first_rows' | 'cursor'> {
  const { format, confidence, records, begins } = sniffFormat(sample, { isWhole: sample.length === bytes, given: saidFormat(said) });
  const rows = format.header ? records.slice(1) : records;
  const width = records[0]?.length ?? 0;
  if (width > MOST_COLUMNS) throw DomainError.invalidField('(body)', 'too_many_columns', `The file has ${width} columns; ${MOST_COLUMNS} are read at most`);
  const headers = Array.from({ length: width }, (_, i) => (format.header ? shownText(records[0][i], MOST_SHOWN) : null));
  return {
    format: readFormatOf(format, confidence), columns: guessMapping(headers, rows),
    first_rows: rows.slice(0, FIRST_ROWS).map((row, i) => ({ row: i + 1, values: row.map((text) => shownText(text, MOST_SHOWN)) })),
    cursor: { ...begins, row: 0 },
  };
}
