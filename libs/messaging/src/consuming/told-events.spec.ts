import { REMEMBERED_MS, ToldEvents } from './told-events';

const world = () => {
  const told = new ToldEvents();
  let end!: { well: (result: string) => void; badly: (error: Error) => void };
  const work = () => new Promise<string>((well, badly) => { end = { well, badly }; });
  return { told, work, end: () => end };
};

describe('told events', () => {
  afterEach(() => jest.useRealTimers());

  it('are done as soon as the work is', async () => {
    const { told, work, end } = world();
    const working = told.during(['a', 'b'], work);
    const known = Promise.all([told.of('a'), told.of('b')]);
    end().well('result');
    expect(await working).toBe('result');
    expect(await known).toEqual([true, true]);
    expect(await told.of('a')).toBe(true);
    expect(told.of('c')).toBeUndefined();
  });

  it('are nobody\'s who fails, and of those left out', async () => {
    const { told, work, end } = world();
    const failing = told.during(['a'], work);
    const known = told.of('a');
    end().badly(new Error('no database'));
    await expect(failing).rejects.toThrow('no database');
    expect(await known).toBe(false);
    expect(told.of('a')).toBeUndefined();

    const working = told.during(['b', 'c'], work, () => ['c']);
    const both = Promise.all([told.of('b'), told.of('c')]);
    end().well('partly');
    await working;
    expect(await both).toEqual([true, false]);
    expect(told.of('b')).toBeDefined();
    expect(told.of('c')).toBeUndefined();
  });

  it('are remembered for a minute, the newest of very many', async () => {
    jest.useFakeTimers();
    const told = new ToldEvents();
    const nothing = () => Promise.resolve();
    expect(told.any).toBe(false);
    await told.during(['old'], nothing);
    expect(told.any).toBe(true);
    jest.advanceTimersByTime(REMEMBERED_MS);
    expect(told.any).toBe(false);
    await told.during(['new'], nothing);
    expect([told.of('old'), told.of('new')]).toEqual([undefined, expect.anything()]);
    await told.during(Array.from({ length: 20_000 }, (_, i) => `${i}`), nothing);
    expect([told.of('new'), told.of('0')]).toEqual([undefined, expect.anything()]);
  });
});
