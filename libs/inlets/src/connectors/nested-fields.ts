const DEEPEST = 8;

/** Fields of a form as a document: `data[merges][FNAME]=…` stands within `data` and `merges`; what comes twice is a list. */
export function nestedFields(fields: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const form = emptyDocument();
  for (const [name, value] of fields) {
    const path = name.split(/\[([^[\]]*)\]/).filter((part, i) => i % 2 === 1 || part !== '');
    put(form, path.length > 0 ? path.slice(0, DEEPEST) : [''], value);
  }
  return withLists(form) as Record<string, unknown>;
}

/** Without a prototype, whatever the fields are called. */
const emptyDocument = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;

function put(into: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void {
  const there = into[name];
  const isLeaf = rest.length === 0 || (rest.length === 1 && rest[0] === '');
  if (isLeaf) {
    into[name] = there === undefined ? (rest.length === 0 ? value : [value]) : [there, value].flat();
    return;
  }
  const isDocument = typeof there === 'object' && there !== null && !Array.isArray(there);
  const inner = isDocument ? there as Record<string, unknown> : emptyDocument();
  into[name] = inner;
  put(inner, rest, value);
}

/** `groups[0]`, `groups[1]` are a list. */
function withLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withLists(member)] as const);
  const isList = members.length > 0 && members.every(([name], i) => name === String(i));
  if (isList) return members.map(([, member]) => member);
  return Object.fromEntries(members.filter(([name]) => name !== '__proto__'));
}
