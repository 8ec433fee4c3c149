import { join } from 'node:path';
import { inherited } from './services';

const REPOSITORY = join(__dirname, '..', '..');

test('services inherit the settings of deploy/service.env, and ours win', () => {
  const plain = inherited(REPOSITORY, { LANG: 'C' });
  expect(plain).toMatchObject({ LANG: 'C', NODE_OPTIONS: expect.stringContaining('--max-old-space-size=') });
  const ours = inherited(REPOSITORY, { NODE_OPTIONS: '--max-semi-space-size=16' });
  expect(ours.NODE_OPTIONS).toBe(`${plain.NODE_OPTIONS} --max-semi-space-size=16`);
});
