import fc from 'fast-check';
import { unheardOf, type Assignment } from './assignment';
import { decideOwn, followMembers } from './merged-owner';

const [ann, bob] = [1, 2].map((id) => ({ id, name: `Rep ${id}`, email: null, time_zone: 'UTC' }));
const lead = (lead_id: number, owner: Assignment['owner'], routed_at: string | null = null): Assignment =>
  ({ ...unheardOf({ tenant: 'demo', lead_id }), owner, routed_at, because: owner && `found ${owner.name}` });
const merged = (assignment: Assignment, ...members: Assignment[]) => followMembers(assignment, { members, isAlone: false });
const alone = (assignment: Assignment) => followMembers(assignment, { members: [], isAlone: true });

describe('followMembers', () => {
  it('leaves a lead with its own owner', () => expect(merged(lead(1, ann), lead(2, bob))).toMatchObject({ owner: ann, own: { owner: ann } }));

  it('gives one without an owner that of the lead that found one last', () => {
    expect(merged(lead(1, null), lead(2, ann, '2026-11-20T09:00:00Z'), lead(3, bob, '2026-11-21T09:00:00Z'), lead(4, null))).toMatchObject({
      owner: bob, because: 'lead 3 is merged into it: found Rep 2', own: { owner: null },
    });
  });

  it('takes it back when the lead is alone again', () => {
    expect(alone(merged(lead(1, null), lead(2, ann)))).toMatchObject({ owner: null, own: null });
    expect(alone(merged(lead(1, bob), lead(2, ann)))).toMatchObject({ owner: bob, own: null });
  });

  it('changes nothing when it is told again, or when the lead is converted', () => {
    const once = merged(lead(1, null), lead(2, ann));
    expect(merged(once, lead(2, ann))).toBe(once);
    const converted: Assignment = { ...lead(1, null), converted: { converted_at: '2026-11-20T09:00:00Z', account_id: 1, contact_id: 1, customer_id: 1 } };
    expect(merged(converted, lead(2, ann))).toBe(converted);
  });

  it('leaves what was decided about the lead itself since', () => {
    const taken = decideOwn(merged(lead(1, null), lead(2, ann)), { owner: bob });
    expect(taken).toMatchObject({ owner: bob, own: { owner: bob } });
    expect(alone(taken)).toMatchObject({ owner: bob, own: null });
    const nobody = decideOwn(merged(lead(1, null), lead(2, ann)), { because: 'nobody available' });
    expect(nobody).toMatchObject({ owner: ann, own: { owner: null, because: 'nobody available' } });
  });

  it('comes to the same whatever the order of the members', () => {
    const member = fc.record({ id: fc.integer({ min: 2, max: 9 }), owner: fc.constantFrom(null, ann, bob), day: fc.integer({ min: 1, max: 5 }) });
    fc.assert(fc.property(fc.uniqueArray(member, { selector: ({ id }) => id }), (given) => {
      const members = given.map(({ id, owner, day }) => lead(id, owner, `2026-11-2${day}T09:00:00Z`));
      expect(merged(lead(1, null), ...members)).toEqual(merged(lead(1, null), ...[...members].reverse()));
    }));
  });
});
