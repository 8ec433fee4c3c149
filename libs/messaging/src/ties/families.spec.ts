import { Families, type Tie } from './families';

const ties = (...pairs: [number, number | null][]): Tie[] =>
  pairs.map(([lead_id, merged_into]) => ({ tenant_id: 'demo', lead_id, merged_into, outranked: false }));
const lead = (lead_id: number) => ({ tenant_id: 'demo', lead_id });
const idsOf = (found: Tie[]) => found.map(({ lead_id }) => lead_id);

describe('Families', () => {
  const families = new Families(ties([1, 2], [2, 3], [3, null], [4, 3], [5, null]));

  it('leads from a merged lead, however often, to the one that was not', () => {
    expect([1, 2, 3, 4, 5].map((id) => families.primaryOf(lead(id)))).toEqual([3, 3, null, 3, null]);
    expect(families.aboveOf(lead(1))).toEqual([2, 3]);
  });

  it('finds all that were merged into one, at whatever depth', () => {
    expect([3, 2, 1, 5].map((id) => idsOf(families.membersOf(lead(id))))).toEqual([[1, 2, 4], [1], [], []]);
  });

  it('keeps tenants apart', () => {
    expect(families.primaryOf({ tenant_id: 'other', lead_id: 1 })).toBeNull();
    expect(families.membersOf({ tenant_id: 'other', lead_id: 3 })).toEqual([]);
  });

  it('comes to an end where news in another order make a circle', () => {
    const circle = new Families(ties([1, 2], [2, 1]));
    expect(idsOf(circle.membersOf(lead(1)))).toEqual([2]);
    expect(circle.primaryOf(lead(1))).toBe(2);
    expect(new Families(ties([1, 1])).primaryOf(lead(1))).toBeNull();
  });
});
