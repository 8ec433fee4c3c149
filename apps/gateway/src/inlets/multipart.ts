import { Busboy, type BusboyConfig } from '@fastify/busboy';
import { MOST_FORM_FIELDS, textIn, type MailAttachment } from '@headwater/inlets';

export interface Part {
  name: string;
  /** what stands in a field; empty for a file */
  bytes: Buffer;
  /** of a file only its name, type and size are kept */
  file?: MailAttachment;
}

const LIMITS = { parts: MOST_FORM_FIELDS, fieldNameSize: 200, headerPairs: 50 };

/**
 * The parts of a form, as far as it can be read: what is broken, and all after it, is left out; null for a form of too many. Fields
 * stay bytes, because only their reader knows in which characters they are.
 */
export function partsOf(bytes: Buffer, contentType: string): Promise<Part[] | null> {
  return new Promise((resolve) => {
    const parts: Part[] = [];
    const done = (): void => resolve(parts);
    const parser = parserOf(contentType, bytes.length);
    if (!parser) return done();
    parser.on('field', (name, value) => parts.push({ name, bytes: Buffer.from(value, 'latin1') }));
    parser.on('file', (name, stream, filename, _encoding, type) => {
      let size = 0;
      stream.on('data', (chunk: Buffer) => { size += chunk.length; });
      stream.on('end', () => parts.push({ name, bytes: Buffer.alloc(0), file: { name: filename || name, type, bytes: size } }));
      stream.on('error', done);
    });
    parser.on('partsLimit', () => resolve(null));
    parser.on('finish', done);
    parser.on('error', done);
    parser.end(withFullLineEnds(bytes));
  });
}

/** Fields as text, files as what is kept of them. */
export const fieldsOfParts = (parts: Part[]): (readonly [string, unknown])[] =>
  parts.map(({ name, bytes, file }) => [name, file ?? textIn(bytes)] as const);

/** Null for a type that says no boundary: a form without a part. */
function parserOf(contentType: string, size: number): InstanceType<typeof Busboy> | null {
  try {
    return new Busboy({ headers: { 'content-type': contentType }, defCharset: 'latin1', limits: { ...LIMITS, fieldSize: size } } as BusboyConfig);
  } catch {
    return null;
  }
}

/** Some senders, and samples that went through an editor, end lines with a line feed alone. */
function withFullLineEnds(bytes: Buffer): Buffer {
  const first = bytes.indexOf('\n');
  if (first <= 0 || bytes[first - 1] === 0x0d) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
