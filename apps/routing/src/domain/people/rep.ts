import { fieldError, type FieldError, type LeadsPerWindow } from '@headwater/contracts';
import { isTimeZone } from '../calendar';
import { WINDOWS } from '../choosing/eligibility';
import { checkName, distinct, type PeopleRules } from './kind';

export interface StoredRep {
  user_id: string;
  name: string;
  email: string | null;
  team_id: number | null;
  time_zone: string;
  weight: number;
  active: boolean;
  max_open_leads: number | null;
  max_per_window: LeadsPerWindow;
  skills: string[];
  languages: string[];
  /** in lower case */
  roles: string[];
  calendar_id: number | null;
}

const LANGUAGE = /^[a-z]{2}$/;

/** Reps; a new one needs a time zone to begin with, the tenant's. */
export const repRules: PeopleRules<StoredRep> = {
  noun: 'Rep',
  absent: {
    email: null, team_id: null, weight: 1, active: true, max_open_leads: null, max_per_window: {}, skills: [], languages: [], roles: [], calendar_id: null,
  },
  unique: 'user_id',
  tidy: (rep) => ({
    ...rep, name: rep.name.trim(), user_id: rep.user_id.trim(), skills: plain(rep.skills), languages: plain(rep.languages), roles: plain(rep.roles),
    max_per_window: Object.fromEntries(WINDOWS.flatMap((per) => (rep.max_per_window[per] == null ? [] : [[per, rep.max_per_window[per]]]))),
  }),
  check: ({ user_id, name, time_zone, languages }): FieldError[] => [
    ...checkName('user_id', user_id), ...checkName('name', name),
    ...(isTimeZone(time_zone) ? [] : [fieldError('time_zone', 'unknown_time_zone', `"${time_zone}" is no time zone: an IANA name such as Europe/Berlin is`)]),
    ...languages.filter((language) => !LANGUAGE.test(language)).map((language) =>
      fieldError('languages', 'unknown_language', `"${language}" is no language: ISO 639-1 has two letters, such as en`)),
  ],
  references: ({ team_id, calendar_id }) => [
    ...(team_id === null ? [] : [{ field: 'team_id', to: 'team' as const, id: team_id }]),
    ...(calendar_id === null ? [] : [{ field: 'calendar_id', to: 'calendar' as const, id: calendar_id }]),
  ],
};

const plain = (words: readonly string[]): string[] => distinct(words.map((word) => word.trim().toLowerCase())).filter(Boolean);
