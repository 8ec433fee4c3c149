import { DISQUALIFICATION_REASONS } from '@headwater/contracts';
import { BY, CREATED, leadIn, NOW } from '../../test/lead-in';
import { reopenByRaisedHand } from './reopen';

it.each(DISQUALIFICATION_REASONS)('a raised hand on a lead disqualified for %s', (disqualification_reason) => {
  const decision = reopenByRaisedHand(leadIn('disqualified', { disqualification_reason }), NOW, BY);
  if (['spam', 'invalid_data', 'duplicate', 'consent_withdrawn'].includes(disqualification_reason)) return expect(decision).toBeNull();
  expect(decision).toMatchObject({
    lead: { status: 'new', disqualification_reason: null, cycle: 2 }, transitions: [{ cause: 'raised_hand' }], announce: true,
  });
});

it('a hand that was raised before the disqualification, and is heard of late, reopens nothing', () => {
  expect(reopenByRaisedHand(leadIn('disqualified'), CREATED, BY)).toBeNull();
});

it.each(['new', 'contacted', 'nurturing', 'qualified', 'converted'] as const)('a lead that is %s stays so', (status) => {
  expect(reopenByRaisedHand(leadIn(status), NOW, BY)).toBeNull();
});
