import { DomainError, type Campaign } from '@headwater/contracts';
import { EXAMPLE_CAMPAIGN, refused, type Examples } from '../documents/example';

const DESCRIBED = {
  code: EXAMPLE_CAMPAIGN, name: 'Spring webinars 2026', channel: 'event', starts_on: '2026-03-01', ends_on: '2026-05-31', budget: 20_000, currency: 'USD',
  aliases: ['spring_webinar'],
} as const;

const MADE = { id: 41, ...DESCRIBED, aliases: ['spring_webinar'], status: 'active', created_at: '2026-02-20T10:00:00.000Z', updated_at: '2026-02-20T10:00:00.000Z' } satisfies Campaign;

export const createCampaign = {
  webinars: { summary: 'Webinars, and what ad tools call them', body: DESCRIBED, answer: { message: 'Campaign created', data: MADE } },
  campaign_exists: {
    summary: 'A code that is there already, with other capitals', body: { code: 'SPRING-2026' },
    ...refused(DomainError.conflict('campaign_exists', 'Campaign spring-2026 is there already: change it instead')),
  },
} satisfies Examples;

export const listCampaigns = {
  by_alias: {
    summary: 'Which campaign an ad tool means', parameters: { search: 'webinar', status: 'active', limit: 50 },
    answer: { message: 'Campaigns listed', data: [MADE], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const getCampaign = { described: { summary: 'One that somebody has described', answer: { message: 'Campaign found', data: MADE } } } satisfies Examples;

export const updateCampaign = {
  over: {
    summary: 'It is over, and was called otherwise, too', body: { status: 'finished', aliases: ['spring_webinar', 'webinar-q2'] },
    answer: { message: 'Campaign updated', data: { ...MADE, status: 'finished', aliases: ['spring_webinar', 'webinar-q2'], updated_at: '2026-06-01T08:00:00.000Z' } },
  },
  wrong_period: {
    summary: 'An end before its beginning', body: { ends_on: '2026-02-01' },
    ...refused(DomainError.invalidField('ends_on', 'reversed_period', 'ends_on must not be before starts_on')),
  },
} satisfies Examples;
