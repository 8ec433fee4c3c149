import { DomainError, type ScoringModelVersion } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { OWNER, TEAM } from '../leads/example-lead';

const SETUP = {
  teams: [{ name: 'Enterprise' }, { name: 'Commercial' }],
  reps: [
    { user_id: 'dana.kim', name: 'Dana Kim', email: 'dana.kim@acme.example', team: 'Enterprise', time_zone: 'America/New_York', weight: 1, active: true },
    { user_id: 'priya.nair', name: 'Priya Nair', email: 'priya.nair@acme.example', team: 'Commercial', time_zone: 'America/Los_Angeles', weight: 2, active: true },
  ],
  pools: [
    { name: 'enterprise', strategy: 'round_robin', members: ['dana.kim'] },
    { name: 'commercial', strategy: 'weighted', members: ['priya.nair'] },
  ],
  rule_set: {
    rules: [{ name: 'Large companies', when: { field: 'employees', op: 'gte', value: 200 }, pool: 'enterprise' }],
    default: { pool: 'commercial' },
  },
};

const REPS = [
  { ...SETUP.reps[0], id: OWNER.id, team: TEAM },
  { ...SETUP.reps[1], id: 32, team: { id: 4, name: 'Commercial' } },
];

/** Those that a tenant begins with. */
const CALENDARS = [{
  name: 'Office hours', is_default: true,
  weekly: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
}];

export const getRoutingSetup = {
  two_teams: {
    summary: 'Large companies to one team, the rest to the other',
    answer: { message: 'Routing setup found', data: { setup: { ...SETUP, calendars: CALENDARS }, version: 1, reps: REPS } },
  },
} satisfies Examples;

export const replaceRoutingSetup = {
  two_teams: {
    summary: 'Large companies to one team, the rest to the other', body: SETUP, answer: { message: 'Routing setup replaced', data: { version: 1, reps: REPS } },
  },
  unknown_pool: {
    summary: 'A rule that names no pool', body: { ...SETUP, rule_set: { rules: [], default: { pool: 'everybody' } } },
    ...refused(DomainError.invalidField('rule_set.default.pool', 'unknown_pool', 'There is no pool "everybody"')),
  },
} satisfies Examples;

/** A small one, for the examples of all that is about models. */
export const MODEL = {
  name: 'Small software companies',
  demographic: {
    company_size: { employees: [{ at_least: 1, points: 10 }, { at_least: 51, points: 15 }], annual_revenue: [] },
    industry: { tiers: [{ name: 'ours', industries: ['technology', 'software_saas'], points: 15 }], other: 2 },
    seniority: { levels: [{ level: 'c_level', words: ['ceo', 'cto', 'founder'], points: 15 }], other: 3 },
    email: { business: 5, free: 0, role: -5, disposable: -20, invalid: -5 },
    phone: { valid: 0, invalid: 0 },
    geography: { tiers: [], elsewhere: 0 },
    rules: [],
  },
  behavioral: {
    groups: [{ name: 'intent', cap: 40 }],
    signals: [{ signal: 'demo_request', group: 'intent', points: 30, half_life_days: 30 }],
  },
  bands: { grades: { A: 80, B: 60, C: 40, D: 20 }, temperatures: { hot: 75, warm: 45 }, hysteresis: 3, mql: 50, hot_rating: 4 },
};

const AT = '2026-03-01T09:00:00.000Z';
const VERSION: ScoringModelVersion = {
  id: EXAMPLE_IDS['Scoring model'], version: 2, name: MODEL.name, state: 'active', active: true, segment: null, document: MODEL, created_at: AT, created_by: 'CRM sync',
  updated_at: AT, activated_at: AT, activated_by: 'CRM sync',
};

const answered = (message: string) =>
  ({ message, data: VERSION });

export const getScoringModel = {
  own_model: { summary: 'A model of their own', answer: answered('Scoring model found') },
} satisfies Examples;

export const replaceScoringModel = {
  own_model: { summary: 'A model of their own, after the one that every tenant begins with', body: MODEL, answer: answered('Scoring model activated') },
  no_model: { summary: 'A model without bands', body: { ...MODEL, bands: undefined }, ...refused(DomainError.invalidField('bands', 'required', 'bands is required')) },
} satisfies Examples;
