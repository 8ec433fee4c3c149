import fc from 'fast-check';
import { RETURN_CAUSES, SLA_STATES, type QualificationState, type SlaPolicy, type Status, type Transition } from '@headwater/contracts';
import { unheardOf } from '../assignment';
import { officeHours } from '../calendars';
import { anotherClock } from './another-clock';
import { beganBy, fire, isOpen, move, nextAt, pause, pull, restart, resume, startClock, type Clock } from './clock';
import { OPEN_STATES, TRANSITIONS } from './clock-states';
import { DEFAULT_POLICIES } from './policies';
import type { KnownCalendar, SlaSettings } from './settings';
import { beginsAgain, contactAlone, followStanding, learnStanding, standingOf, type Standing } from './standing';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string): number => Date.parse(text);
const text = (moment: number | null): string | null => (moment === null ? null : new Date(moment).toISOString());
const [hot, warm] = DEFAULT_POLICIES.policies as [SlaPolicy, SlaPolicy];
const berlin: KnownCalendar = { id: 1, name: 'Berlin', calendar: officeHours('Europe/Berlin'), countries: [] };
const FRIDAY = at('2026-11-27T14:00:00Z');

const started = (from = FRIDAY, policy = warm, calendar: KnownCalendar | null = berlin): Clock => startClock({ tenant: 'demo', lead_id: 1 }, {
  number: 1, cycle: 1, policy, calendar, from, now: from, reassignments: 0, because: 'the lead was captured',
});

describe('the table of transitions', () => {
  it('leads to every state in which no clock begins, and from none to itself', () => {
    const reached = new Set(SLA_STATES.flatMap((from) => Object.keys(TRANSITIONS[from])));
    expect(SLA_STATES.filter((state) => !reached.has(state) && state !== 'armed' && state !== 'running')).toEqual([]);
    expect(SLA_STATES.filter((state) => TRANSITIONS[state][state])).toEqual([]);
  });

  it.each(OPEN_STATES)('lets a clock end that is %s', (state) => expect(Object.keys(TRANSITIONS[state])).toEqual(expect.arrayContaining(['met', 'cancelled'])));

  it('is what clocks go by', () => expect(() => move(move(started(), 'met', FRIDAY, 'called'), 'breached', FRIDAY, 'again')).toThrow("met doesn't become breached"));
});

describe('a clock', () => {
  it('counts the hours of its calendar, and warns at 80 per cent of them', () => {
    const clock = started();
    expect([clock.state, text(clock.warn_at), text(clock.due_at)]).toEqual(['running', '2026-11-30T09:12:00.000Z', '2026-11-30T10:00:00.000Z']);
  });

  it('is armed until these begin', () => {
    const clock = started(at('2026-11-28T12:00:00Z'));
    expect([clock.state, text(nextAt(clock))]).toEqual(['armed', '2026-11-30T08:00:00.000Z']);
    expect(fire(clock, at('2026-11-30T08:00:00Z'))).toMatchObject({ told: null, clock: { state: 'running' } });
  });

  it('of a hot lead runs around the clock', () => expect(text(started(FRIDAY, hot, null).due_at)).toBe('2026-11-27T14:05:00.000Z'));

  it('warns once, then breaches at its due time, whenever that is noticed', () => {
    const warned = fire(started(), at('2026-11-30T09:13:00Z'));
    expect(warned).toMatchObject({ told: 'warned', clock: { state: 'running', warned_at: at('2026-11-30T09:13:00Z') } });
    expect(fire(warned.clock, at('2026-11-30T09:14:00Z'))).toEqual({ clock: warned.clock, told: null });
    expect(text(nextAt(warned.clock))).toBe('2026-11-30T10:00:00.000Z');
    const breached = fire(warned.clock, at('2026-11-30T11:00:00Z'));
    expect(breached).toMatchObject({ told: 'breached', clock: { state: 'breached', breached_at: at('2026-11-30T10:00:00Z') } });
    expect(nextAt(breached.clock)).toBeNull();
    expect(fire(breached.clock, at('2026-12-01T11:00:00Z')).told).toBeNull();
  });

  it('leaves the warning out when its time is over anyway', () => expect(fire(started(), at('2026-12-01T00:00:00Z')).told).toBe('breached'));

  it('is pulled by a hotter policy, and never put off by one', () => {
    const now = at('2026-11-28T12:00:00Z');
    expect(pull(started(), hot, null, now)).toMatchObject({ policy: 'hot', state: 'running', due_at: now + 5 * MINUTE, calendar_id: null });
    const almost = at('2026-11-30T09:58:00Z');
    expect(pull(started(), hot, null, almost).due_at).toBe(at('2026-11-30T10:00:00Z'));
  });

  it('stands still while it is paused, and has what was left afterwards', () => {
    const paused = pause(started(), berlin, at('2026-11-27T15:00:00Z'), 'on a plane');
    expect(paused).toMatchObject({ state: 'paused', left: { due: 3 * HOUR, warn: 3 * HOUR - 48 * MINUTE } });
    expect(nextAt(paused)).toBeNull();
    expect(fire(paused, at('2027-01-01T00:00:00Z')).told).toBeNull();
    const resumed = resume(paused, berlin, at('2026-12-01T13:00:00Z'), 'landed');
    expect([resumed.state, text(resumed.due_at), resumed.left]).toEqual(['running', '2026-12-01T16:00:00.000Z', null]);
    expect(resume(paused, berlin, at('2026-12-05T13:00:00Z'), 'landed')).toMatchObject({ state: 'armed', due_at: at('2026-12-07T11:00:00Z') });
  });

  it('loses and gains nothing by being paused and resumed at once', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 5 * 24 * HOUR }), (passed) => {
      const clock = started();
      const now = clock.started_at + passed;
      if (now >= clock.due_at) return;
      expect(resume(pause(clock, berlin, now, 'a'), berlin, now, 'b').due_at).toBe(clock.due_at);
    }));
  });

  it('keeps its latest steps only', () => {
    let clock = started();
    for (let i = 0; i < 200; i += 1) clock = resume(pause(clock, berlin, FRIDAY, `${i}`), berlin, FRIDAY, `${i}`);
    expect(clock.steps).toHaveLength(100);
  });
});

const transition = (from: Status, to: Status, moment: number, ms_in_previous = 0): Transition =>
  ({ from, to, cause: 'patch', actor: 'x', at: new Date(moment).toISOString(), ms_in_previous });
const told = (revision: number, transitions: Transition[], more: Partial<QualificationState> = {}): Standing => {
  const last = transitions.at(-1) as Transition;
  return standingOf('demo', {
    lead_id: 1, revision, status: last.to, lifecycle_stage: 'lead', cycle: 1, in_status_since: last.at, first_contacted_at: null, ...more,
  }, transitions);
};

describe('what qualification tells', () => {
  const due = at('2026-11-30T10:00:00Z');
  const breached = () => fire(started(), due + 1).clock;
  const call = (moment: number) => told(2, [transition('new', 'contacted', moment)]);

  it.each([
    ['in time', due, 'met'], ['a moment too late', due + 1, 'running'],
  ])('a contact %s', (_, moment, state) => expect(followStanding(started(), call(moment))).toMatchObject({ state, contacted_at: moment }));

  it('takes a breach back when the contact was in time', () => {
    expect(followStanding(breached(), call(due - 1))).toMatchObject({ state: 'met', breached_at: due, ended_at: due - 1 });
    expect(followStanding(breached(), call(due + 1))).toMatchObject({ state: 'breached', contacted_at: due + 1 });
  });

  it('is met by the contact that qualifying implies', () => {
    const standing = told(3, [transition('new', 'contacted', FRIDAY + MINUTE), transition('contacted', 'qualified', FRIDAY + MINUTE)]);
    expect(followStanding(started(), standing)).toMatchObject({ state: 'met', ended_at: FRIDAY + MINUTE });
  });

  it.each(['disqualified', 'nurturing'] as const)('is cancelled by %s, in time', (status) => {
    expect(followStanding(started(), told(2, [transition('new', status, FRIDAY + HOUR)]))).toMatchObject({ state: 'cancelled', ended_at: FRIDAY + HOUR });
    const late = told(2, [transition('new', status, due + HOUR)]);
    expect(followStanding(started(), late).state).toBe('running');
    expect(followStanding(breached(), late).state).toBe('breached');
  });

  it('a lead that is open again needs another clock, once', () => {
    const reopened = told(3, [transition('disqualified', 'new', FRIDAY + 2 * HOUR)], { cycle: 2 });
    expect(followStanding(started(), reopened)).toMatchObject({ state: 'cancelled' });
    expect(beginsAgain(started(), reopened)).toEqual({ from: FRIDAY + 2 * HOUR, because: 'the lead is open again' });
    expect(beginsAgain({ ...started(), cycle: 2 }, reopened)).toBeNull();
  });

  it('a contact of a former cycle says nothing of the present one', () => {
    const second = { ...started(FRIDAY + 3 * HOUR), number: 2, cycle: 2 };
    const reopened = told(4, [transition('disqualified', 'new', FRIDAY + 3 * HOUR)], { cycle: 2, first_contacted_at: new Date(FRIDAY).toISOString() });
    expect(followStanding(second, reopened).state).not.toBe('met');
    expect(followStanding(second, learnStanding(reopened, told(5, [transition('new', 'contacted', FRIDAY + 4 * HOUR)], { cycle: 2 }))).state).toBe('met');
  });

  it('is met by the first of however many calls, in whatever order they are heard', () => {
    const lead = { tenant: 'demo', lead_id: 1 };
    const calls = Array.from({ length: 60 }, (_, i) => contactAlone(lead, FRIDAY + (i + 1) * 4 * HOUR));
    fc.assert(fc.property(fc.shuffledSubarray(calls, { minLength: calls.length }), (heard) => {
      const standing = heard.reduce<Standing | null>(learnStanding, null)!;
      expect(standing.contacts.length).toBeLessThanOrEqual(20);
      expect(followStanding(started(), standing)).toMatchObject({ state: 'met', contacted_at: FRIDAY + 4 * HOUR });
      expect(standing.contacts).toEqual(calls.reduce<Standing | null>(learnStanding, null)!.contacts);
    }), { numRuns: 50 });
  });

  it("is met by the lead's own first call, however many calls of another one were told as its own before leads are apart again", () => {
    const lead = { tenant: 'demo', lead_id: 1 };
    const call = (i: number, own: boolean): Standing => ({
      ...contactAlone(lead, FRIDAY + i * MINUTE), contacts: [{ at: FRIDAY + i * MINUTE, revision: i, own }],
    });
    const calls = Array.from({ length: 40 }, (_, i) => call(i + 1, i === 19));
    const apart = learnStanding(calls.reduce<Standing | null>(learnStanding, null), { ...contactAlone(lead, FRIDAY), contacts: [], revision: 50, unmerged: 50 });
    expect(followStanding(started(), apart)).toMatchObject({ state: 'met', contacted_at: FRIDAY + 20 * MINUTE });
  });

  it('of a later cycle comes to the same when it is heard after the lead went to somebody else, who has the time again', () => {
    const reopened = { ...started(FRIDAY), number: 2, cycle: 2 };
    const call = { ...told(5, [transition('new', 'contacted', FRIDAY + MINUTE)], { cycle: 2 }) };
    const given = restart(reopened, warm, berlin, { from: FRIDAY + HOUR, now: FRIDAY + HOUR, because: 'again' });
    const followed = { ...started(FRIDAY + HOUR), number: 3, cycle: 2 };
    for (const clock of [reopened, given]) expect(followStanding(clock, call)).toMatchObject({ state: 'met', contacted_at: FRIDAY + MINUTE });
    expect(followStanding(followed, call).state).toBe('running');
    expect(followStanding(followed, call, { began: beganBy([reopened, followed]).get(2) })).toMatchObject({ state: 'met', contacted_at: FRIDAY + MINUTE });
  });

  describe('of a lead that comes back from the nurtured by itself', () => {
    const [nurtured, returned, called] = [FRIDAY + HOUR / 2, FRIDAY + HOUR, FRIDAY + 1.5 * HOUR];
    const lead = { ...unheardOf({ tenant: 'demo', lead_id: 1 }), score: { total: 50, grade: 'C', temperature: 'warm', is_hot: false, mql: false } };
    const settings: SlaSettings = { version: 1, policies: DEFAULT_POLICIES, calendars: new Map(), usual: berlin, ofRep: new Map(), ofTeam: new Map() };
    const away = told(2, [transition('new', 'nurturing', nurtured, HOUR / 2)]);
    const back = (cause: Transition['cause'] = 'nurture_exit') => told(3, [{ ...transition('nurturing', 'contacted', returned, HOUR / 2), cause }]);
    /** As routing goes about it, one event after the other. */
    const hear = (events: Standing[], first = started()) => events.reduce<{ clocks: Clock[]; standing: Standing | null }>((known, event) => {
      const standing = learnStanding(known.standing, event);
      const began = beganBy(known.clocks);
      const clocks = known.clocks.map((clock) => followStanding(clock, standing, { began: began.get(clock.cycle) }));
      const another = anotherClock(known.clocks.at(-1)!, standing, lead, settings, { returns: event.returns, now: called + HOUR });
      return { standing, clocks: another ? [...clocks, another] : clocks };
    }, { clocks: [first], standing: null }).clocks;

    it.each(RETURN_CAUSES)('by %s: another one runs from then on, and neither that nor a call before meets it', (cause) => {
      const before = [contactAlone(lead, nurtured + MINUTE), contactAlone(lead, returned)];
      expect(hear([away, back(cause), back(cause), ...before])).toMatchObject([
        { number: 1, state: 'cancelled', ended_at: nurtured },
        { number: 2, state: 'running', policy: 'warm', started_at: returned, contacted_at: null, steps: [{ because: expect.stringMatching('back from being nurtured') }] },
      ]);
    });

    it('and not by a person, who has it in hand; nor of one that is converted, or part of another one', () => {
      expect(hear([away, back('reengage')])).toHaveLength(1);
      for (const over of [{ converted: { converted_at: '', account_id: 1, contact_id: 1, customer_id: 1 } }, { primary_id: 7 }]) {
        expect(anotherClock(started(), learnStanding(away, back()), { ...lead, ...over }, settings)).toBeNull();
      }
    });

    it('is met by the next call, or by who qualifies it', () => {
      for (const event of [contactAlone(lead, called), told(4, [transition('contacted', 'qualified', called, HOUR / 2)])]) {
        expect(hear([away, back(), event])).toMatchObject([{ state: 'cancelled', contacted_at: null }, { state: 'met', contacted_at: called }]);
      }
    });

    it('leaves what was met before as it was, and the breach of one that nobody called by then', () => {
      const first = told(2, [transition('new', 'contacted', FRIDAY + MINUTE)]);
      expect(hear([first, back(), contactAlone(lead, called)])).toMatchObject([{ state: 'met', contacted_at: FRIDAY + MINUTE }, { state: 'met', contacted_at: called }]);
      const late = { ...started(FRIDAY - 24 * HOUR, hot, null), number: 1 };
      expect(hear([back(), contactAlone(lead, called)], fire(late, FRIDAY).clock)).toMatchObject([{ state: 'breached', contacted_at: null }, { state: 'met' }]);
    });

    it('each time anew, also in a later cycle', () => {
      const again = told(5, [{ ...transition('nurturing', 'contacted', called + MINUTE, 1), cause: 'raised_hand' }], { cycle: 2 });
      expect(hear([away, back(), contactAlone(lead, called), again, back()])).toMatchObject([{ state: 'cancelled' }, { state: 'met', cycle: 1 }, { number: 3, cycle: 2, state: 'running' }]);
    });

    it('comes to the same in whatever order that is heard, and however often', () => {
      const events = [away, back(), contactAlone(lead, called), contactAlone(lead, called + MINUTE), told(4, [transition('contacted', 'qualified', called + 2 * MINUTE, HOUR / 2 + 2 * MINUTE)])];
      fc.assert(fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 10 }), (heard) => {
        expect(hear(heard)).toMatchObject([
          { number: 1, state: 'cancelled', ended_at: nurtured, contacted_at: null }, { number: 2, state: 'met', contacted_at: expect.any(Number) },
        ]);
      }));
    });
  });

  describe('and a merge that is taken back', () => {
    const merged = (moment: number) => told(3, [{ ...transition('new', 'contacted', FRIDAY + 2 * HOUR), cause: 'merge' }], { first_contacted_at: text(moment) });
    const apart = (first: number | null) => told(4, [{ ...transition('contacted', 'new', FRIDAY + 3 * HOUR, HOUR), cause: 'unmerge' }], { first_contacted_at: text(first) });
    const all = (events: Standing[]) => events.reduce<Standing | null>(learnStanding, null)!;

    it('gives a clock back that the other lead\'s contact had met, in whatever order that is heard, and however often', () => {
      const events = [merged(FRIDAY + HOUR), apart(null)];
      fc.assert(fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 2 }), (heard) => {
        let clock = started();
        let standing: Standing | null = null;
        for (const event of [...heard, ...events]) {
          standing = learnStanding(standing, event);
          clock = followStanding(clock, standing);
        }
        expect(clock).toMatchObject({ state: 'running', contacted_at: null, ended_at: null, due_at: started().due_at });
      }));
    });

    it('with its own time; a contact of its own, or one since then, meets it all the same', () => {
      const met = { ...followStanding(started(), merged(FRIDAY + HOUR)), due_at: due - HOUR, own: { due_at: due, warn_at: due - 1 } };
      expect(met).toMatchObject({ state: 'met', contacted_at: FRIDAY + HOUR });
      expect(followStanding(met, all([merged(FRIDAY + HOUR), apart(null)]))).toMatchObject({ state: 'running', due_at: due, own: null });
      const own = told(2, [transition('new', 'contacted', FRIDAY + HOUR)]);
      expect(followStanding(met, all([own, merged(FRIDAY + HOUR), apart(FRIDAY + HOUR)]))).toBe(met);
      const later = told(5, [transition('new', 'contacted', FRIDAY + 4 * HOUR)]);
      expect(followStanding({ ...met, own: null, due_at: due }, all([later, apart(null), merged(FRIDAY + HOUR)]))).toMatchObject({ state: 'met', contacted_at: FRIDAY + 4 * HOUR });
    });
  });

  it('keeps the first of its steps, and the last ones', () => {
    let clock = started();
    for (let i = 1; i <= 120; i += 1) clock = restart(clock, warm, berlin, { from: FRIDAY + i, now: FRIDAY + i, because: `again ${i}` });
    expect([clock.steps.length, clock.steps[0].because, clock.steps[1].because, clock.steps.at(-1)?.because]).toEqual([100, 'the lead was captured', 'again 22', 'again 120']);
  });

  it('comes to the same in whatever order, however often, and with breaches noticed at any moment', () => {
    const history = [
      told(2, [transition('new', 'contacted', due - 3 * MINUTE)]),
      told(3, [transition('contacted', 'nurturing', due - 2 * MINUTE, MINUTE)], { first_contacted_at: new Date(due - 3 * MINUTE).toISOString() }),
      told(4, [transition('nurturing', 'disqualified', due - MINUTE, MINUTE)], { first_contacted_at: new Date(due - 3 * MINUTE).toISOString() }),
    ];
    const heard = fc.tuple(fc.shuffledSubarray([...history, ...history], { minLength: 6 }), fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6, maxLength: 6 }));
    fc.assert(fc.property(heard, ([events, moments]) => {
      let clock = started();
      let standing: Standing | null = null;
      events.forEach((event, i) => {
        standing = learnStanding(standing, event);
        clock = fire(followStanding(clock, standing), due + moments[i] * MINUTE).clock;
      });
      expect({ state: clock.state, ended_at: clock.ended_at, open: isOpen(clock) }).toEqual({ state: 'met', ended_at: due - 3 * MINUTE, open: false });
    }));
  });
});
