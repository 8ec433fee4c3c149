import { fieldError, type FieldError } from '@headwater/contracts';
import { isCalendarDate, isTimeZone } from '../calendar';
import { isCountry, regionsOf } from './public-holidays';
import { minutesOf, WEEKDAYS, type Holidays, type LocalInterval, type WorkingCalendar } from './working-calendar';

/**
 * Everything that keeps a document of the right shape from being a calendar: a zone or a country that isn't known, times that are
 * none, intervals that end before they begin or overlap, days that the calendar doesn't have or that are there twice, and a week
 * that is never open. Empty when it is one.
 */
export function checkCalendar({ time_zone, weekly, holidays, exceptions = [] }: WorkingCalendar): FieldError[] {
  const days = WEEKDAYS.filter((weekday) => weekly[weekday] !== undefined);
  return [
    ...(isTimeZone(time_zone) ? [] : [fieldError('time_zone', 'unknown_time_zone', `"${time_zone}" is no time zone: an IANA name such as Europe/Berlin is`)]),
    ...days.flatMap((weekday) => checkIntervals(weekly[weekday] ?? [], `weekly.${weekday}`)),
    ...(days.some((weekday) => weekly[weekday]?.length) ? [] : [fieldError('weekly', 'never_open', 'The calendar is open on no day of the week')]),
    ...(holidays ? checkHolidays(holidays) : []),
    ...checkDates(exceptions.map(({ date }) => date), (i) => `exceptions.${i}.date`),
    ...exceptions.flatMap(({ intervals }, i) => checkIntervals(intervals, `exceptions.${i}.intervals`)),
  ];
}

/** Intervals of one day, in whatever order: those that touch are two, those that overlap are wrong. */
function checkIntervals(intervals: readonly LocalInterval[], path: string): FieldError[] {
  const errors = intervals.flatMap(({ from, to }, i) => checkInterval({ from, to }, `${path}.${i}`));
  if (errors.length > 0) return errors;
  const inOrder = intervals.map((interval, i) => ({ ...interval, i })).sort((a, b) => a.from.localeCompare(b.from) || a.i - b.i);
  return inOrder.slice(1).flatMap(({ from, to, i }, before) => {
    const former = inOrder[before];
    return from < former.to
      ? [fieldError(`${path}.${i}`, 'overlapping_intervals', `${from}-${to} overlaps ${former.from}-${former.to} of the same day`)] : [];
  });
}

function checkInterval({ from, to }: LocalInterval, path: string): FieldError[] {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const errors = [
    ...(begin === null || begin === 24 * 60 ? [fieldError(`${path}.from`, 'wrong_format', `"${from}" is no time of day: 00:00 to 23:59`)] : []),
    ...(end === null ? [fieldError(`${path}.to`, 'wrong_format', `"${to}" is no time of day: 00:01 to 24:00`)] : []),
  ];
  if (errors.length > 0 || (begin ?? 0) < (end ?? 0)) return errors;
  return [fieldError(path, 'empty_interval', `${from}-${to} ends before it begins; an interval over midnight is two: to 24:00, and from 00:00 of the next day`)];
}

function checkHolidays({ country, region, dates = [] }: Holidays): FieldError[] {
  const errors = checkDates(dates, (i) => `holidays.dates.${i}`);
  if (country && !isCountry(country)) {
    errors.push(fieldError('holidays.country', 'unknown_country', `No holidays are known of "${country}": ISO 3166-1 names countries by two capital letters`));
  } else if (region) {
    const regions = country ? regionsOf(country) : [];
    if (!country) errors.push(fieldError('holidays.region', 'unknown_region', 'A region is one of a country'));
    else if (!regions.includes(region)) {
      const known = regions.length > 0 ? `there are ${regions.join(', ')}` : 'it has none with holidays of their own';
      errors.push(fieldError('holidays.region', 'unknown_region', `"${region}" is no region of ${country}; ${known}`));
    }
  }
  return errors;
}

function checkDates(dates: readonly string[], pathOf: (index: number) => string): FieldError[] {
  return dates.flatMap((date, i) => {
    if (!isCalendarDate(date)) return [fieldError(pathOf(i), 'wrong_format', `"${date}" is no day of the calendar, as YYYY-MM-DD`)];
    return dates.indexOf(date) < i ? [fieldError(pathOf(i), 'duplicate', `${date} is there twice`)] : [];
  });
}
