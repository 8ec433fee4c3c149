import type { Temperature } from '@headwater/contracts';
import { defaultModel } from './default-model';
import { viewOf } from './score-view';

interface Given { silent?: boolean; former?: Temperature | null; pinned?: boolean }
const view = (demographic: number, behavioral: number, { silent = false, former = null, pinned = false }: Given = {}) =>
  viewOf({ demographic: demographic * 100, behavioral: behavioral * 100 }, { bands: defaultModel.bands, silent, former, pinned });

it('sums the parts', () => {
  expect(view(42, 48)).toEqual({ total_score: 90, demographic_score: 42, behavioral_score: 48, grade: 'A', temperature: 'hot' });
});

it.each([[80, 'A'], [79, 'B'], [60, 'B'], [59, 'C'], [40, 'C'], [39, 'D'], [20, 'D'], [19, 'F'], [0, 'F']])('%d is grade %s', (total, grade) => {
  expect(view(Math.min(total, 50), Math.max(total - 50, 0)).grade).toBe(grade);
});

it.each([[75, 'hot'], [74, 'warm'], [45, 'warm'], [44, 'cold'], [0, 'cold']])('%d is %s', (total, temperature) => {
  expect(view(Math.min(total, 50), Math.max(total - 50, 0)).temperature).toBe(temperature);
});

describe('a temperature', () => {
  it.each([
    ['hot', 72, 'hot'], ['hot', 71, 'warm'], ['hot', 42, 'warm'], ['hot', 41, 'cold'],
    ['warm', 42, 'warm'], ['warm', 41, 'cold'], ['warm', 74, 'warm'], ['cold', 44, 'cold'], ['suspect', 44, 'cold'],
  ] as const)('that was %s is at %d %s', (former, total, temperature) => {
    expect(view(Math.min(total, 50), Math.max(total - 50, 0), { former }).temperature).toBe(temperature);
  });

  it('has no hysteresis where a person pinned the score', () => {
    expect(view(40, 32, { former: 'hot', pinned: true }).temperature).toBe('warm');
  });

  it('is suspect only below warm, without behavior, signals and pins', () => {
    expect(view(44, 0, { silent: true }).temperature).toBe('suspect');
    expect(view(44, 0, { silent: false }).temperature).toBe('cold');
    expect(view(44, 0, { silent: true, pinned: true }).temperature).toBe('cold');
    expect(view(30, 1, { silent: true }).temperature).toBe('cold');
    expect(view(46, 0, { silent: true }).temperature).toBe('warm');
  });
});
