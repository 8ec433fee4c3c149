import { pack, unpack } from './packed';

test('a document comes out as it went in, and takes less than a message in between', () => {
  const document = { territories: Array.from({ length: 20_000 }, (_, i) => ({ name: `Territory ${i}`, countries: ['DE'], owners: [`user-${i}`] })) };
  const packed = pack(document);
  expect(packed.length).toBeLessThan(1024 * 1024);
  expect(unpack(packed)).toEqual(document);
});

test('what would unfold into more than 16 MB is refused', () => {
  expect(() => unpack(pack('x'.repeat(17 * 1024 * 1024)))).toThrow('Cannot create a Buffer larger than');
});
