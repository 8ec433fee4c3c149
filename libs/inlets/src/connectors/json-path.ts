import { JSONPathEnvironment, type JSONPathQuery, type JSONValue } from 'json-p3';

const environment = new JSONPathEnvironment();
// Patterns of an admin over texts of anybody could take for ever; nothing else of RFC 9535 can.
for (const name of ['match', 'search']) environment.functionRegister.delete(name);

const LONGEST = 300;
const compiled = new Map<string, JSONPathQuery | null>();
const MOST_COMPILED = 2_000;

/** A JSONPath (RFC 9535) that was compiled once; null for what is none, or would look through everything more than once. */
export function jsonPath(path: string): JSONPathQuery | null {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const query = path.length > LONGEST || path.split('..').length > 2 ? null : compile(path);
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(path, query);
  return query;
}

function compile(path: string): JSONPathQuery | null {
  try {
    return environment.compile(path);
  } catch {
    return null;
  }
}

const MOST_VALUES = 200;

/** What a path finds, at most 200 values; nothing for a path that is none. */
export function valuesAt(document: unknown, path: string): unknown[] {
  const query = jsonPath(path);
  if (!query) return [];
  const values: unknown[] = [];
  for (const node of query.lazyQuery(document as JSONValue)) {
    values.push(node.value);
    if (values.length >= MOST_VALUES) break;
  }
  return values;
}
