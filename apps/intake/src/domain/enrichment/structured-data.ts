/** A thing as pages describe it for machines, whether in JSON-LD or in microdata. */
export interface Item {
  /** names of schema.org: `Organization` */
  types: string[];
  values: Record<string, Value[]>;
}
export type Value = string | number | boolean | Item;

const DEEPEST = 6;
const MOST_VALUES = 50;
const MOST_ITEMS = 200;
const PREFIX = /^(https?:\/\/schema\.org\/|schema:)/i;

export const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;
export const typesOf = (text: string): string[] => text.split(/\s+/).filter(Boolean).map((type) => type.replace(PREFIX, ''));

/** The things that a block of JSON-LD describes; none when it is no JSON, as it happens on the web. */
export function readJsonLd(text: string): Item[] {
  const parsed = parse(text);
  const roots = [parsed].flat(2).flatMap((root) => (isObject(root) && '@graph' in root ? [root, root['@graph']].flat(2) : [root])).slice(0, MOST_ITEMS).filter(isObject);
  const graph = new Graph(roots);
  return roots.map((root) => itemOf(root, 1, graph));
}

/** Things by their names, so that one may say of another only what it is called: `{"@id": "#address"}`. Whom the other names in turn isn't looked for: that may be a circle. */
class Graph {
  private readonly byId: ReadonlyMap<unknown, Node>;
  private left = MOST_ITEMS;

  constructor(nodes: Node[]) {
    this.byId = new Map(nodes.filter((node) => !isName(node)).map((node) => [node['@id'], node]));
  }

  /** The thing itself, where this is its name and nothing more. */
  named(node: Node): Node | null {
    const found = isName(node) ? this.byId.get(node['@id']) : undefined;
    if (!found || this.left === 0) return null;
    this.left -= 1;
    return found;
  }
}

type Node = Record<string, unknown>;

const isName = (node: Node): boolean => typeof node['@id'] === 'string' && Object.keys(node).every((name) => name === '@id' || name === '@type');

function parse(text: string): unknown {
  const bare = text.replace('<![CDATA[', '').replace(']]>', ''); // some wrap it as if it were a script of XHTML
  try {
    return JSON.parse(bare.slice(Math.max(0, bare.search(/[[{]/)), Math.max(bare.lastIndexOf(']'), bare.lastIndexOf('}')) + 1));
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

function itemOf(node: Node, depth: number, graph: Graph | null): Item {
  const types = [node['@type']].flat().flatMap((type) => (typeof type === 'string' ? typesOf(type) : []));
  const members = Object.entries(node).filter(([name]) => !name.startsWith('@')).slice(0, MOST_VALUES);
  return { types, values: Object.fromEntries(members.map(([name, value]) => [name.replace(PREFIX, ''), valuesOf(value, depth, graph)])) };
}

const valuesOf = (value: unknown, depth: number, graph: Graph | null): Value[] => [value].flat(2).slice(0, MOST_VALUES).flatMap((one): Value[] => {
  if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return [one];
  if (!isObject(one) || depth === DEEPEST) return [];
  if ('@value' in one) return valuesOf(one['@value'], DEEPEST, graph);
  const named = graph?.named(one);
  return [named ? itemOf(named, depth + 1, null) : itemOf(one, depth + 1, graph)];
});

/** By what a thing says who stands behind it. */
const STANDS_BEHIND = ['publisher', 'about', 'mainEntity', 'provider', 'copyrightHolder'];
/** Kinds of organisation of schema.org: by their ending, or named. */
const ORGANISATION = new RegExp([
  '(Organization|Business|Store|Agency|Restaurant|Hotel|School|Hospital|Clinic)$',
  '^(Corporation|NGO|Airline|Consortium|Cooperative|(Professional|Financial|Accounting|Legal)Service|Attorney|Dentist|Physician)$',
  '^(CollegeOrUniversity|BankOrCreditUnion|RealEstateAgent|Library)$',
].join('|'));

/**
 * The organisation whose page it is: one that says so by its address, else the first that is described for itself, else one that
 * stands behind the page. Others (customers, authors, reviewers) are none of it.
 * @param isOwn whether an address is one of the company's
 */
export function organisationIn(items: readonly Item[], isOwn: (url: string) => boolean): Item | null {
  const behind = items.flatMap(({ values }) => STANDS_BEHIND.flatMap((name) => (values[name] ?? []).filter(isItem)));
  const found = [...items, ...behind].filter(({ types }) => types.some((type) => ORGANISATION.test(type)));
  return found.find((item) => textsIn(item, 'url').some(isOwn)) ?? found[0] ?? null;
}

/** What a thing says under a name as text: of an inner thing its `url`, `value` or `name`. */
export const textsIn = (item: Item, name: string): string[] => (item.values[name] ?? []).flatMap((value) => {
  if (!isItem(value)) return [String(value)];
  return ['url', 'contentUrl', 'value', 'name'].flatMap((inner) => (value.values[inner] ?? []).filter((one) => !isItem(one)).map(String)).slice(0, 1);
});
