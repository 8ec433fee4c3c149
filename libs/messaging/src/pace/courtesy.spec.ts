import { Courtesy } from './courtesy';

describe('Courtesy', () => {
  let now = 0;
  const after = (ms: number): void => void (now += ms);

  it('rests for nobody while nothing live came, and not any more when nothing has come for some seconds', () => {
    const courtesy = new Courtesy(() => now);
    courtesy.took(50);
    expect([courtesy.expectsLive, courtesy.restMs]).toEqual([false, 0]);
    courtesy.sawLive();
    after(2_999);
    expect(courtesy.expectsLive).toBe(true);
    after(1);
    courtesy.took(50);
    expect([courtesy.expectsLive, courtesy.restMs]).toEqual([false, 0]);
  });

  it('rests as long as the work took while somebody is expected, within bounds', () => {
    const courtesy = new Courtesy(() => now);
    courtesy.sawLive();
    courtesy.took(40);
    expect(courtesy.restMs).toBe(40);
    after(30);
    expect(courtesy.restMs).toBe(10);
    after(30);
    expect(courtesy.restMs).toBe(0);
    courtesy.took(5_000);
    expect(courtesy.restMs).toBe(100);
  });
});
