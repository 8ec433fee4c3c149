import { STAGE_BANDS, STAGES } from '@headwater/contracts';
import { opportunityTerms } from './opportunity-terms';

const tenant = { today: '2026-01-10', currency: 'EUR' };
const codes = (given: Partial<Parameters<typeof opportunityTerms>[0]>) =>
  opportunityTerms({ name: 'Deal', value: 1, ...given }, tenant).warnings.map(({ code }) => code);

describe('opportunityTerms', () => {
  it('completes what was not said', () => {
    expect(opportunityTerms({ name: ' Deal ', value: 75_000.5 }, tenant)).toEqual({
      terms: {
        name: 'Deal', value: 75_000.5, currency: 'EUR', stage: 'prospecting', probability: 15, expected_close_date: '2026-04-10',
      },
      warnings: [],
    });
  });

  it.each(STAGES)('puts the probability into the middle of the band of %s', (stage) => {
    const [low, high] = STAGE_BANDS[stage];
    const { terms, warnings } = opportunityTerms({ name: 'Deal', value: 1, stage }, tenant);
    expect(terms.probability).toBe((low + high) / 2);
    expect(warnings).toEqual([]);
  });

  it('takes an unusual probability with a remark, at the edges without', () => {
    expect(codes({ stage: 'proposal', probability: 75 })).toEqual(['probability_outside_stage_band']);
    expect(codes({ stage: 'proposal', probability: 50 })).toEqual([]);
    expect(codes({ stage: 'proposal', probability: 60 })).toEqual([]);
    expect(codes({ stage: 'closed_won', probability: 99 })).toEqual(['probability_outside_stage_band']);
    expect(codes({ probability: 0 })).toEqual(['probability_outside_stage_band']);
  });

  it('takes a close date in the past with a remark, today without', () => {
    expect(codes({ closeDate: '2026-01-09' })).toEqual(['close_date_in_past']);
    expect(codes({ closeDate: '2026-01-10' })).toEqual([]);
  });
});
