import type { LeadProfile } from '@headwater/contracts';
import type { Lead } from '../lead';
import { leftToPeople } from './leave-to-people';

const lead = (profile: LeadProfile, more: Partial<Lead> = {}): Lead => ({ profile, converted: null, ...more }) as Lead;
const ANN: LeadProfile = { first_name: 'Ann', last_name: 'Ray', email: 'ann@ray.example', phone: '+4930901820' };
const converted = { converted_at: '2026-11-22T10:00:00.000Z', account_id: 5, contact_id: 6, customer_id: 7 };

it.each<[string, Lead, Lead, RegExp | null]>([
  ['likely ones', lead(ANN), lead({ ...ANN, first_name: 'Anne', email: 'a.ray@home.example' }), null],
  ['one that has no e-mail', lead(ANN), lead({ ...ANN, email: null }), null],
  ['a converted lead', lead(ANN, { converted }), lead(ANN), /converted/],
  ['names of two', lead(ANN), lead({ ...ANN, first_name: 'Robert', last_name: 'Gray' }), /names/],
  ['a mailbox of a role', lead({ ...ANN, email: 'info@ray.example' }), lead({ ...ANN, email: 'Info@ray.example' }), /role/],
  ['two mailboxes of a role', lead({ ...ANN, email: 'info@ray.example' }), lead({ ...ANN, email: 'sales@ray.example' }), null],
])('%s', (_, one, other, reason) => {
  for (const [a, b] of [[one, other], [other, one]]) {
    if (reason) expect(leftToPeople(a, b, null)).toMatch(reason);
    else expect(leftToPeople(a, b, null)).toBeNull();
  }
});

it.each([['unmerged', /taken a merge of the two back/], ['dismissed', /dismissed the two before/]] as const)('what somebody has %s', (parting, reason) =>
  expect(leftToPeople(lead(ANN), lead(ANN), parting)).toMatch(reason));
