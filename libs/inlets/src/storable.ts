/** NUL, and halves of surrogate pairs: PostgreSQL's jsonb takes neither. */
const UNSTORABLE = new RegExp(`${'\\u0000'}|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]`, 'g');

/** The text with a replacement character in place of what can't be stored. */
export const storableText = (text: string): string => text.replace(UNSTORABLE, '\ufffd');

/** The same for a whole document, names included. @throws RangeError when it is nested too deep for the stack */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [storableText(name), storable(of)]));
}

/** Whether a document has at most so many values in it, and is nested no deeper, itself being the first level. */
export function isWithin(document: unknown, most: { nodes: number; depth: number }): boolean {
  let left = most.nodes;
  const fits = (value: unknown, depth: number): boolean => {
    left -= 1;
    if (typeof value !== 'object' || value === null) return left >= 0;
    return left >= 0 && depth <= most.depth && Object.values(value).every((member) => fits(member, depth + 1));
  };
  return fits(document, 1);
}
