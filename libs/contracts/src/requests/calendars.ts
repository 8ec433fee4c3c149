import type { Context } from '../context';
import { CalendarDate, Flag, Id, Instant, Nested, NestedList, Pattern, Text, Texts } from '../field';
import { defineRequest } from '../request';

const COUNTRY = /^[A-Z]{2}$/;

export class OpenHours {
  @Text(5, { required: true, description: 'HH:MM', example: '09:00' }) from: string;
  @Text(5, { required: true, description: 'HH:MM, at the latest 24:00', example: '17:00' }) to: string;
}

const HOURS = 12;

/** Hours of each weekday, breaks left out; a day that isn't there is closed. */
export class OpenWeek {
  @NestedList(() => OpenHours, HOURS) monday?: OpenHours[];
  @NestedList(() => OpenHours, HOURS) tuesday?: OpenHours[];
  @NestedList(() => OpenHours, HOURS) wednesday?: OpenHours[];
  @NestedList(() => OpenHours, HOURS) thursday?: OpenHours[];
  @NestedList(() => OpenHours, HOURS) friday?: OpenHours[];
  @NestedList(() => OpenHours, HOURS) saturday?: OpenHours[];
  @NestedList(() => OpenHours, HOURS) sunday?: OpenHours[];
}

export class CalendarHolidays {
  @Pattern(COUNTRY, 2, { description: 'ISO 3166-1: its public holidays are closed', example: 'DE' }) country?: string | null;
  @Text(10, { description: 'of the country, as ISO 3166-2 names it behind the hyphen', example: 'BY' }) region?: string | null;
  @Texts(500, 10, { description: 'further days, YYYY-MM-DD' }) dates?: string[];
}

export class CalendarExceptionDay {
  @CalendarDate({ required: true }) date: string;
  @NestedList(() => OpenHours, HOURS, { required: true, description: 'none: closed. Goes before holidays' }) intervals: OpenHours[];
}

/** Body of `POST /routing/calendars` and `PUT /routing/calendars/{id}`. */
export class CalendarRequest {
  @Text(100, { required: true, example: 'Munich' }) name: string;
  @Text(60, { description: "IANA name; when absent the tenant's, whatever that is by then", example: 'Europe/Berlin' }) time_zone?: string;
  @Nested(() => OpenWeek, { required: true }) weekly: OpenWeek;
  @Nested(() => CalendarHolidays) holidays?: CalendarHolidays | null;
  @NestedList(() => CalendarExceptionDay, 500) exceptions?: CalendarExceptionDay[];
  @Texts(250, 2, { description: 'of the leads that go by it, where an SLA policy goes by the lead', example: ['DE', 'AT'] }) countries?: string[];
  @Flag({ description: 'of whoever has no other one' }) is_default?: boolean;
}

/** When somebody works. */
export class Calendar {
  @Id({ required: true }) id: number;
  @Text(100, { required: true }) name: string;
  @Text(60, { required: true }) time_zone: string;
  @Flag({ required: true, description: "its time zone is the tenant's, and moves with it" }) follows_tenant: boolean;
  @Nested(() => OpenWeek, { required: true }) weekly: OpenWeek;
  @Nested(() => CalendarHolidays) holidays?: CalendarHolidays | null;
  @NestedList(() => CalendarExceptionDay, 500, { required: true }) exceptions: CalendarExceptionDay[];
  @Texts(250, 2, { required: true }) countries: string[];
  @Flag({ required: true }) is_default: boolean;
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
}

/** In the order in which they came. */
export const ListCalendars = defineRequest<
  { context: Context; cursor?: string; limit: number }, { calendars: Calendar[]; next_cursor: string | null }
>('routing', 'list_calendars');
export const GetCalendar = defineRequest<{ context: Context; id: number }, { calendar: Calendar }>('routing', 'get_calendar');
/** Writes a calendar: a new one, or that of the id. @throws `calendar_exists`, `default_required`, `invalid` with everything that is wrong */
export const PutCalendar =
  defineRequest<{ context: Context; id?: number; calendar: CalendarRequest }, { calendar: Calendar }>('routing', 'put_calendar');
/** @throws `calendar_in_use`, `default_required` */
export const DeleteCalendar = defineRequest<{ context: Context; id: number }, { calendar: Calendar }>('routing', 'delete_calendar');
