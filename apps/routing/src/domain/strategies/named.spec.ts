import { named } from './named';

const member = (repId: number) =>
  ({ repId, name: `Rep ${repId}`, weight: 1, openLeads: 0, counters: { picks: 7, turn: 0, current_weight: 0 } });

test('the first of the pool who is available gets it, however often that is', () => {
  expect(named.pick({ lead: {}, eligible: [member(9), member(1)], excluded: [member(5)] }))
    .toEqual({ repId: 9, because: 'first of those named who is available' });
});
