import { decodeHTML } from 'entities';

/** Elements of a page that nobody reads, and marks that end a line. */
const UNSEEN = /^<(head|style|script)\b/i;
const ENDS_LINE = /^<(?:br|\/p|\/div|\/tr|\/li)\b/i;
const BEGINS_MARK = /^<[a-z/!]/i;
/** Of a mark, what tells which it is. */
const LONGEST_NAME = 10;

/**
 * What is left of HTML without its marks, line by line. Gone through once, whatever stands in it, and no further than is asked for.
 * @param enough so many characters and marks are looked at, each mark as one
 */
export function textOfHtml(html: string, enough: number): string {
  const read: string[] = [];
  for (let at = 0, close = -1, left = enough; at < html.length && left > 0;) {
    const text = html.slice(at, Math.min(positionOf('<', html, at), at + left));
    read.push(text);
    left -= text.length;
    at += text.length;
    if (html[at] !== '<') continue;
    const mark = html.slice(at, at + LONGEST_NAME);
    const hiddenUntil = endOfHidden(html, at, mark);
    if (close < at) close = positionOf('>', html, at);
    const isText = positionOf('<', html, at + 1) < close || (close === Infinity && !BEGINS_MARK.test(mark));
    const isPlain = isText && hiddenUntil === null;
    read.push(isPlain ? '<' : ENDS_LINE.test(mark) ? '\n' : ' ');
    left -= 1;
    at = hiddenUntil ?? (isText ? at : close) + 1;
  }
  return decodeHTML(read.join('')).split('\n').map((line) => line.split(/\s+/).filter(Boolean).join(' ')).filter(Boolean).join('\n');
}

/** Where what nobody sees ends that begins here, infinite where it has no end; null where nothing does. */
function endOfHidden(html: string, at: number, mark: string): number | null {
  if (mark.startsWith('<!--')) return positionOf('-->', html, at) + '-->'.length;
  const [, name] = UNSEEN.exec(mark) ?? [];
  if (!name) return null;
  const end = new RegExp(`</${name}\\b`, 'gi');
  end.lastIndex = at;
  return end.exec(html)?.index ?? Infinity;
}

const positionOf = (text: string, html: string, from: number): number => {
  const at = html.indexOf(text, from);
  return at < 0 ? Infinity : at;
};
