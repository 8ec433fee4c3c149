import countries from 'i18n-iso-countries';

/** What people write, and no list of countries has. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB', el: 'GR', england: 'GB', scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', america: 'US', 'u s': 'US', korea: 'KR', uae: 'AE', brd: 'DE',
  'west germany': 'DE', 'hong kong sar': 'HK', türkiye: 'TR', 'great britain': 'GB', 'ivory coast': 'CI', burma: 'MM', swaziland: 'SZ', czechia: 'CZ', xk: 'XK', kosovo: 'XK',
};

/** Letters of any script in lower case, without accents; words apart by one blank. */
const plain = (name: string): string =>
  name.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase().replace(/[^\p{L}\p{M}]+/gu, ' ').trim();

let known: ReadonlyMap<string, string> | undefined;

/** Every name in every language that there is a list of; those that mean two countries are left out. Takes a tenth of a second, once. */
function names(): ReadonlyMap<string, string> {
  if (known) return known;
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const language of countries.getSupportedLanguages()) {
    for (const [code, called] of Object.entries(countries.getNames(language, { select: 'all' }))) {
      for (const name of [called].flat().map(plain)) {
        if ((found.get(name) ?? code) !== code) ambiguous.add(name);
        found.set(name, code);
      }
    }
  }
  for (const name of ambiguous) found.delete(name);
  for (const [name, code] of Object.entries(ALSO)) found.set(plain(name), code);
  known = found;
  return known;
}

/**
 * The ISO 3166-1 alpha-2 code of a country, from a code (two or three letters) or a name in any of some seventy languages; null when it
 * is none, or could be two.
 */
export function readCountry(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && countries.isValid(code)) return code;
  if (/^[A-Z]{3}$/.test(code) && countries.isValid(code)) return countries.alpha3ToAlpha2(code) ?? null;
  return names().get(plain(text)) ?? null;
}
