import type { Comparable } from './agree';
import { comparedFields, type MatchingModel } from './model';
import { joined } from './text';

const SHORTEST_MAILBOX = 5;
const SHORTEST_WORD = 4;

/**
 * The keys that a record is found by: records with one in common are worth comparing. Each pass survives errors elsewhere; a
 * key that very many share is of no use and is left out by who looks (`MOST_PER_KEY`).
 */
export function matchKeys(record: Comparable, model: MatchingModel): string[] {
  const keys = new KeySet();
  keysOfPerson(record, keys);
  keysOfPlace(record, keys);
  keysOfOrganisation(record, keys);
  keysOfCustomFields(record, model, keys);
  return keys.all;
}

/** A key is kept when all of its parts are there. */
class KeySet {
  private readonly keys = new Set<string>();

  add(pass: string, ...parts: (string | undefined)[]): void {
    if (parts.every(Boolean)) this.keys.add(`${pass}:${parts.join('|')}`);
  }

  get all(): string[] {
    return [...this.keys];
  }
}

function keysOfPerson({ first_name: given, last_name: family, email, phone }: Comparable, keys: KeySet): void {
  const mailbox = email?.slice(0, email.lastIndexOf('@'));
  keys.add('email', email);
  if (mailbox && mailbox.length >= SHORTEST_MAILBOX) {
    keys.add('mailbox begins', mailbox.slice(0, 8));
    keys.add('mailbox ends', mailbox.slice(-6));
  }
  keys.add('phone', phone?.slice(-7));
  keys.add('family', family);
  // Sorted, so that names in each other's boxes are found.
  keys.add('sounds', ...[sound(given), sound(family)].sort());
  keys.add('beginnings', ...[beginning(given, 3), beginning(family, 3)].sort());
}

function keysOfPlace({ first_name: given, last_name: family, street, postal_code: code, city }: Comparable, keys: KeySet): void {
  const words = street?.split(' ') ?? [];
  const house = words.find((word) => /^\d/.test(word));
  const name = words.find((word) => /^[a-z]{4,}/.test(word));
  keys.add('family and place', sound(family), beginning(code, 4) ?? city);
  keys.add('given and place', sound(given), code ?? city);
  keys.add('family and street', beginning(family, 4), name?.slice(0, 4));
  keys.add('given and address', beginning(given, 3), name?.slice(0, 5), house);
  keys.add('address', house, name?.slice(0, 5));
  keys.add('street and code', name?.slice(0, 6), code);
  keys.add('house and code', house, code);
}

function keysOfOrganisation({ company_name: company, website, street, postal_code: code, city }: Comparable, keys: KeySet): void {
  keys.add('domain', website);
  keys.add('company begins', beginning(company, 8));
  const place = code ?? street?.split(' ').find((word) => /^\d/.test(word)) ?? city;
  for (const word of new Set(company?.split(' ').filter(({ length }) => length >= SHORTEST_WORD))) {
    keys.add('company word', word);
    keys.add('company word and place', word, place);
  }
}

function keysOfCustomFields(record: Comparable, model: MatchingModel, keys: KeySet): void {
  const { first_name: given, last_name: family, postal_code: code } = record;
  for (const { name, kind, about } of comparedFields(model)) {
    const value = record[name];
    if (value === undefined || about !== 'person' || name in NAMED_ABOVE) continue;
    keys.add(name, value);
    keys.add(`${name} and family`, value.slice(0, 6), beginning(family, 2));
    keys.add(`${name} and given`, value.slice(0, 6), beginning(given, 2));
    if (kind.name !== 'date') continue;
    keys.add(`${name}'s day and family`, value.slice(4), sound(family));
    keys.add(`${name}'s day and given`, value.slice(4), sound(given));
    keys.add(`${name} and code`, value, code);
  }
}

const NAMED_ABOVE: Readonly<Record<string, true>> = { first_name: true, last_name: true, email: true };

/** The first letters, of at least two. */
function beginning(value: string | undefined, length: number): string | undefined {
  const letters = value && joined(value);
  return letters && letters.length >= 2 ? letters.slice(0, length) : undefined;
}

const CLASSES: readonly [RegExp, string][] = [
  [/[aeiouyhw]/g, ''], [/[bfpv]/g, '1'], [/[cgjkqsxz]/g, '2'], [/[dt]/g, '3'], [/l/g, '4'], [/[mn]/g, '5'], [/r/g, '6'], [/(.)\1+/g, '$1'],
];

/** The first letter and the classes of the consonants: what errors of hearing and writing leave (after Russell's Soundex, 1918). */
function sound(value: string | undefined): string | undefined {
  const letters = value && joined(value);
  if (!letters) return undefined;
  return letters[0] + CLASSES.reduce((text, [letter, code]) => text.replace(letter, code), letters).slice(0, 4);
}
