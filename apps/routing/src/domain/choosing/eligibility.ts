/** A rep, as far as routing leads goes. What is absent of it doesn't bind: a tenant without leave, hours or skills has none. */
export interface Rep {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly team: { readonly id: number; readonly name: string } | null;
  /** IANA name */
  readonly time_zone: string;
  /** 1-1000 */
  readonly weight: number;
  readonly active: boolean;
  /** leads owned and not converted */
  readonly open_leads: number;
  /** null: no limit */
  readonly max_open_leads: number | null;
  /** what they are for, in lower case: industries, products, sizes of companies */
  readonly skills?: readonly string[];
  /** ISO 639-1 */
  readonly languages?: readonly string[];
  /** how many leads routing may give them in a time, and how many it has */
  readonly windows?: readonly LeadWindow[];
  /** null: they are there now */
  readonly away?: Away | null;
}

export const WINDOWS = ['hour', 'day', 'week', 'month'] as const;
export type WindowName = (typeof WINDOWS)[number];

/** At most so many leads per hour, day, week or month of the rep's own time zone. */
export interface LeadWindow {
  readonly per: WindowName;
  readonly most: number;
  /** of the present hour, day, … */
  readonly taken: number;
}

/** Why somebody can't take a lead at this moment, and until when. */
export interface Away {
  readonly why: 'leave' | 'hours';
  /** RFC 3339; null when no end is known */
  readonly until: string | null;
}

/** What a pool, or a lead, says about who may be picked. */
export interface Terms {
  /** RFC 3339: who is at work by then counts as there now. Absent: nobody who isn't there now is waited for. */
  readonly waitUntil?: string;
  /** who may not get this lead whatever their state, by rep, with half a sentence: a former owner */
  readonly barred?: ReadonlyMap<number, string>;
}

/** Why a rep can't be given a lead by rules now, in a few words; null when nothing stands against it. */
export function exclusionOf(rep: Rep, { waitUntil, barred }: Terms = {}): string | null {
  const { active, open_leads, max_open_leads, windows = [], away } = rep;
  if (!active) return 'inactive';
  const bar = barred?.get(rep.id);
  if (bar !== undefined) return bar;
  if (away && !isBackBy(away, waitUntil)) return absence(away);
  if (max_open_leads !== null && open_leads >= max_open_leads) return `at the cap (${open_leads} of ${max_open_leads} open leads)`;
  const full = windows.find(({ taken, most }) => taken >= most);
  return full ? `at the cap (${full.taken} of ${full.most} leads per ${full.per})` : null;
}

/** A rep who has got so many leads more. */
export function withLeads(rep: Rep, gained: number): Rep {
  if (gained === 0) return rep;
  const { windows } = rep;
  return {
    ...rep, open_leads: rep.open_leads + gained,
    ...(windows ? { windows: windows.map((window) => ({ ...window, taken: window.taken + gained })) } : {}),
  };
}

/** A pool waits for somebody's hours to begin, not for the end of a leave. */
const isBackBy = ({ why, until }: Away, waitUntil: string | undefined): boolean =>
  why === 'hours' && until !== null && waitUntil !== undefined && Date.parse(until) <= Date.parse(waitUntil);

const absence = ({ why, until }: Away): string =>
  `${why === 'leave' ? 'on leave' : 'outside working hours'}${until === null ? '' : ` until ${until}`}`;
