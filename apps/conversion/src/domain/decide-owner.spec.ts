import type { RepView, RoutingState } from '@headwater/contracts';
import { decideOwner } from './decide-owner';

const owned = { owner: { id: 5, name: 'Mia' } } as RoutingState;
const unowned = { owner: null } as RoutingState;
const rep = { id: 9, active: true } as RepView;

describe('decideOwner', () => {
  it('keeps the owner of the lead', () => expect(decideOwner(owned, rep, true)).toEqual({ ownerId: 5, warnings: [] }));

  it.each([unowned, null])('gives an unowned lead (%j) to the rep who converts it', (assignment) => {
    expect(decideOwner(assignment, rep, true)).toEqual({ ownerId: 9, warnings: [] });
  });

  it.each([null, { ...rep, active: false }])('leaves it without where the actor is no active rep, and says so', (actor) => {
    expect(decideOwner(unowned, actor, false)).toMatchObject({ ownerId: null, warnings: [{ code: 'no_owner' }] });
  });

  it('refuses that where the tenant wants an owner', () => {
    expect(() => decideOwner(unowned, null, true)).toThrow(expect.objectContaining({ body: expect.objectContaining({ code: 'owner_required' }) }));
  });
});
