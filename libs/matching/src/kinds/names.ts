import type { Kind } from '../kind';
import { areNicknames } from '../nicknames';
import { edits, isLike, isOneEdit } from '../similarity';
import { personWords } from '../person-words';
import { joined } from '../text';

const isInitial = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0];

const isClose = (a: string, b: string): boolean => {
  const shorter = Math.min(a.length, b.length);
  return shorter >= 3 && (isOneEdit(a, b) || (shorter >= 5 && isLike(a, b, 0.94)));
};

const isSimilar = (a: string, b: string): boolean => {
  const shorter = Math.min(a.length, b.length);
  return isLike(a, b, 0.86) || (shorter >= 6 && edits(a, b, 2) <= 2);
};

/** One of several names is the other's: Anna Maria and Maria. */
const shares = (a: string, b: string): boolean => {
  if (a.includes(' ') === b.includes(' ')) return false;
  const others = b.split(' ').filter((word) => word.length > 2);
  return a.split(' ').some((word) => others.includes(word));
};

/** Ann Maria and Ann M. may be one person's, Ann Maria and Ann Louise are alike. */
function compareSeveral(a: string, b: string): number {
  const [[first, ...more], [other, ...others]] = [a.split(' '), b.split(' ')];
  const isFirstShared = first === other || areNicknames(first!, other!);
  const fits = (name: string, also: string | undefined): boolean => also === undefined || name === also || isInitial(name, also) || isClose(name, also);
  if (isClose(joined(a), joined(b)) || (isFirstShared && more.every((name, i) => fits(name, others[i])))) return 2;
  return isFirstShared || isSimilar(joined(a), joined(b)) ? 4 : 5;
}

export const givenName: Kind = {
  name: 'given_name',
  normalise: (raw) => personWords(raw).join(' ') || null,
  levels: [
    { name: 'equal', m: 0.78, u: 0.005, by: 'value', alike: true },
    { name: 'nickname', m: 0.03, u: 0.002 },
    { name: 'close', m: 0.09, u: 0.004 },
    { name: 'initial', m: 0.03, u: 0.05 },
    { name: 'similar', m: 0.04, u: 0.015 },
    { name: 'different', m: 0.03, u: 0.924, contrary: true },
  ],
  compare(a, b) {
    if (joined(a) === joined(b)) return 0;
    if (a.includes(' ') && b.includes(' ')) return compareSeveral(a, b);
    if (areNicknames(a.split(' ')[0]!, b.split(' ')[0]!)) return 1;
    if (isClose(joined(a), joined(b)) || shares(a, b)) return 2;
    if (isInitial(a, b)) return 3;
    return isSimilar(joined(a), joined(b)) ? 4 : 5;
  },
};

export const familyName: Kind = {
  name: 'family_name',
  normalise: (raw) => personWords(raw).join(' ') || null,
  levels: [
    { name: 'equal', m: 0.80, u: 0.001, by: 'value', alike: true },
    { name: 'close', m: 0.10, u: 0.001 },
    { name: 'similar', m: 0.04, u: 0.008 },
    { name: 'different', m: 0.06, u: 0.99, contrary: true },
  ],
  compare(a, b) {
    if (joined(a) === joined(b)) return 0;
    if (isClose(joined(a), joined(b)) || shares(a, b)) return 1;
    return isInitial(a, b) || isSimilar(joined(a), joined(b)) ? 2 : 3;
  },
};
