import { everyMatch } from './every-match';
import { CUES, has, HEADINGS } from './words/cues';
import type { Element } from './reading';

export type Topic = Element | 'ours';

/** A sentence, or the part of one that stands under a heading such as `Budget:`. */
export interface Passage {
  text: string;
  /** of the text in the note, in UTF-16 units */
  start: number;
  /** what its heading says that it is about; null without one */
  topic: Topic | null;
  /** where in the text the heading ends */
  body: number;
}

/** Where a sentence ends: not behind what is abbreviated, nor within a number or a date; three points are a pause. */
const ENDS_NO_SENTENCE = 'approx|appr|ca|vs|mr|mrs|ms|dr|st|nr|no|e\\.g|i\\.e|z\\.b|mio|mrd|tsd|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|okt|dez|inc|ltd|corp|sr|sra|jr|mme|env|exp|bud|auth|'
  + 'fr|hr|hrn|lt|tel|evtl|max|min|ing|(?:dir|mgr|asst)(?=\\. (?:of|de)\\b)|p\\.a|btw|aprox|incl|bzw|inkl';
/** `1.3. We met`, `max. They`: behind these a point is an end only before a capital. */
const UNSURE = '(?<![\\d.])\\d{1,2}\\.\\d{1,2}|\\b(?:st|no|nr|max|min|est|dept)';
const POINT = `(?<!(?<![\\p{L}])(?:${ENDS_NO_SENTENCE}))(?<!\\b\\d{1,2}\\.\\d{1,2})(?<!\\.\\.)\\.(?!\\.)`;
const END = new RegExp([
  `(?:${POINT}|[!?]+|(?<=${UNSURE})\\.(?=\\s+\\p{Lu}))(?=["')]?(?:\\s|$))`,
  '\\.{3,}(?=\\s+\\p{Lu})', '[\\n;\u2022|]+', '\\s\\/\\s(?=\\p{Lu})',
].join('|'), 'giu');
/** `1. Quartal`, `15. März`: an ordinal number. */
const ORDINAL = /(?:^|[^\p{L}\d.,])\d{1,2}$/u;

/** The note in passages, in their order. */
export function passagesOf(note: string): Passage[] {
  const areLetters = (note.match(/(?:^|[\n;|,./][^\S\n]*)[BANT]\s?[:=-]\s/gu)?.length ?? 0) >= 2;
  return sentencesOf(note).flatMap(({ text, start }) => {
    const headings = headingsIn(text, areLetters);
    const bounds = headings[0]?.start === 0 ? headings : [{ topic: null, start: 0, end: 0 }, ...headings];
    return bounds.flatMap(({ topic, start: from, end }, i): Passage[] => {
      const part = text.slice(from, bounds[i + 1]?.start);
      return part.trim() ? [{ text: part, start: start + from, topic, body: end - from }] : [];
    });
  });
}

function sentencesOf(note: string): { text: string; start: number }[] {
  const sentences: { text: string; start: number }[] = [];
  let from = 0;
  const add = (to: number): void => {
    const raw = note.slice(from, to);
    const blank = /^[\s*\u2022>-]*/u.exec(raw)![0].length;
    if (raw.slice(blank).trim()) sentences.push({ text: raw.slice(blank).trimEnd(), start: from + blank });
    from = to;
  };
  for (const { 0: mark, index } of everyMatch(END, note)) {
    const asks = mark.startsWith('?') && /(?:^|[\n.;!?]\s*)[\p{L} :-]{1,30}$/u.test(note.slice(Math.max(0, index - 40), index))
      && !/^\?\s*\n/u.test(note.slice(index, index + 3));
    const isOrdinal = mark === '.' && ORDINAL.test(note.slice(Math.max(0, index - 3), index))
      && /^\.\s+(?:quartal|halbjahr|kw|\p{L}{3,9}\b)/iu.test(note.slice(index, index + 20));
    if (!asks && !isOrdinal) add(index + mark.length);
  }
  add(note.length);
  return sentences;
}

interface Heading { topic: Topic | null; start: number; end: number }

const OPENS = '(?<=^|[,(|/]\\s?|\\s-\\s?|[.?!]["\']?\\s)';
/** Up to four words and a colon, `=`, a question mark or a dash; `Q:` and `A:` may stand before. */
const MARKED = new RegExp(`${OPENS}(?:[QFP]:\\s*)?(?<words>[\\p{L}$][\\p{L}$&'/-]{0,30}\\.?(?:[ ](?:[\\p{L}&'/-]{1,30}|\\([^)]{1,20}\\))){0,3})\\s?(?<mark>[:=?]|\\s-(?=\\s))\\s*(?:A:\\s*)?`, 'gu');
const LETTERS: Readonly<Record<string, Topic>> = { B: 'budget', A: 'authority', N: 'need', T: 'timeline' };
/** Without a mark: capitalised, several in a sentence. */
const BARE = /(?<=^|[,(|/:]\s?|\b(?:and|und|et|y)\s|qualified\W{0,3})(?:(?<budget>Budget|Presupuesto)|(?<authority>Authority|Entscheider|D\u00e9cideur|Autoridad)|(?<need>Needs?|Pain|Bedarf|Besoin|Necesidad)|(?<timeline>Timeline|Timing|Timeframe|Deadline|Zeitplan|D\u00e9lai|Plazo))(?![\p{L}])/gu;
const ALONE = /^(?:(?<authority>authority|decision maker|decider)|(?<timeline>timeline|timeframe))\s(?!is\b|are\b|was\b|for\b)/iu;

function headingsIn(sentence: string, areLetters: boolean): Heading[] {
  const marked = everyMatch(MARKED, sentence).flatMap((match): Heading[] => {
    const { words = '', mark = '' } = match.groups!;
    const topic = areLetters && LETTERS[words] ? LETTERS[words] : topicOf(words, mark);
    return topic ? [{ topic, start: match.index, end: match.index + match[0].length }] : [];
  });
  const bare = everyMatch(BARE, sentence)
    .map((match): Heading => ({ topic: named(match), start: match.index, end: match.index + match[0].length }));
  const isFree = (one: Heading): boolean => !marked.some(({ start, end }) => one.start < end && one.end > start);
  const all = [...marked, ...bare.filter(isFree)];
  const kept = new Set(all.map(({ topic }) => topic)).size >= 2 ? all : marked;
  const alone = kept.length === 0 ? ALONE.exec(sentence) : null;
  if (alone) return [{ topic: named(alone), start: 0, end: alone[0].length }];
  return kept.sort((a, b) => a.start - b.start);
}

const named = ({ groups }: RegExpMatchArray): Topic | null => (Object.entries(groups ?? {})
  .find(([, found]) => found !== undefined)?.[0] ?? null) as Topic | null;

/** A heading is about what one of its words names; a dash and a question mark make one of that word alone. */
function topicOf(words: string, mark: string): Topic | null {
  if (/(?:^|\s)(?:call|meeting|notes?|summary|recap)$/iu.test(words) && mark === ':') return null; // what the note itself is
  if (/^(?:no|kein\p{L}*|sin|pas|not)\s/iu.test(words) || has(CUES.sellersNeed, words)) return null;
  const isWeak = mark === '?' || mark.includes('-');
  const found = HEADINGS.find(({ words: names, alone }) => (isWeak ? alone.test(words) : has(names, words)));
  return found?.topic ?? null;
}
