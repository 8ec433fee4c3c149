import { parseEnvironment, serviceVariables } from './config';

const good = { DATABASE_URL: 'postgres://a:b@127.0.0.1:5432/x', NATS_URL: 'nats://127.0.0.1:4222', PORT: '8080' };

describe('parseEnvironment', () => {
  it('gives one typed object, with defaults', () => {
    expect(parseEnvironment(good, serviceVariables)).toMatchObject({ PORT: 8080, DATABASE_POOL: 4, MIGRATE_ON_START: false, CONSUME_ON_START: true, LOG_LEVEL: 'info' });
  });

  it('names every variable that is missing or wrong, and what it expects', () => {
    const parse = () => parseEnvironment({ ...good, DATABASE_URL: undefined, PORT: 'eighty' }, serviceVariables);
    expect(parse).toThrow(/DATABASE_URL is missing \(PostgreSQL, as postgres:\/\//);
    expect(parse).toThrow(/PORT: .*eighty/);
  });

  it('can be looked at like any object', () => {
    const config = parseEnvironment(good, serviceVariables) as Record<string, unknown>;
    expect(config.onModuleInit).toBeUndefined();
  });
});
