import { areNicknames } from './nicknames';

test.each([
  ['bob', 'robert'], ['bill', 'william'], ['hans', 'johann'], ['bessie', 'elizabeth'], ['ted', 'edmund'], ['peggy', 'margaret'], ['pepe', 'jose'],
])('%s is %s', (short, long) => {
  expect(areNicknames(short, long)).toBe(true);
  expect(areNicknames(long, short)).toBe(true);
});

test('names that merely share a letter or a short form with a third are not', () => {
  expect(areNicknames('robert', 'richard')).toBe(false);
  expect(areNicknames('anthony', 'antonia')).toBe(false);
  expect(areNicknames('zed', 'robert')).toBe(false);
});
