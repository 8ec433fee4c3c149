import * as fc from 'fast-check';
import { Frequencies } from './frequencies';
import { Matcher, type Comparison, type Evidence } from './matcher';
import { DEFAULT_MODEL, type MatchingModel } from './model';

/** A tenant's other records: many Smiths, one Zylbersztejn, all elsewhere. */
const others = Array.from({ length: 2_000 }, (_, i) => ({
  first_name: `given${i % 97}`, last_name: i < 200 ? 'smith' : i === 200 ? 'zylbersztejn' : `family${i}`,
  company_name: i % 4 === 0 ? `school ${i}` : `firm ${i}`, city: `city${i % 50}`, email: `person${i}@example.com`,
}));
const frequencies = new Frequencies();
for (const record of others) frequencies.add(record);
const matcher = new Matcher(DEFAULT_MODEL, frequencies);

const OFFICE = {
  company_name: 'acme tools', website: 'acme.test', phone: '1234567890', street: '12 main st', postal_code: '10001', city: 'paris',
  country: 'fr',
};
const ANN = { first_name: 'ann', last_name: 'ito' };
const bitsOf = ({ evidence }: Comparison, field: string): number => evidence.find((one) => one.field === field)!.bits;

test('each field that both have says how it agrees and what that is worth', () => {
  const { evidence, band, probability } = matcher.compare(
    { first_name: 'robert', last_name: 'zylbersztejn', email: 'bob@example.com', city: 'paris' },
    { first_name: 'bob', last_name: 'zylbersztejn', email: 'bob@example.com', phone: '1234567890' });
  expect(evidence.map(({ field, level }) => `${field} ${level}`)).toEqual(['first_name nickname', 'last_name equal', 'email equal']);
  expect(evidence.every(({ bits }) => bits > 0)).toBe(true);
  expect(band).toBe('same');
  expect(probability).toBeGreaterThan(0.99);
});

test('without surroundings, the bits are the sum of the evidence', () => {
  const { evidence, bits } = matcher.compare({ first_name: 'ann', last_name: 'smith' }, { first_name: 'anna', last_name: 'smith' });
  expect(bits).toBeCloseTo(evidence.reduce((sum, one) => sum + one.bits, 0), 9);
});

test('a rare name says more than a common one', () => {
  const named = (name: string) => matcher.compare({ last_name: name }, { last_name: name });
  expect(bitsOf(named('zylbersztejn'), 'last_name')).toBeGreaterThan(bitsOf(named('smith'), 'last_name') + 3);
});

test('a rare word in common says more of companies than a common one', () => {
  const sharing = (word: string) => matcher.compare({ company_name: `${word} paris` }, { company_name: `oslo ${word}` });
  expect(bitsOf(sharing('zeppelin'), 'company_name')).toBeGreaterThan(bitsOf(sharing('school'), 'company_name') + 3);
});

test('colleagues at one address are never the same person, however much of it agrees', () => {
  const { band, bits, evidence } = matcher.compare({ ...OFFICE, ...ANN }, { ...OFFICE, first_name: 'george', last_name: 'zylbersztejn' });
  expect(band).toBe('new');
  expect(bits).toBeLessThan(evidence.reduce((sum, one) => sum + one.bits, 0));
});

test('a household shares address and family name, however rare it is: beside another\'s given name it says no more than who lives there', () => {
  const [ann, george] = ['ann', 'george'].map((first_name) => ({ ...OFFICE, first_name, last_name: 'zylbersztejn' }));
  const compared = matcher.compare(ann!, george!);
  expect(compared.band).toBe('new');
  expect(compared.bits).toBeCloseTo(bitsOf(compared, 'first_name') + Math.log2(2_000 / DEFAULT_MODEL.neighbours), 9);
  const few = new Matcher({ ...DEFAULT_MODEL, duplicates: 1, neighbours: 0.02 }, frequencies);
  expect(few.compare(ann!, george!).band).not.toBe('new');
});

test('at one address, an equal name is the same person', () => {
  expect(matcher.compare({ ...OFFICE, ...ANN }, { ...OFFICE, ...ANN }).band).toBe('same');
});

describe('relatives', () => {
  const born: MatchingModel = { ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'born', kind: 'date', about: 'person' }] };
  const family = new Matcher(born, frequencies);
  const hana = { ...OFFICE, first_name: 'hana', last_name: 'zylbersztejn', email: 'zylbersztejn@example.com', born: '19710624' };

  test.each<[string, Record<string, string | undefined>]>([
    ['who share a mailbox', { first_name: 'george', born: undefined }],
    ['a father and his son of one name, each with a mailbox', { email: 'son@example.org', born: '20010203' }],
  ])('%s are for people to decide, however much agrees', (_, other) => {
    const { band, probability, held } = family.compare(hana, { ...hana, ...other });
    expect(probability).toBeGreaterThan(born.bands.same);
    expect([band, held]).toEqual(['review', 'relatives']);
  });

  test.each<[string, Record<string, string | undefined>]>([
    ['who share a mailbox, born on other days', { first_name: 'george', born: '20010203' }],
    ['twins, each with a mailbox', { first_name: 'george', email: 'george7@example.org' }],
  ])('%s are likely enough for people to decide', (_, other) => {
    expect(family.compare(hana, { ...hana, ...other }).band).toBe('review');
  });

  test('one slip makes none', () => {
    expect(family.compare(hana, { ...hana, born: '20010203' }).band).toBe('same');
    expect(family.compare(hana, { ...hana, first_name: 'george' }).band).toBe('same');
  });
});

test('what half of all people have in common tells no relatives apart', () => {
  const model: MatchingModel = { ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'sex', kind: 'exact', about: 'person' }] };
  const people = new Frequencies();
  others.forEach((record, i) => people.add({ ...record, sex: i % 2 ? 'f' : 'm' }));
  const [ann, hana] = ['ann', 'hana'].map((first_name) => ({ ...OFFICE, first_name, last_name: 'zylbersztejn', email: 'zylbersztejn@example.com', sex: 'f' }));
  expect(new Matcher(model, people).compare(ann!, hana!)).toMatchObject({ band: 'review', held: 'relatives' });
});

test('free text about an organisation, as what it sells, says nothing of which it is', () => {
  const model: MatchingModel = { ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'sells', kind: 'text', about: 'surroundings' }] };
  const shops = new Matcher(model, frequencies);
  const without = shops.compare(OFFICE, OFFICE);
  for (const sells of ['tools', 'plants']) expect(shops.compare({ ...OFFICE, sells: 'tools' }, { ...OFFICE, sells })).toEqual(without);
  expect(shops.compare({ ...ANN, sells: 'tools' }, { ...ANN, sells: 'plants' }).evidence).toHaveLength(3);
});

test('who has moved differs in all of the surroundings at once', () => {
  const { bits, evidence } = matcher.compare(
    { ...ANN, phone: '1234567890', street: '12 main st', postal_code: '10001', city: 'paris' },
    { ...ANN, phone: '9876543210', street: '480 oak ave', postal_code: '94110', city: 'oslo' });
  const own = evidence.filter(({ field }) => ['first_name', 'last_name'].includes(field)).reduce((sum, one) => sum + one.bits, 0);
  expect(bits).toBeCloseTo(own - 9, 9);
});

test('a day of birth that nobody else has yet is no rarer than days are', () => {
  const model: MatchingModel = { ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'born', kind: 'date', about: 'person' }] };
  const days = new Frequencies();
  for (let i = 0; i < 20_000; i += 1) days.add({ born: `19${10 + (i % 90)}0101` });
  expect(bitsOf(new Matcher(model, days).compare({ born: '19710624' }, { born: '19710624' }), 'born')).toBeCloseTo(Math.log2(0.83 / 0.00004), 6);
});

test('a city that follows from its postal code says nothing more', () => {
  const places = new Frequencies();
  const place = (i: number, of: number) => ({ postal_code: `${10_000 + (i % of)}`, city: `city${i % of}` });
  for (let i = 0; i < 2_000; i += 1) places.add(place(i, 100));
  const bits = (...fields: ('postal_code' | 'city')[]) => {
    const record = Object.fromEntries(fields.map((field) => [field, place(7, 100)[field]]));
    return new Matcher(DEFAULT_MODEL, places).compare(record, record).bits;
  };
  expect(bits('postal_code')).toBeGreaterThan(4);
  expect(Math.abs(bits('postal_code', 'city') - bits('postal_code'))).toBeLessThan(0.5);
  for (let i = 0; i < 2_000; i += 1) places.add({ postal_code: `${10_000 + (i % 97)}`, city: `city${i % 89}` });
  const apart = { postal_code: '10007', city: 'city50' };
  expect(new Matcher(DEFAULT_MODEL, places).compare(apart, apart).bits).toBeGreaterThan(bits('postal_code') + 2);
});

test('the bits are the sum of the evidence, with no more for surroundings, and what relatives share with them, than they are worth', () => {
  const places = new Frequencies();
  for (let i = 0; i < 2_000; i += 1) places.add({ postal_code: `${10_000 + (i % 100)}`, city: `city${i % 100}`, phone: `${5_550_000 + i}` });
  const among = new Matcher(DEFAULT_MODEL, places);
  const most = Math.log2(2_000 / DEFAULT_MODEL.neighbours);
  const PERSONS = new Set(['first_name', 'last_name', 'email', 'full_name']);
  const sum = (evidence: Comparison['evidence']): number => evidence.reduce((so, { bits }) => so + bits, 0);
  const ann = { ...ANN, postal_code: '10007', city: 'city7' };
  const { evidence, bits } = among.compare(ann, ann);
  expect(evidence).toContainEqual({ field: 'place', level: 'told twice', bits: expect.any(Number) as number });
  expect(bits).toBeCloseTo(sum(evidence), 9);

  const value = (...of: string[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
  const record = fc.record({
    first_name: fc.constantFrom('ann', 'ito', 'bob'), last_name: fc.constantFrom('ito', 'ann', 'smith'), email: value('ann@a.test', 'anna@a.test'),
    phone: value('5550001', '5550002'), postal_code: value('10007', '10008'), city: value('city7', 'city8'),
  });
  fc.assert(fc.property(record, record, (a, b) => {
    const compared = among.compare(a, b);
    const isAnother = compared.evidence.some(({ field, level }) => field === 'first_name' && level === 'different');
    const isOwn = ({ field, bits: of }: Evidence): boolean => PERSONS.has(field) && !(isAnother && field === 'last_name' && of > 0);
    const own = compared.evidence.filter(isOwn);
    const around = compared.evidence.filter((one) => !isOwn(one));
    expect(compared.bits).toBeCloseTo(sum(own) + Math.max(-9, Math.min(most, sum(around))), 9);
  }), { numRuns: 500 });
});

test('names in each other\'s boxes are recognised, and said', () => {
  const { evidence, band } = matcher.compare(
    { first_name: 'hana', last_name: 'zylbersztejn', email: 'hana@acme.test' },
    { first_name: 'zylbersztejn', last_name: 'hana', email: 'hana@acme.test' });
  expect(evidence.map(({ field, level }) => `${field} ${level}`))
    .toEqual(['first_name equal', 'last_name equal', 'email equal', 'full_name swapped']);
  expect(evidence.at(-1)!.bits).toBeLessThan(0);
  expect(band).toBe('same');
});

test('an organisation that is written alike throughout is the same', () => {
  expect(matcher.compare(OFFICE, { ...OFFICE, street: '12 main street east' }).band).toBe('same');
});

test('a branch shares name, phone and domain, and is for people to decide', () => {
  expect(matcher.compare(OFFICE, { ...OFFICE, street: '480 oak ave' })).toMatchObject({ band: 'review', held: 'spelling' });
});

test('an organisation and somebody at it are not one person by its name', () => {
  expect(matcher.compare(OFFICE, { ...OFFICE, ...ANN, street: '480 oak ave' }).band).not.toBe('same');
});

test('records that share no field are new', () => {
  expect(matcher.compare({ last_name: 'ito' }, { email: 'ito@example.com' })).toMatchObject({ evidence: [], bits: 0, band: 'new' });
});

test('a model that names no kind there is, is refused', () => {
  expect(() => new Matcher({ ...DEFAULT_MODEL, fields: [{ name: 'x', kind: 'horoscope', about: 'person' }] }, frequencies))
    .toThrow('There is no kind of field "horoscope"');
});

test('it doesn\'t matter which record comes first, and the band follows the probability', () => {
  const value = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const record = fc.record({
    first_name: value('ann', 'anna', 'bob', 'ito'), last_name: value('ito', 'ann', 'smith', 'smyth'),
    email: value('ann@a.test', 'anna@a.test'), company_name: value('acme tools', 'acme', 'tools of acme paris'),
    street: value('12 main st', '12 mian st', '14 main st'), city: value('paris', 'oslo'),
  });
  fc.assert(fc.property(record, record, (a, b) => {
    const [one, other] = [matcher.compare(a, b), matcher.compare(b, a)];
    expect(other.bits).toBeCloseTo(one.bits, 9);
    expect(other.band).toBe(one.band);
    expect(one.probability).toBeGreaterThanOrEqual(0);
    expect(one.probability).toBeLessThanOrEqual(1);
    expect(one.held !== null).toBe(one.band === 'review' && one.probability >= DEFAULT_MODEL.bands.same);
    if (one.band === 'same') expect(one.probability).toBeGreaterThanOrEqual(DEFAULT_MODEL.bands.same);
    if (one.band === 'new') expect(one.probability).toBeLessThan(DEFAULT_MODEL.bands.review);
  }), { numRuns: 500 });
});

test('who can not be in question at all is told without comparing the rest', () => {
  expect(matcher.mayBeOne({ ...OFFICE, ...ANN }, { ...OFFICE, first_name: 'george', last_name: 'zylbersztejn' })).toBe(false);
  expect(matcher.mayBeOne(ANN, { ...OFFICE, ...ANN })).toBe(true);
  expect(matcher.mayBeOne(OFFICE, { ...OFFICE, ...ANN })).toBe(true);
  const value = (...of: string[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
  const record = fc.record({
    first_name: value('ann', 'anna', 'george', 'ito'), last_name: value('ito', 'smith', 'zylbersztejn'), email: value('ann@example.com', 'anne@example.com', 'g@x.io'),
    phone: value('1234567890', '999'), company_name: value('acme tools', 'acme', 'firm'), city: value('paris', 'rome'), street: value('12 main st', '5 elm rd'),
  });
  fc.assert(fc.property(record, record, (a, b) => {
    if (!matcher.mayBeOne(a, b)) expect(matcher.compare(a, b).band).toBe('new');
  }), { numRuns: 3_000 });
});
