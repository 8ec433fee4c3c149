import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  AppendToImport, DomainError, DropUpload, FinishUpload, IMPORT_CHUNK_BYTES, type AnswerOf, type Context, type Import, type QuestionOf,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import type { FileStream } from '../input/file-body';
import { readUpload } from './read-upload';

/** Each try waits for the answer; an intake that is being replaced is there again by then. */
const TRIES = 4;
const PAUSE_MS = 500;
/** Refusals after which the file is none of ours, as a whole. */
const FINAL = new Set(['suspicious_compression', 'malformed', 'wrong_file', 'empty_file', 'too_many_columns', 'import_storage_full']);

/** Hands a file on to intake while it comes: a chunk at a time, and the next one when it has been kept. */
@Injectable()
export class SendFile {
  constructor(private readonly requester: Requester) {}

  /**
   * @param offset in bytes: so many are there already
   * @throws DomainError as intake refuses it; nothing of the file is kept then, unless it can go on where it was
   */
  async send(context: Context, importId: number, upload: FileStream, offset = 0): Promise<Import> {
    const tenant = context.tenant.id;
    let index = Math.ceil(offset / IMPORT_CHUNK_BYTES);
    let bytes = offset;
    try {
      for await (const chunk of readUpload(upload, IMPORT_CHUNK_BYTES)) {
        await this.append({ tenant, import_id: importId, index, bytes: chunk.toString('base64') });
        index += 1;
        bytes += chunk.length;
      }
      return (await this.requester.ask(FinishUpload, { context, import_id: importId, bytes })).import;
    } catch (error) {
      if (error instanceof DomainError && FINAL.has(error.body.code)) await this.requester.ask(DropUpload, { tenant, import_id: importId });
      throw error;
    }
  }

  /** A chunk that was kept, and whose answer was lost, changes nothing when it comes again. */
  private async append(chunk: QuestionOf<typeof AppendToImport>): Promise<AnswerOf<typeof AppendToImport>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.requester.ask(AppendToImport, chunk);
      } catch (error) {
        const isAway = error instanceof DomainError && error.body.kind === 'unavailable';
        if (!isAway || attempt === TRIES) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }
}
