import { Frequencies, type FrequenciesDocument } from './frequencies';

const TYPICAL = 0.001;

function counted(records: Record<string, string>[], fieldsOfWords?: string[]): Frequencies {
  const frequencies = new Frequencies(fieldsOfWords);
  for (const record of records) frequencies.add(record);
  return frequencies;
}

const people = (smiths: number, others: number) =>
  Array.from({ length: smiths + others }, (_, i) => ({ last_name: i < smiths ? 'smith' : `name${i}` }));

test('with nothing counted, every value is typical', () => {
  expect(new Frequencies().ofValue('last_name', 'smith', TYPICAL, 1)).toBeCloseTo(TYPICAL, 9);
});

test('the more records there are, the more their own counts matter', () => {
  const share = (size: number): number => counted(people(size / 10, size - size / 10)).ofValue('last_name', 'smith', TYPICAL, 1);
  expect(share(100)).toBeLessThan(share(1_000));
  expect(share(100_000)).toBeCloseTo(0.1, 2);
});

test('the two that are compared are not counted: a value that only they have is as rare as any', () => {
  const frequencies = counted(people(2, 998));
  expect(frequencies.ofValue('last_name', 'smith', TYPICAL, 1)).toBe(frequencies.ofValue('last_name', 'unheard', TYPICAL, 1));
});

test('records of one person count once', () => {
  const frequencies = counted(people(400, 600));
  expect(frequencies.ofValue('last_name', 'smith', TYPICAL, 4)).toBeLessThan(frequencies.ofValue('last_name', 'smith', TYPICAL, 1));
});

test('words are counted where they matter, and a frequent one is worth less', () => {
  const companies = Array.from({ length: 500 }, (_, i) => ({ company_name: i % 2 ? `school ${i}` : `acme ${i}`, city: 'new york' }));
  const frequencies = counted(companies);
  const share = (word: string): number => frequencies.ofWord('company_name', word, 0.005, 1);
  expect(share('school')).toBeGreaterThan(100 * share('zeppelin'));
  expect(frequencies.ofWord('city', 'york', 0.005, 1)).toBeCloseTo((share('zeppelin') * (500 + 100)) / 100, 9);
});

test('what is kept says the same of every value, for as many records as there are by now', () => {
  const frequencies = counted(people(400, 600));
  const kept = Frequencies.from(JSON.parse(JSON.stringify(frequencies.toDocument())) as FrequenciesDocument, 5_000);
  expect(kept.records).toBe(5_000);
  for (const name of ['smith', 'name700', 'unheard']) {
    expect(kept.ofValue('last_name', name, TYPICAL, 1.3)).toBe(frequencies.ofValue('last_name', name, TYPICAL, 1.3));
  }
  expect(Object.keys(frequencies.toDocument().values.last_name!.of)).toEqual(['smith']);
});
