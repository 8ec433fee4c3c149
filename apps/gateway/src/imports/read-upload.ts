import type { Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { DomainError } from '@headwater/contracts';
import type { FileStream } from '../input/file-body';

const MB = 1024 * 1024;
/** A list of people becomes a tenth by compression, or a twentieth; a bomb a thousandth. */
const MOST_RATIO = 200;
/** Below this no ratio says anything. */
const HARMLESS = 10 * MB;

/**
 * The bytes of an upload, decompressed, in pieces of one size; only the last is shorter. Nobody reads ahead: what sends waits while
 * nothing is taken.
 * @throws DomainError `malformed` for what isn't compressed as it says, `suspicious_compression` for what grows beyond all measure
 */
export async function* readUpload(upload: FileStream, size: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const bytes of decompressed(upload)) {
    parts.push(bytes);
    length += bytes.length;
    while (length >= size) {
      const all = Buffer.concat(parts);
      yield all.subarray(0, size);
      parts = [all.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(parts);
}

async function* decompressed({ stream, coding }: FileStream): AsyncGenerator<Buffer> {
  if (coding === 'identity') {
    yield* stream as AsyncIterable<Buffer>;
    return;
  }
  let received = 0;
  let made = 0;
  stream.on('data', (bytes: Buffer) => { received += bytes.length; });
  const plain: Readable = stream.pipe(coding === 'gzip' ? createGunzip() : createInflate());
  const gone = (): void => void plain.destroy(new Error('The sender has gone'));
  stream.once('close', () => { if (!stream.complete) gone(); });
  try {
    for await (const bytes of plain as AsyncIterable<Buffer>) {
      made += bytes.length;
      if (made > HARMLESS && made > received * MOST_RATIO) throw bomb();
      yield bytes;
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? wronglyCompressed(coding) : error;
  } finally {
    plain.destroy();
  }
}

const bomb = (): DomainError => new DomainError({
  kind: 'too_large', code: 'suspicious_compression', detail: `The file becomes more than ${MOST_RATIO} times as large as it was sent: send it plain`,
});

const wronglyCompressed = (coding: string): DomainError =>
  new DomainError({ kind: 'malformed', code: 'malformed', detail: `The body is not ${coding}, or ends too early` });
