import { STAGES, type Opportunity, type Stage } from '@headwater/contracts';
import { announceChange, announceOpportunity, isClosed } from './announce-opportunity';

const AT = '2026-02-20T11:45:00.000Z';
const attribution = { source: 'web' };
const deal = (stage: Stage, more: Partial<Opportunity> = {}): Opportunity => ({
  id: 890, name: 'Deal', value: 72_000, currency: 'EUR', stage, probability: 15, expected_close_date: '2026-03-15', customer_id: 567, account_id: 345,
  lead_id: 1234, created_at: '2026-01-01T00:00:00.000Z', ...more,
});
const told = (opportunity: Opportunity, revision = 1) => ({ opportunity, revision, attribution, actor: 'Mia' });
const types = (events: { definition: { type: string } }[]) => events.map(({ definition }) => definition.type);

describe('a new deal', () => {
  it.each(STAGES)('in %s', (stage) => {
    const end = { closed_won: ['opportunity.won'], closed_lost: ['opportunity.lost'] }[stage as string] ?? [];
    const events = announceOpportunity('demo', told(deal(stage)));
    expect(types(events)).toEqual(['opportunity.created', ...end]);
    for (const event of events) expect(event).toMatchObject({ tenant: 'demo', subject: '890', leadId: 1234, revision: 1, data: { attribution } });
  });

  it('without a lead is about none', () => {
    expect(announceOpportunity('demo', told(deal('proposal', { lead_id: null })))[0].leadId).toBeUndefined();
  });
});

describe('a changed deal', () => {
  it('tells of a stage only when there is another one', () => {
    expect(types(announceChange('demo', told(deal('proposal'), 2), 'proposal'))).toEqual(['opportunity.updated']);
    for (const to of STAGES.filter((stage) => stage !== 'proposal')) {
      const [changed, ...ends] = announceChange('demo', told(deal(to, { updated_at: AT }), 2), 'proposal');
      expect(changed).toMatchObject({ definition: { type: 'opportunity.stage_changed' }, revision: 2, data: { from: 'proposal', to, actor: 'Mia', at: AT } });
      expect(ends).toHaveLength(isClosed(to) ? 1 : 0);
    }
  });

  it('carries amount and reason to its end', () => {
    const [, won] = announceChange('demo', told(deal('closed_won', { updated_at: AT }), 3), 'negotiation');
    expect(won).toMatchObject({ data: { amount: 72_000, currency: 'EUR', actor: 'Mia', at: AT, attribution }, revision: 3 });
    const [, lost] = announceChange('demo', told(deal('closed_lost', { updated_at: AT, lost_reason: 'price' }), 3), 'negotiation');
    expect(lost).toMatchObject({ definition: { type: 'opportunity.lost' }, data: { reason: 'price', amount: 72_000 } });
  });
});
