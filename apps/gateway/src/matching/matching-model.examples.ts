import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';

const MODEL = {
  fields: [
    { name: 'first_name', kind: 'given_name', about: 'person' },
    { name: 'last_name', kind: 'family_name', about: 'person' },
    { name: 'email', kind: 'email', about: 'person' },
    { name: 'phone', kind: 'phone', about: 'surroundings' },
    { name: 'company_name', kind: 'company', about: 'organisation' },
    {
      name: 'custom_fields.date_of_birth', kind: 'date', about: 'person',
      weights: { equal: { m: 0.9 }, close: { m: 0.06 }, 'two parts': { m: 0.01 }, partly: { m: 0.01 }, different: { m: 0.02 } },
    },
  ],
  duplicates: 0.3, neighbours: 1.5, bands: { same: 0.99, review: 0.45 },
  company_aliases: [{ name: 'International Business Machines', aliases: ['IBM', 'Big Blue'] }],
} as const;

const VERSION = { version: 1, document: MODEL, created_at: '2026-03-01T09:00:00.000Z', created_by: 'CRM sync' };

export const getMatchingModel = {
  own_model: { summary: 'A model of their own', answer: { message: 'Matching model found', data: VERSION } },
} satisfies Examples;

export const replaceMatchingModel = {
  own_model: { summary: 'The date of birth tells who somebody is', body: MODEL, answer: { message: 'Matching model activated', data: VERSION } },
  name_of_two: {
    summary: 'A name that two companies claim', body: { ...MODEL, company_aliases: [...MODEL.company_aliases, { name: 'Blue', aliases: ['Big Blue Ltd'] }] },
    ...refused(DomainError.invalidField('company_aliases.1.aliases.0', 'not_unique',
      'company_aliases.1.aliases.0 is compared as "big blue", which company_aliases.0 has before')),
  },
  unknown_kind: {
    summary: 'A field of no kind that there is', body: { ...MODEL, fields: [{ name: 'custom_fields.member', kind: 'number_plate', about: 'person' }] },
    ...refused(DomainError.invalidField('fields.0.kind', 'not_one_of', 'fields.0.kind must be one of given_name, family_name, email, phone, date, exact, code, number, text, '
      + 'company, domain, street, postal_code, city, region')),
  },
} satisfies Examples;

const m = (...weights: [string, number][]) => Object.fromEntries(weights.map(([level, weight]) => [level, { m: weight }]));
const WEIGHTS: Readonly<Record<string, object>> = {
  first_name: m(['equal', 0.78], ['nickname', 0.03], ['close', 0.09], ['initial', 0.03], ['similar', 0.04], ['different', 0.03]),
  last_name: m(['equal', 0.8], ['close', 0.1], ['similar', 0.04], ['different', 0.06]),
  email: m(['equal', 0.7], ['close', 0.08], ['same mailbox name', 0.07], ['different', 0.15]),
  phone: m(['equal', 0.72], ['close', 0.05], ['different', 0.23]),
  company_name: m(['equal', 0.58], ['close', 0.14], ['contained', 0.15], ['overlapping', 0.09], ['different', 0.04]),
};
const LEARNT = { ...MODEL, duplicates: 0.01, fields: MODEL.fields.map((field) => ({ weights: WEIGHTS[field.name], ...field })) };

export const learnMatchingModel = {
  no_duplicates: {
    summary: 'Among these leads nobody is there twice: so much the less likely is any pair',
    answer: {
      message: 'Matching model learnt',
      data: {
        ...VERSION, version: 2, document: LEARNT, leads: 120, pairs: 0, duplicates: { from: 0.3, to: 0.01 }, neighbours: { from: 1.5, to: 1.5 }, changed: [],
      },
    },
  },
  few_leads: {
    summary: 'Too few leads to learn from',
    ...refused(DomainError.conflict('too_few_leads', 'Weights are learnt from 100 leads or more; there are 0')),
  },
} satisfies Examples;
