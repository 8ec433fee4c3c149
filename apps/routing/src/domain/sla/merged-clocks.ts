import type { Assignment } from '../assignment';
import { isOpen, move, type Clock, type Own } from './clock';

type Lead = Pick<Assignment, 'lead_id' | 'primary_id'>;

/**
 * The clocks of leads that are merged, or that left a merge: those of the merged ones stand still, and of all of them the earliest due goes
 * on in that of the lead that they belong to. Who leaves goes on by their own time. The same again, in whatever order, changes nothing.
 * @param leads one family or several, whole; @param clocks the newest of each that has one
 * @returns those that change, and new ones of leads that have none running
 */
export function followFamilies(leads: readonly Lead[], clocks: readonly Clock[], now: number): Clock[] {
  const before = new Map(clocks.map((clock) => [clock.lead_id, clock]));
  const own = new Map(clocks.map((clock) => [clock.lead_id, givenBack(clock, now)]));
  return leads.flatMap((lead) => {
    const mine = own.get(lead.lead_id);
    const after = lead.primary_id === null
      ? withEarliest(mine, leads.filter(({ primary_id }) => primary_id === lead.lead_id).flatMap(({ lead_id }) => own.get(lead_id) ?? []), lead, now)
      : mine && standStill(mine, lead.primary_id, now);
    return after && !isSame(after, before.get(lead.lead_id)) ? [after] : [];
  });
}

/** As the clock would be if its lead had never been merged, and nothing been merged into it. */
function givenBack(clock: Clock, now: number): Clock {
  const { own } = clock;
  if (own?.state && clock.state === 'cancelled') {
    return { ...move(clock, own.state, now, 'the lead is one of its own'), own: own.due_at === undefined ? null : { ...own, state: undefined } };
  }
  if (!isOpen(clock) || own?.due_at === undefined || own.warn_at === undefined) return clock;
  return { ...clock, due_at: own.due_at, warn_at: own.warn_at, own: null };
}

function standStill(clock: Clock, primary: number, now: number): Clock {
  if (!isOpen(clock)) return clock;
  const own: Own = { ...clock.own, state: clock.state };
  return { ...move(clock, 'cancelled', now, `the lead is merged into lead ${primary}`), own };
}

function withEarliest(mine: Clock | undefined, members: readonly Clock[], { lead_id }: Lead, now: number): Clock | undefined {
  const running = members.filter((clock) => isOpen(clock) && !clock.left);
  const [earliest] = [...running].sort((a, b) => a.due_at - b.due_at);
  if (!earliest || mine?.left || (mine && ['met', 'breached'].includes(mine.state))) return mine;
  if (!mine || !isOpen(mine)) {
    return {
      ...earliest, lead_id, number: (mine?.number ?? 0) + 1, cycle: mine?.cycle ?? 1, own: null,
      steps: [{ at: now, state: earliest.state, because: `that of lead ${earliest.lead_id} goes on` }],
    };
  }
  if (earliest.due_at >= mine.due_at) return mine;
  return { ...mine, due_at: earliest.due_at, warn_at: Math.min(mine.warn_at, earliest.warn_at), own: { due_at: mine.due_at, warn_at: mine.warn_at } };
}

const isSame = (one: Clock, other: Clock | undefined): boolean => other !== undefined && one.number === other.number && one.state === other.state
  && one.due_at === other.due_at && one.warn_at === other.warn_at && one.own?.state === other.own?.state && one.own?.due_at === other.own?.due_at;
