import { storable, storableText } from './storable';

it('puts a replacement in place of what PostgreSQL refuses, and nothing else', () => {
  expect(storableText('a\u0000b \ud83d\ude00 \ud83d \ude00 é\n')).toBe('a\ufffdb \ud83d\ude00 \ufffd \ufffd é\n');
});

it('does so through a document', () => {
  expect(storable({ 'a\u0000': ['\ud800', 1, null, { b: true }] })).toEqual({ 'a\ufffd': ['\ufffd', 1, null, { b: true }] });
});
