import { checkCalendar } from './check-calendar';
import { officeHours, type WorkingCalendar } from './working-calendar';

const codes = (calendar: Partial<WorkingCalendar>): [string, string][] =>
  checkCalendar({ ...officeHours('Europe/Berlin'), ...calendar }).map(({ field, code }) => [field, code]);
const monday = (...intervals: [string, string][]) => ({ weekly: { monday: intervals.map(([from, to]) => ({ from, to })) } });

test.each<[string, Partial<WorkingCalendar>]>([
  ['office hours', {}],
  ['breaks, in whatever order', monday(['13:00', '17:00'], ['09:00', '12:00'])],
  ['intervals that touch, and all day', monday(['00:00', '12:00'], ['12:00', '24:00'])],
  ['holidays of a region', { holidays: { country: 'DE', region: 'BY', dates: ['2026-12-24'] } }],
  ['an exception, and a closed day', { exceptions: [{ date: '2026-12-24', intervals: [{ from: '09:00', to: '12:00' }] }, { date: '2026-12-31', intervals: [] }] }],
])('%s are a calendar', (_, calendar) => expect(codes(calendar)).toEqual([]));

test.each<[string, Partial<WorkingCalendar>, string, string]>([
  ['an unknown zone', { time_zone: 'Europe/Nowhere' }, 'time_zone', 'unknown_time_zone'],
  ['a week without openings', { weekly: { monday: [] } }, 'weekly', 'never_open'],
  ['an interval that ends before it begins', monday(['17:00', '09:00']), 'weekly.monday.0', 'empty_interval'],
  ['an interval of no length', monday(['09:00', '09:00']), 'weekly.monday.0', 'empty_interval'],
  ['overlapping intervals', monday(['09:00', '12:00'], ['11:59', '17:00']), 'weekly.monday.1', 'overlapping_intervals'],
  ['an interval twice', monday(['09:00', '12:00'], ['09:00', '12:00']), 'weekly.monday.1', 'overlapping_intervals'],
  ['a time that is none', monday(['9:00', '12:00']), 'weekly.monday.0.from', 'wrong_format'],
  ['a time after the day', monday(['09:00', '24:30']), 'weekly.monday.0.to', 'wrong_format'],
  ['a beginning at the end of the day', monday(['24:00', '24:00']), 'weekly.monday.0.from', 'wrong_format'],
  ['an unknown country', { holidays: { country: 'XX' } }, 'holidays.country', 'unknown_country'],
  ["another country's region", { holidays: { country: 'DE', region: 'CA' } }, 'holidays.region', 'unknown_region'],
  ['a region of no country', { holidays: { region: 'BY' } }, 'holidays.region', 'unknown_region'],
  ['a day that is none', { holidays: { dates: ['2026-02-30'] } }, 'holidays.dates.0', 'wrong_format'],
  ['a day twice', { exceptions: [{ date: '2026-12-24', intervals: [] }, { date: '2026-12-24', intervals: [] }] }, 'exceptions.1.date', 'duplicate'],
  ['overlapping intervals of an exception', { exceptions: [{ date: '2026-12-24', intervals: [{ from: '09:00', to: '12:00' }, { from: '08:00', to: '10:00' }] }] },
    'exceptions.0.intervals.0', 'overlapping_intervals'],
])('%s is refused', (_, calendar, field, code) => expect(codes(calendar)).toEqual([[field, code]]));
