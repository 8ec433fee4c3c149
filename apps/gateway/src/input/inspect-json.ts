import { DomainError } from '@headwater/contracts';

export const DEEPEST = 20;
export const MOST_NODES = 10_000;

interface Place { value: unknown; path: string; depth: number }

/**
 * Walks over parsed JSON and refuses what no database or reader of events could keep: NUL characters and lone surrogates,
 * names that reach for an object's prototype, numbers beyond a double, nesting deeper than 20, more than 10,000 nodes.
 * @throws DomainError `invalid` with the path of the first such place
 */
export function inspectJson(body: unknown): void {
  const places: Place[] = [{ value: body, path: '', depth: 1 }];
  for (let seen = 0; places.length > 0; seen += 1) {
    const { value, path, depth } = places.pop() as Place;
    if (typeof value === 'string') refuseIllegalCharacters(value, path);
    else if (typeof value === 'number' && !Number.isFinite(value)) throw wrong(path, 'out_of_range', 'is a number beyond what this API can hold');
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST) throw wrong(path, 'too_deep', `is nested deeper than ${DEEPEST} levels`);
    const members = Object.entries(value);
    if (seen + places.length + members.length > MOST_NODES) throw wrong('', 'too_large', `has more than ${MOST_NODES} values`);
    // Backwards, so that the first place in the text is the first one looked at.
    for (const [name, member] of members.reverse()) {
      const inside = path ? `${path}.${name}` : name;
      if (!Array.isArray(value)) refuseName(name, member, path, inside);
      places.push({ value: member, path: inside, depth: depth + 1 });
    }
  }
}

/** Refuses what is nested deeper, whatever it holds: before anything goes through it that calls itself. @throws DomainError `invalid` */
export function refuseDepth(body: unknown, levels: number): void {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) throw wrong('', 'too_deep', `is nested deeper than ${levels} levels`);
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}

function refuseIllegalCharacters(text: string, path: string): void {
  if (text.includes('\0')) throw wrong(path, 'illegal_character', 'contains a NUL character');
  if (/\p{Cs}/u.test(text)) throw wrong(path, 'illegal_character', 'contains half of a surrogate pair');
}

function refuseName(name: string, member: unknown, path: string, inside: string): void {
  // The name itself can't be shown: an answer with it would be as broken.
  if (name.includes('\0') || /\p{Cs}/u.test(name)) throw wrong(path, 'illegal_character', 'has a member whose name contains an illegal character');
  const reachesForPrototype = name === '__proto__'
    || (name === 'constructor' && typeof member === 'object' && member !== null && 'prototype' in member);
  if (reachesForPrototype) throw wrong(inside, 'illegal_name', 'is a name that is not accepted');
}

const LONGEST_PATH = 200;

function wrong(path: string, code: string, sentence: string): DomainError {
  const field = path.slice(0, LONGEST_PATH) || '(body)';
  return DomainError.invalidField(field, code, `${field} ${sentence}`);
}
