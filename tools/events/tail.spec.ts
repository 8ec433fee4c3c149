import { filterOf, isWanted } from './tail';

test.each([
  [{ types: [] }, 'crm.*.*.>'],
  [{ types: ['lead.scored'], tenant: 'demo' }, 'crm.demo.*.lead.scored.*'],
  [{ types: ['lead.*'], lane: 'bulk' as const }, 'crm.*.bulk.lead.*.*'],
  [{ types: ['lead.scored', 'lead.routed'], tenant: 'demo', lane: 'live' as const }, 'crm.demo.live.>'],
])('%j asks the broker for %s', (options, filter) => {
  expect(filterOf(options)).toBe(filter);
});

test.each([
  [{ types: [] }, true],
  [{ types: ['lead.scored'] }, true],
  [{ types: ['account.created', 'lead.*'] }, true],
  [{ types: ['*.scored'] }, true],
  [{ types: ['lead.routed'] }, false],
  [{ types: ['lead.*'], lead: 7 }, true],
  [{ types: [], lead: 8 }, false],
])('%j shows lead.scored of lead 7: %s', (options, shown) => {
  expect(isWanted({ type: 'lead.scored', leadid: 7 }, options)).toBe(shown);
});
