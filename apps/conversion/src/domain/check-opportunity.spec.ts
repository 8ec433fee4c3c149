import { checkOpportunity } from './check-opportunity';

const body = { name: 'Expansion', customer_id: 1, value: 5 };

describe('checkOpportunity', () => {
  it('takes what is complete', () => expect(checkOpportunity({ ...body, expected_close_date: '2020-02-29' })).toEqual([]));

  it('names every field that is wrong', () => {
    expect(checkOpportunity({ ...body, name: ' ', expected_close_date: '2026-02-30' }).map(({ field }) => field))
      .toEqual(['name', 'expected_close_date']);
  });
});
