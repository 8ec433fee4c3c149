import { candidateOf } from '../../../test/reps';
import { territoryOwner } from './territory-owner';

const territory = { id: 1, name: 'Bavaria', path: ['EMEA', 'Bavaria'], by: 'region', reps: [1, 2], team_id: 7 };
const unsuited = (lead: object, more: object = {}) => territoryOwner.unsuited!(candidateOf(3, more), { lead: { ...lead }, options: {} });

test('is for its owners, and for whoever is of the team that owns it', () => {
  expect(territoryOwner.unsuited!(candidateOf(1), { lead: { territory }, options: {} })).toBeNull();
  expect(unsuited({ territory }, { teamId: 7 })).toBeNull();
  expect(unsuited({ territory }, { teamId: 8 })).toBe('does not own Bavaria');
  expect(unsuited({ territory: { ...territory, team_id: null } })).toBe('does not own Bavaria');
});

test.each([{}, { territory: null }])('is for nobody where the lead belongs to none: %j', (lead) => {
  expect(unsuited(lead, { teamId: 7 })).toBe('the lead belongs to no territory');
});

test('its owners take turns', () => {
  const eligible = [candidateOf(1, { counters: { turn: 4 } }), candidateOf(2, { counters: { turn: 3 } })];
  expect(territoryOwner.pick({ lead: { territory }, options: {}, eligible, excluded: [] }))
    .toEqual({ repId: 2, because: 'next in turn of those who own Bavaria', counters: new Map([[2, { turn: 4 }]]) });
});
