import { typesOf, type Item, type Value } from './structured-data';

const MOST_ITEMS = 200;
const MOST_VALUES = 50;
const MOST_NAMES = 10;
const DEEPEST = 20;
const LONGEST_TEXT = 2_000;

/** A value that an element gives to the thing around it, under these names: its text, which isn't read to its end yet. */
interface Told { to: Item; names: string[]; text: string }

/** Follows the elements of a page, and gathers the things that it marks with `itemscope` and `itemprop`. */
export class MicrodataReader {
  /** those that are described for themselves, not within another */
  readonly items: Item[] = [];
  /** what ends with each open element */
  private readonly path: { item: Item | null; told: Told | null }[] = [];
  private readonly around: Item[] = [];
  private readonly listening: Told[] = [];
  private read = 0;

  open(attributes: Record<string, string>): void {
    const { itemprop, itemscope, itemtype } = attributes;
    const owner = itemprop === undefined ? undefined : this.around.at(-1);
    const item = itemscope !== undefined && this.read < MOST_ITEMS ? { types: typesOf(itemtype ?? ''), values: {} } : null;
    const names = typesOf(itemprop ?? '').slice(0, MOST_NAMES);
    const value = item ?? valueIn(attributes);
    if (item) {
      this.read += 1;
      this.around.push(item);
      if (!owner) this.items.push(item);
    }
    if (owner && value !== null) give(owner, names, value);
    const told = owner && value === null && this.listening.length < DEEPEST ? { to: owner, names, text: '' } : null;
    if (told) this.listening.push(told);
    this.path.push({ item, told });
  }

  text(text: string): void {
    for (const told of this.listening) if (told.text.length < LONGEST_TEXT) told.text += text;
  }

  close(): void {
    const { item, told } = this.path.pop() ?? {};
    if (item) this.around.pop();
    if (!told) return;
    this.listening.pop();
    const text = told.text.slice(0, LONGEST_TEXT).replace(/\s+/g, ' ').trim();
    if (text) give(told.to, told.names, text);
  }
}

/** What an element says by an attribute rather than by its text. */
const valueIn = ({ content, href, src, datetime }: Record<string, string>): string | null => content ?? href ?? src ?? datetime ?? null;

function give(item: Item, names: string[], value: Value): void {
  for (const name of names) {
    const values = Object.hasOwn(item.values, name) ? item.values[name] : [];
    if (values.length < MOST_VALUES) item.values = { ...item.values, [name]: [...values, value] };
  }
}
