import { RETURN_CAUSES, type QualificationState, type Status, type Transition } from '@headwater/contracts';
import type { LeadKey } from '../assignment';
import { beganAt, isOpen, move, type Clock } from './clock';

/** What qualification has told of a lead, as far as its clocks go. Moments in milliseconds since 1970. */
export interface Standing extends LeadKey {
  /** qualification's */
  readonly revision: number;
  readonly status: Status;
  readonly cycle: number;
  /** in this status */
  readonly since: number;
  /** the contacts that are known, oldest first; of very many the first, by which clocks are met, the first of its own, and the newest */
  readonly contacts: readonly Contact[];
  /** every time that it came back from being nurtured by itself, oldest first */
  readonly returns: readonly Return[];
  /** qualification's revision at which a merge was taken back, the newest of which is known; null when none was */
  readonly unmerged: number | null;
}

/** That somebody was contacted. */
export interface Contact {
  readonly at: number;
  /** of the newest state that told of it */
  readonly revision: number;
  /** the lead's own in any case: while leads are merged, those of the others are told as the primary's */
  readonly own: boolean;
}

/** A lead that nobody took out of the nurtured: it raised its hand, did something, or its day came. It is contacted since then, and nobody called. */
export interface Return {
  readonly at: number;
  /** when it had begun to be nurtured */
  readonly since: number;
}

/** Leads that are merged, or apart again. */
const TIES = ['merge', 'unmerge'];
/** Of the first contacts, and of the newest ones. */
const MOST_CONTACTS = 10;
const MOST_RETURNS = 20;

/**
 * What an event tells. A contact is a transition to contacted, unless the lead came back by itself; where only a later one is told, the
 * contact was when the status that it led from began. Who qualifies a lead has talked to it, too: of one that came back that may be the first.
 */
export function standingOf(tenant: string, state: QualificationState, transitions: readonly Transition[]): Standing {
  const { revision } = state;
  const isUnmerge = transitions.some(({ cause }) => cause === 'unmerge');
  const returns = transitions.filter(isReturn).map(({ at, ms_in_previous }): Return => ({ at: Date.parse(at), since: Date.parse(at) - ms_in_previous }));
  const told = transitions.filter((one) => !isReturn(one)).flatMap(({ from, to, at, ms_in_previous, cause }): Contact[] => [
    ...(to === 'contacted' || (to === 'qualified' && !TIES.includes(cause)) ? [{ at: Date.parse(at), revision, own: !TIES.includes(cause) }] : []),
    ...(from === 'contacted' && cause !== 'unmerge' ? [{ at: Date.parse(at) - ms_in_previous, revision, own: false }] : []),
  ]);
  // Who is apart again has the first contact of its own.
  const first = state.first_contacted_at ? [{ at: Date.parse(state.first_contacted_at), revision, own: isUnmerge }] : [];
  return {
    tenant, lead_id: state.lead_id, revision, status: state.status, cycle: state.cycle, since: Date.parse(state.in_status_since),
    contacts: distinct([...first, ...told]), returns, unmerged: isUnmerge ? revision : null,
  };
}

const isReturn = ({ from, to, cause }: Transition): boolean =>
  from === 'nurturing' && to === 'contacted' && (RETURN_CAUSES as readonly string[]).includes(cause);

/** What a contact tells that is known by itself: nothing of where the lead stands. @param at milliseconds since 1970 */
export const contactAlone = (lead: LeadKey, at: number): Standing => ({
  tenant: lead.tenant, lead_id: lead.lead_id, revision: 0, status: 'new', cycle: 1, since: at, contacts: [{ at, revision: 0, own: true }], returns: [],
  unmerged: null,
});

/** The newer of the two counts, and the contacts of both: the same in whatever order they were told. */
export function learnStanding(known: Standing | null, heard: Standing): Standing {
  if (!known) return heard;
  const newest = heard.revision > known.revision ? heard : known;
  const unmerged = Math.max(known.unmerged ?? 0, heard.unmerged ?? 0) || null;
  const returns = [...new Map([...known.returns, ...heard.returns].map((one) => [one.at, one])).values()].sort((a, b) => a.at - b.at).slice(-MOST_RETURNS);
  return { ...newest, unmerged, returns, contacts: distinct([...known.contacts, ...heard.contacts]) };
}

function distinct(contacts: readonly Contact[]): Contact[] {
  const byMoment = new Map<number, Contact>();
  for (const contact of contacts) {
    const { revision, own } = byMoment.get(contact.at) ?? contact;
    byMoment.set(contact.at, { at: contact.at, revision: Math.max(revision, contact.revision), own: own || contact.own });
  }
  const all = [...byMoment.values()].sort((a, b) => a.at - b.at);
  const firstOwn = all.find(({ own }) => own);
  return all.filter((contact, i) => i < MOST_CONTACTS || i >= all.length - MOST_CONTACTS || contact === firstOwn);
}

/** Whether a contact is the lead's, and not that of one which was merged with it and is apart again. */
const counts = ({ revision, own }: Contact, { unmerged }: Standing): boolean => own || unmerged === null || revision > unmerged;

/** Whether a contact is one of the time that a clock is about: between the return that it began with, or after, and the next time that the lead is nurtured. */
function isWithin(contact: Contact, clock: Clock, standing: Standing): boolean {
  const former = standing.returns.filter(({ at }) => at <= beganAt(clock)).at(-1);
  return contact.at > (former?.at ?? -Infinity) && contact.at <= (nextReturn(clock, standing)?.since ?? Infinity);
}

const nextReturn = (clock: Clock, { returns }: Standing): Return | undefined => returns.find(({ at }) => at > beganAt(clock));

/** What a lead is over by, besides contact. */
export interface Over { readonly at: number; readonly because: string }

const ENDS: Partial<Record<Status, string>> = {
  disqualified: 'the lead is disqualified', nurturing: 'the lead is nurtured', converted: 'the lead is converted',
};

/**
 * A clock after what is known of its lead, whatever was heard first: met by the first contact in time, cancelled by what ended the lead
 * in time. What came too late is left to the clock itself: its time is over.
 * @param began when the cycle of the clock did, where former clocks of the lead know
 * @param converted when the lead was, by conversion itself
 * @returns the clock itself when nothing follows
 */
export function followStanding(
  clock: Clock, standing: Standing | null, { began, converted = null }: { began?: number; converted?: number | null } = {},
): Clock {
  return standing ? afterContacts(givenBack(clock, standing), standing, { began, converted }) : afterEnd(clock, null, converted);
}

function afterContacts(clock: Clock, standing: Standing, { began, converted }: { began?: number; converted: number | null }): Clock {
  const contact = contactOf(clock, standing, began ?? beganAt(clock));
  if (contact != null && canBeMet(clock, contact)) {
    return { ...move(clock, 'met', contact, 'first contact'), contacted_at: contact, paused_at: null, left: null };
  }
  if (contact != null && clock.contacted_at === null && clock.state !== 'cancelled') return { ...clock, contacted_at: contact };
  return afterEnd(clock, standing, converted);
}

/**
 * Without the contact of another lead that was merged with it, and without one that came after the lead was nurtured, of which is heard only now:
 * what was met by that runs again, by its own time.
 */
function givenBack(clock: Clock, standing: Standing): Clock {
  const { contacted_at, own, opens_at, due_at, warn_at, state } = clock;
  const contact = contacted_at === null ? undefined : standing.contacts.find(({ at }) => at === contacted_at);
  if (!contact || (counts(contact, standing) && isWithin(contact, clock, standing))) return clock;
  if (state !== 'met') return { ...clock, contacted_at: null };
  const because = counts(contact, standing) ? 'the contact came after the lead was nurtured' : 'the contact was that of another lead, which is apart again';
  const running = move(clock, opens_at > standing.since ? 'armed' : 'running', standing.since, because);
  return { ...running, contacted_at: null, due_at: own?.due_at ?? due_at, warn_at: own?.warn_at ?? warn_at, own: null };
}

function afterEnd(clock: Clock, standing: Standing | null, converted: number | null): Clock {
  const over = overBy(clock, standing, converted);
  if (!over || !(isOpen(clock) || clock.state === 'breached') || !isInTime(clock, over.at) || clock.contacted_at !== null) return clock;
  return { ...move(clock, 'cancelled', over.at, over.because), paused_at: null, left: null };
}

/** The first contact of the clock's cycle; the first one of a lead began before anybody could call. */
const contactOf = (clock: Clock, standing: Standing, began: number): number | null =>
  standing.contacts.find((contact) => counts(contact, standing) && isWithin(contact, clock, standing) && (clock.cycle === 1 || contact.at >= began))?.at ?? null;

function canBeMet(clock: Clock, contact: number): boolean {
  if (!isInTime(clock, contact)) return false;
  if (clock.state === 'cancelled') return clock.own?.state === undefined && clock.ended_at !== null && contact <= clock.ended_at;
  return isOpen(clock) || clock.state === 'breached';
}

const isInTime = ({ state, due_at }: Clock, at: number): boolean => state === 'paused' || at <= due_at;

function overBy(clock: Clock, standing: Standing | null, converted: number | null): Over | null {
  const { cycle } = clock;
  if (converted !== null) return { at: converted, because: 'the lead is converted' };
  const back = standing && nextReturn(clock, standing);
  if (back) return { at: back.since, because: ENDS.nurturing! };
  if (!standing || standing.cycle < cycle) return null;
  const ended = ENDS[standing.status];
  if (ended) return { at: standing.since, because: ended };
  return standing.cycle > cycle ? { at: standing.since, because: 'the lead is open again, with a clock of its own' } : null;
}

/**
 * From when on a lead needs another clock, and why: it is open again, or back from the nurtured by itself.
 * @param newest of its clocks
 * @param returns that are heard of now; one that is older than the newest clock is past
 * @returns null when it has that clock, or needs none
 */
export function beginsAgain(newest: Clock, standing: Standing, returns: readonly Return[] = standing.returns): { from: number; because: string } | null {
  if (standing.status === 'new' && standing.cycle > newest.cycle) return { from: standing.since, because: 'the lead is open again' };
  const back = returns.at(-1);
  return back && back.at > beganAt(newest) ? { from: back.at, because: 'the lead is back from being nurtured, and nobody has called yet' } : null;
}
