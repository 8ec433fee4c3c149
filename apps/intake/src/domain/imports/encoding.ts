import { analyse } from 'chardet';
import { decode as decodeBytes } from 'iconv-lite';
import { IMPORT_ENCODINGS, type ImportEncoding } from '@headwater/contracts';

export interface EncodingGuess {
  encoding: ImportEncoding;
  /** 0 to 1 */
  confidence: number;
}

const MARKS: [ImportEncoding, number[]][] = [['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]]];
/** What Windows writes where the standard has control characters: a text in the one reads as the other, and rarely the other way round. */
const SUPERSETS: Readonly<Record<string, ImportEncoding>> = {
  'iso-8859-1': 'windows-1252', 'iso-8859-7': 'windows-1253', 'iso-8859-9': 'windows-1254', 'iso-8859-8': 'windows-1255', 'iso-8859-6': 'windows-1256',
};
/** Short lists of names resemble many languages; most of them are of western Europe. */
const WESTERN_HEAD_START = 10;

/** How many bytes at the beginning say that the file is in this encoding; none in most files. */
export const markLength = (bytes: Uint8Array, encoding: ImportEncoding): number => {
  const mark = MARKS.find(([marked]) => marked === encoding)?.[1] ?? [];
  return mark.length > 0 && mark.every((byte, i) => bytes[i] === byte) ? mark.length : 0;
};

/** UTF-8 in which a row of something else was pasted: what is in another encoding makes characters of UTF-8 by chance, and seldom. */
const MOST_SPOILT = 0.1;

/** What a file is written in, by its first bytes: its mark, else where zeros stand, else whether it is UTF-8, or nearly, else what it resembles. */
export function sniffEncoding(sample: Buffer): EncodingGuess {
  const marked = MARKS.find(([encoding]) => markLength(sample, encoding) > 0);
  if (marked) return { encoding: marked[0], confidence: 1 };
  const wide = wideEncoding(sample);
  if (wide) return { encoding: wide, confidence: 0.95 };
  const whole = withoutCutCharacter(sample);
  if (isUtf8(whole)) return { encoding: 'utf-8', confidence: 1 };
  const spoilt = shareSpoilt(whole);
  if (spoilt < MOST_SPOILT) return { encoding: 'utf-8', confidence: Math.round((1 - spoilt) * 100) / 100 };
  const guesses = analyse(sample).flatMap(({ name, confidence }) => {
    const encoding = encodingNamed(name);
    return encoding ? [{ encoding, confidence: confidence + (encoding === 'windows-1252' ? WESTERN_HEAD_START : 0) }] : [];
  });
  const best = [...guesses, { encoding: 'windows-1252' as const, confidence: WESTERN_HEAD_START }].sort((a, b) => b.confidence - a.confidence)[0];
  return { encoding: best.encoding, confidence: Math.min(best.confidence, 100) / 100 };
}

function encodingNamed(name: string): ImportEncoding | undefined {
  const lower = name.toLowerCase();
  return SUPERSETS[lower] ?? IMPORT_ENCODINGS.find((encoding) => encoding === lower && encoding !== 'utf-8');
}

/** Text of Latin letters in two bytes has a zero in every other place; no other text has any. */
function wideEncoding(sample: Buffer): ImportEncoding | null {
  const pairs = Math.floor(sample.length / 2);
  const zeros = [0, 0];
  for (let i = 0; i < pairs * 2; i += 1) if (sample[i] === 0) zeros[i % 2] += 1;
  const [even, odd] = zeros;
  if (pairs === 0 || Math.max(even, odd) < pairs / 4) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** A sample may end within a character: its last three bytes may begin one. */
function withoutCutCharacter(sample: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, sample.length); back += 1) {
    if (sample[sample.length - back] >= 0xc0) return sample.subarray(0, sample.length - back);
  }
  return sample;
}

const strict = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Buffer): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** How many of the characters beyond ASCII can't be read as UTF-8, of 1; 1 where there are none. */
function shareSpoilt(bytes: Buffer): number {
  const beyond = bytes.toString('utf8').match(/[\u0080-\u{10ffff}]/gu) ?? [];
  return beyond.length === 0 ? 1 : beyond.filter((character) => character === '\ufffd').length / beyond.length;
}

const REPLACEMENT = Buffer.from('\ufffd');

/** @returns the same in UTF-8, and whether some of it could not be read: U+FFFD stands there */
export function toUtf8(bytes: Buffer, encoding: ImportEncoding): { text: Buffer; damaged: boolean } {
  if (encoding === 'utf-8') return isUtf8(bytes) ? { text: bytes, damaged: false } : { text: Buffer.from(bytes.toString('utf8')), damaged: true };
  const text = Buffer.from(decodeBytes(bytes, encoding, { stripBOM: false }), 'utf8');
  return { text, damaged: text.includes(REPLACEMENT) };
}
