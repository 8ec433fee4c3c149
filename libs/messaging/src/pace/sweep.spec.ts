import { Logger } from '@nestjs/common';
import { eventually } from '@headwater/testing';
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

it('where every row fails it is not the rows: they are put off one by one, with pauses', async () => {
  const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  const sweep = new Rows(['bad', 'bad', 'bad', 'bad']);
  errors.mockClear();
  sweep.onApplicationBootstrap();
  await eventually('it has given up for now', () => errors.mock.calls.length >= 10, { timeoutMs: 900 });
  expect(sweep.later).toHaveLength(1);
  await sweep.beforeApplicationShutdown();
});

it('a row that can not be dealt with is found among hundreds, put off, and holds nobody else up', async () => {
  jest.spyOn(Logger.prototype, 'error').mockImplementation();
  const rows = [...Array.from({ length: 500 }, (_, i) => `${i}`)];
  const sweep = new Rows([...rows.slice(0, 333), 'bad', ...rows.slice(333)]);
  sweep.onApplicationBootstrap();
  await eventually('all others are dealt with', () => sweep.done.length === rows.length, { timeoutMs: 900 });
  await sweep.beforeApplicationShutdown();
  expect(sweep.done).toEqual(rows);
  expect(sweep.later).toEqual(['bad']);
});
