import countries from 'i18n-iso-countries';
import de from 'i18n-iso-countries/langs/de.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import it from 'i18n-iso-countries/langs/it.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';

const LANGUAGES = { en, de, fr, es, it, nl, pt, pl };
for (const language of Object.values(LANGUAGES)) countries.registerLocale(language);

/** What people write, and no list of countries has. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB', england: 'GB', scotland: 'GB', wales: 'GB', 'great britain': 'GB', 'northern ireland': 'GB', usa: 'US', 'u.s.': 'US', 'u.s.a.': 'US', america: 'US',
  holland: 'NL', 'south korea': 'KR', korea: 'KR', russia: 'RU', 'czech republic': 'CZ', uae: 'AE', brd: 'DE', vietnam: 'VN', taiwan: 'TW', iran: 'IR',
};

/** The ISO 3166-1 alpha-2 code of a country, from a code (two or three letters) or a name in one of eight languages; null when it is none. */
export function readCountry(text: string): string | null {
  const name = text.trim();
  const code = name.toUpperCase();
  const known = ALSO[name.toLowerCase()];
  if (known) return known;
  if (code.length === 2) return countries.isValid(code) ? code : null;
  if (code.length === 3 && countries.isValid(code)) return countries.alpha3ToAlpha2(code) ?? null;
  for (const language of Object.keys(LANGUAGES)) {
    const found = countries.getAlpha2Code(name, language) ?? countries.getSimpleAlpha2Code(name, language);
    if (found) return found;
  }
  return null;
}
