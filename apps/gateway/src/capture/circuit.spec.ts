import { Circuit } from './circuit';

let now = 0;
const circuit = () => new Circuit(1_000, () => now);
const fails = (one: Circuit) => expect(one.watch(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
const works = (one: Circuit) => one.watch(() => Promise.resolve('answer'));

describe('the circuit', () => {
  it('lets everybody try while it works', async () => {
    const one = circuit();
    expect([one.mayTry(), one.mayTry()]).toEqual([true, true]);
    expect(await works(one)).toBe('answer');
    expect(one.mayTry()).toBe(true);
  });

  it('lets nobody try for a moment after a failure, then one in each moment', async () => {
    const one = circuit();
    await fails(one);
    now += 999;
    expect(one.mayTry()).toBe(false);
    now += 1;
    expect([one.mayTry(), one.mayTry()]).toEqual([true, false]);
    now += 1_000;
    expect([one.mayTry(), one.mayTry()]).toEqual([true, false]);
  });

  it('lets everybody try again after an answer', async () => {
    const one = circuit();
    await fails(one);
    await works(one);
    expect([one.mayTry(), one.mayTry()]).toEqual([true, true]);
  });
});
