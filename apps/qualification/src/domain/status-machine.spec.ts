import fc from 'fast-check';
import { STATUSES, type QualifyBody, type Status, type StatusPatch } from '@headwater/contracts';
import { BY, CONVERTED, leadIn, refusal } from '../../test/lead-in';
import { changeStatus } from './change-status';
import type { LeadStatus } from './lead-status';
import { convert } from './move';
import { qualify } from './qualify';
import { reopenByRaisedHand } from './reopen';
import { assertReservable } from './reservation';
import { assertMachine, problemsOf, STATUS_MACHINE, type Moves } from './status-machine';

describe('the table', () => {
  it('is sound', () => expect(() => assertMachine(STATUS_MACHINE)).not.toThrow());

  it('is the one of the product', () => {
    expect(Object.fromEntries(STATUSES.map((status) => [status, STATUS_MACHINE[status].patch]))).toEqual({
      new: ['contacted', 'nurturing', 'disqualified'],
      contacted: ['nurturing', 'disqualified'],
      nurturing: ['contacted', 'disqualified'],
      qualified: ['contacted', 'nurturing', 'disqualified'],
      disqualified: ['new', 'nurturing', 'contacted'],
      converted: [],
    });
  });

  it.each<[string, Status, Partial<Moves> | undefined]>([
    ['contacted has no row', 'contacted', undefined],
    ['a PATCH leads from new to itself', 'new', { patch: ['new'] }],
    ['a PATCH leads from contacted to qualified, which takes the command qualify', 'contacted', { patch: ['qualified'] }],
    ["a PATCH leads from new to lost, which doesn't exist", 'new', { patch: ['lost' as Status] }],
    ['qualify leads from contacted to nurturing', 'contacted', { qualify: ['nurturing'] }],
    ['qualify leaves contacted as it is', 'contacted', { qualify: [] }],
    ['convert starts from contacted', 'contacted', { convert: ['converted'] }],
    ['reengage leads from disqualified to nurturing', 'disqualified', { reengage: ['nurturing'] }],
    ['nurture leads from converted to nurturing, which is no step', 'converted', { nurture: ['nurturing'] }],
    ['qualify leads from contacted to new, which is no step', 'contacted', { qualify: ['new', 'qualified'] }],
    ['disqualified is a dead end', 'disqualified', { patch: [], nurture: null, reopen: null, reengage: null }],
    ['converted is not the end', 'converted', { patch: ['new'] }],
  ])('would not start: %s', (problem, status, moves) => {
    const broken = { ...STATUS_MACHINE, [status]: moves && { ...STATUS_MACHINE[status], ...moves } };
    expect(problemsOf(broken)).toContain(problem);
    expect(() => assertMachine(broken)).toThrow(problem);
  });
});

type Act = { patch: StatusPatch } | { qualify: QualifyBody } | { hand: true } | { convert: true };

const act = fc.oneof(
  fc.record({ patch: fc.record({
    status: fc.constantFrom(...STATUSES, 'unqualified' as const),
    disqualification_reason: fc.constantFrom(null, 'no_budget' as const, 'spam' as const),
  }) }),
  fc.record({ qualify: fc.record({
    qualified: fc.boolean(), disqualification_reason: fc.constantFrom(null, 'no_need' as const),
  }) }),
  fc.constant({ hand: true as const }),
  fc.constant({ convert: true as const }),
);

/** One hour later each time, so that every raised hand is later than what it follows. */
const at = (hour: number) => new Date(Date.parse(BY.at) + hour * 3_600_000).toISOString();

function step(lead: LeadStatus, act: Act, hour: number): { lead: LeadStatus; transitions: { from: Status; to: Status; cause: string; ms_in_previous: number }[] } {
  const by = { actor: 'x', at: at(hour) };
  if ('patch' in act) return changeStatus(lead, act.patch, by);
  if ('qualify' in act) return qualify(lead, act.qualify, by, { allowImpliedContact: true });
  if ('hand' in act) return reopenByRaisedHand(lead, by.at, by) ?? { lead, transitions: [] };
  assertReservable(lead, 't', null);
  return convert(lead, { ...CONVERTED, converted_at: by.at }, 'x');
}

it('any sequence of commands walks only along the table, without gaps in status or time', () => {
  fc.assert(fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
    let lead = leadIn('new');
    let hour = 0;
    for (const act of acts) {
      hour += 1;
      const former = lead;
      let result;
      const refused = refusal(() => { result = step(former, act, hour); });
      if (refused) continue; // a pure refusal can't have changed anything
      const { lead: next, transitions } = result as unknown as ReturnType<typeof step>;
      let status = former.status;
      for (const { from, to, cause, ms_in_previous } of transitions) {
        expect(from).toBe(status);
        const moves = STATUS_MACHINE[from];
        expect([...moves.patch, ...(moves.qualify ?? []), ...(moves.convert ?? []), ...(moves.reopen ?? [])]).toContain(to);
        expect(cause === 'patch' && (to === 'qualified' || to === 'converted')).toBe(false);
        expect(ms_in_previous).toBeGreaterThanOrEqual(0);
        status = to;
      }
      expect(next.status).toBe(status);
      expect(next.disqualification_reason !== null).toBe(next.status === 'disqualified');
      expect(next.converted !== null).toBe(next.status === 'converted');
      expect(next.revision).toBeGreaterThanOrEqual(former.revision + (transitions.length ? 1 : 0));
      expect(next.cycle).toBeGreaterThanOrEqual(former.cycle);
      lead = next;
    }
  }));
});
