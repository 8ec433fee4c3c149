import type { Kind } from '../kind';
import { code, date, email, exact, number, phone } from './identifiers';
import { familyName, givenName } from './names';
import { company, domain } from './organisations';
import { city, postalCode, region, street } from './places';
import { text } from './text';

/** Every kind, by its name. */
export const KINDS: Readonly<Record<string, Kind>> = Object.fromEntries(
  [givenName, familyName, email, phone, date, exact, code, number, text, company, domain, street, postalCode, city, region]
    .map((kind) => [kind.name, kind]));
