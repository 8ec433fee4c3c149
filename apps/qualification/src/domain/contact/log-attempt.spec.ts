import type { ContactOutcome } from '@headwater/contracts';
import { BY, CREATED, leadIn, NOW, refusal } from '../../../test/lead-in';
import type { LeadStatus } from '../lead-status';
import { move } from '../move';
import { logAttempt } from './log-attempt';
import type { Attempt } from './tally';

const MINUTE = 60_000;
/** Minutes after the lead was created. */
const after = (minutes: number) => new Date(Date.parse(CREATED) + minutes * MINUTE).toISOString();
const call = (outcome: ContactOutcome, minutes: number, given: Partial<Attempt> = {}): Attempt =>
  ({ channel: 'call', direction: 'outbound', outcome, at: after(minutes), ...given });

/** Logs attempts one after the other, each just after it was. */
function logged(lead: LeadStatus, attempts: Attempt[], giveUpAfter: number | null = null) {
  const results = attempts.map((attempt, i) => {
    const result = logAttempt(lead, attempt, attempts.slice(0, i), giveUpAfter, { ...BY, at: attempt.at });
    lead = result.decision.lead;
    return result;
  });
  return { lead, results };
}

it.each([
  ['outbound', 'no_answer', true], ['outbound', 'sent', true], ['inbound', 'reached', true], ['inbound', 'no_answer', false],
] as const)('an %s attempt with %s is the first contact of a new lead: %s', (direction, outcome, isContact) => {
  const { decision } = logAttempt(leadIn('new'), call(outcome, 4, { direction }), [], null, BY);
  expect(decision).toMatchObject({
    changed: true, announce: isContact, lead: { status: isContact ? 'contacted' : 'new', revision: 2, first_contacted_at: isContact ? after(4) : null },
  });
  expect(decision.transitions).toEqual(isContact ? [expect.objectContaining({ cause: 'contact_attempt', actor: BY.actor, at: after(4), ms_in_previous: 4 * MINUTE })] : []);
});

it('a contact that is logged after the status was set was the first all the same, and is told', () => {
  const { lead } = move(leadIn('new'), [{ to: 'contacted', cause: 'patch' }], { ...BY, at: after(30) });
  expect(logAttempt(lead, call('reached', 10), [], null, BY).decision).toMatchObject({ announce: true, transitions: [], lead: { first_contacted_at: after(10) } });
  expect(logAttempt(lead, call('reached', 40), [], null, BY).decision).toMatchObject({ announce: false, changed: true, lead: { first_contacted_at: after(30) } });
});

it('what was tried before a lead was reopened is kept, and is no contact of the new cycle', () => {
  const reopened = leadIn('new', { cycle: 2, cycle_since: after(30), in_status_since: after(30), first_contacted_at: after(5) });
  expect(logAttempt(reopened, call('reached', 20), [], null, BY).decision).toMatchObject({ transitions: [], lead: { status: 'new', first_contacted_at: after(5) } });
  expect(logAttempt(reopened, call('reached', 40), [], null, BY).decision).toMatchObject({ lead: { status: 'contacted' }, transitions: [{ at: after(40) }] });
});

describe('three failures in a row', () => {
  const failures = [call('no_answer', 1), call('busy', 2), call('left_message', 3), call('no_answer', 4)];

  it('suggest to give up, once, until somebody is reached', () => {
    const { lead, results } = logged(leadIn('new'), failures);
    expect(results.map(({ suggested }) => suggested)).toEqual([false, false, true, false]);
    expect(lead).toMatchObject({ status: 'contacted', attempts: { total: 4, failed: 4, suggested_at: after(3) } });
    const reached = logAttempt(lead, call('reached', 5), failures, null, BY).decision.lead;
    expect(reached.attempts).toMatchObject({ failed: 0, suggested_at: null });
  });

  it('count whenever they are logged, unless a success lies between', () => {
    const [first, ...others] = failures.slice(0, 3);
    const { lead } = logged(leadIn('contacted'), [...others, call('reached', 1.5)]);
    expect(logAttempt(lead, first, [...others, call('reached', 1.5)], null, BY)).toMatchObject({ suggested: false, decision: { lead: { attempts: { failed: 2 } } } });
  });

  it('do not count on after the lead was nurtured or qualified', () => {
    const tried = logged(leadIn('new'), failures.slice(0, 2)).lead;
    const nurtured = move(tried, [{ to: 'nurturing', cause: 'patch' }], { ...BY, at: after(2.5) }).lead;
    expect(nurtured.attempts).toEqual({ total: 2, failed: 0, last_at: after(2), since: after(2.5), suggested_at: null });
    const back = move(nurtured, [{ to: 'contacted', cause: 'reengage' }], { ...BY, at: after(2.6) }).lead;
    expect(logAttempt(back, failures[2], failures.slice(0, 2), null, BY)).toMatchObject({ suggested: false, decision: { lead: { attempts: { failed: 1 } } } });
  });

  it('disqualify where the tenant wants it, at once where one is enough, and never a qualified lead', () => {
    const { lead, results } = logged(leadIn('new'), failures.slice(0, 2), 2);
    expect(lead).toMatchObject({ status: 'disqualified', disqualification_reason: 'unreachable', attempts: { failed: 0 } });
    expect(results[1]).toMatchObject({ suggested: false, decision: { transitions: [{ from: 'contacted', cause: 'failed_attempts', actor: 'system', reason: 'unreachable' }] } });
    expect(logAttempt(leadIn('new'), failures[0], [], 1, BY).decision.transitions.map(({ to }) => to)).toEqual(['contacted', 'disqualified']);
    expect(logged(leadIn('qualified'), failures, 1)).toMatchObject({ lead: { status: 'qualified', attempts: { suggested_at: after(3) } } });
    expect(logged(leadIn('nurturing'), failures, 1)).toMatchObject({ lead: { status: 'nurturing', attempts: { suggested_at: null } } });
  });
});

it('nobody was called in the future, nor a thousand times', () => {
  expect(refusal(() => logAttempt(leadIn('new'), { ...call('reached', 0), at: after(61) }, [], null, BY))).toMatchObject({ code: 'in_the_future', field: 'at' });
  const often = leadIn('contacted', { attempts: { total: 1_000, failed: 0, last_at: NOW, since: CREATED, suggested_at: null } });
  expect(refusal(() => logAttempt(often, call('reached', 1), [], null, BY))).toMatchObject({ code: 'too_many_attempts' });
});
