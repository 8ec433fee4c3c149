import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';
import { CHANGED_AT, PRIYA, WEST_COAST } from './people';

export const createTerritory = {
  west_coast: {
    summary: 'Regions, postal codes, and an account by its domain',
    body: { name: 'West Coast', regions: WEST_COAST.regions, postal: WEST_COAST.postal, domains: ['https://www.techcorp.com'], owner_ids: [PRIYA.id] },
    answer: { message: 'Territory created', data: WEST_COAST },
  },
  unknown_rep: {
    summary: 'Owned by somebody who is not there', body: { name: 'East Coast', regions: ['US-NY'], owner_ids: [999_999_999] },
    ...refused(DomainError.invalidField('owner_ids.0', 'unknown_rep', 'There is no rep 999999999')),
  },
  wrong_area: {
    summary: 'A range of postal codes of two lengths', body: { name: 'Bavaria', postal: [{ country: 'DE', from: '80000', to: '8199' }] },
    ...refused(DomainError.invalidField('postal.0', 'wrong_format', 'from and to must be of one length: 80000 and 8199 are not')),
  },
} satisfies Examples;

export const listTerritories = {
  by_name: { summary: 'By a part of the name', parameters: { search: 'coast' }, answer: { message: 'Territories listed', data: [WEST_COAST], meta: { next_cursor: null } } },
} satisfies Examples;

export const getTerritory = { west_coast: { summary: 'One of them', answer: { message: 'Territory found', data: WEST_COAST } } } satisfies Examples;

export const updateTerritory = {
  smaller: {
    summary: 'One region less', body: { regions: ['US-CA', 'US-OR'] },
    answer: { message: 'Territory updated', data: { ...WEST_COAST, regions: ['US-CA', 'US-OR'], updated_at: CHANGED_AT } },
  },
  territory_loop: {
    summary: 'A part of itself', body: { parent_id: WEST_COAST.id },
    ...refused(DomainError.invalidField('parent_id', 'territory_loop', "A territory can't be part of itself: West Coast → West Coast")),
  },
} satisfies Examples;
