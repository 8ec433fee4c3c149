import { campaignKey } from './campaign-name';
import { planSpend, type SpendEntry } from './plan-spend';
import { readSpend } from './read-spend';

const entry = (more: Partial<SpendEntry> = {}): SpendEntry =>
  ({ campaign_id: 1, channel: 'paid_search', from: '2026-03-01', to: '2026-03-07', amount: 100, currency: 'USD', external_id: null, ...more });

describe('campaignKey', () => {
  it.each([[' Spring-2026 ', 'spring-2026'], ['ＳＰＲＩＮＧ', 'spring'], ['Q1  Launch', 'q1 launch']])('finds %j as %j', (name, key) => expect(campaignKey(name)).toBe(key));
});

describe('planSpend', () => {
  const verdicts = (entries: SpendEntry[], stored: (SpendEntry & { id: number })[] = []) => planSpend(entries, stored).map(({ verdict }) => verdict);

  it('takes an entry in once, and replaces it by its period or its external id', () => {
    const stored = [{ ...entry(), id: 7 }, { ...entry({ channel: 'email', external_id: 'e-1' }), id: 8 }];
    expect(planSpend([entry(), entry({ amount: 120 }), entry({ channel: 'email', from: '2026-04-01', to: '2026-04-30', external_id: 'e-1' })], stored)).toEqual([
      { verdict: 'unchanged', row: expect.objectContaining({ id: 7 }) },
      { verdict: 'updated', row: { ...entry({ amount: 120 }), id: 7 } },
      { verdict: 'updated', row: { ...entry({ channel: 'email', from: '2026-04-01', to: '2026-04-30', external_id: 'e-1' }), id: 8 } },
    ]);
  });

  it('keeps the external id of an entry that comes again without', () => {
    expect(planSpend([entry({ amount: 1 })], [{ ...entry({ external_id: 'e-1' }), id: 7 }]))
      .toEqual([{ verdict: 'updated', row: { ...entry({ amount: 1, external_id: 'e-1' }), id: 7 } }]);
  });

  it('refuses days that would count twice, within the batch as well, and says which', () => {
    const [first, second, third] = planSpend([entry(), entry({ from: '2026-03-07', to: '2026-03-08' }), entry({ from: '2026-03-08', to: '2026-03-08' })], []);
    expect([first.verdict, third.verdict]).toEqual(['created', 'created']);
    expect(second).toMatchObject({ verdict: 'refused', error: { field: 'from', code: 'overlapping_period', detail: expect.stringContaining('from 2026-03-01 to 2026-03-07') } });
  });

  it.each([
    ['another channel', entry({ channel: 'email' }), 'created'],
    ['another campaign', entry({ campaign_id: 2 }), 'created'],
    ['the days after it', entry({ from: '2026-03-08', to: '2026-03-14' }), 'created'],
    ['the same days under another external id', entry({ external_id: 'other' }), 'refused'],
    ['an external id that moves onto them', entry({ external_id: 'moving' }), 'refused'],
  ])('lets stand beside an entry %s: %#', (_, other, verdict) => {
    const stored = [{ ...entry({ external_id: 'e-1' }), id: 7 }, { ...entry({ from: '2026-01-01', to: '2026-01-31', external_id: 'moving' }), id: 8 }];
    expect(verdicts([other], stored)).toEqual([verdict]);
  });
});

describe('readSpend', () => {
  const sent = { campaign: ' spring ', from: '2026-03-01', amount: 10.005 };

  it('takes a day for a period, and cents for an amount', () => {
    expect(readSpend(sent)).toEqual({ campaign: 'spring', channel: null, from: '2026-03-01', to: '2026-03-01', amount: 10.01, currency: null, external_id: null });
  });

  it.each([
    [{ ...sent, campaign: ' ' }, 'campaign', 'required'],
    [{ ...sent, from: '2026-02-30' }, 'from', 'wrong_format'],
    [{ ...sent, to: '2026-02-30' }, 'to', 'wrong_format'],
    [{ ...sent, to: '2026-02-28' }, 'to', 'reversed_period'],
    [{ ...sent, to: '2027-03-02' }, 'to', 'too_long'],
  ])('says what is wrong with %j', (wrong, field, code) => {
    expect(readSpend(wrong)).toEqual([{ field, code, detail: expect.any(String) }]);
  });
});
