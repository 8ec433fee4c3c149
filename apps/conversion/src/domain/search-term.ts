import { normaliseEmail, phoneDigits } from './match-keys';

/** What somebody who looks for a customer typed, as it is looked up. */
export interface SearchTerm {
  text: string;
  /** the customer's number that it may be */
  number: string | null;
  /** as e-mails are compared; null where it is none */
  email: string | null;
  /** null where the term is no part of a phone number */
  digits: string | null;
  /** whether it is an e-mail, or a number that says so itself: nothing else is looked for then */
  isExact: boolean;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d\s()./-]+$/;
/** Fewer digits are in nearly every number; more are in none. */
const LEAST_DIGITS = 4;
const MOST_DIGITS = 40;
/** Of a customer's id, which is its number without `CUST-` and zeros. */
const NUMBER = /^(?:CUST-)?0*([1-9]\d{0,15})$/;
const LONGEST = 320;

/** @returns null where there is nothing to look for */
export function searchTerm(q: string): SearchTerm | null {
  const text = q.normalize('NFKC').trim();
  // No stored text has a NUL, and PostgreSQL takes none.
  if (text === '' || text.length > LONGEST || text.includes('\0')) return null;
  const email = normaliseEmail(text);
  const digits = PHONE.test(text) ? phoneDigits(text) : null;
  const [, id] = NUMBER.exec(text.toUpperCase()) ?? [];
  const isEmail = email !== null && EMAIL.test(email);
  return {
    text,
    number: id ? `CUST-${id.padStart(6, '0')}` : null,
    email: isEmail ? email : null,
    digits: digits && digits.length >= LEAST_DIGITS && digits.length <= MOST_DIGITS ? digits : null,
    isExact: isEmail || Boolean(id && /^CUST-/i.test(text)),
  };
}
