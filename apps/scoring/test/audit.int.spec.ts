import { LeadDisqualified, type NewEvent, type QualificationState } from '@headwater/contracts';
import { captured, converted, CONVERTED, engaged, pin, qualified, Scene } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene.cell.stop());

/** A signal of 30 days before the conversion: at that time it counts for 25 · 0.5^(30 / 90). */
const DAYS_BEFORE = (Date.now() - Date.parse(CONVERTED.converted_at)) / 86_400_000 + 30;

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

  it('is known before the lead is', async () => {
    const lead = scene.leadAtIntake();
    await scene.happens([disqualified(lead.lead_id)]);
    expect(await outcomesOf([lead.lead_id])).toMatchObject([{ outcome: 'disqualified', total: null }]);
    await scene.happens([captured(lead)]);
  });
});
