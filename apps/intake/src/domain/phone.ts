import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

export interface PhoneReading {
  /** E.164 where the number is possible, else as it was given */
  text: string | null;
  valid: boolean | null;
  key: string | null;
}

const FEWEST_DIGITS = 7;

/** @param country ISO 3166-1 alpha-2, for numbers without a country code */
export function readPhone(given: string | null | undefined, country: string | null | undefined): PhoneReading {
  const text = given?.trim();
  if (!text) return { text: null, valid: null, key: null };
  const number = parsePhoneNumberFromString(text, (country ?? undefined) as CountryCode | undefined);
  if (number?.isPossible()) return { text: number.number, valid: number.isValid(), key: number.number };
  const digits = text.replace(/\D/g, '');
  return { text, valid: false, key: digits.length >= FEWEST_DIGITS ? digits : null };
}
