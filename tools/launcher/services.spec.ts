import { join } from 'node:path';
import { inherited, withoutCredentials } from './services';

const REPOSITORY = join(__dirname, '..', '..');

test('services inherit the settings of deploy/service.env, and ours win', () => {
  const plain = inherited(REPOSITORY, { LANG: 'C' });
  expect(plain).toMatchObject({ LANG: 'C', NODE_OPTIONS: expect.stringContaining('--max-old-space-size=') });
  const ours = inherited(REPOSITORY, { NODE_OPTIONS: '--max-semi-space-size=16' });
  expect(ours.NODE_OPTIONS).toBe(`${plain.NODE_OPTIONS} --max-semi-space-size=16`);
});

test('what the launcher was given to log in with is not passed on, nor certificates for servers that it starts itself', () => {
  const given = { DATABASE_URL: 'x', DATABASE_PASSWORD_FILE: 'x', DATABASE_CA: 'x', NATS_USER: 'x', NATS_CA_FILE: 'x', JWT_SECRET_FILE: 'x', LANG: 'C' };
  expect(withoutCredentials(given)).toEqual({ DATABASE_CA: 'x', LANG: 'C' });
});
