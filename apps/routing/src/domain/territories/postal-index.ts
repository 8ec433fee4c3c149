import { placeKey, postalKey } from './places';
import type { PostalArea } from './territory';
import { goesBefore, type Placed } from './placed';

interface Range {
  readonly from: string;
  readonly to: string;
  readonly placed: Placed;
  /** the last end of this and all ranges before it: beyond it none of them reaches */
  reach: string;
}

/** The areas of a country: prefixes by themselves, ranges by the length of their ends and in order. */
interface Country {
  readonly prefixes: Map<string, Placed>;
  readonly ranges: Map<number, Range[]>;
}

/** Finds postal areas by code: as many look-ups as the code has characters, and only the ranges that may hold it. */
export class PostalIndex {
  private readonly countries = new Map<string, Country>();

  add({ country, prefix, from, to }: PostalArea, placed: Placed): void {
    const key = placeKey(country);
    const areas = this.countries.get(key) ?? { prefixes: new Map(), ranges: new Map() };
    this.countries.set(key, areas);
    if (prefix != null) {
      const present = areas.prefixes.get(postalKey(prefix));
      if (!present || goesBefore(placed, present)) areas.prefixes.set(postalKey(prefix), placed);
    }
    if (from != null && to != null) {
      const range = { from: postalKey(from), to: postalKey(to), placed, reach: '' };
      const ranges = areas.ranges.get(range.from.length) ?? [];
      ranges.push(range);
      areas.ranges.set(range.from.length, ranges);
    }
  }

  /** Call when all are added. */
  build(): void {
    for (const ranges of [...this.countries.values()].flatMap((country) => [...country.ranges.values()])) {
      ranges.sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
      ranges.reduce((reach, range) => (range.reach = range.to > reach ? range.to : reach), '');
    }
  }

  /** @param code as `postalKey` gives it */
  find(country: string, code: string): Placed | null {
    const areas = this.countries.get(placeKey(country));
    if (!areas) return null;
    let found: Placed | null = null;
    // From the narrowest: a wider one has to be deeper.
    for (let length = code.length; length > 0; length -= 1) {
      const start = code.slice(0, length);
      const held = [areas.prefixes.get(start), ...holding(areas.ranges.get(length) ?? [], start)];
      for (const placed of held) {
        if (placed && (!found || placed.depth > found.depth || (held.includes(found) && goesBefore(placed, found)))) found = placed;
      }
    }
    return found;
  }
}

/** The territories of the ranges that hold the code. */
function holding(ranges: readonly Range[], code: string): Placed[] {
  const found: Placed[] = [];
  for (let i = lastFrom(ranges, code); i >= 0 && ranges[i].reach >= code; i -= 1) {
    if (ranges[i].to >= code) found.push(ranges[i].placed);
  }
  return found;
}

/** The place of the last range that begins at the code or before it; -1 when none does. */
function lastFrom(ranges: readonly Range[], code: string): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].from <= code) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
