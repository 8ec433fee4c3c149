import type { Kind } from '../kind';
import { remembering } from '../remembering';
import { isLike, sharedWords } from '../similarity';
import { words } from '../text';

const CLOSE = 0.92;
const MOST_OF_IT = 0.8;

/** The words of a text, each once. */
const readWords = remembering((value) => [...new Set(value.split(' '))]);

/** Free text that stays much the same. */
export const text: Kind = {
  name: 'text',
  normalise: (raw) => words(raw).join(' ') || null,
  levels: [
    { name: 'equal', m: 0.75, u: 0.005, by: 'value', alike: true },
    { name: 'close', m: 0.13, u: 0.005 },
    { name: 'different', m: 0.12, u: 0.99 },
  ],
  compare(a, b) {
    if (a === b) return 0;
    const [one, other] = [readWords(a), readWords(b)];
    const isMostlyShared = sharedWords(one, other).length >= MOST_OF_IT * Math.min(one.length, other.length);
    return isMostlyShared || isLike(a, b, CLOSE) ? 1 : 2;
  },
};
