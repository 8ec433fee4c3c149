import { hashKey } from './key-hash';

test('is stored, and so stays what it is', () => {
  expect([hashKey(''), hashKey('demo family:byron')]).toEqual([HASH_OF_NOTHING, HASH_OF_BYRON]);
});

test('is a safe integer, and tells keys apart', () => {
  const hashes = new Set<number>();
  for (let n = 0; n < 100_000; n += 1) hashes.add(hashKey(`acme phone:${n}`));
  expect(hashes.size).toBe(100_000);
  expect([...hashes].every(Number.isSafeInteger)).toBe(true);
});

const HASH_OF_NOTHING = 7_730_666_288_244_050;
const HASH_OF_BYRON = 5_022_292_376_024_325;
