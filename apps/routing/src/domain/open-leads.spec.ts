import { unheardOf, type Assignment } from './assignment';
import { movedLoad } from './open-leads';

const NOBODY = null;
const [ann, bob] = [1, 2].map((id) => ({ id, name: `Rep ${id}`, email: null, time_zone: 'UTC' }));
const lead = (owner: Assignment['owner'], converted = false): Assignment => ({
  ...unheardOf({ tenant: 'demo', lead_id: 7 }), owner,
  converted: converted ? { converted_at: '2026-11-22T03:30:00.000Z', account_id: 1, contact_id: 1, customer_id: 1 } : null,
});

test.each<[string, [Assignment, Assignment][], [number, number][]]>([
  ['a lead that finds an owner', [[lead(NOBODY), lead(ann)]], [[1, 1]]],
  ['a lead that goes to another', [[lead(ann), lead(bob)]], [[1, -1], [2, 1]]],
  ['a lead that is taken away', [[lead(ann), lead(NOBODY)]], [[1, -1]]],
  ['a lead that is converted', [[lead(ann), lead(ann, true)]], [[1, -1]]],
  ['a lead that is merged', [[lead(ann), { ...lead(ann), primary_id: 9 }]], [[1, -1]]],
  ['a lead that finds an owner by its conversion', [[lead(NOBODY), lead(ann, true)]], []],
  ['a lead that keeps its owner', [[lead(ann), lead(ann)]], []],
  ['two that are exchanged', [[lead(ann), lead(bob)], [lead(bob), lead(ann)]], []],
  ['several for one', [[lead(NOBODY), lead(ann)], [lead(bob), lead(ann)]], [[1, 2], [2, -1]]],
])('%s', (_, changes, moved) => {
  expect(movedLoad(changes.map(([before, after]) => ({ before, after })))).toEqual(
    moved.map(([rep_id, by]) => ({ tenant: 'demo', rep_id, by })));
});
