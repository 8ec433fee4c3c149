import { ListContactAttempts, type ContactAttemptedData, type DisqualificationSuggestedData } from '@headwater/contracts';
import {
  arrows, attempt, cell, command, done, events, history, newLead, patch, qualify, refused, reserve, settle, stateOf, useQualification,
} from './qualification-cell';

useQualification();

const listed = (lead_id: number, limit = 50, cursor?: string) =>
  cell.ask(ListContactAttempts, { context: cell.context(), lead_id, limit, ...(cursor ? { cursor } : {}) });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What a tenant wants after so many failures. */
const givingUpAfter = (disqualify_after_attempts: number) => {
  const context = cell.context();
  return { context: { ...context, tenant: { ...context.tenant, policies: { disqualify_after_attempts } } } };
};

describe('an attempt to reach a lead', () => {
  it('moves it at its own time, is told, noted and listed, and once under its key', async () => {
    const id = newLead();
    const at = ago(5);
    const context = { ...cell.context(), idempotency: { scope: 'test', key: crypto.randomUUID(), hash: 'h' } };
    const logged = await attempt(id, { at, note: 'Voicemail' }, { context });
    expect(await attempt(id, { at, note: 'Voicemail' }, { context })).toEqual(logged);
    expect(logged).toMatchObject({
      attempt: { lead_id: id, direction: 'outbound', outcome: 'no_answer', at, note: 'Voicemail', cycle: 1 },
      qualification: { status: 'contacted', revision: 2, in_status_since: at, first_contacted_at: at, notes: 'Voicemail', contact_attempts: { total: 1, failed: 1, last_at: at } },
    });
    await cell.settled();
    expect(await history(id)).toMatchObject([{ from: 'new', to: 'contacted', cause: 'contact_attempt', at }]);
    expect(events('lead.contacted', id)).toMatchObject([{ data: { transitions: [{ at }], qualification: { first_contacted_at: at } } }]);
    expect(events<ContactAttemptedData>('lead.contact_attempted', id)).toMatchObject([{ data: { attempt_id: logged.attempt.id, channel: 'call', at } }]);
    expect(events('note.added', id)).toHaveLength(1);
    expect(await listed(id)).toEqual({ attempts: [logged.attempt], next_cursor: null });
    expect((await cell.ask(ListContactAttempts, { context: cell.context({ tenant: 'other' }), lead_id: id, limit: 1 }).catch((error: Error) => error.message))).toBe('Lead not found');
  });

  it('of a contact that was earlier than the status is told once more, so that a clock learns of it', async () => {
    const id = newLead();
    await patch(id, { status: 'contacted' });
    const at = ago(30);
    await attempt(id, { outcome: 'reached', at });
    await cell.settled();
    expect(events('lead.contacted', id).map(({ data }) => [data.transitions.length, data.qualification.first_contacted_at === at])).toEqual([[1, false], [0, true]]);
  });

  it('that fails for the third time suggests to give up, once, also of three at the same moment', async () => {
    const id = newLead();
    await Promise.all([attempt(id), attempt(id), attempt(id)]);
    expect((await stateOf(id)).contact_attempts).toMatchObject({ failed: 3, suggestion: { disqualification_reason: 'unreachable' } });
    await attempt(id);
    await cell.settled();
    expect(events<DisqualificationSuggestedData>('lead.disqualification_suggested', id)).toMatchObject([{ data: { lead_id: id, disqualification_reason: 'unreachable' } }]);
    expect((await stateOf(id)).contact_attempts?.suggestion?.because).toBe('4 contact attempts have failed since anybody was reached');
    await attempt(id, { outcome: 'replied', channel: 'email', direction: 'inbound' });
    expect((await stateOf(id)).contact_attempts).toMatchObject({ total: 5, failed: 0 });
    expect((await stateOf(id)).contact_attempts).not.toHaveProperty('suggestion');
    const first = await listed(id, 3);
    const second = await listed(id, 3, first.next_cursor as string);
    expect([first.attempts.length, second.attempts.length, second.next_cursor]).toEqual([3, 2, null]);
    expect((await refused(listed(id, 3, 'x'))).errors).toMatchObject([{ field: 'cursor' }]);
  });

  it('disqualifies where the tenant wants it so, and what is tried after a reopening counts anew', async () => {
    const id = newLead();
    await attempt(id, {}, givingUpAfter(2));
    expect((await attempt(id, {}, givingUpAfter(2))).qualification).toMatchObject({ status: 'disqualified', disqualification_reason: 'unreachable' });
    await command(id, 'reopen');
    expect((await attempt(id, {}, givingUpAfter(2))).qualification).toMatchObject({ status: 'contacted', cycle: 2, contact_attempts: { total: 3, failed: 1 } });
    await cell.settled();
    expect(await arrows(id)).toEqual(['new contacted contact_attempt', 'contacted disqualified failed_attempts', 'disqualified new reopen', 'new contacted contact_attempt']);
    expect(events('lead.disqualified', id)).toMatchObject([{ data: { transitions: [{ actor: 'system', reason: 'unreachable' }] } }]);
    expect(events('lead.disqualification_suggested', id)).toEqual([]);
  });

  it('is refused where nobody may write, in the future, and of somebody who saw another state; nothing is kept of it', async () => {
    const [locked, id] = [newLead(), newLead()];
    await qualify(locked);
    await reserve(locked, 'a');
    expect((await refused(attempt(locked))).code).toBe('conversion_in_progress');
    await settle(locked, 'a', done(locked));
    expect(await refused(attempt(locked))).toMatchObject({ code: 'lead_locked', more: { converted: { customer_id: locked } } });
    expect((await refused(attempt(id, { at: new Date(Date.now() + 60_000).toISOString() }))).errors).toMatchObject([{ field: 'at', code: 'in_the_future' }]);
    expect(await refused(attempt(id, {}, { expected_revision: 7 }))).toMatchObject({ kind: 'precondition', more: { qualification: { status: 'new', revision: 1 } } });
    for (const lead of [locked, id]) expect((await listed(lead)).attempts).toEqual([]);
  });
});
