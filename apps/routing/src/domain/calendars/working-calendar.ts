export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From a time of day, `HH:MM`, up to another, which isn't part of it any more: `09:00` to `17:00`, at the latest to `24:00`. */
export interface LocalInterval {
  readonly from: string;
  readonly to: string;
}

/** Days that are closed, whatever the week says. */
export interface Holidays {
  /** ISO 3166-1 alpha-2: its public holidays */
  readonly country?: string | null;
  /** of the country, as ISO 3166-2 names it behind the hyphen: `BY` of `DE-BY` */
  readonly region?: string | null;
  /** further days, YYYY-MM-DD */
  readonly dates?: readonly string[];
}

/** A day that is open at other times than its weekday; without intervals it is closed. Goes before holidays. */
export interface CalendarException {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly intervals: readonly LocalInterval[];
}

/**
 * When somebody works, by the clock on the wall of one time zone: open is every moment at which that clock shows a day and a time
 * within an interval. So a time that a clock change skips doesn't happen (an interval from 02:30 begins where the clock goes on, and
 * one to 02:30 ends where it jumped), and an hour that comes twice counts twice.
 * What is derived from a calendar is kept by the object: a changed calendar is a new object.
 */
export interface WorkingCalendar {
  /** IANA name */
  readonly time_zone: string;
  /** of each weekday in order, breaks left out; a day that isn't there is closed */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly LocalInterval[]>>>;
  readonly holidays?: Holidays | null;
  readonly exceptions?: readonly CalendarException[];
}

/** Monday to Friday, 9 to 17. @param timeZone IANA name */
export const officeHours = (timeZone: string): WorkingCalendar => {
  const day = [{ from: '09:00', to: '17:00' }];
  return { time_zone: timeZone, weekly: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day } };
};

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes since midnight of `HH:MM`, 1440 of `24:00`; null when the text is no time. */
export function minutesOf(time: string): number | null {
  if (time === '24:00') return 24 * 60;
  const read = TIME.exec(time);
  return read && Number(read[1]) * 60 + Number(read[2]);
}
