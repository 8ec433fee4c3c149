import { Gathering } from './gathering';

describe('Gathering', () => {
  let now = 0;
  const after = (ms: number): void => void (now += ms);

  it('lets nobody wait who comes when nothing was handled a moment ago', () => {
    const gathering = new Gathering(() => now);
    expect(gathering.restMs(1)).toBe(0);
    gathering.took(1, 5);
    after(5);
    expect(gathering.restMs(1)).toBe(0);
  });

  it('rests nearly as long as a few took, within bounds, and the less the more there were', () => {
    const gathering = new Gathering(() => now);
    gathering.took(5, 10);
    expect(gathering.restMs(1)).toBe(9);
    after(4);
    expect(gathering.restMs(49)).toBe(5);
    gathering.took(25, 10);
    expect(gathering.restMs(1)).toBe(5);
    gathering.took(1, 1_000);
    expect(gathering.restMs(1)).toBe(20);
    gathering.took(60, 10);
    expect(gathering.restMs(1)).toBe(0);
  });

  it('ends when enough have gathered', () => {
    const gathering = new Gathering(() => now);
    gathering.took(5, 10);
    expect(gathering.restMs(50)).toBe(0);
  });
});
