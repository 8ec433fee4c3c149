import type { FieldError } from '@headwater/contracts';

const KNOWN = new Set(Intl.supportedValuesOf('currency'));
/** Younger than the tables of some runtimes that we stand on. */
for (const code of ['SLE', 'VED', 'XCG']) KNOWN.add(code);

/** A currency that was given must be one of ISO 4217: nobody could pay in another, nor share an amount in its smallest unit. */
export const checkCurrency = (field: string, currency: string | null | undefined): FieldError[] =>
  currency == null || KNOWN.has(currency) ? [] : [{ field, code: 'unknown_currency', detail: `${field} must be a currency of ISO 4217; ${currency} is none` }];
