import { record } from '../../../test/copilot-records';
import { unsupported } from './check-words';

const lead = record({
  lead: { first_name: 'Sarah', last_name: 'Johnson', company_name: 'TechCorp Inc', job_title: 'CTO', employees: 250, annual_revenue: 12_000_000, currency: 'USD' },
  notes: [{ id: 'n1', text: 'Budget $75K approved Q1. Pilot with Mercury ends on 2026-04-30; they use two tools.', at: '2026-03-02T10:00:00Z', dismissed: [] }],
  routing: { owner: 'Dana Kim' },
});

describe('what the record has', () => {
  it.each([
    'Sarah Johnson is CTO of TechCorp Inc.', 'Budget: $75K is approved.', 'They have $75,000, or 75k.', 'A revenue of 12 million, with 250 people', 'Revenue: 12,000,000 USD',
    'The pilot ends on April 30, 2026.', 'The pilot ends on 30 April.', 'It ends in April 2026', "TechCorp's pilot with Mercury", 'Dana Kim should call. Because they use two tools.',
    'Hello Sarah,\n\nI would like to hear more.\n\nKind regards\nDana Kim', 'Q1 is when the money is there', 'They may march on.',
  ])('%s', (text) => expect(unsupported(text, lead)).toEqual([]));
});

describe('what it has not', () => {
  it.each([
    ['Budget of $80K', ['80K']], ['They have 75', ['75']], ['They have €75K', ['€']], ['Talk to Peter Miller', ['Peter', 'Miller']], ['Microsoft is behind it', ['Microsoft']],
    ['They compare us with Salesforce', ['Salesforce']], ['It ends on May 1, 2026', ['May 1, 2026']], ['It ends on 31 April', ['31 April']], ['Call on Tuesday', ['Tuesday']],
    ['Call her tomorrow', ['tomorrow']], ['They need it next month', ['next month']], ['It is twenty people', ['twenty']], ['Three of them decide', ['Three']],
    ['Write to eve@example.org', ['eve@example.org']], ['See https://evil.example/x', ['https://evil.example/x']], ['Their site is evil.com', ['evil.com']],
    ['The CFO decides', ['CFO']], ['By Q3', ['Q3']], ['A 15-minute call', ['15']], ['300 people', ['300']], ['Sarah has 40% of the say', ['40']],
  ])('%s', (text, claims) => expect([...unsupported(text, lead)].sort()).toEqual([...claims].sort()));

  it('tells at most twenty claims, and of each 200 characters', () => {
    const claims = unsupported(Array.from({ length: 40 }, (_, i) => `${1_000 + i}${'9'.repeat(300)}`).join(' '), lead);
    expect([claims.length, Math.max(...claims.map(({ length }) => length))]).toEqual([20, 200]);
  });
});
