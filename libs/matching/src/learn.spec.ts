import { candidatePairs } from './candidates';
import type { Comparable } from './agree';
import { Frequencies } from './frequencies';
import { matchKeys } from './keys';
import { learnDuplicates, learnWeights, learnWeightsInSteps, type Sample } from './learn';
import { comparedFields, DEFAULT_MODEL, type MatchingModel } from './model';

/** The same numbers in every run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KEPT = { first_name: 0.9, last_name: 0.7, city: 0.5 };
const DOUBLED = 0.4;

const FAMILY_NAMES = 200;

/**
 * Persons with an e-mail that never changes, of whom some come twice, with other names and cities at known rates. Many bear the
 * same family name, so that most pairs that are looked at are of two persons.
 */
function sampleOf(persons: number): Sample & { pairs: [number, number][] } {
  const random = randomNumbers(7);
  const one = <Item>(of: ArrayLike<Item>): Item => of[Math.floor(random() * of.length)]!;
  const invented = (): string => Array.from({ length: 9 }, () => one('bcdfghklmnprstvz')).join('');
  const families = Array.from({ length: FAMILY_NAMES }, invented);
  const make: Record<keyof typeof KEPT, () => string> = { first_name: invented, last_name: () => one(families), city: invented };
  const records: Comparable[] = [];
  for (let person = 0; person < persons; person += 1) {
    const first = { first_name: make.first_name(), last_name: make.last_name(), city: make.city(), email: `${invented()}@example.com` };
    records.push(first);
    if (random() >= DOUBLED) continue;
    const changed = Object.entries(KEPT).filter(([, kept]) => random() >= kept).map(([field]) => [field, make[field as keyof typeof KEPT]()]);
    records.push({ ...first, ...Object.fromEntries(changed) });
  }
  const frequencies = new Frequencies();
  for (const record of records) frequencies.add(record);
  return { records, pairs: [...candidatePairs(records.map((record) => matchKeys(record, DEFAULT_MODEL)))], frequencies };
}

const mOf = (model: MatchingModel, field: string, level: string): number =>
  comparedFields(model).find(({ name }) => name === field)!.levels.find(({ name }) => name === level)!.m;

describe('from records whose duplicates are made by known rates', () => {
  const sample = sampleOf(1_500);
  const learnt = learnWeights(sample, DEFAULT_MODEL);

  test.each(Object.entries(KEPT))('it learns that %s stays in %d of them', (field, kept) => {
    expect(mOf(learnt, field, 'equal')).toBeGreaterThan(kept - 0.05);
    expect(mOf(learnt, field, 'equal')).toBeLessThan(kept + 0.05);
  });

  test('it learns how many duplicates a record has', () => {
    const expected = (2 * DOUBLED) / (1 + DOUBLED);
    expect(learnt.duplicates).toBeGreaterThan(expected - 0.06);
    expect(learnt.duplicates).toBeLessThan(expected + 0.06);
  });

  test('so it does with the weights left as they are', () => {
    const { duplicates, fields } = learnDuplicates(sample, DEFAULT_MODEL);
    expect(Math.abs(duplicates - learnt.duplicates)).toBeLessThan(0.03);
    expect(fields).toEqual(DEFAULT_MODEL.fields);
  });

  test('from some of the records, with all of their pairs, it learns much the same', () => {
    const looked = 400;
    const some = learnWeights({ ...sample, looked, pairs: sample.pairs.filter(([i, j]) => i < looked || j < looked) }, DEFAULT_MODEL);
    expect(Math.abs(some.duplicates - learnt.duplicates)).toBeLessThan(0.1);
    expect(Math.abs(mOf(some, 'last_name', 'equal') - KEPT.last_name)).toBeLessThan(0.1);
  });

  test('in steps it learns the same', () => {
    const steps = learnWeightsInSteps(sample, DEFAULT_MODEL);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count += 1;
    expect(step.value).toEqual(learnt);
    expect(count).toBeGreaterThan(sample.pairs.length / 2_000);
  });

  test('what agrees by chance is not learnt but known, and a field that no record has stays', () => {
    for (const [index, { name, levels }] of comparedFields(learnt).entries()) {
      const before = comparedFields(DEFAULT_MODEL)[index]!.levels;
      expect(levels.map(({ u }) => u)).toEqual(before.map(({ u }) => u));
      if (name === 'company_name') levels.forEach(({ m }, level) => expect(m).toBeCloseTo(before[level]!.m, 9));
    }
  });

  test('the probabilities of each field still sum to one', () => {
    for (const { levels } of comparedFields(learnt)) expect(levels.reduce((sum, { m }) => sum + m, 0)).toBeCloseTo(1, 9);
  });
});

test('neighbours, who are many more, draw it away from no duplicates', () => {
  const model: MatchingModel = {
    ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'town', kind: 'exact', about: 'person' }, { name: 'district', kind: 'exact', about: 'person' }],
  };
  const random = randomNumbers(3);
  const invented = (): string => Array.from({ length: 9 }, () => 'bcdfghklmnprstvz'[Math.floor(random() * 16)]).join('');
  const records = Array.from({ length: 1_000 }, (_, i) =>
    ({ first_name: invented(), last_name: invented(), town: `town ${i % 40}`, district: `district ${i % 40}` }));
  records.push(...records.slice(0, 100));
  const frequencies = new Frequencies();
  for (const record of records) frequencies.add(record);
  const pairs = [...candidatePairs(records.map((record) => matchKeys(record, model)))];
  const learnt = learnWeights({ records, pairs, frequencies }, model);
  expect(learnt.duplicates).toBeLessThan(0.3);
  expect(mOf(learnt, 'last_name', 'equal')).toBeGreaterThan(0.8);
});

test.each([['households', 2, 1], ['people who live alone', 1, 0.02]])('it learns how many neighbours somebody has: %s', (_, persons, expected) => {
  const random = randomNumbers(5);
  const invented = (): string => Array.from({ length: 9 }, () => 'bcdfghklmnprstvz'[Math.floor(random() * 16)]).join('');
  const records: Comparable[] = [];
  for (let home = 0; home < 600; home += 1) {
    const where = { last_name: invented(), street: `${home} ${invented()} st`, postal_code: `${10_000 + (home % 90)}`, phone: `555${1_000 + home}` };
    for (let person = 0; person < persons; person += 1) records.push({ first_name: invented(), ...where });
  }
  records.push(...records.slice(0, 200).map((record) => ({ ...record, street: undefined })));
  const frequencies = new Frequencies();
  for (const record of records) frequencies.add(record);
  const pairs = [...candidatePairs(records.map((record) => matchKeys(record, DEFAULT_MODEL)))];
  for (const learn of [learnDuplicates, learnWeights]) {
    const { neighbours } = learn({ records, pairs, frequencies }, { ...DEFAULT_MODEL, neighbours: 7 });
    expect(Math.abs(neighbours - expected)).toBeLessThan(0.4);
  }
});

test('without data the weights stay, and there are as few duplicates as can be', () => {
  const learnt = learnWeights({ records: [{}, {}], pairs: [], frequencies: new Frequencies() }, DEFAULT_MODEL);
  expect(learnt.duplicates).toBe(0.01);
  for (const [index, { levels }] of comparedFields(learnt).entries()) {
    const before = comparedFields(DEFAULT_MODEL)[index]!.levels;
    levels.forEach(({ m, u }, level) => expect({ m, u }).toEqual({ m: expect.closeTo(before[level]!.m, 9), u: before[level]!.u }));
  }
});
