import { Health } from './health';

const started = (parts: Record<string, () => Promise<{ ok: boolean }>>): Health => {
  const health = new Health();
  for (const [name, report] of Object.entries(parts)) health.register(name, report);
  health.markStarted();
  return health;
};

describe('health', () => {
  it('is ready between start and stop, whatever its parts say', () => {
    const health = new Health();
    expect(health.ready).toBe(false);
    health.markStarted();
    health.register('database', () => Promise.reject(new Error('gone')));
    expect(health.ready).toBe(true);
    health.markDraining();
    expect(health.ready).toBe(false);
  });

  it('is told in time, though a part is silent, and names that', async () => {
    const health = started({ fine: () => Promise.resolve({ ok: true }), silent: () => new Promise<never>(() => undefined) });
    expect(await health.details()).toEqual({ status: 'degraded', parts: { fine: { ok: true }, silent: { ok: false, error: 'no answer within 2000 ms' } } });
  });

  it('names a failure by its code: an address may stand in its words', async () => {
    const failure = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect((await started({ database: () => Promise.reject(failure) }).details()).parts.database).toEqual({ ok: false, error: 'ECONNREFUSED' });
  });
});
