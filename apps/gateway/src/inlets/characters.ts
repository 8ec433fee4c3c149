/** Of windows-1252, where it isn't ISO 8859-1: 0x80 to 0x9f. Node's own decoder takes the one for the other. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of bytes in the characters that their sender names; where none are named, or nobody knows them, UTF-8, and what pages without it
 * send if they are none. A byte order mark is no part of it.
 */
export function textIn(bytes: Buffer, charset?: string): string {
  const named = charset && !/^(utf-?8|us-ascii|iso-8859-1|latin1|windows-1252|cp1252)$/i.test(charset) ? decoderOf(charset) : undefined;
  return named ? named.decode(bytes) : inUtf8OrWestern(bytes);
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined; // there is none of that name
  }
}

function inUtf8OrWestern(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (character) => WESTERN[character.charCodeAt(0) - 0x80]);
  }
}

/** The characters that a content type names. */
export const charsetIn = (contentType: string | undefined): string | undefined => /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1];

/** The fields of a form, with its percent signs and pluses. */
export function urlEncoded(bytes: Buffer, charset?: string): [string, string][] {
  const decoded = (text: string): string => textIn(
    Buffer.from(text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1'), charset);
  return bytes.toString('latin1').split('&').filter(Boolean).map((pair) => {
    const cut = pair.indexOf('=');
    const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
    return [decoded(name), decoded(value)];
  });
}
