import type { Leave, Rep, Team, Territory } from '@headwater/contracts';
import { EXAMPLE_IDS } from '../documents/example';

/** Who is in the examples of routing. */

const AT = '2026-02-02T09:00:00.000Z';

export const COMMERCIAL: Team = {
  id: EXAMPLE_IDS.Team, name: 'Commercial', active: true, managers: [{ user_id: 'mia.lang', name: 'Mia Lang', email: 'mia.lang@acme.example' }],
  calendar_id: null, updated_at: AT,
};
export const PRIYA: Rep = {
  id: EXAMPLE_IDS.Rep, user_id: 'priya.nair', name: 'Priya Nair', email: 'priya.nair@acme.example', active: true,
  team: { id: COMMERCIAL.id, name: COMMERCIAL.name }, time_zone: 'America/Los_Angeles', weight: 2, max_open_leads: 80, max_per_window: { day: 20 },
  skills: ['healthcare', 'enterprise'], languages: ['en', 'hi'], roles: ['account executive'], calendar_id: null, open_leads: 0, updated_at: AT,
};
export const WEST_COAST: Territory = {
  id: EXAMPLE_IDS.Territory, name: 'West Coast', parent_id: null, countries: [], regions: ['US-CA', 'US-OR', 'US-WA'],
  postal: [{ country: 'US', prefix: '9' }], account_ids: [], domains: ['techcorp.com'], owner_ids: [PRIYA.id], team_id: null, active: true, updated_at: AT,
};
export const SUMMER: Leave = {
  id: EXAMPLE_IDS.Leave, rep_id: PRIYA.id, from: '2026-08-03T00:00:00.000Z', until: '2026-08-17T00:00:00.000Z', active: true, updated_at: AT,
};
export const CHANGED_AT = '2026-02-03T09:00:00.000Z';
