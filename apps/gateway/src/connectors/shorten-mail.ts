import { isUtf8 } from 'node:buffer';
import { textIn } from '@headwater/inlets';

/** Of the texts of one e-mail together, as they are encoded. Its parser's time goes by lines and parts, and less of them is kept than these surely hold. */
const MOST_TEXT = 300_000;
const MOST_LINES = 4_000;
const MOST_PARTS = 500;
const MOST_BOUNDARIES = 20;
/** What is looked at of a head; the parser refuses longer ones. */
const LONGEST_HEAD = 256 * 1024;

/** What is read of an e-mail, or of a part of it, before its text. */
interface Head { bytes: Buffer; type: string; boundary: string | undefined; encoding: string; isAttached: boolean }

/**
 * The same e-mail without what is thrown away once it is read: texts are cut, and of an attachment its length stands in its place. What
 * stands between parts is looked for, and nothing is gone through by lines that isn't kept.
 */
export function shortened(mail: Buffer): Buffer {
  const kept: Buffer[] = [];
  const left = { bytes: MOST_TEXT, lines: MOST_LINES };
  const boundaries = new Boundaries(mail);
  for (let at = 0, parts = 0; at < mail.length && parts < MOST_PARTS; parts += 1) {
    const head = headIn(mail.subarray(at, boundaries.next(at + 1)));
    if (head.boundary) boundaries.add(head.boundary);
    const begin = at + head.bytes.length;
    const end = isForwarded(head) ? begin : boundaries.next(begin);
    kept.push(inUtf8(head.bytes), ...bodyOf(head, mail.subarray(begin, end), left));
    at = Math.max(end, at + 1);
  }
  return Buffer.concat(kept);
}

/** How long an attachment is, of which no more than that was left; or what was kept as a text, and is none to the parser. */
export function lengthOf(content: ArrayBuffer | Uint8Array | string): number {
  const bytes = Buffer.from(content as Uint8Array);
  const length = /^\d{1,9}\s*$/.exec(bytes.subarray(0, 12).toString('latin1'));
  return length ? Number(length[0]) : bytes.length;
}

/** Where the lines are that stand between parts. */
class Boundaries {
  private readonly lines = new Map<string, number>();

  constructor(private readonly mail: Buffer) {}

  add(boundary: string): void {
    if (this.lines.size < MOST_BOUNDARIES) this.lines.set(`\n--${boundary}`, this.lines.get(`\n--${boundary}`) ?? -1);
  }

  /** Where the first of them begins from here on; the end where there is none. */
  next(from: number): number {
    for (const [line, at] of this.lines) {
      if (at >= from - 1) continue;
      const found = this.mail.indexOf(line, from - 1, 'latin1');
      this.lines.set(line, found < 0 ? Infinity : found);
    }
    return Math.min(this.mail.length, ...[...this.lines.values()].map((at) => at + 1));
  }
}

/** A head may be in no other characters, and is from senders who know nothing of that. */
const inUtf8 = (head: Buffer): Buffer => (isUtf8(head) ? head : Buffer.from(textIn(head)));

const NO_HEAD = /^\r?\n/;
const CONTENT_TYPE = /^content-type:((?:[^\n]|\n[ \t])*)/im;
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i;

/** To the first empty line and with it; all of a part that has none. */
function headIn(part: Buffer): Head {
  const bytes = part.subarray(0, endOfHead(part));
  const text = bytes.subarray(0, LONGEST_HEAD).toString('latin1');
  const [, contentType = ''] = CONTENT_TYPE.exec(text) ?? [];
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  return {
    bytes, type: contentType.split(';')[0].trim().toLowerCase(), boundary: quoted ?? plain,
    encoding: /^content-transfer-encoding:\s*"?([\w-]+)/im.exec(text)?.[1].toLowerCase() ?? '',
    isAttached: /^content-disposition:\s*"?attachment/im.test(text),
  };
}

function endOfHead(part: Buffer): number {
  const none = NO_HEAD.exec(part.subarray(0, 2).toString('latin1'));
  if (none) return none[0].length;
  const ends = ['\n\r\n', '\n\n'].map((end) => [part.indexOf(end), end.length]).filter(([at]) => at >= 0).map(([at, length]) => at + length);
  return Math.min(part.length, ...ends);
}

const isForwarded = ({ type, isAttached, encoding }: Head): boolean => type === 'message/rfc822' && !isAttached && !['base64', 'quoted-printable'].includes(encoding);
const TEXTS: readonly string[] = ['', 'text/plain', 'text/html', 'message/rfc822'];

function bodyOf({ type, isAttached, encoding }: Head, body: Buffer, left: { bytes: number; lines: number }): Buffer[] {
  if (body.length === 0 || type.startsWith('multipart/')) return [];
  if (TEXTS.includes(type) && !isAttached) return beginningOf(body, left);
  const isBase64 = encoding === 'base64';
  const length = String(isBase64 ? Buffer.from(body.toString('latin1'), 'base64').length : body.length);
  return [Buffer.from(`${isBase64 ? Buffer.from(length).toString('base64') : length}\r\n`)];
}

/** As many of its lines as are left, which are fewer afterwards; what follows them begins a line. */
function beginningOf(text: Buffer, left: { bytes: number; lines: number }): Buffer[] {
  let end = 0;
  for (; left.lines > 0 && end < Math.min(text.length, left.bytes); left.lines -= 1) {
    const next = text.indexOf('\n', end);
    end = next < 0 ? text.length : next + 1;
  }
  const beginning = text.subarray(0, Math.min(end, left.bytes));
  left.bytes -= beginning.length;
  return beginning.length < text.length ? [beginning, Buffer.from('\r\n')] : [beginning];
}
