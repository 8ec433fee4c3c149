import { DISQUALIFICATION_REASONS } from '@headwater/contracts';
import { BY, CREATED, leadIn, NOW } from '../../test/lead-in';
import { standingOf } from './lead-status';
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

it('a lead that is open only because of others that were merged into it is open itself by a raised hand, and nobody sees it move', () => {
  const put = standingOf(leadIn('disqualified'));
  const decision = reopenByRaisedHand(leadIn('contacted', { own: put, in_status_since: CREATED }), NOW, BY);
  expect(decision).toMatchObject({ transitions: [], outranks: false, lead: { status: 'contacted', cycle: 2, own: { status: 'new', disqualification_reason: null } } });
  const spam = { ...put, disqualification_reason: 'spam' as const };
  expect(reopenByRaisedHand(leadIn('contacted', { own: spam, in_status_since: CREATED }), NOW, BY)).toBeNull();
});
