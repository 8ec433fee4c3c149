/** Of windows-1252, where it isn't ISO 8859-1: 0x80 to 0x9f. Node's own decoder takes the one for the other. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const MARKS: readonly [number[], string][] = [[[0xef, 0xbb, 0xbf], 'utf-8'], [[0xfe, 0xff], 'utf-16be'], [[0xff, 0xfe], 'utf-16le']];

type Read = (bytes: Uint8Array) => string;

/**
 * The text of bytes in the characters of their byte order mark, else in those that their sender names. Where none are named, or nobody
 * knows them, but also where it is UTF-8 or windows-1252 (latin1, ASCII) that is named, which many do without looking, it is UTF-8 if the
 * bytes are that, and windows-1252 if not. A byte order mark is no part of it.
 * @param isCut whether they may end within a character, which is left out then
 */
export const textIn = (bytes: Uint8Array, charset?: string, { isCut = false } = {}): string => reader(charset, isCut)(bytes);

/** Whether there are characters of that name. */
export const isCharset = (name: string): boolean => decoderOf(name) !== undefined;

/** The characters that a content type names. */
export const charsetIn = (contentType: string | undefined): string | undefined => /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1];

/** Of one form: more are sent by nobody who means well, and each of them takes time. */
export const MOST_FORM_FIELDS = 2_000;

/** The fields of a form, with its percent signs and pluses; null for a form of too many. */
export function urlEncoded(bytes: Buffer, charset?: string): [string, string][] | null {
  const read = reader(charset);
  const decoded = (text: string): string => read(unescaped(Buffer.from(text, 'latin1')));
  const pairs = bytes.toString('latin1').split('&', MOST_FORM_FIELDS + 1);
  if (pairs.length > MOST_FORM_FIELDS) return null;
  return pairs.filter(Boolean).map((pair) => {
    const cut = pair.indexOf('=');
    const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
    return [decoded(name), decoded(value)];
  });
}

const [PERCENT, PLUS, BLANK] = Buffer.from('%+ ');
/** What a byte is worth as a hexadecimal digit; NaN for none. */
const DIGITS = Array.from({ length: 256 }, (_, byte) => parseInt(String.fromCharCode(byte), 16));

/** Its percent signs and pluses, in place. Byte by byte: a pattern would take seconds for an e-mail that is sent as a field. */
function unescaped(bytes: Buffer): Buffer {
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1, length += 1) {
    const byte = bytes[at];
    const value = byte === PERCENT && at + 2 < bytes.length ? DIGITS[bytes[at + 1]] * 16 + DIGITS[bytes[at + 2]] : NaN;
    if (value >= 0) at += 2;
    bytes[length] = value >= 0 ? value : byte === PLUS ? BLANK : byte;
  }
  return bytes.subarray(0, length);
}

/** How all bytes of one sender are read. */
function reader(charset: string | undefined, isCut = false): Read {
  const named = charset ? decoderOf(charset) : undefined;
  const isOther = named && !['utf-8', 'windows-1252'].includes(named.encoding);
  return (bytes) => {
    const marked = MARKS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1];
    if (marked?.startsWith('utf-16')) return new TextDecoder(marked).decode(bytes);
    return isOther && !marked ? named.decode(bytes) : inUtf8OrWestern(bytes, isCut);
  };
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined; // there is none of that name
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function inUtf8OrWestern(bytes: Uint8Array, isCut: boolean): string {
  try {
    return isCut ? new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }) : utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1').replace(/[\u0080-\u009f]/g, (character) => WESTERN[character.charCodeAt(0) - 0x80]);
  }
}
