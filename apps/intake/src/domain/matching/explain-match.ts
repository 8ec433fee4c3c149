import type { ComparedField, LeadProfile, MatchExplanation, MatchSummary } from '@headwater/contracts';
import { FULL_NAME, KINDS, PLACE, type Evidence, type Held } from '@headwater/matching';

/** One of two leads, as it was written. */
export interface Written {
  profile: LeadProfile;
  company_domain: string | null | undefined;
}

export interface Compared extends Pick<MatchExplanation, 'band' | 'probability' | 'bits'> {
  evidence: readonly Evidence[];
  held: Held | null;
}

const LABELS: Readonly<Record<string, string>> = {
  first_name: 'first name', last_name: 'last name', full_name: 'name', email: 'e-mail', company_name: 'company', website: 'web domain',
  postal_code: 'postal code',
};
const CUSTOM = 'custom_fields.';
const NAMES: ReadonlySet<string> = new Set(['first_name', 'last_name']);

/** By the level at which two agree: what is said of the field, without the values. */
const PHRASES: Readonly<Record<string, (label: string) => string>> = {
  equal: (label) => `same ${label}`,
  close: (label) => `${label} almost the same`,
  nickname: (label) => `${label} a short form of the other`,
  initial: (label) => `${label} fits the initial`,
  similar: (label) => `similar ${label}`,
  partly: (label) => `${label} partly the same`,
  'two parts': (label) => `${label} the same but for its day, its month or its year`,
  'told twice': () => 'the city follows from the postal code',
  swapped: () => 'first and last name in each other\'s place',
  'same mailbox name': (label) => `${label} with the same name before the @`,
  'spelt otherwise': (label) => `same ${label}, spelt otherwise`,
  'house close': (label) => `same ${label}, house number almost the same`,
  'same street': () => 'same street, another house',
  contained: (label) => `one ${label} part of the other`,
  overlapping: (label) => `words of the ${label} in common`,
  different: (label) => `another ${label}`,
};

const SAYS_SOMETHING = 1;

/** Says field by field, and in a sentence, why two leads may be one person; for people who know nothing of bits. */
export function explainMatch(compared: Compared, one: Written, other: Written): MatchExplanation {
  const { evidence } = compared;
  const isSwapped = evidence.some(({ field }) => field === FULL_NAME);
  const fields = evidence.map((said) => fieldOf(said, isSwapped && NAMES.has(said.field) ? FULL_NAME : said.field, one, other))
    .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
  return { ...summaryOf(compared), fields };
}

/** The sentence alone. */
export const summaryOf = (compared: Compared): MatchSummary => ({
  band: compared.band, probability: Math.round(compared.probability * 10_000) / 10_000, bits: rounded(compared.bits), held: compared.held,
  because: sentence(compared),
});

/** @param shown the field whose values are shown: of names in each other's place the whole name */
function fieldOf({ field, level, bits }: Evidence, shown: string, one: Written, other: Written): ComparedField {
  const values = [valueOf(shown, one), valueOf(shown, other)].map((value) => cut(value, LONGEST_VALUE));
  const phrase = isAlias(field, level, values) ? `same ${labelOf(field)}, by another of its names` : phraseOf(field, level);
  const [a, b] = values;
  const because = a.toLowerCase() === b.toLowerCase() ? `${phrase}: ${a}` : `${phrase}: ${a} / ${b}`;
  return { field, level, says: saysOf(bits), bits: rounded(bits), because: cut(because, LONGEST_REASON), values };
}

/** Two names of a company are only equal where the matching model says so. */
function isAlias(field: string, level: string, values: readonly string[]): boolean {
  if (field !== 'company_name' || level !== 'equal') return false;
  const [one, other] = values.map((value) => KINDS.company.normalise(value));
  return one !== null && other !== null && KINDS.company.compare(one, other) > 0;
}

const LONGEST_VALUE = 200;
const LONGEST_REASON = 500;
const LONGEST_SENTENCE = 1_000;

const HELD_BACK: Readonly<Record<Held, string>> = {
  relatives: ', but relatives are as alike: people decide', spelling: ', but more differs than spelling: people decide',
};

/** "Same phone and last name, first name almost the same; but another e-mail. 97 % likely one person." What only corrects the sum is left out. */
function sentence({ evidence, probability, held }: Compared): string {
  const strongest = evidence.filter(({ field }) => field !== PLACE).sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits));
  const phrases = (says: ComparedField['says']) =>
    joined(strongest.filter(({ bits }) => saysOf(bits) === says).map(({ field, level }) => phraseOf(field, level)));
  const [pro, contra] = [phrases('speaks_for'), phrases('speaks_against')];
  const reasons = [pro || 'Little in common', ...(contra ? [`but ${contra}`] : [])].join('; ');
  return cut(`${reasons[0].toUpperCase()}${reasons.slice(1)}. ${percent(probability)} likely one person${held ? HELD_BACK[held] : ''}.`, LONGEST_SENTENCE);
}

const joined = (phrases: string[]): string =>
  (phrases.length < 2 ? phrases.join('') : `${phrases.slice(0, -1).join(', ')} and ${phrases[phrases.length - 1]}`);

/** Never 100: nobody is certain. */
const percent = (probability: number): string =>
  (probability < 0.001 ? 'Less than 0.1 %' : `${Math.min(99.9, Math.floor(probability * 1_000) / 10)} %`);

function saysOf(bits: number): ComparedField['says'] {
  if (bits >= SAYS_SOMETHING) return 'speaks_for';
  return bits <= -SAYS_SOMETHING ? 'speaks_against' : 'says_little';
}

const phraseOf = (field: string, level: string): string => (PHRASES[level] ?? ((label: string) => `${label} ${level}`))(labelOf(field));

const labelOf = (field: string): string =>
  LABELS[field] ?? (field.startsWith(CUSTOM) ? field.slice(CUSTOM.length) : field).replaceAll('_', ' ');

function valueOf(field: string, { profile, company_domain }: Written): string {
  if (field.startsWith(CUSTOM)) return String(profile.custom_fields?.[field.slice(CUSTOM.length)] ?? '');
  if (field === 'website') return company_domain ?? '';
  if (field === FULL_NAME) return profile.full_name ?? [profile.first_name, profile.last_name].filter(Boolean).join(' ');
  if (field === PLACE) return [profile.postal_code, profile.city].filter(Boolean).join(' ');
  if (field === 'phone') return profile.phone ?? profile.mobile ?? '';
  return String(profile[field as keyof LeadProfile] ?? '');
}

/** Without half of a surrogate pair. */
const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`);

const rounded = (bits: number): number => Math.round(bits * 100) / 100;
