import { KeyNumbers } from './key-numbers';

test('keys are numbered as they come, equal ones alike, however many there are', () => {
  const numbers = new KeyNumbers();
  const keys = Array.from({ length: 5_000 }, (_, i) => `key ${i}`);
  expect(keys.map((key) => numbers.of(key))).toEqual(keys.map((_, i) => i));
  expect([numbers.of('key 4711'), numbers.of('key 0'), numbers.of('another')]).toEqual([4_711, 0, 5_000]);
  expect(numbers.size).toBe(5_001);
});
