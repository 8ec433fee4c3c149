import { DEFAULT_MODEL, Frequencies, KINDS, Matcher } from '@headwater/matching';
import type { LeadProfile } from '@headwater/contracts';
import { comparableOfLead } from './comparable-of-lead';
import { explainMatch } from './explain-match';

const NOTHING_COUNTED = Frequencies.from({ values: {}, words: {} }, 10_000);
const matcher = new Matcher(DEFAULT_MODEL, NOTHING_COUNTED);

function explained(one: LeadProfile, other: LeadProfile, domains: [string | null, string | null] = [null, null], by = matcher) {
  const [a, b] = [one, other].map((profile, i) => comparableOfLead({ profile, facts: { company_domain: domains[i] } }, DEFAULT_MODEL));
  const { band, ...comparison } = by.compare(a, b);
  return explainMatch({ band: band === 'same' ? 'same' : 'review', ...comparison }, ...domains.map((company_domain, i) =>
    ({ profile: [one, other][i], company_domain })) as [never, never]);
}

const NOBODY = { profile: {}, company_domain: null };
const ROBERT: LeadProfile = { first_name: 'Robert', last_name: 'Oberhausen', email: 'robert@nordwind.example', phone: '+4930901820', company_name: 'Nordwind' };

test('says in a sentence what speaks for it and what against, the strongest first', () => {
  const { because, probability, band } = explained(ROBERT, { ...ROBERT, first_name: 'Bob', email: 'bobby@home.example', company_name: 'Zeta' });
  expect(because).toMatch(
    /^Same phone, same last name and first name a short form of the other; but another company and another e-mail\. \d\d(\.\d)? % likely one person\.$/);
  expect(band).toBe('review');
  expect(probability).toBeGreaterThan(0.8);
});

test('says that two names are one company\'s where the model knows it', () => {
  const model = { ...DEFAULT_MODEL, company_aliases: [{ name: 'International Business Machines', aliases: ['IBM', 'Big Blue'] }] };
  const because = (one: string, other: string): string | undefined => {
    const [a, b] = [one, other].map((company_name) => ({ profile: { ...ROBERT, company_name }, company_domain: null }));
    const [x, y] = [a, b].map(({ profile }) => comparableOfLead({ profile, facts: { company_domain: null } }, model));
    const { evidence, probability, bits, held } = new Matcher(model, NOTHING_COUNTED).compare(x, y);
    return explainMatch({ band: 'same', evidence, probability, bits, held }, a, b).fields.find(({ field }) => field === 'company_name')?.because;
  };
  expect(because('IBM Corp.', 'Big Blue')).toBe('same company, by another of its names: IBM Corp. / Big Blue');
  expect(because('IBM', 'IBM Corp.')).toBe('same company: IBM / IBM Corp.');
});

test('shows each field with both values as they were written, and what says most first', () => {
  const bob = { ...ROBERT, first_name: 'Bob', phone: undefined, mobile: '030901820', city: 'Rome' };
  const { fields } = explained(ROBERT, bob, ['nordwind.example', 'nordwind.example']);
  expect(fields).toContainEqual(expect.objectContaining({
    field: 'first_name', level: 'nickname', says: 'speaks_for', because: 'first name a short form of the other: Robert / Bob', values: ['Robert', 'Bob'],
  }));
  expect(fields.find(({ field }) => field === 'phone')).toMatchObject({ because: 'same phone: +4930901820 / 030901820' });
  expect(fields.find(({ field }) => field === 'website')).toMatchObject({ because: 'same web domain: nordwind.example' });
  expect(fields.map(({ field }) => field)).not.toContain('city');
  const strengths = fields.map(({ bits }) => Math.abs(bits));
  expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
});

test('says why people decide about a pair that is as likely as others that are the same', () => {
  const relatives = explained(ROBERT, { ...ROBERT, first_name: 'Walter' }, undefined, new Matcher({ ...DEFAULT_MODEL, duplicates: 1 }, NOTHING_COUNTED));
  expect(relatives).toMatchObject({ band: 'review', held: 'relatives' });
  expect(relatives.because).toMatch(/ 99(\.\d)? % likely one person, but relatives are as alike: people decide\.$/);
  const office = { company_name: 'Nordwind Zeppelin', phone: '+4930901820', street: '12 Main Street', city: 'Rome' };
  const branches = explained(office, { ...office, street: '480 Oak Avenue' }, ['nordwind.example', 'nordwind.example']);
  expect(branches).toMatchObject({ band: 'review', held: 'spelling' });
  expect(branches.because).toMatch(/ % likely one person, but more differs than spelling: people decide\.$/);
  expect(explained(ROBERT, ROBERT)).toMatchObject({ band: 'same', held: null });
});

test('what a postal code and its city say together is listed, and is no reason of its own', () => {
  const evidence = [{ field: 'postal_code', level: 'equal', bits: 8 }, { field: 'city', level: 'equal', bits: 7 }, { field: 'place', level: 'told twice', bits: -6 }];
  const there = { profile: { postal_code: '10115', city: 'Berlin' }, company_domain: null };
  const { fields, because } = explainMatch({ band: 'review', probability: 0.5, bits: 9, evidence, held: null }, there, there);
  expect(fields.at(-1)).toMatchObject({ field: 'place', bits: -6, because: 'the city follows from the postal code: 10115 Berlin', values: ['10115 Berlin', '10115 Berlin'] });
  expect(because).toBe('Same postal code and same city. 50 % likely one person.');
});

test('names in each other\'s boxes are said as such', () => {
  const { because, fields } = explained({ first_name: 'Oberhausen', last_name: 'Robert', email: 'robert@nordwind.example' }, ROBERT);
  expect(because).toMatch(/first and last name in each other's place/);
  for (const { field, values } of fields) if (field !== 'email') expect(values).toEqual(['Oberhausen Robert', 'Robert Oberhausen']);
});

test('nothing in common is little, and nobody is certain', () => {
  expect(explained({ last_name: 'Ito' }, { last_name: 'Ray' }).because).toBe('Little in common; but another last name. Less than 0.1 % likely one person.');
  expect(explainMatch({ band: 'same', probability: 0.99999999, bits: 60, evidence: [], held: null }, NOBODY, NOBODY).because)
    .toBe('Little in common. 99.9 % likely one person.');
});

test('values stay within what an answer carries', () => {
  const long = { profile: { custom_fields: { note_text: 'x'.repeat(5_000) } }, company_domain: null };
  const evidence = [{ field: 'custom_fields.note_text', level: 'equal', bits: 1 }];
  const { fields: [field] } = explainMatch({ band: 'review', probability: 0.5, bits: 1, evidence, held: null }, long, long);
  expect(field.because).toMatch(/^same note text: x+…$/);
  expect(field.values.map(({ length }) => length)).toEqual([200, 200]);
});

test.each(Object.values(KINDS).flatMap(({ name, levels }) => levels.map((level) => [name, level.name])))('%s "%s" has words of its own', (_, level) => {
  const { fields: [{ because }] } = explainMatch({ band: 'review', probability: 0.5, bits: 1, evidence: [{ field: 'street', level, bits: 1 }], held: null }, NOBODY, NOBODY);
  expect(because).not.toContain(`street ${level}:`);
});
