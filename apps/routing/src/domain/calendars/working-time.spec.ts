import fc from 'fast-check';
import { addWorkingTime, isOpen, nextOpening, workingTimeBetween } from './working-time';
import { officeHours, WEEKDAYS, type LocalInterval, type WorkingCalendar } from './working-calendar';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string): number => Date.parse(text);
const text = (instant: number | null): string | null =>
  (instant === null ? null : new Date(instant).toISOString());

/** Clock changes: spring and autumn, at midnight and just after it, of half an hour, of a quarter, of two hours, and a day that never was. */
const CHANGES = [
  ['Europe/Berlin', '2026-03-29T01:00Z'], ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'], ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'], ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Asia/Kathmandu', '1985-12-31T18:30Z'], ['Asia/Kathmandu', '2026-05-01T00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'], ['America/Sao_Paulo', '2019-02-17T02:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'], ['Africa/Casablanca', '2026-03-22T02:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'], ['America/St_Johns', '2006-04-02T03:31Z'], ['America/St_Johns', '2006-10-29T02:31Z'],
  ['Asia/Tehran', '2022-03-21T20:30Z'], ['Africa/Cairo', '2024-04-25T22:00Z'], ['Antarctica/Troll', '2026-03-29T01:00Z'],
  ['Atlantic/Azores', '2026-10-25T01:00Z'], ['Asia/Kolkata', '2026-01-01T00:00Z'],
] as const;

/** The clock on the wall at each minute from a day and a half before a moment until three days after, as Intl tells it, one by one. */
function wallClock(zone: string, change: number): { start: number; minutes: { date: string; weekday: string; time: string }[] } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  const start = change - 36 * HOUR;
  const minutes = Array.from({ length: 108 * 60 }, (_, i) => {
    const parts = new Map(format.formatToParts(start + i * MINUTE).map(({ type, value }) => [type, value]));
    return {
      date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, weekday: String(parts.get('weekday')).toLowerCase(),
      time: `${parts.get('hour')}:${parts.get('minute')}`,
    };
  });
  return { start, minutes };
}

const timeOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const minuteOfDay = fc.oneof(fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 0, max: 48 }).map((half) => half * 30));
const intervals: fc.Arbitrary<LocalInterval[]> = fc.uniqueArray(minuteOfDay, { maxLength: 6 })
  .map((minutes) => {
    const sorted = minutes.sort((a, b) => a - b);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => ({ from: timeOf(sorted[2 * i]), to: timeOf(sorted[2 * i + 1]) }));
  });

const calendarIn = (time_zone: string, dates: string[]): fc.Arbitrary<WorkingCalendar> => fc.record({
  time_zone: fc.constant(time_zone),
  weekly: fc.tuple(...WEEKDAYS.map(() => intervals)).map((days) => Object.fromEntries(WEEKDAYS.map((weekday, i) => [weekday, days[i]]))),
  holidays: fc.option(fc.record({ dates: fc.subarray(dates, { maxLength: 2 }) })),
  exceptions: fc.uniqueArray(fc.record({ date: fc.constantFrom(...dates), intervals }), { maxLength: 2, selector: ({ date }) => date }),
});

/** Whether the calendar is open in each of the minutes, by looking at nothing but the wall. */
function openMinutes({ weekly, holidays, exceptions = [] }: WorkingCalendar, minutes: ReturnType<typeof wallClock>['minutes']): boolean[] {
  return minutes.map(({ date, weekday, time }) => {
    const exception = exceptions.find((one) => one.date === date);
    const closed = !exception && holidays?.dates?.includes(date);
    const day = exception?.intervals ?? (closed ? [] : weekly[weekday as (typeof WEEKDAYS)[number]] ?? []);
    return day.some(({ from, to }) => from <= time && time < to);
  });
}

describe.each(CHANGES)('around a change of clocks, %s at %s', (zone, change) => {
  const { start, minutes } = wallClock(zone, at(change));
  const dates = [...new Set(minutes.map(({ date }) => date))];
  const instants = fc.integer({ min: 0, max: minutes.length - 1 });

  it('agrees with whoever looks at the clock every minute', () => {
    fc.assert(fc.property(calendarIn(zone, dates), instants, instants, fc.integer({ min: 1, max: 2_000 }), (calendar, a, b, duration) => {
      const open = openMinutes(calendar, minutes);
      const moment = (minute: number) => start + minute * MINUTE;
      const openFrom = open.findIndex((isOpenThen, i) => isOpenThen && i >= a);
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      let worked = 0;
      const end = open.findIndex((isOpenThen, i) => i >= a && isOpenThen && (worked += 1) === duration);

      expect(isOpen(calendar, moment(a))).toBe(open[a]);
      if (openFrom >= 0) expect(text(nextOpening(calendar, moment(a)))).toBe(text(moment(openFrom)));
      expect(workingTimeBetween(calendar, moment(first), moment(last))).toBe(open.slice(first, last).filter(Boolean).length * MINUTE);
      if (end >= 0) expect(text(addWorkingTime(calendar, moment(a), duration * MINUTE))).toBe(text(moment(end + 1)));
    }), { numRuns: 60 });
  });
});

const berlin = (more: Partial<WorkingCalendar> = {}): WorkingCalendar => ({ ...officeHours('Europe/Berlin'), ...more });

describe('addWorkingTime', () => {
  it('undoes workingTimeBetween, also within minutes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 1, max: 10 ** 9 }), (since, duration) => {
      const from = at('2026-03-20T00:00Z') + since;
      const to = addWorkingTime(berlin({ holidays: { country: 'DE' } }), from, duration) as number;
      expect(workingTimeBetween(berlin({ holidays: { country: 'DE' } }), from, to)).toBe(duration);
      expect(isOpen(berlin({ holidays: { country: 'DE' } }), to - 1)).toBe(true);
    }), { numRuns: 50 });
  });

  it.each([
    ['over a night', '2026-11-26T15:00Z', 2 * HOUR, '2026-11-27T09:00:00.000Z'],
    ['over a week-end', '2026-11-27T14:00Z', 4 * HOUR, '2026-11-30T10:00:00.000Z'],
    ['up to the minute at which it closes', '2026-11-27T14:00Z', 2 * HOUR, '2026-11-27T16:00:00.000Z'],
    ['from when it is closed', '2026-11-28T12:00Z', HOUR, '2026-11-30T09:00:00.000Z'],
    ['over a week-end on which clocks change', '2026-03-27T15:00Z', 2 * HOUR, '2026-03-30T08:00:00.000Z'],
    ['without any time to add', '2026-11-28T12:00Z', 0, '2026-11-28T12:00:00.000Z'],
  ])('goes on %s', (_, from, duration, to) => expect(text(addWorkingTime(berlin(), at(from), duration))).toBe(to));

  it('goes around public holidays, of the country and of its region, and around days that are listed', () => {
    const before = at('2026-12-24T15:00Z'); // a Thursday
    expect(text(addWorkingTime(berlin({ holidays: { country: 'DE' } }), before, 2 * HOUR))).toBe('2026-12-28T09:00:00.000Z');
    expect(text(addWorkingTime(berlin({ holidays: { dates: ['2026-12-25', '2026-12-28'] } }), before, 2 * HOUR))).toBe('2026-12-29T09:00:00.000Z');
    const epiphany = at('2027-01-06T09:00Z');
    expect([undefined, 'BY'].map((region) => isOpen(berlin({ holidays: { country: 'DE', region } }), epiphany))).toEqual([true, false]);
  });

  it('takes an exception before the holiday and the week', () => {
    const calendar = berlin({ holidays: { country: 'DE' }, exceptions: [
      { date: '2026-12-25', intervals: [{ from: '10:00', to: '12:00' }] }, { date: '2026-12-28', intervals: [] },
    ] });
    expect(text(addWorkingTime(calendar, at('2026-12-24T15:00Z'), 4 * HOUR))).toBe('2026-12-29T09:00:00.000Z');
  });

  it('leaves breaks out', () => {
    const calendar = berlin({ weekly: { friday: [{ from: '13:00', to: '17:00' }, { from: '09:00', to: '12:00' }] } });
    expect(text(addWorkingTime(calendar, at('2026-11-27T10:00Z'), 2 * HOUR))).toBe('2026-11-27T13:00:00.000Z');
    expect(isOpen(calendar, at('2026-11-27T11:30Z'))).toBe(false);
  });

  it('ends at a calendar that closes for good', () => {
    const closed = berlin({ weekly: {}, exceptions: [{ date: '2026-11-30', intervals: [{ from: '09:00', to: '10:00' }] }] });
    expect(text(addWorkingTime(closed, at('2026-11-27T10:00Z'), HOUR))).toBe('2026-11-30T09:00:00.000Z');
    expect(addWorkingTime(closed, at('2026-11-27T10:00Z'), HOUR + 1)).toBeNull();
    expect(nextOpening(closed, at('2026-11-30T09:00Z'))).toBeNull();
  });
});

describe('a time that clocks skip', () => {
  const sunday = (from: string, to: string) => berlin({ weekly: { sunday: [{ from, to }] } });

  it('opens where the clock goes on', () => expect(text(nextOpening(sunday('02:30', '05:00'), at('2026-03-29T00:00Z')))).toBe('2026-03-29T01:00:00.000Z'));

  it('closes where the clock jumped', () =>
    expect(workingTimeBetween(sunday('01:00', '02:30'), at('2026-03-29T00:00Z'), at('2026-03-29T12:00Z'))).toBe(HOUR));

  it('and the hour that comes twice counts twice', () =>
    expect(workingTimeBetween(sunday('02:00', '03:00'), at('2026-10-25T00:00Z'), at('2026-10-25T12:00Z'))).toBe(2 * HOUR));
});
