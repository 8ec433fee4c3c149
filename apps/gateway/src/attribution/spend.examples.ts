import { DomainError, type Spend } from '@headwater/contracts';
import { EXAMPLE_CAMPAIGN, EXAMPLE_IDS, refused, type Examples } from '../documents/example';

const MARCH = { campaign: EXAMPLE_CAMPAIGN, channel: 'paid_search', from: '2026-03-01', to: '2026-03-31', amount: 3_100 } as const;
const STORED = { id: EXAMPLE_IDS.Spend, ...MARCH, currency: 'USD', external_id: null, updated_at: '2026-04-01T06:00:00.000Z' } satisfies Spend;

export const recordSpend = {
  a_month: {
    summary: 'What a month of search ads cost', body: { entries: [MARCH] },
    answer: { message: 'Spend recorded', data: [{ verdict: 'created', id: EXAMPLE_IDS.Spend }] },
  },
  of_several: {
    summary: 'Some days of it once more, and a day of another channel',
    body: { entries: [{ ...MARCH, from: '2026-03-30', to: '2026-04-05' }, { campaign: EXAMPLE_CAMPAIGN, channel: 'paid_social', from: '2026-03-02', amount: 80.5, external_id: 'meta-77' }] },
    answer: {
      message: 'Spend recorded',
      data: [
        {
          verdict: 'refused', id: null, errors: [{
            field: 'from', code: 'overlapping_period',
            detail: 'paid_search has spend from 2026-03-01 to 2026-03-31 already: send that period again, or remove it first',
          }],
        },
        { verdict: 'created', id: 62 },
      ],
    },
  },
  no_entries: {
    summary: 'A body without entries', body: { spend: [] },
    ...refused(DomainError.invalid([
      { field: 'entries', code: 'required', detail: 'entries is required' }, { field: 'spend', code: 'unknown_field', detail: 'spend is not a field of this request' },
    ])),
  },
} satisfies Examples;

export const listSpend = {
  of_a_campaign: {
    summary: 'What a campaign cost', parameters: { campaign: EXAMPLE_CAMPAIGN, limit: 50 },
    answer: { message: 'Spend listed', data: [STORED], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const totalSpend = {
  of_a_week: {
    summary: 'What a week of the month cost', parameters: { from: '2026-03-02', to: '2026-03-08' },
    answer: { message: 'Spend summed up', data: [{ campaign: EXAMPLE_CAMPAIGN, channel: 'paid_search', currency: 'USD', amount: 700, days: 7 }] },
  },
} satisfies Examples;

export const removeSpend = {
  sent_by_mistake: { summary: 'A month that was sent by mistake', answer: { message: 'Spend removed', data: { id: EXAMPLE_IDS.Spend } } },
} satisfies Examples;
