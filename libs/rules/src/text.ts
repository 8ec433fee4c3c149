const MAX_REMEMBERED = 2000;
const MAX_REMEMBERED_LENGTH = 100;

/**
 * Remembers what came of short texts. The same few are prepared over and over: those of the conditions, and those of one
 * lead for each rule; without it a comparison of text takes five times as long.
 */
function remembering(prepare: (text: string) => string): (text: string) => string {
  const prepared = new Map<string, string>();
  return (text) => {
    if (text.length > MAX_REMEMBERED_LENGTH) return prepare(text);
    const known = prepared.get(text);
    if (known !== undefined) return known;
    if (prepared.size === MAX_REMEMBERED) prepared.clear();
    const result = prepare(text);
    prepared.set(text, result);
    return result;
  };
}

/** Text as it is compared: without case, composed and decomposed letters alike. */
export const fold = remembering((text) => text.normalize('NFC').toLowerCase());

/**
 * The words of a text, without case and accents, with one space around each: ` vice president ` is in the words of
 * "Sr. Vice-Président". Letters, marks and digits make words; everything else separates them.
 */
export const wordsOf = remembering((text) => {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return ` ${(plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
});

/** A text of at most `max` characters and an ellipsis, without half of a surrogate pair: PostgreSQL's jsonb refuses it. */
export const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…`;
