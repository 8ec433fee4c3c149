import { candidateOf } from '../../../test/reps';
import { companySize } from './company-size';

const ana = candidateOf(1, { skills: ['mid_market'] });
const unsuited = (lead: object, options = {}) => companySize.unsuited!(ana, { lead: { ...lead }, options });

test('the largest tier that employees or revenue reach is the one that counts', () => {
  expect(unsuited({ employees: 99 })).toBe('not for companies of the size small');
  expect(unsuited({ employees: 100 })).toBeNull();
  expect(unsuited({ employees: 20, annual_revenue: 10_000_000 })).toBeNull();
  expect(unsuited({ employees: 1_000, annual_revenue: 1 })).toBe('not for companies of the size enterprise');
});

test('a company of which nothing is known has the first', () => {
  expect(unsuited({})).toBe('not for companies of the size small');
});

test('a pool has its own tiers', () => {
  const tiers = [{ name: 'Mid_market' }, { name: 'Giants', min_employees: 10_000 }];
  expect(unsuited({ employees: 5_000 }, { tiers })).toBeNull();
  expect(unsuited({ employees: 10_000 }, { tiers })).toBe('not for companies of the size Giants');
});

test('those who are for it take turns', () => {
  expect(companySize.pick({ lead: { employees: 200 }, options: {}, eligible: [ana], excluded: [] }))
    .toMatchObject({ repId: 1, because: 'next in turn of those for the size mid_market' });
});
