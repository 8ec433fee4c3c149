import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { CHANGED_AT, COMMERCIAL, PRIYA } from './people';

export const createRep = {
  priya: {
    summary: 'At most 80 open leads, and 20 new ones a day',
    body: {
      user_id: 'priya.nair', name: 'Priya Nair', email: 'priya.nair@acme.example', team_id: COMMERCIAL.id, time_zone: 'America/Los_Angeles', weight: 2,
      max_open_leads: 80, max_per_window: { day: 20 }, skills: ['Healthcare', 'enterprise'], languages: ['en', 'hi'], roles: ['Account executive'],
    },
    answer: { message: 'Rep created', data: PRIYA },
  },
  unknown_team: {
    summary: 'A team that is not there, and a zone that is none', body: { user_id: 'a.b', name: 'A B', team_id: 999_999_999, time_zone: 'Mars/Olympus' },
    ...refused(DomainError.invalid([
      { field: 'time_zone', code: 'unknown_time_zone', detail: '"Mars/Olympus" is no time zone: an IANA name such as Europe/Berlin is' },
      { field: 'team_id', code: 'unknown_team', detail: 'There is no team 999999999' },
    ])),
  },
  rep_exists: {
    summary: 'A user who is a rep already', body: { user_id: 'priya.nair', name: 'Priya N.' },
    ...refused(DomainError.conflict('rep_exists', 'There is a rep of the user priya.nair already: change it instead')),
  },
} satisfies Examples;

export const listReps = {
  active: { summary: 'Those who are active', parameters: { active: true }, answer: { message: 'Reps listed', data: [PRIYA], meta: { next_cursor: null } } },
} satisfies Examples;

export const getRep = { priya: { summary: 'One of them', answer: { message: 'Rep found', data: PRIYA } } } satisfies Examples;

export const updateRep = {
  leaves: {
    summary: 'They are leaving', body: { active: false },
    answer: { message: 'Rep updated', data: { ...PRIYA, active: false, updated_at: CHANGED_AT } },
  },
  wrong_language: {
    summary: 'A language by its name', body: { languages: ['English'] },
    ...refused(DomainError.invalidField('languages', 'unknown_language', '"english" is no language: ISO 639-1 has two letters, such as en')),
  },
} satisfies Examples;
