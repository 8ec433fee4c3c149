import { flag, must, readCommandLine, text } from '../instance/command-line';
import { RunError } from '../instance/run-error';
import { readMapping, type MappedColumn } from './mapping';

export interface Options {
  file: string;
  /** a second source; then only pairs across the two count */
  file2?: string;
  columns: readonly MappedColumn[];
  /** which pairs are true: a column that names the person, or a file of pairs */
  truth: { column: string } | { pairs: string };
  /** the column with a record's id, which the pairs name; the first of each file when left out */
  id?: string;
  /** the columns of a file without a header line */
  header?: readonly string[];
  /** estimate the weights from the file, too */
  learn: boolean;
  /** where the numbers are written */
  json?: string;
  help: boolean;
}

export const HELP = `
Usage: npm run dedupe:evaluate -- --file F.csv [--file2 G.csv] --map COLUMN=FIELD[:kind],… (--truth COLUMN | --pairs P.csv) [options]

Finds duplicates in a CSV file as intake would, and says how well: pairwise precision, recall and F1.

  --file F        .csv or .csv.gz, with a header line; separated by , ; tab or |
  --file2 G       a second source: only pairs of a record of each count; its columns may be called otherwise
  --map C=F,…     which column is which field; may be given several times, and several columns of one field are joined.
                  Fields: first_name, last_name, full_name, email, phone, company_name, website, street, postal_code, city, state,
                  country; any other with a kind, like custom_fields.date_of_birth:date. Kinds: given_name, family_name, email,
                  phone, date, exact, code, number, text, company, domain, street, postal_code, city, region
  --truth C       the column that has the same value in all records of one person; the matcher doesn't see it
  --pairs P       or a file of true pairs, by two columns of record ids; with a column of labels (0 and 1) only its pairs are judged
  --id C          the column with the ids that the pairs name (the first of each file)
  --header C,…    the names of the columns, for a file without a header line
  --learn         estimate the weights from the file itself, too, without looking at what is true; both results are printed
  --json FILE     write the numbers there
  --help          this text

The default weights are those of every new tenant. How many duplicates a record has, and how many others share
somebody's surroundings, is estimated from the file in any case.
`;

/** @throws RunError in one sentence */
export function readOptions(argv: string[]): Options {
  const given = parse(argv);
  const { file, file2, map = [], truth, pairs, id, header, learn = false, json, help = false } = given;
  for (const [name, value] of Object.entries({ file, file2, truth, pairs, id, header, json })) {
    must(value !== '', `--${name} is empty`);
  }
  const rest = { file2, id, header: header?.split(',').map((name) => name.trim()), learn, json, help };
  if (help) return { ...rest, file: file ?? '', columns: [], truth: { column: '' } };
  if (!file) throw new RunError('--file says which file to look into; --help lists what there is');
  must(map.length > 0, '--map says which column is which field, like surname=last_name; --help lists the fields');
  must((truth === undefined) !== (pairs === undefined), 'Either --truth or --pairs says which records are of one person');
  return { ...rest, file, columns: map.flatMap(readMapping), truth: truth !== undefined ? { column: truth } : { pairs: pairs! } };
}

const parse = (argv: string[]) => readCommandLine('npm run dedupe:evaluate --', {
  args: argv,
  options: {
    file: text, file2: text, map: { ...text, multiple: true }, truth: text, pairs: text, id: text, header: text,
    learn: flag, json: text, help: flag,
  },
}).values;
