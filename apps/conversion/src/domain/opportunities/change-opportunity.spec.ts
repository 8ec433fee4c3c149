import * as fc from 'fast-check';
import { DomainError, LOSS_REASONS, STAGE_BANDS, STAGES, type Opportunity, type PatchOpportunityRequest, type Stage } from '@headwater/contracts';
import { isClosed } from './announce-opportunity';
import { changeOpportunity } from './change-opportunity';
import { NEXT_STAGES } from './stage-table';

const TODAY = '2026-02-01';
const deal = (stage: Stage, more: Partial<Opportunity> = {}): Opportunity => ({
  id: 1, name: 'Deal', value: 100, currency: 'EUR', stage, probability: 15, expected_close_date: '2026-03-01', customer_id: 2, account_id: 3,
  created_at: '2026-01-01T00:00:00.000Z', ...more,
});
const change = (before: Opportunity, patch: PatchOpportunityRequest) => changeOpportunity(before, patch, TODAY);
const refusal = (before: Opportunity, patch: PatchOpportunityRequest): DomainError['body'] => {
  try {
    change(before, patch);
  } catch (error) {
    return (error as DomainError).body;
  }
  throw new Error('It was not refused');
};

describe('stages', () => {
  it('lead from every open one anywhere, from a closed one back alone', () => {
    for (const from of STAGES) for (const to of STAGES.filter((stage) => stage !== from)) {
      expect([from, to, NEXT_STAGES[from].includes(to)]).toEqual([from, to, !(isClosed(from) && isClosed(to))]);
    }
  });

  it('that are not allowed name those that are', () => {
    expect(refusal(deal('closed_won'), { stage: 'closed_lost', lost_reason: 'price' }))
      .toMatchObject({ kind: 'conflict', code: 'invalid_transition', more: { allowed: NEXT_STAGES.closed_won } });
  });

  it('bring the middle of their band, unless told', () => {
    expect(change(deal('prospecting'), { stage: 'negotiation' })).toEqual({ columns: { stage: 'negotiation', probability: 70 }, closed: false, warnings: [] });
    expect(change(deal('prospecting'), { stage: 'negotiation', probability: 65 }).columns).toEqual({ stage: 'negotiation', probability: 65 });
    const outside = change(deal('prospecting'), { stage: 'negotiation', probability: 10 });
    expect(outside.warnings.map(({ code }) => code)).toEqual(['probability_outside_stage_band']);
  });

  it('that it is in already are no change', () => {
    expect(change(deal('proposal'), { stage: 'proposal' })).toEqual({ columns: {}, closed: null, warnings: [] });
  });
});

it('a currency that an earlier release took is no change, and no longer taken anew', () => {
  const old = deal('proposal', { currency: 'ZWL', probability: 33.5 });
  expect(change(old, { currency: 'ZWL', probability: 33.5, value: 90 })).toEqual({ columns: { value: 90 }, closed: null, warnings: [] });
  expect(refusal(deal('proposal'), { currency: 'ZWL' })).toMatchObject({ errors: [{ field: 'currency', code: 'unknown_currency' }] });
});

describe('the end of a deal', () => {
  it('is a win with its amount', () => {
    expect(change(deal('negotiation'), { stage: 'closed_won', value: 90 })).toMatchObject({ columns: { stage: 'closed_won', value: 90, probability: 100 }, closed: true });
  });

  it('is a loss for a reason', () => {
    expect(refusal(deal('proposal'), { stage: 'closed_lost' })).toMatchObject({ kind: 'invalid', errors: [{ field: 'lost_reason', code: 'required' }] });
    expect(change(deal('proposal'), { stage: 'closed_lost', lost_reason: 'price' })).toMatchObject({
      columns: { stage: 'closed_lost', lost_reason: 'price', probability: 0 }, closed: true,
    });
    expect(refusal(deal('proposal'), { lost_reason: 'price' })).toMatchObject({ errors: [{ field: 'lost_reason', code: 'not_lost' }] });
  });

  it('freezes what it was about, until it is opened again', () => {
    const lost = deal('closed_lost', { probability: 0, lost_reason: 'price' });
    for (const patch of [{ value: 1 }, { probability: 5 }, { expected_close_date: '2026-05-01' }, { currency: 'USD' }, { lost_reason: 'competitor' as const }]) {
      expect(refusal(lost, patch)).toMatchObject({ kind: 'conflict', code: 'opportunity_closed' });
    }
    expect(change(lost, { name: 'Renamed', value: 100, tags: ['x'] }).columns).toEqual({ name: 'Renamed', tags: ['x'] });
    expect(change(lost, { stage: 'proposal', value: 120 })).toMatchObject({ columns: { stage: 'proposal', value: 120, probability: 55, lost_reason: null }, closed: false });
  });
});

describe('the terms', () => {
  it('are refused where they are impossible', () => {
    expect(refusal(deal('proposal'), { expected_close_date: '2026-02-30' })).toMatchObject({ errors: [{ field: 'expected_close_date', code: 'invalid_date' }] });
    expect(refusal(deal('proposal'), { name: ' ', value: null, stage: null }).errors?.map(({ field }) => field)).toEqual(['name', 'value', 'stage']);
  });

  it('warn of what is unusual, and only of what the patch says', () => {
    const odd = deal('proposal', { probability: 99, expected_close_date: '2020-01-01' });
    expect(change(odd, { name: 'Other' }).warnings).toEqual([]);
    expect(change(odd, { expected_close_date: '2020-01-02' }).warnings.map(({ code }) => code)).toEqual(['close_date_in_past']);
    expect(change(odd, { probability: 98 }).warnings.map(({ code }) => code)).toEqual(['probability_outside_stage_band']);
  });

  it('an empty note leaves the latest one', () => {
    expect(change(deal('proposal', { notes: 'Latest' }), { notes: null }).columns).toEqual({});
    expect(change(deal('proposal', { notes: 'Latest' }), { notes: ' Newer ' }).columns).toEqual({ notes: 'Newer' });
  });
});

it('any sequence of patches leaves a deal whose stage, reason and probability agree', () => {
  const patch = fc.record({
    stage: fc.constantFrom(...STAGES), lost_reason: fc.option(fc.constantFrom(...LOSS_REASONS), { nil: undefined }), value: fc.option(fc.nat(1_000), { nil: undefined }),
  }, { requiredKeys: [] });
  fc.assert(fc.property(fc.array(patch, { maxLength: 12 }), (patches) => {
    const end = patches.reduce((before, one) => {
      try {
        return { ...before, ...change(before, one).columns } as Opportunity;
      } catch (error) {
        if (error instanceof DomainError) return before;
        throw error;
      }
    }, deal('prospecting', { lost_reason: null }));
    expect(end.lost_reason != null).toBe(end.stage === 'closed_lost');
    const [low, high] = STAGE_BANDS[end.stage];
    expect(end.probability).toBe((low + high) / 2);
  }));
});
