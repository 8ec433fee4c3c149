import type { ImportEncoding } from '@headwater/contracts';

/** How the lines of a file end. Where they end with LF, a CR before it belongs to the end, and any other is content. */
export type LineEnd = 'lf' | 'cr';

const LF = 0x0a;
const CR = 0x0d;

/** LF when there is any. @param text in UTF-8 */
export const sniffLineEnd = (text: Buffer): LineEnd => (!text.includes(LF) && text.includes(CR) ? 'cr' : 'lf');

/** Finds line ends in bytes that are not decoded yet. All offsets are bytes. */
export class LineEnds {
  private readonly mark: Buffer;

  constructor(encoding: ImportEncoding, lineEnd: LineEnd) {
    const byte = lineEnd === 'lf' ? LF : CR;
    this.mark = Buffer.from(encoding === 'utf-16le' ? [byte, 0] : encoding === 'utf-16be' ? [0, byte] : [byte]);
  }

  /** Where the line that holds `from` ends, its end included; -1 when it doesn't within these bytes. */
  after(bytes: Buffer, from: number): number {
    for (let at = bytes.indexOf(this.mark, from); at >= 0; at = bytes.indexOf(this.mark, at + 1)) {
      if (at % this.mark.length === 0) return at + this.mark.length;
    }
    return -1;
  }

  /** Where the last whole line ends; 0 when there is none. */
  last(bytes: Buffer): number {
    for (let at = bytes.lastIndexOf(this.mark); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(this.mark, at - 1)) {
      if (at % this.mark.length === 0) return at + this.mark.length;
    }
    return 0;
  }

  /** Where so many lines have ended, or where the bytes do. */
  afterLines(bytes: Buffer, lines: number): number {
    let at = 0;
    for (let line = 0; line < lines; line += 1) {
      const end = this.after(bytes, at);
      if (end < 0) return bytes.length;
      at = end;
    }
    return at;
  }
}

/** How many lines end in a piece of UTF-8. */
export function countLines(text: Buffer, lineEnd: LineEnd): number {
  const byte = lineEnd === 'lf' ? LF : CR;
  let lines = 0;
  for (let at = text.indexOf(byte); at >= 0; at = text.indexOf(byte, at + 1)) lines += 1;
  return lines;
}
