import { NOTES_READER, type ElementStatus, type FoundEvidence } from '@headwater/contracts';
import type { AuthorityReading, BudgetReading, Element, NeedReading, NoteReading, TimelineReading } from '@headwater/notes';
import { shortened } from './shortened';
import type { SaidOfElement } from './standing';

type Read = Pick<SaidOfElement, 'status' | 'value' | 'confidence'> & { details: Record<string, unknown> };

/** The framework whose elements notes are read for. */
const FRAMEWORK = 'bant';
/** How sure one may be of what a note says in so many words, and of what only follows from it. */
const SAID = 0.9;
const IMPLIED = 0.6;
const LONGEST_VALUE = 500;
const LONGEST_EVIDENCE = 1_000;

/**
 * What a note proposes, element by element; it counts where no person has said anything.
 * @param note its id is null while it isn't kept yet. @param at when it was written
 */
export function proposalsOf(reading: NoteReading, note: { id: string | null }, at: string): SaidOfElement[] {
  const read: [Element, { evidence: { text: string; start: number; end: number } } | null, () => Read][] = [
    ['budget', reading.budget, () => budgetOf(reading.budget!)],
    ['authority', reading.authority, () => authorityOf(reading.authority!)],
    ['need', reading.need, () => needOf(reading.need!)],
    ['timeline', reading.timeline, () => timelineOf(reading.timeline!)],
  ];
  return read.flatMap(([element, of, say]) => (of === null ? [] : [{
    framework: FRAMEWORK, element, ...say(), evidence: [evidenceOf(of.evidence, note.id)], by: NOTES_READER, at, proposal_id: null, proposed: true,
  }]));
}

const BUDGET: Readonly<Record<BudgetReading['status'], [ElementStatus, number]>> = {
  approved: ['confirmed', SAID], planned: ['partial', SAID], none: ['weak', SAID], unknown: ['weak', IMPLIED],
};

function budgetOf({ amount, currency, status }: BudgetReading): Read {
  const [known, confidence] = status === 'unknown' && amount !== null ? ['partial' as const, IMPLIED] : BUDGET[status];
  const money = amount === null ? [] : [[amount.toLocaleString('en-US'), currency].filter(Boolean).join(' ')];
  return { status: known, confidence, value: joined([...money, ...(status === 'unknown' ? [] : [status])]), details: { amount, currency, status } };
}

const AUTHORITY: Readonly<Record<AuthorityReading['role'], [ElementStatus, number]>> = {
  decision_maker: ['confirmed', SAID], champion: ['partial', SAID], influencer: ['partial', SAID], gatekeeper: ['weak', SAID], unknown: ['weak', IMPLIED],
};

function authorityOf({ role, title }: AuthorityReading): Read {
  const [status, confidence] = AUTHORITY[role];
  return {
    status, confidence, value: joined([...(role === 'unknown' ? [] : [role.replace('_', ' ')]), ...(title ? [title] : [])]), details: { role, title },
  };
}

/** That there is a need doesn't say how much it hurts: that is a person's to confirm. */
const needOf = ({ present, evidence }: NeedReading): Read => (present
  ? { status: 'partial', confidence: SAID, value: shortened(evidence.text.trim(), LONGEST_VALUE), details: { present } }
  : { status: 'weak', confidence: SAID, value: 'none', details: { present } });

const URGENCY: Readonly<Record<TimelineReading['urgency'], [ElementStatus, number]>> =
  { dated: ['confirmed', SAID], asap: ['partial', SAID], none: ['weak', SAID] };

function timelineOf({ by, period_days, urgency }: TimelineReading): Read {
  const [status, confidence] = URGENCY[urgency];
  const words = urgency === 'asap' ? ['as soon as possible'] : urgency === 'none' && by === null ? ['none'] : [];
  return {
    status, confidence, details: { by, period_days, urgency },
    value: joined([...(period_days === null ? [] : [`${period_days} days`]), ...(by === null ? [] : [`by ${by}`]), ...words]),
  };
}

function evidenceOf({ text, start }: { text: string; start: number }, note_id: string | null): FoundEvidence {
  const words = shortened(text, LONGEST_EVIDENCE);
  return { text: words, start, end: start + words.length, note_id };
}

const joined = (parts: string[]): string | null => (parts.length === 0 ? null : shortened(parts.join(', '), LONGEST_VALUE));
