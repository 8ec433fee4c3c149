/** The place where a page may say its own encoding, as browsers look for it. */
const PRESCAN = 1_024;
const META = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i;
const BOMS: readonly [number[], string][] = [[[0xef, 0xbb, 0xbf], 'utf-8'], [[0xfe, 0xff], 'utf-16be'], [[0xff, 0xfe], 'utf-16le']];

/**
 * The text of a page. Its encoding is the one of its byte order mark, else that of its Content-Type, else the one that it says
 * itself. What nobody says, or calls UTF-8, is UTF-8 if it is that, else Windows-1252: nothing with holes in it becomes a value of a lead.
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const [, marked] = BOMS.find(([bom]) => bom.every((byte, i) => bytes[i] === byte)) ?? [];
  const [, sent] = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType) ?? [];
  const [, said] = META.exec(decoder('latin1')!.decode(bytes.subarray(0, PRESCAN))) ?? [];
  // A page that was read as ASCII this far isn't in UTF-16, whatever it says.
  const label = [marked, sent, said && /^utf-16/i.test(said) ? 'utf-8' : said].find((one) => one && decoder(one));
  return !label || /^utf-?8$/i.test(label) ? utf8OrWestern(bytes) : decoder(label)!.decode(bytes);
}

function utf8OrWestern(bytes: Uint8Array): string {
  try {
    // A page that was cut off may end within a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return decoder('windows-1252')!.decode(bytes);
  }
}

function decoder(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined; // nobody knows an encoding of that name
  }
}
