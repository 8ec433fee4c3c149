import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';

const VISIT = { type: 'pricing_view', id: 'hit-20260302-77', at: '2026-03-02T14:06:00.000Z', properties: { page: '/pricing' } };
const EMAIL = 'sarah.johnson@techcorp.com';
const VISITOR = 'v-0b9f6f0e';
const COUNTED = { state: 'counted' as const, lead_id: EXAMPLE_IDS.Lead };
const FUTURE = { field: 'events[1].at', code: 'signal_in_future', detail: 'events[1].at is more than 5 minutes ahead' };
const NEVER = '2126-03-02T14:06:00.000Z';

export const submitPageEvents = {
  page: {
    summary: 'Somebody looks at the prices', body: { events: [{ type: 'pricing_view', id: 'page-1', visitor_id: VISITOR, properties: { page: '/pricing' } }] },
    answer: { message: 'Thank you', data: { received: 1 } },
  },
  one: {
    summary: 'One by itself', body: { type: 'web_visit', id: 'page-2', visitor_id: VISITOR, properties: { page: '/' } },
    answer: { message: 'Thank you', data: { received: 1 } },
  },
  identify: {
    summary: 'A script can not say who somebody is', body: { events: [{ type: 'identify', visitor_id: VISITOR }] },
    ...refused(DomainError.invalidField('events.0.type', 'not_from_a_page', 'events.0.type is none that a page may tell of: it takes a key of the API')),
  },
} satisfies Examples;

export const recordLeadEvents = {
  counted: { summary: 'She looked at the prices', body: VISIT, answer: { message: 'Event taken in', data: { id: VISIT.id, ...COUNTED } } },
  in_future: {
    summary: 'A clock that is ahead by more than 5 minutes', body: { ...VISIT, at: NEVER },
    ...refused(DomainError.invalidField('at', 'signal_in_future', 'at is more than 5 minutes ahead')),
  },
} satisfies Examples;

export const recordEvents = {
  several: {
    summary: 'By address and by cookie; each has its own verdict',
    body: {
      events: [
        { type: 'identify', id: 'login-9', email: EMAIL, visitor_id: VISITOR, at: '2026-03-02T14:05:00.000Z' },
        { ...VISIT, email: EMAIL, at: NEVER },
        { ...VISIT, visitor_id: VISITOR },
        { type: 'webinar', id: 'w-12', email: 'nobody.yet@example.com', at: '2026-03-02T15:00:00.000Z' },
        { type: 'trial_started', id: 't-4', lead_id: EXAMPLE_IDS.Lead, at: '2026-03-02T15:05:00.000Z' },
      ],
    },
    answer: {
      message: 'Events taken in',
      data: {
        summary: { received: 5, counted: 3, repeated: 0, waiting: 1, failed: 1 },
        results: [
          { index: 0, status: 200, id: 'login-9', ...COUNTED },
          { index: 1, status: 422, id: VISIT.id, code: FUTURE.code, detail: FUTURE.detail, errors: [FUTURE] },
          { index: 2, status: 200, id: VISIT.id, ...COUNTED },
          { index: 3, status: 200, id: 'w-12', state: 'waiting', lead_id: null },
          {
            index: 4, status: 200, id: 't-4', ...COUNTED,
            code: 'unscored_signal', detail: 'The scoring model has no rule for trial_started: it is kept, and scores nothing',
          },
        ],
      },
    },
  },
  one: { summary: 'One, by address', body: { ...VISIT, email: EMAIL }, answer: { message: 'Event taken in', data: { id: VISIT.id, ...COUNTED } } },
  nobody: {
    summary: 'Of nobody', body: VISIT,
    ...refused(DomainError.invalidField('lead_id', 'required', 'lead_id, external_id, email or visitor_id is required')),
  },
} satisfies Examples;
