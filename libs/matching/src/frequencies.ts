import type { Comparable } from './agree';

/** How much what is typical counts against what was counted, in persons. */
const WEIGHT_OF_TYPICAL = 100;
/** Of a word in names of organisations. */
const TYPICAL_WORD = 0.0005;
/** No name of a field: values of two, counted together. */
const PLACE = 'postal_code, city';
const placeOf = (postalCode: string, city: string): string => `${postalCode}, ${city}`;
/** Those that are just being compared. */
const BOTH = 2;

interface Counts {
  total: number;
  of: Map<string, number>;
}

/** Of a field: how many records were counted that have it, and how many of them have each of its frequent values. */
export interface CountsDocument { total: number; of: Readonly<Record<string, number>> }

/** Frequencies as they are kept. */
export interface FrequenciesDocument {
  values: Readonly<Record<string, CountsDocument>>;
  words: Readonly<Record<string, CountsDocument>>;
}

/** How common each value is among a tenant's records: a rare one in common says more than a common one. */
export class Frequencies {
  private readonly values = new Map<string, Counts>();
  private readonly words = new Map<string, Counts>();
  /** how many were counted */
  records = 0;

  /** @param fieldsOfWords those whose single words are counted, too */
  constructor(private readonly fieldsOfWords: readonly string[] = ['company_name']) {}

  /**
   * Those that were counted over some of the records, evenly picked.
   * @param records how many there are in all
   */
  static from({ values, words }: FrequenciesDocument, records: number): Frequencies {
    const frequencies = new Frequencies();
    frequencies.records = records;
    read(values, frequencies.values);
    read(words, frequencies.words);
    return frequencies;
  }

  /** What is worth keeping: what two records that are compared may have in common by themselves counts for nothing. */
  toDocument(): FrequenciesDocument {
    return { values: written(this.values), words: written(this.words) };
  }

  add(record: Comparable): void {
    this.records += 1;
    for (const [field, value] of Object.entries(record)) {
      if (value === undefined) continue;
      count(this.values, field, [value]);
      if (this.fieldsOfWords.includes(field)) count(this.words, field, new Set(value.split(' ')));
    }
    const { postal_code, city } = record;
    if (postal_code !== undefined && city !== undefined) count(this.values, PLACE, [placeOf(postal_code, city)]);
  }

  /**
   * The share of persons with this value, apart from the two that have it in common.
   * @param typical share of any one value, which counts for more the fewer records there are
   * @param perPerson how many records a person has, on average
   */
  ofValue(field: string, value: string, typical: number, perPerson: number): number {
    return share(this.values.get(field), value, typical, perPerson);
  }

  /** The same of a postal code and a city together. */
  ofPlace(postalCode: string, city: string, typical: number, perPerson: number): number {
    return share(this.values.get(PLACE), placeOf(postalCode, city), typical, perPerson);
  }

  /** The same of a word. @param typical of any two values that have some word in common */
  ofWord(field: string, word: string, typical: number, perPerson: number): number {
    return (typical / TYPICAL_WORD) * share(this.words.get(field), word, TYPICAL_WORD, perPerson);
  }
}

function read(document: FrequenciesDocument['values'], into: Map<string, Counts>): void {
  for (const [field, { total, of }] of Object.entries(document)) into.set(field, { total, of: new Map(Object.entries(of)) });
}

const written = (counts: ReadonlyMap<string, Counts>): Record<string, CountsDocument> =>
  Object.fromEntries([...counts].map(([field, { total, of }]) =>
    [field, { total, of: Object.fromEntries([...of].filter(([, times]) => times > BOTH)) }]));

function count(counts: Map<string, Counts>, field: string, values: Iterable<string>): void {
  const found = counts.get(field) ?? { total: 0, of: new Map<string, number>() };
  counts.set(field, found);
  found.total += 1;
  for (const value of values) found.of.set(value, (found.of.get(value) ?? 0) + 1);
}

function share(counts: Counts | undefined, value: string, typical: number, perPerson: number): number {
  const others = Math.max(0, (counts?.of.get(value) ?? 0) / perPerson - BOTH);
  return (others + WEIGHT_OF_TYPICAL * typical) / ((counts?.total ?? 0) / perPerson + WEIGHT_OF_TYPICAL);
}
