import { NurtureRulesStore } from '../store/nurture-rules.store';
import { NurtureRulesInForce } from './rules-in-force';

it('takes nobody for unconcerned whose rules it has not looked at for two seconds, or that were put here since', async () => {
  jest.useFakeTimers();
  try {
    const rules = new NurtureRulesInForce(new NurtureRulesStore());
    const knows = () => [rules.mayEnrolOpen('demo'), rules.mayAskForFacts('demo')];
    expect(knows()).toEqual([true, true]);
    await rules.look({ query: async () => [] });
    expect(knows()).toEqual([false, false]);
    jest.advanceTimersByTime(2_001);
    expect(knows()).toEqual([true, true]);
    await rules.look({ query: async () => [] });
    expect(knows()).toEqual([false, false]);
    rules.changed();
    expect(knows()).toEqual([true, true]);
  } finally {
    jest.useRealTimers();
  }
});
