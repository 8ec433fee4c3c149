import { DomainError, type ImportCommand, type ImportState } from '@headwater/contracts';

interface Transition {
  from: readonly ImportState[];
  /** null: it stays what it is */
  to: ImportState | null;
}

/** What may be done with an import, and what it is afterwards. */
const TRANSITIONS: Readonly<Record<ImportCommand, Transition>> = {
  set_up: { from: ['uploaded'], to: null },
  dry_run: { from: ['uploaded'], to: 'dry_run' },
  start: { from: ['uploaded'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'running' },
  cancel: { from: ['uploading', 'uploaded', 'dry_run', 'running', 'paused', 'failed'], to: 'cancelled' },
};

/** Also states in which somebody has to work on it. */
export const WORKED_ON: readonly ImportState[] = ['running', 'dry_run'];

/** A command that has nothing left to do is none: pausing what is paused. @throws DomainError `invalid_transition` with the states in which it may be given */
export function stateAfter(state: ImportState, command: ImportCommand): ImportState {
  const { from, to } = TRANSITIONS[command];
  if (from.includes(state)) return to ?? state;
  if (state === to) return state;
  throw DomainError.conflict('invalid_transition', `An import that is ${state} can't do that: ${command} is for ${from.join(', ')}`, { import_state: state, allowed: from });
}
