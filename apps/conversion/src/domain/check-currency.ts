import { isCurrency, type FieldError } from '@headwater/contracts';

/** A currency that was given must be one of ISO 4217: nobody could pay in another, nor share an amount in its smallest unit. */
export const checkCurrency = (field: string, currency: string | null | undefined): FieldError[] =>
  currency == null || isCurrency(currency) ? [] : [{ field, code: 'unknown_currency', detail: `${field} must be a currency of ISO 4217; ${currency} is none` }];
