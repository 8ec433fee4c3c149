import { BY, CONVERTED, leadIn, NOW } from '../../test/lead-in';
import { convert, move, win } from './move';

const LATER = '2026-11-21T10:00:00.000Z';

it('keeps the first contact and takes the latest qualification', () => {
  const lead = leadIn('nurturing', { first_contacted_at: NOW, qualified_at: NOW });
  const { lead: moved } = move(lead, [{ to: 'contacted', cause: 'implied_contact' }, { to: 'qualified', cause: 'qualify' }], { actor: 'x', at: LATER });
  expect(moved).toMatchObject({ first_contacted_at: NOW, qualified_at: LATER });
});

it('never counts less than nothing when a transaction that began earlier gets the row later', () => {
  const lead = leadIn('contacted', { in_status_since: LATER });
  const { transitions, lead: moved } = move(lead, [{ to: 'nurturing', cause: 'patch' }], BY);
  expect(transitions).toMatchObject([{ at: LATER, ms_in_previous: 0 }]);
  expect(moved.in_status_since).toBe(LATER);
});

describe('recycling', () => {
  it.each([
    ['qualified', 'nurturing', 'sql', { lifecycle_stage: 'lead', cycle: 2, cycle_since: NOW }],
    ['contacted', 'nurturing', 'mql', { lifecycle_stage: 'lead', cycle: 2 }],
    ['new', 'nurturing', 'suspect', { lifecycle_stage: 'suspect', cycle: 1 }],
    ['disqualified', 'new', 'lead', { lifecycle_stage: 'lead', cycle: 2 }],
    ['disqualified', 'contacted', 'sql', { lifecycle_stage: 'sql', cycle: 1 }],
    ['qualified', 'disqualified', 'sql', { lifecycle_stage: 'sql', cycle: 1 }],
  ] as const)('%s → %s at stage %s', (from, to, lifecycle_stage, expected) => {
    expect(move(leadIn(from, { lifecycle_stage }), [{ to, cause: 'patch' }], BY).lead).toMatchObject(expected);
  });
});

it('converting locks, settles the reservation and ends the funnel', () => {
  const lead = leadIn('qualified', { reservation_token: 't', lease_until: LATER, lifecycle_stage: 'sql' });
  const { lead: converted, transitions } = convert(lead, CONVERTED, 'Rep');
  expect(converted).toMatchObject({
    status: 'converted', converted: CONVERTED, lifecycle_stage: 'opportunity', reservation_token: null, lease_until: null,
    revision: lead.revision + 1,
  });
  expect(transitions).toMatchObject([{ from: 'qualified', to: 'converted', cause: 'convert', actor: 'Rep', ms_in_previous: 3_600_000 }]);
  expect(convert(lead, { ...CONVERTED, opportunity_id: null }, 'Rep').lead.lifecycle_stage).toBe('customer');
});

it('a deal that is won makes a customer, whichever of conversion and win is heard of first, and once', () => {
  const lead = leadIn('qualified', { lifecycle_stage: 'sql' });
  const after = win(convert(lead, CONVERTED, 'Rep').lead, LATER);
  expect(after).toMatchObject({ lifecycle_stage: 'customer', won_at: LATER, revision: lead.revision + 2 });
  expect(win(after, NOW)).toBe(after);
  const before = win(lead, LATER);
  expect(before).toMatchObject({ status: 'qualified', lifecycle_stage: 'sql', revision: lead.revision });
  expect(convert(before, CONVERTED, 'Rep').lead).toMatchObject({ lifecycle_stage: 'customer' });
});
