import { DEPARTMENT_WORDS } from './models/department-words';
import { SENIORITY_WORDS } from './models/seniority-words';
import type { ScoringModel } from './scoring-model';

const POINTS_OF_LEVEL: Readonly<Record<string, number>> = { c_level: 14, vp: 11, director: 9, manager: 6, specialist: 3, staff: 2 };

/**
 * What a tenant scores with until it writes a model of its own; data, stored as its version 1. The fit rules sum to 50
 * for a C-level of a large technology company with a business e-mail and a valid phone.
 */
export const defaultModel: ScoringModel = {
  name: 'Default',
  demographic: {
    company_size: {
      employees: [
        { at_least: 1, points: 2 }, { at_least: 11, points: 5 }, { at_least: 51, points: 8 },
        { at_least: 201, points: 10 }, { at_least: 1_001, points: 12 },
      ],
      annual_revenue: [
        { at_least: 100_000, points: 2 }, { at_least: 1_000_000, points: 5 }, { at_least: 10_000_000, points: 8 },
        { at_least: 50_000_000, points: 10 }, { at_least: 250_000_000, points: 12 },
      ],
    },
    industry: {
      tiers: [
        { name: 'top', industries: ['technology', 'software_saas', 'finance', 'healthcare'], points: 12 },
        { name: 'good', industries: ['manufacturing', 'logistics', 'energy', 'media', 'retail'], points: 8 },
        { name: 'fair', industries: ['education', 'real_estate', 'hospitality', 'government', 'non_profit'], points: 5 },
      ],
      other: 3,
    },
    seniority: {
      levels: SENIORITY_WORDS.map(({ level, words }) => ({ level, words, points: POINTS_OF_LEVEL[level] })),
      other: 3,
    },
    // Worth nothing until a tenant gives points; then the words are there.
    department: {
      departments: Object.entries(DEPARTMENT_WORDS).map(([department, words]) => ({ department, words, points: 0 })), other: 0,
    },
    email: { business: 8, free: -3, role: -4, disposable: -15, invalid: -6 },
    phone: { valid: 4, invalid: 0 },
    geography: { tiers: [], elsewhere: 0 },
    rules: [],
  },
  behavioral: {
    groups: [
      { name: 'web', cap: 12 }, { name: 'content', cap: 15 }, { name: 'email', cap: 12 }, { name: 'intent', cap: 35 },
      { name: 'conversation', cap: 30 }, { name: 'lost_interest', cap: 0 },
    ],
    signals: [
      { signal: 'web_visit', group: 'web', points: 1, half_life_days: 14 },
      { signal: 'pricing_view', group: 'intent', points: 8, half_life_days: 14 },
      { signal: 'content_download', group: 'content', points: 6, half_life_days: 30 },
      { signal: 'webinar', group: 'content', points: 10, half_life_days: 30 },
      { signal: 'demo_request', group: 'intent', points: 25, half_life_days: 90 },
      { signal: 'form_submission', group: 'intent', points: 10, half_life_days: 60 },
      { signal: 'email_open', group: 'email', points: 1, half_life_days: 14 },
      { signal: 'email_click', group: 'email', points: 4, half_life_days: 21 },
      { signal: 'email_reply', group: 'conversation', points: 12, half_life_days: 45 },
      { signal: 'inbound_email', group: 'conversation', points: 12, half_life_days: 45 },
      { signal: 'call', group: 'conversation', points: 12, half_life_days: 45 },
      { signal: 'meeting', group: 'conversation', points: 18, half_life_days: 60 },
      { signal: 'unsubscribe', group: 'lost_interest', points: -15, half_life_days: 180 },
    ],
  },
  bands: {
    grades: { A: 80, B: 60, C: 40, D: 20 },
    temperatures: { hot: 75, warm: 45 },
    hysteresis: 3,
    mql: 50,
    hot_rating: 4,
  },
};
