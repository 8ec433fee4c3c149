import type { SlaState } from '@headwater/contracts';

/** What leads from a state, in a few words each; docs/sla.md prints it. */
export type Transitions = Readonly<Record<SlaState, Partial<Readonly<Record<SlaState, string>>>>>;

const LENT = "a merge is taken back, and the contact was the other lead's; or it becomes known that the lead was nurtured before the contact";

export const TRANSITIONS: Transitions = {
  armed: {
    running: 'the hours that count begin', paused: 'a person pauses it', met: 'the first contact', breached: 'its time is over',
    cancelled: 'the lead is disqualified, nurtured, converted or merged',
  },
  running: {
    armed: 'it starts again for a new owner, outside the hours that count', paused: 'a person pauses it', met: 'the first contact',
    breached: 'its time is over', cancelled: 'the lead is disqualified, nurtured, converted or merged',
  },
  paused: {
    armed: 'a person resumes it outside the hours that count', running: 'a person resumes it', met: 'the first contact',
    cancelled: 'the lead is disqualified, nurtured, converted or merged',
  },
  breached: {
    met: 'it becomes known that the first contact was in time', cancelled: 'it becomes known that the lead was over in time',
  },
  met: {
    armed: LENT, running: LENT,
  },
  cancelled: {
    armed: 'a merge is taken back', running: 'a merge is taken back', paused: 'a merge is taken back',
    met: 'it becomes known that the first contact came before',
  },
};

/** Clocks that still count time, or will. */
export const OPEN_STATES: readonly SlaState[] = ['armed', 'running', 'paused'];

/** @throws when the table has no such transition: a mistake of ours */
export function requireTransition(from: SlaState, to: SlaState): void {
  if (!TRANSITIONS[from][to]) throw new Error(`A clock that is ${from} doesn't become ${to}`);
}
