import { repOf } from '../../test/reps';
import { checkClaimer, type Claimer } from './check-claim';
import { compileRules } from './rule-sets/compile-rules';

const queues = [{ name: 'Partners', teams: ['Field'], roles: ['Closer'] }, { name: 'Open' }];
const rules = compileRules(1, { pools: [], rule_set: { rules: [], default: { queue: 'Open' }, queues } });
const anna = (more: Partial<Claimer> = {}): Claimer => ({ ...repOf(1), user_id: 'anna', roles: [], ...more });
const refusalOf = (claimer: Claimer | null, queue?: string, by = { userId: 'anna', mayForOthers: false }): string | null => {
  try {
    checkClaimer(claimer, { waits: queue === undefined ? null : { for: 'claim', queue } as never }, rules, by);
    return null;
  } catch (error) {
    return (error as { body: { code: string } }).body.code;
  }
};

test.each<[string, string | null, Claimer | null, string?]>([
  ['who is there', null, anna()],
  ['who is nobody', 'not_a_rep', null],
  ['who is gone', 'inactive_rep', anna({ active: false })],
  ['who is on leave', 'on_leave', anna({ away: { why: 'leave', until: '2026-03-02T00:00:00.000Z' } })],
  ['who claims at night', null, anna({ away: { why: 'hours', until: '2026-03-02T08:00:00.000Z' } })],
  ['who has enough open leads', 'at_the_cap', anna({ open_leads: 5, max_open_leads: 5 })],
  ['who got enough today', 'at_the_cap', anna({ windows: [{ per: 'hour', most: 9, taken: 2 }, { per: 'day', most: 2, taken: 2 }] })],
  ['whose team may', null, anna({ team: { id: 1, name: 'Field' } }), 'Partners'],
  ['whose role may', null, anna({ roles: ['closer'] }), 'Partners'],
  ['who has neither', 'not_in_team', anna({ roles: ['opener'], team: { id: 2, name: 'Inside' } }), 'Partners'],
])('%s: %s', (_, code, claimer, queue = 'Open') => expect(refusalOf(claimer, queue)).toBe(code));

test('for somebody else claims only who may', () => {
  expect(refusalOf(anna(), 'Open', { userId: 'ben', mayForOthers: false })).toBe('forbidden');
  expect(refusalOf(anna(), 'Open', { userId: 'ben', mayForOthers: true })).toBeNull();
});
