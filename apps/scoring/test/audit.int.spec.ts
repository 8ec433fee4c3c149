import {
  GetScoringAudit, LeadDisqualified, OpportunityLost, OpportunityWon, PutModel, TenantChanged,
  type NewEvent, type Opportunity, type QualificationState, type ScoringModelDriftedData,
} from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { defaultModel } from '../src/domain/default-model';
import { scoring } from '../src/scoring.module';
import { captured, converted, CONVERTED, engaged, pin, qualified, refusal, Scene } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene.cell.stop());

/** A signal of 30 days before the conversion: at that time it counts for 25 · 0.5^(30 / 90). */
const DAYS_BEFORE = (Date.now() - Date.parse(CONVERTED.converted_at)) / 86_400_000 + 30;

const ended = (outcome: 'won' | 'lost', lead_id: number, { id = lead_id, revision = 2, at = '2026-11-25T10:00:00.000Z', tenant = 'demo' } = {}): NewEvent => {
  const opportunity: Opportunity = {
    id, name: 'Deal', value: 500, currency: 'USD', stage: `closed_${outcome}`, probability: outcome === 'won' ? 100 : 0, expected_close_date: '2026-12-01',
    customer_id: 1, account_id: 1, lead_id, created_at: CONVERTED.converted_at,
  };
  const data = { opportunity, amount: 500, currency: 'USD', actor: 'Ann', at };
  return (outcome === 'won' ? OpportunityWon : OpportunityLost).of(tenant, id, data, { leadId: lead_id, revision });
};

const disqualified = (lead_id: number, at = '2026-11-20T09:00:00.000Z'): NewEvent => {
  const qualification: QualificationState = {
    lead_id, revision: 3, status: 'disqualified', lifecycle_stage: 'lead', cycle: 1, in_status_since: at, disqualification_reason: 'no_need',
  };
  return LeadDisqualified.ofLead('demo', qualification, { qualification, transitions: [] });
};

interface OutcomeRow { outcome: string; at: Date; total: number | null; grade: string | null; effective_total: number | null; model_version: number | null }
const outcomesOf = (ids: number[]) => scene.cell.rows<OutcomeRow>('scoring', `
  select outcome, at, total, grade, effective_total, model_version from lead_outcome where lead_id = any($1) order by lead_id`, [ids]);

describe('what became of a lead', () => {
  it('is kept with the score that it was decided with: the strongest, whatever came after it', async () => {
    const leads = await Promise.all(Array.from({ length: 6 }, () => scene.known()));
    const ids = leads.map(({ lead_id }) => lead_id);
    await scene.happens(ids.flatMap((id) => [
      engaged(id, 'demo_request', 'before', DAYS_BEFORE), disqualified(id, '2026-10-01T09:00:00.000Z'), disqualified(id), converted(id),
    ]), { times: 2, shuffle: true });
    for (const row of await outcomesOf(ids)) {
      expect(row).toEqual({ outcome: 'converted', at: new Date(CONVERTED.converted_at), total: 64, effective_total: 64, grade: 'B', model_version: 1 });
    }
  });

  it('is the newest of equal ones', async () => {
    const { lead_id } = await scene.known();
    await scene.happens([disqualified(lead_id, '2026-11-02T09:00:00.000Z')]);
    await scene.happens([disqualified(lead_id, '2026-11-01T09:00:00.000Z')]);
    expect(await outcomesOf([lead_id])).toMatchObject([{ outcome: 'disqualified', at: new Date('2026-11-02T09:00:00.000Z'), total: 44, grade: 'C' }]);
  });

  it('counts what was pinned before, though it is heard of later, and not what the lead does later', async () => {
    const { lead_id } = await scene.known();
    await scene.happens([converted(lead_id), engaged(lead_id, 'demo_request', 'later')]);
    await scene.happens([qualified(lead_id, pin({ behavioral_score: 48 }))]);
    expect(await outcomesOf([lead_id])).toMatchObject([{ total: 44, grade: 'C', effective_total: 92 }]);
  });

  it('is how its deals ended last, the best of them, in whatever order that is told', async () => {
    const [open, twice] = [await scene.known(), await scene.known()].map(({ lead_id }) => lead_id);
    await scene.happens([
      converted(open), ended('lost', open, { id: 1, revision: 2 }), ended('won', open, { id: 1, revision: 4 }), ended('lost', open, { id: 1, revision: 6 }),
      converted(twice), ended('won', twice, { id: 2 }), ended('lost', twice, { id: 3, at: '2026-11-26T10:00:00.000Z' }),
    ], { times: 2, shuffle: true });
    expect(await outcomesOf([open, twice])).toMatchObject([{ outcome: 'lost', total: 44 }, { outcome: 'won', at: new Date('2026-11-25T10:00:00.000Z'), total: 44 }]);
  });

  it('is of the time of the conversion, whether that or the end of its deal is heard first', async () => {
    const [inOrder, late] = [await scene.known(), await scene.known()].map(({ lead_id }) => lead_id);
    for (const id of [inOrder, late]) await scene.happens([engaged(id, 'demo_request', `before ${id}`, DAYS_BEFORE)]);
    const at = new Date(Date.parse(CONVERTED.converted_at) + 300 * 86_400_000).toISOString();
    for (const event of [converted(inOrder), ended('won', inOrder, { at }), ended('won', late, { at }), converted(late)]) await scene.happens([event]);
    const [first, second] = await outcomesOf([inOrder, late]);
    expect(first).toMatchObject({ outcome: 'won', total: 64 });
    expect(second).toEqual(first);
  });

  it('is known before the lead is', async () => {
    const lead = scene.leadAtIntake();
    await scene.happens([disqualified(lead.lead_id)]);
    expect(await outcomesOf([lead.lead_id])).toMatchObject([{ outcome: 'disqualified', total: null }]);
    await scene.happens([captured(lead)]);
  });
});

describe('the audit', () => {
  const TENANT = 'audited';
  const context = () => scene.cell.context({ tenant: TENANT });
  const audit = async (more: { quarters?: number; day?: string } = {}) => (await scene.cell.ask(GetScoringAudit, { context: context(), ...more })).audit;
  /** On the third day of a quarter: those of New York, where the tenant is, begin later than those of UTC. */
  const quartersAgo = (count: number): string => {
    const [month, , year] = new Date().toLocaleDateString('en-US', { timeZone: 'America/New_York' }).split('/').map(Number);
    return new Date(Date.UTC(year, Math.floor((month - 1) / 3) * 3 - 3 * count, 3, 10)).toISOString();
  };

  /** Deals of leads that had so many points by a pin that doesn't count, and by what is computed. */
  async function deals(outcome: 'won' | 'lost', count: number, job_title: string, at: string): Promise<void> {
    const leads = Array.from({ length: count }, () => scene.leadAtIntake({ profile: { job_title } }, TENANT));
    await scene.happens(leads.map((lead) => captured(lead, TENANT)));
    await scene.happens(leads.map(({ lead_id }) => ended(outcome, lead_id, { at, tenant: TENANT })));
  }

  it('compares won and lost deals by quarter and version, and says how sure grades are', async () => {
    const drift = { min_outcomes: 5, narrowing: 0.5 };
    await scene.cell.ask(PutModel, { context: context(), document: { ...defaultModel, drift } });
    for (const [outcome, title, ago] of [
      ['won', 'CTO', 1], ['lost', 'Intern', 1], ['won', 'CTO', 0], ['lost', 'VP Sales', 0],
    ] as const) await deals(outcome, 5, title, quartersAgo(ago));
    const { quarters, trend, models, unscored } = await audit();
    expect(quarters.map(({ won, lost, gap, change }) => [won, lost.count, gap, change])).toEqual([
      [{ count: 5, mean: 44, effective_mean: 44 }, 5, 12, null], [{ count: 5, mean: 44, effective_mean: 44 }, 5, 3, -9],
    ]);
    expect([trend.direction, unscored]).toEqual(['narrowing', 0]);
    expect(models).toMatchObject([{
      model_version: 2, drift_rule: drift, drift: { gap: 3, reference_gap: 12, narrowed_by: 0.75 },
      reliability: [{ grade: 'C', decided: 15, converted: 15, share: 1 }, { grade: 'D', decided: 5, converted: 5, share: 1 }],
    }]);
    expect((await audit({ quarters: 1 })).quarters).toHaveLength(1);
    expect(await refusal(audit({ day: '2020-01-01' }))).toMatchObject({ kind: 'not_found' });
  });

  it('is stored once a day of the tenant by whichever replica, with what was told before its lead came, and tells of a drift once a quarter', async () => {
    const lead = scene.leadAtIntake({}, TENANT);
    await scene.happens([
      ended('won', lead.lead_id, { at: quartersAgo(0), tenant: TENANT }),
      TenantChanged.of(TENANT, TENANT, { tenant: { ...context().tenant, time_zone: 'Pacific/Honolulu' } }, { revision: 7 }),
      TenantChanged.of(TENANT, TENANT, { tenant: context().tenant }, { revision: 3 }),
    ], { times: 2 });
    expect((await audit()).unscored).toBe(1);
    await scene.happens([captured(lead, TENANT)]);
    // A replica that has been here for a minute may have audited before all of this was told.
    await scene.cell.rows('scoring', 'with earlier as (delete from scoring_audit) update audit_schedule set audited_on = null');
    await Promise.all([scene.cell.add(scoring), scene.cell.add(scoring)]);
    const [{ day }] = await eventually('the audit is stored', async () => {
      const stored = await scene.cell.rows<{ day: string }>('scoring', 'select day::text from scoring_audit where tenant_id = $1', [TENANT]);
      return stored.length > 0 && stored;
    });
    const stored = await audit({ day });
    expect(stored).toMatchObject({ time_zone: 'Pacific/Honolulu', unscored: 0 });
    expect(stored.quarters.at(-1)!.won.count).toBe(6);
    await scene.cell.rows('scoring', 'update audit_schedule set audited_on = null');
    await scene.cell.add(scoring);
    await eventually('it is audited again', async () => (await scene.cell.rows('scoring', 'select from audit_schedule where audited_on is null')).length === 0);
    await scene.cell.settled();
    expect(scene.cell.events<ScoringModelDriftedData>('scoring_model.drifted').map(({ tenantid, subject, data }) => [tenantid, subject, data.gap])).toEqual([[TENANT, '2', 3]]);
  });
});
