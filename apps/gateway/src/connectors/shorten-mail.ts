import { isUtf8 } from 'node:buffer';
import { textIn } from '@headwater/inlets';

/**
 * What is read of one e-mail, over all its parts: the parser's time goes by lines, those of e-mails that were forwarded once more for each level,
 * and by parts. Texts are counted as they are encoded. HTML may have pictures in it before there is a word.
 */
const MOST = { heads: { bytes: 256 * 1024, lines: 6_000 }, texts: { bytes: 300_000, lines: 4_000 }, html: { bytes: 1_000_000, lines: 14_000 } };
const MOST_PARTS = 500;
/** Lines that begin as those do that stand between parts. */
const MOST_DASHED = 100_000;
const LONGEST_BOUNDARY = 1_000;
/** What is decoded, and may then be read as an e-mail, counts as a line for so many bytes. */
const BYTES_A_LINE = 3;

interface Left { bytes: number; lines: number }
/** What stands before the text of an e-mail, or of a part of it. It isn't whole where no more may be read. */
interface Head { bytes: Buffer; isWhole: boolean; type: string; boundary: string | null; encoding: string; isAttached: boolean }

/**
 * The same e-mail without what is thrown away once it is read: texts are cut, and of what is surely an attachment its length stands in its
 * place. Whatever is in doubt is kept as texts are.
 */
export function shortened(mail: Buffer): Buffer {
  const kept: Buffer[] = [];
  const left = structuredClone(MOST);
  const boundaries = new Boundaries(mail);
  for (let at = 0, parts = 0; at < mail.length && parts < MOST_PARTS; parts += 1) {
    const head = headAt(mail, at, boundaries, left.heads);
    kept.push(inUtf8(head.bytes));
    if (!head.isWhole) break;
    at += head.bytes.length;
    if (head.boundary !== null) boundaries.open(head.boundary);
    if (isForwarded(head)) continue;
    const next = boundaries.next(at);
    kept.push(...bodyOf(head, mail.subarray(at, next.begin), head.type.startsWith('text/html') ? left.html : left.texts), Buffer.from(next.lines, 'latin1'));
    at = next.end;
  }
  return Buffer.concat(kept);
}

/** How long an attachment is, of which no more than that was left; or what was kept as a text, and is none to the parser. */
export function lengthOf(content: ArrayBuffer | Uint8Array | string): number {
  const bytes = Buffer.from(content as Uint8Array);
  const length = /^\d{1,9}\s*$/.exec(bytes.subarray(0, 12).toString('latin1'));
  return length ? Number(length[0]) : bytes.length;
}

/** The lines that stand between parts. */
class Boundaries {
  /** Those of parts that hold others, the innermost last. */
  private readonly opened: string[] = [];
  private dashed = 0;

  constructor(private readonly mail: Buffer) {}

  open(boundary: string): void {
    this.opened.push(`--${boundary}`);
  }

  isAt(at: number): boolean {
    return this.mail[at] === DASH && this.mail[at + 1] === DASH && this.lineAt(at) !== null;
  }

  /** Where a part ends, the lines that stand between it and the next one, and where they end; what stands behind a last part is nothing. */
  next(from: number): { begin: number; lines: string; end: number } {
    for (let at = this.mail.indexOf('\n--', from - 1) + 1; at > 0 && this.dashed < MOST_DASHED; at = this.mail.indexOf('\n--', at) + 1) {
      const line = this.lineAt(at);
      if (!line) continue;
      this.opened.length = line.isLast ? line.level : line.level + 1;
      const lines = `${line.text}\r\n`;
      if (!line.isLast) return { begin: at, lines, end: endOfLine(this.mail, at) };
      const behind = this.next(at + 1);
      return { begin: at, lines: lines + behind.lines, end: behind.end };
    }
    return { begin: this.mail.length, lines: '', end: this.mail.length };
  }

  private lineAt(at: number): { text: string; level: number; isLast: boolean } | null {
    this.dashed += 1;
    const end = endOfLine(this.mail, at);
    const text = this.mail.toString('latin1', at, Math.min(end, at + LONGEST_BOUNDARY)).trimEnd();
    const level = this.opened.lastIndexOf(text);
    if (level >= 0) return { text, level, isLast: false };
    const closed = text.endsWith('--') ? this.opened.lastIndexOf(text.slice(0, -2)) : -1;
    return closed < 0 ? null : { text, level: closed, isLast: true };
  }
}

const DASH = 0x2d;

function endOfLine(mail: Buffer, at: number): number {
  const end = mail.indexOf('\n', at);
  return end < 0 ? mail.length : end + 1;
}

/** A head may be in no other characters, and is from senders who know nothing of that. */
const inUtf8 = (head: Buffer): Buffer => (isUtf8(head) ? head : Buffer.from(textIn(head)));

/** To the first empty line and with it, or to where another part begins. */
function headAt(mail: Buffer, from: number, boundaries: Boundaries, left: Left): Head {
  let [at, isWhole, isEnded] = [from, true, false];
  while (at < mail.length && !isEnded && !boundaries.isAt(at)) {
    const end = endOfLine(mail, at);
    isWhole = left.lines > 0 && end - at <= left.bytes;
    if (!isWhole) break;
    isEnded = /^\r*\n$/.test(mail.toString('latin1', at, Math.min(end, at + 5)));
    left.lines -= 1;
    left.bytes -= end - at;
    at = end;
  }
  return { bytes: mail.subarray(from, at), isWhole, ...fieldsIn(mail.toString('latin1', from, at)) };
}

const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]+)|([^\s;"]+))/i;

function fieldsIn(head: string): Omit<Head, 'bytes' | 'isWhole'> {
  const lines = head.replace(/\r*\n([ \t])/g, '$1');
  const field = (name: string): string => new RegExp(`(?:^|\\n)[ \\t]*content-${name}[ \\t]*:([^\\n]*)`, 'i').exec(lines)?.[1].trim() ?? '';
  const contentType = field('type');
  const type = contentType.split(';')[0].trim().toLowerCase();
  const [, quoted, plain] = (type.includes('multipart/') && BOUNDARY.exec(contentType)) || [];
  return { type, boundary: quoted ?? plain ?? null, encoding: field('transfer-encoding').toLowerCase(), isAttached: /^attachment\s*(;|$)/i.test(field('disposition')) };
}

const isEncoded = ({ encoding }: Head): boolean => !['', '7bit', '8bit', 'binary'].includes(encoding);
const isForwarded = (head: Head): boolean => head.type === 'message/rfc822' && !head.isAttached && !isEncoded(head);
const NO_TEXT = /^(application|image|audio|video|font)\/[\w.+-]+$/;

function bodyOf(head: Head, body: Buffer, left: Left): Buffer[] {
  const isAttachment = NO_TEXT.test(head.type) || (head.isAttached && !head.type.includes('multipart/'));
  if (body.length === 0 || !isAttachment) return beginningOf(body, left, isEncoded(head) && !head.type.startsWith('text/'));
  const length = String(lengthOfContent(body.toString('latin1').replace(LAST_LINE_END, ''), head.encoding));
  return [Buffer.from(`${head.encoding.includes('base64') ? Buffer.from(length).toString('base64') : length}\r\n`)];
}

/** It is that of the line behind an attachment. */
const LAST_LINE_END = /\r?\n$/;

function lengthOfContent(text: string, encoding: string): number {
  if (encoding.includes('base64')) return Buffer.from(text, 'base64').length;
  return encoding.includes('quoted-printable') ? text.replace(/=\r?\n/g, '').replace(/=[\da-f]{2}/gi, '=').length : text.length;
}

/** As many of its lines as are left, which are fewer afterwards; what follows them begins a line. */
function beginningOf(text: Buffer, left: Left, hidesLines: boolean): Buffer[] {
  const most = Math.min(left.bytes, hidesLines ? left.lines * BYTES_A_LINE : Infinity);
  let end = 0;
  for (; left.lines > 0 && end < Math.min(text.length, most); left.lines -= 1) end = endOfLine(text, end);
  const beginning = text.subarray(0, Math.min(end, most));
  left.bytes -= beginning.length;
  if (hidesLines) left.lines = Math.max(0, left.lines - Math.ceil(beginning.length / BYTES_A_LINE));
  return beginning.length < text.length ? [beginning, Buffer.from('\r\n')] : [beginning];
}
