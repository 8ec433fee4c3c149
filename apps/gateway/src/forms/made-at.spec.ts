import { readMoment, signMoment } from './made-at';

const NOW = Date.parse('2026-11-28T10:00:00.000Z');

it('is read by whoever has the secret, and by nobody else', () => {
  const text = signMoment(NOW, 'one');
  expect(readMoment(text, 'one')).toBe(NOW);
  expect(readMoment(text, 'two')).toBeNull();
});

it.each([undefined, '', 'nonsense', 7, ['a'], signMoment(NOW, 'one').replace(/^./, 'k')])('is none: %j', (text) => {
  expect(readMoment(text, 'one')).toBeNull();
});
