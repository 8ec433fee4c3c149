import { candidateOf } from '../../../test/reps';
import { named } from './named';

test('the first of the pool who is available gets it, however often that is', () => {
  const [first, second, away] = [candidateOf(9, { counters: { picks: 7 } }), candidateOf(1), candidateOf(5)];
  expect(named.pick({ lead: {}, options: {}, eligible: [first, second], excluded: [away] }))
    .toEqual({ repId: 9, because: 'first of those named who is available' });
});
