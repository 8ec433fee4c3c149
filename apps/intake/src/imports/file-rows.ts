import { IMPORT_CHUNK_BYTES } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';
import { FileWindow, type FileRow } from '../domain/imports/file-window';
import { csvFormatOf, type Cursor, type ImportRecord } from '../domain/imports/import-record';
import type { ImportsStore } from '../store/imports.store';

const CHUNKS_AT_A_TIME = 2;

/** The rows of an import from where it was left; no more of the file is in memory than a few chunks. */
export class FileRows {
  private readonly window: FileWindow;
  private at: Cursor;
  private waiting: FileRow[] = [];
  private hasEnded = false;

  constructor(private readonly record: ImportRecord) {
    this.at = record.cursor!;
    this.window = new FileWindow(csvFormatOf(record.format!), this.at, record.format!.header && this.at.row === 0);
  }

  /** Whether the next row that it gives is the one behind this cursor. */
  isAt(cursor: Cursor | null): boolean {
    return cursor !== null && this.at.offset === cursor.offset && this.at.row === cursor.row;
  }

  /** The next rows; fewer than so many only at the end of the file. They come again until they are passed. */
  async peek(queries: Queries, imports: ImportsStore, most: number): Promise<FileRow[]> {
    while (this.waiting.length < most && !this.hasEnded) {
      const { needs } = this.window;
      const first = Math.floor(needs / IMPORT_CHUNK_BYTES);
      const begin = first * IMPORT_CHUNK_BYTES;
      const piece = await imports.chunks(queries, this.record, first, CHUNKS_AT_A_TIME);
      if (begin + piece.length <= needs && needs < this.record.bytes) throw new Error(`Import ${this.record.id} has lost chunk ${first} of its file`);
      this.hasEnded = begin + piece.length >= this.record.bytes;
      for (const row of this.window.read(piece.subarray(needs - begin), this.hasEnded)) this.waiting.push(row);
    }
    return this.waiting.slice(0, most);
  }

  pass(rows: number): void {
    if (rows === 0) return;
    this.at = this.waiting[rows - 1].after;
    this.waiting.splice(0, rows);
  }
}
