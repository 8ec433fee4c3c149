import { charsetIn, isCharset, textIn } from '@headwater/inlets';

/** The place where a page may say its own encoding, as browsers look for it. */
const PRESCAN = 1_024;
const META = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i;

/**
 * The text of a page, which may be cut off. Its encoding is the one of its byte order mark, else that of its Content-Type, else the one that
 * it says itself. What nobody says is UTF-8 if it is that, else Windows-1252: nothing with holes in it becomes a value of a lead.
 */
export function pageText(bytes: Uint8Array, contentType: string): string {
  const [, said] = META.exec(Buffer.from(bytes.subarray(0, PRESCAN)).toString('latin1')) ?? [];
  // A page that was read as ASCII this far isn't in UTF-16, whatever it says.
  const charset = [charsetIn(contentType), said && /^utf-16/i.test(said) ? 'utf-8' : said].find((one) => one && isCharset(one));
  return textIn(bytes, charset, { isCut: true });
}
