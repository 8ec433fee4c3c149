import { STATUSES } from '@headwater/contracts';
import { BY, leadIn, refusal } from '../../test/lead-in';
import { followCommand, type CommandName } from './follow-command';
import { commandsFrom, STATUS_MACHINE } from './status-machine';

const MOVES: CommandName[] = ['contact', 'disqualify', 'nurture', 'reopen', 'reengage'];
const cases = STATUSES.flatMap((status) => MOVES.map((command) => [status, command] as const));
const reasonFor = (command: CommandName) => (command === 'disqualify' ? { reason: 'no_need' as const } : {});

it.each(cases)('a lead that is %s follows %s as the table says', (status, command) => {
  const lead = leadIn(status);
  const path = STATUS_MACHINE[status][command];
  const order = { command, notes: 'because', ...reasonFor(command) };
  if (path === null) {
    return expect(refusal(() => followCommand(lead, order, BY))).toMatchObject({
      code: 'invalid_transition', more: { lead_status: status, allowed: STATUS_MACHINE[status].patch, commands: commandsFrom(status) },
    });
  }
  const { lead: moved, transitions, notes } = followCommand(lead, order, BY);
  expect(transitions.map(({ to, cause }) => [to, cause])).toEqual(path.map((to) => [to, command]));
  expect(moved).toMatchObject({ status: path.at(-1) ?? status, revision: 2, notes: 'because' });
  expect(notes).toEqual([{ cause: command, text: 'because' }]);
});

it('a reason goes with disqualifying and with nurturing alone', () => {
  expect(refusal(() => followCommand(leadIn('new'), { command: 'disqualify' }, BY))).toMatchObject({ code: 'required', field: 'disqualification_reason' });
  expect(refusal(() => followCommand(leadIn('disqualified'), { command: 'reopen', reason: 'no_need' }, BY))).toMatchObject({ code: 'not_applicable' });
  expect(followCommand(leadIn('contacted'), { command: 'nurture', reason: 'not_ready' }, BY))
    .toMatchObject({ lead: { status: 'nurturing', disqualification_reason: null }, transitions: [{ reason: 'not_ready' }] });
});

it('disqualifying once more records the new reason and tells it; nothing else that stays is told', () => {
  expect(followCommand(leadIn('disqualified'), { command: 'disqualify', reason: 'competitor' }, BY))
    .toMatchObject({ lead: { disqualification_reason: 'competitor' }, transitions: [], announce: true });
  expect(followCommand(leadIn('contacted'), { command: 'contact' }, BY)).toMatchObject({ changed: false, announce: false });
});

it('a lead that may be reopened goes straight to contacted where that is its target; no other lead does', () => {
  const order = { command: 'reopen', target: 'contacted' } as const;
  expect(followCommand(leadIn('disqualified'), order, BY)).toMatchObject({ lead: { status: 'contacted', cycle: 1 }, transitions: [{ to: 'contacted', cause: 'reengage' }] });
  expect(followCommand(leadIn('disqualified'), { ...order, target: 'new' }, BY)).toMatchObject({ lead: { status: 'new', cycle: 2 }, transitions: [{ to: 'new', cause: 'reopen' }] });
  for (const status of ['new', 'contacted', 'nurturing', 'qualified'] as const) {
    expect(refusal(() => followCommand(leadIn(status), order, BY))).toMatchObject({ code: 'invalid_transition' });
  }
});
