import { DomainError, MOST_ERRORS } from '@headwater/contracts';

const LONGEST_NAME = 100;
const printable = (name: string): string => name.slice(0, LONGEST_NAME).replace(/[\p{Cc}\p{Cs}]/gu, '?');

/** What a request has and doesn't take, each by its name; no sentence is made of those that nobody is told of. */
export const unknownFields = (names: readonly string[]): DomainError => DomainError.invalid(names.slice(0, MOST_ERRORS).map((name) => {
  const field = printable(name);
  return { field, code: 'unknown_field', detail: `${field} is not a field of this request` };
}));
