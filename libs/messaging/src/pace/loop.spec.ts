import { Logger } from '@nestjs/common';
import { letGoFirst, Loop } from './loop';

class Rounds extends Loop {
  protected readonly whenFailed = 'Nothing is done';
  done = 0;

  constructor(private readonly rests: (number | Error)[], private readonly each?: () => void) {
    super();
  }

  protected round(): Promise<number> {
    this.done += 1;
    this.each?.();
    const rest = this.rests.shift() ?? 3_600_000;
    return rest instanceof Error ? Promise.reject(rest) : Promise.resolve(rest);
  }
}

/** Lets everything that is due at this moment of the fake clock happen. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

describe('Loop', () => {
  const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  const warnings = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    errors.mockClear();
    warnings.mockClear();
  });
  afterEach(() => jest.useRealTimers());

  it('goes on at once while there is more to do, and rests then for as long as the round says', async () => {
    const loop = new Rounds([0, 0, 500]);
    loop.onApplicationBootstrap();
    await settle();
    expect(loop.done).toBe(3);
    await jest.advanceTimersByTimeAsync(499);
    expect(loop.done).toBe(3);
    await jest.advanceTimersByTimeAsync(1);
    expect(loop.done).toBe(4);
    await loop.beforeApplicationShutdown();
  });

  it('ends a rest when it is woken, also by a call that came during the round', async () => {
    const loop: Rounds = new Rounds([1_000, 1_000], () => loop.done === 1 && loop.wake());
    loop.onApplicationBootstrap();
    await settle();
    expect(loop.done).toBe(2);
    loop.wake();
    await settle();
    expect(loop.done).toBe(3);
    await loop.beforeApplicationShutdown();
  });

  it('waits after a failure, longer each time when it does not pass by itself, and no wake-up shortens that', async () => {
    const loop = new Rounds([new Error('a bug'), new Error('a bug')]);
    loop.onApplicationBootstrap();
    await settle();
    loop.wake();
    await jest.advanceTimersByTimeAsync(999);
    expect(loop.done).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(loop.done).toBe(2);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(loop.done).toBe(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(loop.done).toBe(4); // the third, and the one that was called for meanwhile
    expect(errors).toHaveBeenCalledTimes(2);
    await loop.beforeApplicationShutdown();
  });

  it('tells of what passes by itself as a warning, and comes again after a second', async () => {
    const loop = new Rounds([Object.assign(new Error('the database restarts'), { code: '57P03' })]);
    loop.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(loop.done).toBe(2);
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(errors).not.toHaveBeenCalled();
    await loop.beforeApplicationShutdown();
  });

  it('ends at shutdown, out of a rest or a pause, and does no further round', async () => {
    for (const first of [3_600_000, new Error('a bug')]) {
      const loop = new Rounds([first]);
      loop.onApplicationBootstrap();
      await settle();
      await loop.beforeApplicationShutdown();
      expect(loop.done).toBe(1);
    }
  });
});

describe('letGoFirst', () => {
  it('waits while others are busy', async () => {
    let left = 3;
    await letGoFirst(() => left-- > 0, 60_000);
    expect(left).toBe(-1);
  });
});
