const BEGIN = (command: string) => `<!-- written by ${command} -->`;
const END = '<!-- end -->';

/**
 * A document in which what stands between the marks of a command is written anew.
 * @throws Error when the document has no such marks
 */
export function withGeneratedPart(document: string, command: string, part: string): string {
  const [before, rest] = split(document, BEGIN(command));
  const [, after] = split(rest, END);
  return `${before}${BEGIN(command)}\n${part}\n${END}${after}`;
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`The document lacks its mark ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
