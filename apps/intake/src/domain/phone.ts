import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js';

export interface PhoneReading {
  /** E.164 where the number is possible, else as it was given */
  text: string | null;
  /** digits behind the number, for the switchboard */
  extension: string | null;
  valid: boolean | null;
  key: string | null;
}

const FEWEST_DIGITS = 7;

/**
 * Reads a number in any usual writing: with the country's prefixes, 00, brackets, `tel:`, letters of the keypad, an extension.
 * @param country ISO 3166-1 alpha-2, for numbers without a country code
 * @param known the extension, where it isn't written with the number
 */
export function readPhone(given: string | null | undefined, country: string | null | undefined, known?: string | null): PhoneReading {
  const text = given?.trim();
  if (!text) return { text: null, extension: known ?? null, valid: null, key: null };
  const number = parse(tidied(text), country);
  if (!number) {
    const digits = text.normalize('NFKC').replace(/\D/g, '');
    return { text, extension: known ?? null, valid: false, key: digits.length >= FEWEST_DIGITS ? digits : null };
  }
  const extension = number.ext ?? known ?? null;
  // Colleagues share the number of a switchboard.
  return { text: number.number, extension, valid: number.isValid(), key: extension ? `${number.number} ${extension}` : number.number };
}

/** The first possible number among what the digits may mean, the likeliest first. */
function parse(text: string, country: string | null | undefined): PhoneNumber | undefined {
  const region = (country ?? undefined) as CountryCode | undefined;
  const possible = (written: string) => {
    const number = parsePhoneNumberFromString(written, region);
    return number?.isPossible() ? number : undefined;
  };
  return (region && isWithCountry(text, region) ? ifValid(possible(`+${text}`)) : undefined)
    ?? possible(text)
    ?? (/^\s*\(?00/.test(text) ? possible(text.replace('00', '+')) : undefined)
    ?? (LETTERS.test(text) ? ifOfFixedLength(possible(onKeypad(text))) : undefined)
    ?? (region || !/^\d{11,15}$/.test(digitsOf(text)) ? undefined : ifValid(possible(`+${digitsOf(text)}`)));
}

/** As telephone networks send numbers: E.164 without its plus. Nobody dials so many digits at home without the 0 before them. */
const isWithCountry = (text: string, region: CountryCode): boolean =>
  /^[1-9]\d{11,14}$/.test(text) && isSupportedCountry(region) && text.startsWith(getCountryCallingCode(region));

const ifValid = (number: PhoneNumber | undefined): PhoneNumber | undefined => (number?.isValid() ? number : undefined);
/** Of North America: elsewhere numbers vary in length, and a word behind one would become a part of it. */
const ifOfFixedLength = (number: PhoneNumber | undefined): PhoneNumber | undefined => (number?.countryCallingCode === '1' ? ifValid(number) : undefined);
const digitsOf = (text: string): string => text.replace(/[\s()./-]/g, '');

const EXTENSION = /[\s,;]*\b(?:durchwahl|dw|klappe|nebenstelle|poste|interno|anexo|ramal|toestel|wew|доб)\b[.:\s]*(\d{1,7})$/iu;

function tidied(text: string): string {
  const plain = text.normalize('NFKC').replace(EXTENSION, ' ext. $1').replace(/^\s*\+[\s+]*/, '+').replace(/^\+(?:00|011)\s*/, '+');
  const [, number, parameters] = /tel:\s*([^;]+)(.*)$/is.exec(plain) ?? [];
  if (!number) return plain;
  const context = number.startsWith('+') ? '' : /;phone-context=(\+[\d-]+)/i.exec(parameters)?.[1] ?? '';
  const extension = /;ext=(\d{1,7})(?:;|$)/i.exec(parameters)?.[1];
  if (!extension && /;ext=/i.test(parameters)) return plain;
  return `${context}${number}${extension ? ` ext. ${extension}` : ''}`;
}

/** A number that names something: digits first, then letters. */
const LETTERS = /^\s*[+(]?\d[\d\s().-]*[a-z][a-z\d\s().-]*$/i;
const KEYS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];
const onKeypad = (text: string): string =>
  text.toLowerCase().replace(/[a-z]/g, (letter) => String(2 + KEYS.findIndex((letters) => letters.includes(letter))));
