import { remembering, rememberingPairs } from './remembering';

test('what was computed of a text is not computed again', () => {
  const asked: string[] = [];
  const length = remembering((text) => asked.push(text) && text.length);
  expect([length('abc'), length('abc'), length('a')]).toEqual([3, 3, 1]);
  expect(asked).toEqual(['abc', 'a']);
});

test('nor of two, whichever comes first, falsehood included', () => {
  const asked: string[] = [];
  const areEqual = rememberingPairs((a, b) => asked.push(a + b) > 0 && a === b);
  expect([areEqual('b', 'a'), areEqual('a', 'b'), areEqual('a', 'a')]).toEqual([false, false, true]);
  expect(asked).toEqual(['ab', 'aa']);
});

test('it forgets rather than grow for ever', () => {
  let computed = 0;
  const same = remembering((text) => {
    computed += 1;
    return text;
  });
  for (let i = 0; i < 60_000; i += 1) same(`${i}`);
  expect(same('0')).toBe('0');
  expect(computed).toBe(60_001);
});

test('and of as many as it is told to remember', () => {
  const asked: string[] = [];
  const length = remembering((text) => asked.push(text) && text.length, 2);
  for (const text of ['a', 'b', 'b', 'c', 'a']) length(text);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
