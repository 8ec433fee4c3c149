import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { CHANGED_AT, COMMERCIAL } from './people';

export const createTeam = {
  commercial: { summary: 'With who is told when something escalates', body: { name: 'Commercial', managers: COMMERCIAL.managers }, answer: { message: 'Team created', data: COMMERCIAL } },
  team_exists: {
    summary: 'A name that is there, with other capitals', body: { name: 'COMMERCIAL' },
    ...refused(DomainError.conflict('team_exists', 'There is a team with the name COMMERCIAL already: change it instead')),
  },
} satisfies Examples;

export const listTeams = {
  by_name: { summary: 'By a part of the name', parameters: { search: 'comm' }, answer: { message: 'Teams listed', data: [COMMERCIAL], meta: { next_cursor: null } } },
} satisfies Examples;

export const getTeam = { commercial: { summary: 'One of them', answer: { message: 'Team found', data: COMMERCIAL } } } satisfies Examples;

export const updateTeam = {
  renamed: { summary: 'Another name', body: { name: 'Mid-market' }, answer: { message: 'Team updated', data: { ...COMMERCIAL, name: 'Mid-market', updated_at: CHANGED_AT } } },
} satisfies Examples;
