import { normaliseEmail, phoneDigits } from './match-keys';

/** What somebody who looks for a customer typed, as it is looked up. */
export type SearchTerm =
  | { kind: 'email'; email: string }
  | {
    kind: 'text';
    number: string;
    /** for LIKE, with its wildcards made plain */
    pattern: string;
    email: string | null;
    /** null where the term is no part of a phone number */
    digits: string | null;
  };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^[\d\s()+./-]+$/;
/** Fewer digits are in nearly every number. */
const LEAST_DIGITS = 4;
const LONGEST = 320;

/** @returns null where there is nothing to look for */
export function searchTerm(q: string): SearchTerm | null {
  const text = q.normalize('NFKC').trim();
  // No stored text has a NUL, and PostgreSQL takes none.
  if (text === '' || text.length > LONGEST || text.includes('\0')) return null;
  const email = normaliseEmail(text);
  if (email && EMAIL.test(email)) return { kind: 'email', email };
  const digits = PHONE.test(text) ? phoneDigits(text) : null;
  return {
    kind: 'text',
    number: text.toUpperCase(),
    pattern: text.replace(/[\\%_]/g, '\\$&'),
    email,
    digits: digits && digits.length >= LEAST_DIGITS ? digits : null,
  };
}
