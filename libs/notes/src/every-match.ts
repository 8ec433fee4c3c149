/**
 * What `matchAll` finds, found by the pattern itself. `matchAll` has a copy of it made each time, and Node forgets how to run copies when no note was read
 * between two of its larger garbage collections: to learn it again takes a tenth of a second for the long patterns here.
 * @param pattern global
 */
export function everyMatch(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += (text.codePointAt(pattern.lastIndex) ?? 0) > 0xffff ? 2 : 1;
  }
  return found;
}
