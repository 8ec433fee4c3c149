import type { Operator } from './condition';
import type { ComparisonTrace, Trace } from './evaluate';
import { shorten } from './text';

const MAX_STATEMENTS = 5;
const MAX_LISTED = 3;
const MAX_TEXT = 60;

const WORDS: Readonly<Record<Operator, { holds: string; fails: string }>> = {
  eq: { holds: 'is', fails: 'is not' },
  ne: { holds: 'is not', fails: 'is' },
  in: { holds: 'is one of', fails: 'is none of' },
  not_in: { holds: 'is none of', fails: 'is one of' },
  gt: { holds: '>', fails: 'is not >' },
  gte: { holds: '≥', fails: 'is not ≥' },
  lt: { holds: '<', fails: 'is not <' },
  lte: { holds: '≤', fails: 'is not ≤' },
  between: { holds: 'is between', fails: 'is not between' },
  contains: { holds: 'contains', fails: 'does not contain' },
  starts_with: { holds: 'starts with', fails: 'does not start with' },
  ends_with: { holds: 'ends with', fails: 'does not end with' },
  matches_word: { holds: 'has the word', fails: 'does not have the word' },
  has_any: { holds: 'has any of', fails: 'has none of' },
  has_all: { holds: 'has all of', fails: 'does not have all of' },
  exists: { holds: 'is known', fails: 'is unknown' },
  missing: { holds: 'is unknown', fails: 'is known' },
};

/**
 * The statements that decided, joined by "and", each true as it stands: "country is DE and employees ≥ 500", or, of a
 * condition that doesn't hold, "employees is not ≥ 500 (120)" with what was found instead. At most five of them.
 */
export function explain(trace: Trace): string {
  const statements = [...new Set(decisive(trace))];
  const rest = statements.length - MAX_STATEMENTS;
  return [...statements.slice(0, MAX_STATEMENTS), ...(rest > 0 ? [`${rest} more`] : [])].join(' and ');
}

/** Of a group, the parts that came out like the group itself: one false part decides an `all`, one true part an `any`. */
function decisive(trace: Trace): string[] {
  if ('all' in trace) return trace.all.filter((part) => part.holds === trace.holds).flatMap(decisive);
  if ('any' in trace) return trace.any.filter((part) => part.holds === trace.holds).flatMap(decisive);
  if ('not' in trace) return decisive(trace.not);
  return ['always' in trace ? 'always' : statement(trace)];
}

function statement({ field, op, value, holds, found }: ComparisonTrace): string {
  const words = `${name(field)} ${WORDS[op][holds ? 'holds' : 'fails']}`;
  if (value === undefined) return words;
  const asked = op === 'between' ? (value as unknown[]).map(text).join(' and ') : text(value);
  const came = found === null ? 'unknown' : text(found);
  return holds || came === asked ? `${words} ${asked}` : `${words} ${asked} (${came})`;
}

const name = (field: string): string => field.replace(/^custom_fields\./, '').replaceAll(/[._]/g, ' ');

function text(value: unknown): string {
  if (!Array.isArray(value)) return shorten(String(value), MAX_TEXT);
  const rest = value.length - MAX_LISTED;
  return [...value.slice(0, MAX_LISTED).map(text), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}
