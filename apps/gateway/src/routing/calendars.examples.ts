import { DomainError, type Calendar } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';

const DAY = [{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }];
const BODY = {
  name: 'Munich', time_zone: 'Europe/Berlin',
  weekly: { monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: [{ from: '08:00', to: '14:00' }] },
  holidays: { country: 'DE', region: 'BY', dates: ['2026-12-24'] },
  exceptions: [{ date: '2026-12-31', intervals: [{ from: '08:00', to: '12:00' }] }],
  countries: ['DE', 'AT'],
};
const MADE = {
  id: EXAMPLE_IDS.Calendar, ...BODY, is_default: false, follows_tenant: false, created_at: '2026-03-01T08:00:00.000Z', updated_at: '2026-03-01T08:00:00.000Z',
} satisfies Calendar;
const DEFAULT_REQUIRED = refused(DomainError.conflict('default_required', 'Munich is the default calendar: make another one the default first'));

export const createCalendar = {
  munich: { summary: 'With a lunch break, holidays of a region, and a short day', body: BODY, answer: { message: 'Calendar created', data: MADE } },
  overlapping_intervals: {
    summary: 'Hours that overlap', body: { ...BODY, weekly: { monday: [{ from: '08:00', to: '12:00' }, { from: '11:30', to: '17:00' }] } },
    ...refused(DomainError.invalidField('weekly.monday.1', 'overlapping_intervals', '11:30-17:00 overlaps 08:00-12:00 of the same day')),
  },
  unknown_time_zone: {
    summary: 'A time zone that is none', body: { ...BODY, time_zone: 'Europe/Munich' },
    ...refused(DomainError.invalidField('time_zone', 'unknown_time_zone', '"Europe/Munich" is no time zone: an IANA name such as Europe/Berlin is')),
  },
  calendar_exists: {
    summary: 'A name that is there', body: BODY,
    ...refused(DomainError.conflict('calendar_exists', 'There is a calendar with the name Munich already: change it instead')),
  },
} satisfies Examples;

export const listCalendars = {
  of_its_own: {
    summary: 'Besides the one that a tenant begins with', parameters: { limit: 50 },
    answer: {
      message: 'Calendars listed',
      data: [{
        id: EXAMPLE_IDS.Calendar - 1, name: 'Office hours', time_zone: 'America/New_York',
        weekly: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
        holidays: null, exceptions: [], countries: [], is_default: true, follows_tenant: true, created_at: '2026-02-20T10:00:00.000Z', updated_at: '2026-02-20T10:00:00.000Z',
      }, MADE],
      meta: { next_cursor: null },
    },
  },
} satisfies Examples;

export const getCalendar = { munich: { summary: 'One of them', answer: { message: 'Calendar found', data: MADE } } } satisfies Examples;

export const replaceCalendar = {
  for_everybody: {
    summary: 'From now on the hours of whoever has no others', body: { ...BODY, is_default: true },
    answer: { message: 'Calendar replaced', data: { ...MADE, is_default: true, updated_at: '2026-03-02T08:00:00.000Z' } },
  },
  default_required: { summary: 'The default one, as if it were none', body: BODY, ...DEFAULT_REQUIRED },
} satisfies Examples;

export const deleteCalendar = {
  munich: { summary: 'Nobody goes by it', answer: { message: 'Calendar deleted', data: MADE } },
  default_required: { summary: 'The default one', ...DEFAULT_REQUIRED },
} satisfies Examples;
