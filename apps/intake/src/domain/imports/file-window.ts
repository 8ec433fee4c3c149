import { countLines, LineEnds } from './line-ends';
import { toUtf8 } from './encoding';
import type { Cursor } from './import-record';
import { LONGEST_RECORD, readRecords, TOO_LONG, type CsvRecord } from './read-records';
import type { CsvFormat } from './sniff-format';

/** A row as it stands in the file. */
export interface FileRow {
  /** from 1, the header not counted */
  row: number;
  /** where it begins, from 1 */
  line: number;
  /** null when it can't be told what its fields are */
  fields: string[] | null;
  broken?: { code: string; because: string };
  /** of a broken row */
  text?: string;
  /** where reading goes on behind it */
  after: Cursor;
}

/** In an encoding of two bytes a record is twice as long. */
const MOST_BYTES_OF_A_RECORD = 2 * LONGEST_RECORD;
const UNREADABLE = { code: 'invalid_bytes', because: 'It has bytes that are no text in the encoding of the file' };
const NUL = { code: 'illegal_character', because: 'It has a NUL character, which no text has' };

/**
 * Reads rows out of a file of which it is given one piece after the other, from any row on: a file is cut at the ends of its lines
 * before it is decoded, so that where a row ends is known in bytes of the file itself.
 */
export class FileWindow {
  /** bytes that are not read yet; they begin where `cursor` is */
  private bytes: Buffer = Buffer.alloc(0);
  private readonly lineEnds: LineEnds;

  /** @param cursor where to begin, @param awaitsHeader the first record is the header and no row */
  constructor(private readonly format: CsvFormat, private cursor: Cursor, private awaitsHeader: boolean) {
    this.lineEnds = new LineEnds(format.encoding, format.line_end);
  }

  /** Where the next piece begins, in bytes of the file. */
  get needs(): number {
    return this.cursor.offset + this.bytes.length;
  }

  /** The rows that end within the bytes that it has by now. @param isLast the file ends with this piece */
  read(piece: Buffer, isLast: boolean): FileRow[] {
    this.bytes = this.bytes.length === 0 ? piece : Buffer.concat([this.bytes, piece]);
    if (this.cursor.within_line && !this.skipRestOfLine(isLast)) return [];
    const whole = isLast ? this.bytes.length : this.lineEnds.last(this.bytes);
    if (whole > 0) return this.readLines(this.bytes.subarray(0, whole), isLast);
    return this.bytes.length < MOST_BYTES_OF_A_RECORD ? [] : [this.tooLong()];
  }

  private readLines(lines: Buffer, isLast: boolean): FileRow[] {
    const { text, damaged } = toUtf8(lines, this.format.encoding);
    const { records } = readRecords(text, this.format, { isLast });
    const isAsItStands = text === lines;
    const rows: FileRow[] = [];
    let textAt = 0;
    let at = 0;
    for (const record of records) {
      const piece = text.subarray(textAt, record.end);
      const passed = countLines(piece, this.format.line_end);
      const end = isAsItStands ? record.end : this.lineEnds.afterLines(lines.subarray(at), passed) + at;
      const atEnd = record.end === text.length ? lines.length : end;
      const line = this.cursor.line + 1 + emptyLines(piece);
      const isHeader = this.awaitsHeader;
      this.awaitsHeader = false;
      this.cursor = { offset: this.cursor.offset + atEnd - at, row: this.cursor.row + (isHeader ? 0 : 1), line: this.cursor.line + passed };
      textAt = record.end;
      at = atEnd;
      if (!isHeader) rows.push({ row: this.cursor.row, line, ...checked(record, damaged), after: this.cursor });
    }
    // What remains is a record that goes on, or blank lines: these are read again with what follows.
    this.bytes = this.bytes.subarray(at);
    return rows;
  }

  /** A line without an end within all that a record may have. Its row is refused here; what follows of it is skipped. */
  private tooLong(): FileRow {
    const line = this.cursor.line + 1;
    this.cursor = { offset: this.needs, row: this.cursor.row + 1, line: this.cursor.line, within_line: true };
    this.awaitsHeader = false;
    this.bytes = Buffer.alloc(0);
    return { row: this.cursor.row, line, fields: null, broken: TOO_LONG, text: '', after: this.cursor };
  }

  /** @returns whether the next line has begun */
  private skipRestOfLine(isLast: boolean): boolean {
    const end = this.lineEnds.after(this.bytes, 0);
    const skipped = end < 0 ? this.bytes.length : end;
    this.bytes = this.bytes.subarray(skipped);
    const { within_line: _, ...rest } = this.cursor;
    const hasEnded = end >= 0 || isLast;
    this.cursor = hasEnded
      ? { ...rest, offset: rest.offset + skipped, line: rest.line + 1 }
      : { ...this.cursor, offset: rest.offset + skipped };
    return hasEnded;
  }
}

function checked({ fields, broken, text }: CsvRecord, damaged: boolean): Pick<FileRow, 'fields' | 'broken' | 'text'> {
  if (!fields) return { fields: null, broken, text };
  const isDamaged = damaged && fields.some((field) => field.includes('\ufffd'));
  if (isDamaged) return { fields, broken: UNREADABLE };
  return fields.some((field) => field.includes('\0')) ? { fields, broken: NUL } : { fields };
}

/** Blank lines before a record, which belong to none. */
function emptyLines(piece: Buffer): number {
  let lines = 0;
  for (let at = 0; at < piece.length && (piece[at] === 0x0a || piece[at] === 0x0d); at += 1) {
    if (piece[at] === 0x0a || piece[at + 1] !== 0x0a) lines += 1;
  }
  return lines;
}
