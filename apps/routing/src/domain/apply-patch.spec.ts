import { unheardOf, type Assignment } from './assignment';
import { applyPatch, checkPatch } from './apply-patch';
import type { Rep } from './choosing/eligibility';

const east = { id: 4, name: 'East' };
const anna: Rep = {
  id: 1, name: 'Anna', email: null, team: east, time_zone: 'UTC', weight: 1, active: true, open_leads: 9, max_open_leads: 9,
};
const nothing = { rep: null, team: null };
const lead = (more: Partial<Assignment> = {}): Assignment => ({
  ...unheardOf({ tenant: 'demo', lead_id: 7 }), facts: {}, priority: 'high',
  score: { total: 50, grade: 'C', temperature: 'warm', is_hot: false, mql: true }, ...more,
});
const owned = lead({ owner: anna, team: east, because: 'by rule', awaits_routing: false });

test('an owner brings their team along, and the rules have no say any more', () => {
  const effect = applyPatch(lead(), { owner_id: 1 }, { rep: anna, team: null }, 'Zoe');
  expect(effect?.next).toMatchObject({ owner: { id: 1, name: 'Anna' }, team: east, because: 'assigned to Anna by Zoe', awaits_routing: false });
});

test('a team that is given goes before the one of the owner', () => {
  const west = { id: 5, name: 'West' };
  const effect = applyPatch(lead(), { owner_id: 1, team_id: 5 }, { rep: anna, team: west }, 'Zoe');
  expect(effect).toMatchObject({ next: { team: west }, because: 'assigned to Anna, given to the team West by Zoe' });
});

test('null puts the lead back into the queue', () => {
  expect(applyPatch(owned, { owner_id: null }, nothing, 'Zoe')?.next).toMatchObject(
    { owner: null, team: null, because: 'put back into the queue of the unassigned by Zoe' });
});

test('null for a lead that has no owner yet changes nothing: the rules still decide', () => {
  expect(applyPatch(lead(), { owner_id: null }, nothing, 'Zoe')).toBeNull();
});

test('what is so already is no change', () => {
  expect(applyPatch(owned, { owner_id: 1, team_id: 4, next_follow_up: null }, { rep: anna, team: east }, 'Zoe')).toBeNull();
});

test("a person's priority stays, null gives it back to the temperature", () => {
  const low = applyPatch(owned, { priority: 'low' }, nothing, 'Zoe')!;
  expect(low).toMatchObject({ next: { priority: 'low', priority_by: 'person', because: 'by rule' }, because: 'priority set to low by Zoe' });
  expect(applyPatch(low.next, { priority: null }, nothing, 'Zoe')?.next).toMatchObject({ priority: 'high', priority_by: 'temperature' });
  expect(applyPatch(owned, { priority: 'high' }, nothing, 'Zoe')?.next).toMatchObject({ priority: 'high', priority_by: 'person' });
});

test('refuses what points nowhere, is inactive, or is no day', () => {
  const codes = (patch: object, meant: object = nothing) =>
    checkPatch(patch, meant as never).map(({ field, code }) => `${field}: ${code}`);
  expect(codes({ owner_id: 99, team_id: 98 })).toEqual(['owner_id: unknown_rep', 'team_id: unknown_team']);
  expect(codes({ owner_id: 1 }, { rep: { ...anna, active: false }, team: null })).toEqual(['owner_id: inactive_rep']);
  expect(codes({ priority: 'top', next_follow_up: '2026-02-30' })).toEqual(['priority: unknown_value', 'next_follow_up: wrong_format']);
  expect(codes({ owner_id: 1, next_follow_up: '2026-02-28', priority: 'low' }, { rep: anna, team: null })).toEqual([]);
  expect(codes({ owner_id: null, team_id: null, priority: null, next_follow_up: null })).toEqual([]);
});
