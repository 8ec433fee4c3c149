import { ownerHistory, type OwnerDecision } from './owner-history';

const [ann, bob] = [{ id: 1, name: 'Ann' }, { id: 2, name: 'Bob' }];
const decision = (minute: number, cause: string, picked: OwnerDecision['picked'], actor: string | null = null): OwnerDecision =>
  ({ at: `2026-11-28T10:0${minute}:00.000Z`, cause, because: `${cause} ${minute}`, actor, picked });
const told = (...decisions: OwnerDecision[]) => ownerHistory(decisions).map(({ owner, from, until }) => [owner?.name ?? null, from.slice(14, 16), until?.slice(14, 16) ?? null]);

test('each owner until the next one, the newest first', () =>
  expect(told(decision(1, 'first_score', ann), decision(2, 'manual', bob, 'x'), decision(3, 'manual', null, 'x')))
    .toEqual([[null, '03', null], ['Bob', '02', '03'], ['Ann', '01', '02']]));

test('decisions that leave the lead with somebody, or find nobody, are none', () =>
  expect(told(decision(0, 'first_score', null), decision(1, 'five_stars', ann), decision(2, 'manual', ann, 'x'), decision(3, 'sla_breach', null)))
    .toEqual([['Ann', '01', null]]));

test('a lead that comes back from being nurtured, and finds nobody in the place of who is gone, is nobody\'s', () =>
  expect(told(decision(1, 'first_score', ann), decision(2, 'nurture_exit', null))).toEqual([[null, '02', null], ['Ann', '01', '02']]));

test('it says by whom, and why', () =>
  expect(ownerHistory([decision(1, 'manual', ann, 'Mia')])).toEqual([
    { owner: ann, from: '2026-11-28T10:01:00.000Z', until: null, cause: 'manual', by: 'Mia', because: 'manual 1' }]));
