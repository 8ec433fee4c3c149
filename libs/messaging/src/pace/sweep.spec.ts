import { Logger } from '@nestjs/common';
import { Sweep } from './sweep';

/** Rows by their names, in the order in which they are due; `bad` can't be dealt with, and takes those along that are dealt with beside it. */
class Rows extends Sweep {
  protected readonly whenFailed = 'Rows stay';
  readonly done: string[] = [];
  readonly later: string[] = [];

  constructor(private readonly rows: string[]) {
    super();
  }

  protected due(most: number): Promise<number> {
    const some = this.rows.slice(0, most);
    if (some.includes('bad')) return Promise.reject(new Error('a bug'));
    this.done.push(...this.rows.splice(0, most));
    return Promise.resolve(some.length);
  }

  protected nextIn(): Promise<number | null> {
    return Promise.resolve(null);
  }

  protected putOff(): Promise<void> {
    this.later.push(this.rows.shift() as string);
    return Promise.resolve();
  }
}

/** Rows by the moments when they are due. */
class Moments extends Sweep {
  protected readonly whenFailed = 'Moments pass';
  /** how late each was dealt with (ms) */
  readonly lateness: number[] = [];

  constructor(readonly moments: number[]) {
    super();
  }

  protected due(most: number): Promise<number> {
    const now = Date.now();
    const due = this.moments.filter((moment) => moment <= now).slice(0, most);
    this.moments.splice(0, this.moments.length, ...this.moments.filter((moment) => !due.includes(moment)));
    this.lateness.push(...due.map((moment) => now - moment));
    return Promise.resolve(due.length);
  }

  protected nextIn(): Promise<number | null> {
    return Promise.resolve(this.moments.length > 0 ? Math.min(...this.moments) - Date.now() : null);
  }

  protected putOff(): Promise<void> {
    return Promise.reject(new Error('Each of them can be dealt with'));
  }
}

const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  errors.mockClear();
});
afterEach(() => jest.useRealTimers());

/** Lets everything that is due at this moment of the fake clock happen. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

it('deals with each row within a second of its moment, though another replica has written it meanwhile', async () => {
  const begun = Date.now();
  const sweep = new Moments([0, 20, 500, 899, 2_345, 6_000].map((ms) => begun + ms));
  sweep.onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(2_500);
  for (let written = 0; written < 10; written += 1) {
    sweep.moments.push(Date.now() + 5);
    await jest.advanceTimersByTimeAsync(333);
  }
  await jest.advanceTimersByTimeAsync(1_000);
  await sweep.beforeApplicationShutdown();
  expect(sweep.lateness).toHaveLength(16);
  expect(Math.max(...sweep.lateness)).toBeLessThanOrEqual(1_000);
});

it('where every row fails it is not the rows: they are put off one by one, with pauses', async () => {
  const sweep = new Rows(['bad', 'bad', 'bad', 'bad']);
  sweep.onApplicationBootstrap();
  await settle();
  expect(errors.mock.calls.length).toBeGreaterThanOrEqual(10);
  expect(sweep.later).toHaveLength(1);
  await sweep.beforeApplicationShutdown();
});

it('a row that can not be dealt with is found among hundreds, put off, and holds nobody else up', async () => {
  const rows = [...Array.from({ length: 500 }, (_, i) => `${i}`)];
  const sweep = new Rows([...rows.slice(0, 333), 'bad', ...rows.slice(333)]);
  sweep.onApplicationBootstrap();
  await settle();
  await sweep.beforeApplicationShutdown();
  expect(sweep.done).toEqual(rows);
  expect(sweep.later).toEqual(['bad']);
});
