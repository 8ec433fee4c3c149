import { STATUSES, type Status } from '@headwater/contracts';
import { BY, leadIn, NOW, refusal } from '../../test/lead-in';
import { changeStatus } from './change-status';
import { STATUS_MACHINE } from './status-machine';

const REASON = { disqualification_reason: 'no_need' } as const;
const writable = STATUSES.filter((status) => status !== 'converted');

describe('a PATCH of the status', () => {
  it.each(writable.flatMap((from) => STATUSES.map((to) => [from, to] as const)))('%s → %s', (from, to) => {
    const lead = leadIn(from);
    const wanted = { status: to, ...(to === 'disqualified' ? REASON : {}) };
    if (from === to) {
      const { transitions, lead: after } = changeStatus(lead, { status: to }, BY);
      expect([transitions, after]).toEqual([[], lead]);
    } else if (STATUS_MACHINE[from].patch.includes(to)) {
      const { transitions, lead: after } = changeStatus(lead, wanted, BY);
      expect(transitions).toEqual([{
        from, to, cause: 'patch', actor: 'Test Admin', reason: to === 'disqualified' ? 'no_need' : null, notes: null, at: NOW,
        ms_in_previous: 3_600_000,
      }]);
      expect(after).toMatchObject({ status: to, in_status_since: NOW, revision: 2 });
    } else {
      const code = to === 'qualified' || to === 'converted' ? 'use_command' : 'invalid_transition';
      expect(refusal(() => changeStatus(lead, wanted, BY)))
        .toMatchObject({ code, more: { lead_status: from, allowed: STATUS_MACHINE[from].patch } });
    }
  });

  it.each<[Status, string]>([['qualified', 'qualify'], ['converted', 'convert']])('to %s names the command', (status, command) => {
    expect(() => changeStatus(leadIn('contacted'), { status }, BY)).toThrow(`POST /api/v1/crm/leads/7/${command}`);
  });

  it('reads unqualified as disqualified', () => {
    expect(changeStatus(leadIn('new'), { status: 'unqualified', ...REASON }, BY).lead)
      .toMatchObject({ status: 'disqualified', disqualification_reason: 'no_need' });
  });

  it('disqualifies with a reason only', () => {
    expect(refusal(() => changeStatus(leadIn('new'), { status: 'disqualified' }, BY)))
      .toMatchObject({ code: 'required', field: 'disqualification_reason' });
  });

  it('takes the reason back when the lead leaves the disqualified', () => {
    expect(changeStatus(leadIn('disqualified'), { status: 'new' }, BY).lead.disqualification_reason).toBeNull();
  });
});

describe('without a change of status', () => {
  it('a reason updates that of a disqualified lead, and is told', () => {
    expect(changeStatus(leadIn('disqualified'), REASON, BY))
      .toMatchObject({ lead: { disqualification_reason: 'no_need', revision: 2 }, transitions: [], announce: true });
  });

  it('a reason fits no other lead', () => {
    expect(refusal(() => changeStatus(leadIn('contacted'), REASON, BY)))
      .toMatchObject({ code: 'not_applicable', field: 'disqualification_reason' });
    expect(refusal(() => changeStatus(leadIn('new'), { status: 'contacted', ...REASON }, BY))).toMatchObject({ code: 'not_applicable' });
  });

  it('a note is kept and raises the revision', () => {
    expect(changeStatus(leadIn('new'), { qualification_notes: 'called' }, BY)).toMatchObject({
      lead: { notes: 'called', revision: 2 }, notes: [{ cause: 'patch', text: 'called' }], announce: false, changed: true,
    });
  });

  it.each([[{}], [{ status: null, qualification_notes: null, disqualification_reason: null }], [{ qualification_notes: '  ' }]])(
    '%j changes nothing', (patch) => {
      const lead = leadIn('disqualified', { notes: 'kept' });
      expect(changeStatus(lead, patch, BY)).toMatchObject({ lead, changed: false, notes: [], transitions: [] });
    });
});
