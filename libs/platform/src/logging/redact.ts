import { currentScope } from '../telemetry/scope';

const EMAIL = /[\p{L}\p{N}._%+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/giu;
const PHONE = /\+\d[\d ().-]{5,}\d/g;
const SHORTEST = 3;
/** Of what is worked on; a body may have 256 kB, a batch 200 events. */
const MOST_VALUES = 10_000;
/** Smaller ones are years, counts and ids. */
const LEAST_NUMBER = 1e6;
const LONGEST_NAME = 60;
const HIDDEN = '[redacted]';

/**
 * A text for the log without e-mail addresses and telephone numbers, and without any text of what is being worked on: an error
 * may quote that, whoever threw it.
 */
export function redacted(text: string): string {
  let result = text.replace(EMAIL, HIDDEN).replace(PHONE, HIDDEN);
  for (const value of longestFirst(textsIn(currentScope()?.material))) {
    if (result.includes(value) || result.toLowerCase().includes(value.toLowerCase())) result = result.replace(asWords(value), HIDDEN);
  }
  return result;
}

const longestFirst = (texts: Set<string>): string[] => [...texts].sort((a, b) => b.length - a.length);

const asWords = (value: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'giu');

function textsIn(material: unknown): Set<string> {
  const texts = new Set<string>();
  const waiting: unknown[] = [material];
  while (waiting.length > 0 && texts.size < MOST_VALUES) {
    const value = waiting.pop();
    if (typeof value === 'string') keep(texts, value);
    else if (typeof value === 'number' && value >= LEAST_NUMBER) texts.add(String(value));
    else if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value));
  }
  return texts;
}

/** The words of a short text, too: a message may quote the half of a name. */
function keep(texts: Set<string>, value: string): void {
  const words = value.length <= LONGEST_NAME ? value.split(/[\s,;]+/) : [];
  for (const text of [value.trim(), ...words]) if (text.length >= SHORTEST) texts.add(text);
}
