import * as fc from 'fast-check';
import { LeadEnriched, LeadMerged, LeadUnmerged, type IntakeState, type NewEvent } from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { captured, engaged, pin, qualified, Scene, updated } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene.cell.stop());

describe('the ledger', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('update' as const), job_title: fc.constantFrom('CTO', 'Intern', 'VP Sales') }),
    fc.record({ kind: fc.constant('signal' as const), type: fc.constantFrom('demo_request', 'call', 'web_visit', 'unsubscribe'), id: fc.nat({ max: 5 }), daysAgo: fc.nat({ max: 200 }) }),
    fc.record({ kind: fc.constant('override' as const), behavioral_score: fc.integer({ min: 0, max: 50 }) }),
    fc.record({ kind: fc.constant('merge' as const) }), fc.record({ kind: fc.constant('unmerge' as const) }),
  );
  type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

  /** What intake and others say of a lead, and of another that comes and goes with it. */
  function told(history: Event[], lead: IntakeState, other: IntakeState): NewEvent[] {
    let [own, others] = [lead, other];
    return [captured(lead), captured(other), ...history.flatMap((one, i): NewEvent[] => {
      if (one.kind === 'update') {
        own = { ...own, revision: own.revision + 1, profile: { ...own.profile, job_title: one.job_title } };
        return [updated(own)];
      }
      if (one.kind === 'signal') return [engaged(one.id % 2 ? lead.lead_id : other.lead_id, one.type, `${one.type} ${one.id} ${one.daysAgo}`, one.daysAgo)];
      if (one.kind === 'override') return [qualified(lead.lead_id, pin({ behavioral_score: one.behavioral_score }, `2026-11-20T10:${10 + i}:00.000Z`))];
      if ((one.kind === 'merge') === Boolean(others.merged_into)) return [];
      others = { ...others, revision: others.revision + 1, merged_into: one.kind === 'merge' ? lead.lead_id : null };
      const kind = one.kind === 'merge' ? LeadMerged : LeadUnmerged;
      return [kind.ofLead('demo', others, { lead: others, primary_id: lead.lead_id, merge_id: 1, actor: 'Ann' })];
    })];
  }

  it('folds to the score after any history, told twice and in any order, and every order comes to the same', async () => {
    await fc.assert(fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 14 }), async (history) => {
      const [one, two, three, four] = Array.from({ length: 4 }, () => scene.leadAtIntake());
      await scene.cell.publish(told(history, three, four));
      await scene.happens(told(history, one, two), { times: 2, shuffle: true });
      expect(await scene.unfolded([one, two, three, four].map(({ lead_id }) => lead_id))).toEqual([]);
      const scores = await scene.cell.rows<{ lead_id: number; demographic: number; behavioral: number; total: number; sum: number }>('scoring', `
        select lead_id, demographic, behavioral, effective->'total_score' as total, (select sum((line->>'points')::integer) from jsonb_array_elements(contributions) line) as sum
        from lead_score where lead_id = any($1) order by lead_id`, [[one.lead_id, three.lead_id]]);
      const [shuffled, ordered] = scores.map(({ lead_id: _, ...score }) => score);
      expect(shuffled).toEqual(ordered);
      expect(Number(shuffled.sum ?? 0)).toBe(shuffled.demographic + shuffled.behavioral);
    }), { numRuns: 6 });
  });
});

describe('a score is written anew, and told of once,', () => {
  const merge = async (lead: IntakeState, other: IntakeState) =>
    scene.happens([LeadMerged.ofLead('demo', { ...other, revision: 2 }, { lead: { ...other, revision: 2, merged_into: lead.lead_id }, primary_id: lead.lead_id })], { times: 2 });
  const engagedOther = async () => {
    const other = await scene.known();
    await scene.happens([engaged(other.lead_id, 'demo_request', `other ${other.lead_id}`)]);
    return other;
  };
  const intern = (lead: IntakeState) => ({ ...lead, revision: 2, profile: { ...lead.profile, job_title: 'Intern' } });
  const CAUSES: Record<string, (lead: IntakeState) => Promise<unknown>> = {
    'after a change': (lead) => scene.happens([updated(intern(lead))], { times: 2 }),
    'after enrichment': (lead) => scene.happens([LeadEnriched.ofLead('demo', intern(lead), { lead: intern(lead), changed: ['job_title'], providers: [] })], { times: 2 }),
    'after a signal': (lead) => scene.happens([engaged(lead.lead_id, 'call', 'c')], { times: 2 }),
    'after an override': (lead) => scene.override(lead.lead_id, 'o', { behavioral_score: 40 }),
    'after a merge': async (lead) => merge(lead, await engagedOther()),
  };

  it.each(Object.keys(CAUSES))('%s', async (cause) => {
    const lead = await scene.known();
    await CAUSES[cause](lead);
    await scene.cell.settled();
    const told = scene.scoredEvents(lead.lead_id);
    expect(told).toHaveLength(2);
    expect(told[1].data.score.effective).not.toEqual(told[0].data.score.effective);
    expect((await scene.scoreOf(lead.lead_id))!.effective).toEqual(told[1].data.score.effective);
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
  });

  it('after the end of a merge', async () => {
    const [lead, other] = [await scene.known(), await engagedOther()];
    await merge(lead, other);
    await scene.happens([LeadUnmerged.ofLead('demo', { ...other, revision: 3 }, { lead: { ...other, revision: 3, merged_into: null }, primary_id: lead.lead_id })], { times: 2 });
    expect(scene.scoredEvents(lead.lead_id).map(({ data }) => data.score.effective.total_score)).toEqual([44, 69, 44]);
    expect(await scene.unfolded([lead.lead_id, other.lead_id])).toEqual([]);
  });
});

describe('time alone', () => {
  /** Scores are swept every five seconds; what is promised is that none is in a band that it has left for a minute. */
  const SWEPT_WITHIN = { timeoutMs: 30_000 };
  const checks = (id: number) => scene.cell.rows<{ days: number }>('scoring', `
    select (extract(epoch from next_check_at - now()) / 86400)::float8 as days from score_check where lead_id = $1`, [id]);

  /** Lets everything about a lead have happened so much earlier. */
  const later = async (id: number, days: number) => {
    await scene.age(id, days);
    await scene.cell.rows('scoring', `update lead_score set scored_at = scored_at - make_interval(secs => $2 * 86400.0) where lead_id = $1`, [id, days]);
    await scene.cell.rows('scoring', `update score_check set next_check_at = next_check_at - make_interval(secs => $2 * 86400.0) where lead_id = $1`, [id, days]);
  };

  it('moves a lead into another band, is swept and told of once, with replicas that look for the same', async () => {
    const lead = await scene.known();
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'd')]);
    const [{ days }] = await checks(lead.lead_id);
    expect(days).toBeCloseTo(90 * Math.log2(25 / 15.495), 1);
    await later(lead.lead_id, 63);
    await eventually('it is told of', async () => scene.scoredEvents(lead.lead_id).length === 3, SWEPT_WITHIN);
    expect(scene.scoredEvents(lead.lead_id)[2].data.score).toMatchObject({ effective: { total_score: 59, grade: 'C', temperature: 'warm' } });
    expect((await scene.history(lead.lead_id))[0]).toMatchObject({ cause: 'decay', behavioral: -1_000 });
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
    expect((await checks(lead.lead_id))[0].days).toBeGreaterThan(1);
  });

  it('is looked for only where something fades: not of who did nothing, was pinned or converted', async () => {
    const [silent, pinned] = [await scene.known(), await scene.known()];
    await scene.happens([engaged(pinned.lead_id, 'demo_request', 'd')]);
    expect(await checks(pinned.lead_id)).toHaveLength(1);
    await scene.override(pinned.lead_id, 'p', { behavioral_score: 40 });
    expect([await checks(silent.lead_id), await checks(pinned.lead_id)]).toEqual([[], []]);
  });
});
