import type { People } from '../load/people';

const COLUMNS = [
  'first_name', 'last_name', 'email', 'phone', 'company_name', 'job_title', 'industry', 'employees', 'website', 'street', 'city', 'state', 'postal_code',
  'country', 'budget', 'timeline', 'description', 'source', 'campaign',
] as const;

const PART = 500;

/** The next people as rows of a CSV file, some 350 bytes each, a few hundred at a time. */
export function* peopleFile(people: People, rows: number): Generator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for (let done = 0; done < rows; done += PART) {
    yield Array.from({ length: Math.min(PART, rows - done) }, () => rowOf(JSON.parse(people.take()) as Record<string, unknown>)).join('');
  }
}

const rowOf = (person: Record<string, unknown>): string => `${COLUMNS.map((column) => `"${String(person[column])}"`).join(',')}\r\n`;
