import { checkConvert } from './check-convert';

const fields = (body: Parameters<typeof checkConvert>[0]) => checkConvert(body).map(({ field, code }) => [field, code]);

describe('checkConvert', () => {
  it.each([{}, { create_customer: true }, { create_customer: null }])('takes %j for a conversion into a customer', (body) => {
    expect(checkConvert(body)).toEqual([]);
  });

  it('refuses to convert without a customer, in the documented words', () => {
    expect(checkConvert({ create_customer: false })).toEqual([
      { field: 'create_customer', code: 'must_be_true', detail: 'create_customer must be true to convert lead' },
    ]);
  });

  it('asks for name and amount of an opportunity, and names both', () => {
    expect(fields({ create_opportunity: true, opportunity_name: '  ' }))
      .toEqual([['opportunity_name', 'required'], ['opportunity_amount', 'required']]);
    expect(fields({ create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 0 })).toEqual([]);
    expect(fields({ create_opportunity: false })).toEqual([]);
  });

  it('asks for stage and close date, too, where a tenant is strict', () => {
    const deal = { create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 1 };
    expect(checkConvert(deal, true).map(({ field, code }) => [field, code])).toEqual([['opportunity_stage', 'required'], ['opportunity_close_date', 'required']]);
    expect(checkConvert({ ...deal, opportunity_stage: 'proposal', opportunity_close_date: '2099-01-01' }, true)).toEqual([]);
    expect(checkConvert({}, true)).toEqual([]);
  });

  it('refuses a date that the calendar does not have', () => {
    expect(fields({ opportunity_close_date: '2026-02-30' })).toEqual([['opportunity_close_date', 'invalid_date']]);
    expect(fields({ opportunity_close_date: '1999-01-01' })).toEqual([]);
  });

  it('refuses a currency that there is not, wherever it is said', () => {
    expect(fields({ opportunity_currency: 'XYZ', field_overrides: { opportunity: { currency: 'ABC' } } }))
      .toEqual([['opportunity_currency', 'unknown_currency'], ['field_overrides.opportunity.currency', 'unknown_currency']]);
    for (const opportunity_currency of ['USD', 'JPY', 'KWD', 'XCG', null]) expect(fields({ opportunity_currency })).toEqual([]);
  });

  it('takes a reason of a loss for a deal that is recorded as lost, and for no other', () => {
    const lost = { create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 1, opportunity_stage: 'closed_lost', opportunity_lost_reason: 'price' } as const;
    expect(fields(lost)).toEqual([]);
    for (const other of [{ ...lost, opportunity_stage: 'closed_won' as const }, { opportunity_lost_reason: lost.opportunity_lost_reason }]) {
      expect(fields(other)).toEqual([['opportunity_lost_reason', 'not_lost']]);
    }
  });

  it('refuses two opportunities at once, a role in none, and an account without a name', () => {
    expect(fields({ create_opportunity: true, opportunity_name: 'Deal', opportunity_amount: 1, existing_opportunity_id: 4 }))
      .toEqual([['existing_opportunity_id', 'excluded']]);
    expect(fields({ contact_role: 'champion' })).toEqual([['contact_role', 'no_opportunity']]);
    expect(fields({ contact_role: 'champion', existing_opportunity_id: 4 })).toEqual([]);
    expect(fields({ field_overrides: { account: { name: ' ' } } })).toEqual([['field_overrides.account.name', 'required']]);
  });
});
