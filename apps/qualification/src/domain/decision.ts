import type { Transition } from '@headwater/contracts';
import { type By, type LeadStatus, standingOf } from './lead-status';

export interface NoteDraft {
  /** what the note was written with: qualify, disqualify, patch */
  cause: string;
  text: string;
}

/** What a command does to a lead. */
export interface Decision {
  /** as it is afterwards; its revision is raised when anything changed */
  lead: LeadStatus;
  changed: boolean;
  transitions: Transition[];
  notes: NoteDraft[];
  /** whether others are told the new state; a note alone is announced as such */
  announce: boolean;
  by: By;
  /** it moved a lead that others were merged into: what they brought along counts no more */
  outranks: boolean;
}

/** Notes that say something, in the order in which they are kept. */
export const noteDrafts = (cause: string, ...texts: (string | null | undefined)[]): NoteDraft[] =>
  texts.filter((text): text is string => Boolean(text?.trim())).map((text) => ({ cause, text }));

/**
 * Puts the parts of a decision together.
 * @param announce tell others although nothing but notes changed
 */
export function conclude(
  before: LeadStatus, { lead, transitions }: { lead: LeadStatus; transitions: Transition[] }, notes: NoteDraft[], by: By,
  announce = false,
): Decision {
  const moved = transitions.length > 0 || lead.disqualification_reason !== before.disqualification_reason;
  const told = announce || moved;
  const changed = told || notes.length > 0;
  const outranks = moved && before.own !== null;
  return {
    lead: {
      ...lead, revision: before.revision + (changed ? 1 : 0), notes: notes.at(-1)?.text ?? lead.notes,
      own: outranks ? standingOf(lead) : before.own,
    },
    changed, transitions, notes, announce: told, by, outranks,
  };
}
