import { provisionalScore } from './provisional-score';

it.each([
  [48, 42, 90, 'A', 'hot'], [50, 30, 80, 'A', 'hot'], [40, 35, 75, 'B', 'hot'], [40, 34, 74, 'B', 'warm'],
  [30, 30, 60, 'B', 'warm'], [30, 29, 59, 'C', 'warm'], [25, 20, 45, 'C', 'warm'], [24, 20, 44, 'C', 'cold'],
  [10, 10, 20, 'D', 'cold'], [10, 9, 19, 'F', 'cold'], [0, 0, 0, 'F', 'cold'],
])('%d + %d', (behavioral_score, demographic_score, total_score, grade, temperature) => {
  expect(provisionalScore({ behavioral_score, demographic_score }, null))
    .toEqual({ total_score, behavioral_score, demographic_score, grade, temperature });
});

it('a part that is not given is the one last heard of', () => {
  const known = { total_score: 40, behavioral_score: 10, demographic_score: 30, grade: 'C', temperature: 'cold' } as const;
  expect(provisionalScore({ behavioral_score: 50 }, known)).toMatchObject({ demographic_score: 30, total_score: 80 });
  expect(provisionalScore({ demographic_score: 50 }, null)).toMatchObject({ behavioral_score: 0, total_score: 50 });
});
