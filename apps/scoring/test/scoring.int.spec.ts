import { ClearOverride, ExplainScore, GetScores, RateLead, RecomputeScore, ScoreHistory } from '@headwater/contracts';
import { captured, engaged, pin, qualified, refusal, Scene, updated } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene.cell.stop());

describe('events', () => {
  it('score a lead that was captured, once, and say what the score is made of', async () => {
    const lead = scene.leadAtIntake();
    await scene.happens([captured(lead)], { times: 3 });
    const events = scene.scoredEvents(lead.lead_id);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      revision: 1, data: { lead: { lead_id: lead.lead_id, profile: { job_title: 'CTO' } }, score: { effective: { demographic_score: 44, temperature: 'suspect' } } },
    });
    expect(events[0].data.contributions.reduce((total, { points }) => total + points, 0)).toBe(4_400);
    expect(scene.asked.flat()).not.toContain(lead.lead_id);
  });

  it('keep what the lead was like each time that it was another, told twice and in disorder', async () => {
    const lead = scene.leadAtIntake();
    const at = (revision: number, job_title: string) => updated({ ...lead, revision, profile: { ...lead.profile, job_title } });
    await scene.happens([captured(lead)]);
    await scene.happens([at(2, 'VP Sales')], { times: 2 });
    await scene.happens([at(4, 'VP Sales'), engaged(lead.lead_id, 'call', 'f')]);
    await scene.happens([at(3, 'Intern')]);
    await scene.happens([at(5, 'Intern')]);
    const kept = await scene.cell.rows<{ intake_revision: number; job_title: string }>('scoring', `
      select intake_revision::integer, features->>'job_title' as job_title from lead_feature where lead_id = $1 order by intake_revision`, [lead.lead_id]);
    expect(kept).toEqual([
      { intake_revision: 1, job_title: 'CTO' }, { intake_revision: 2, job_title: 'VP Sales' }, { intake_revision: 5, job_title: 'Intern' },
    ]);
  });

  it('of leads that were scored before features were kept are kept when they are scored next, once', async () => {
    const lead = await scene.known({ profile: { last_name: 'Ito', job_title: 'CTO' } });
    await scene.cell.rows('scoring', `with gone as (delete from lead_feature where lead_id = $1) update lead_score set features_revision = null where lead_id = $1`, [lead.lead_id]);
    await scene.happens([engaged(lead.lead_id, 'call', 'first')]);
    const kept = () => scene.cell.rows('scoring', `select intake_revision::integer, features->>'job_title' as job_title, at from lead_feature where lead_id = $1 order by intake_revision`, [lead.lead_id]);
    const before = await kept();
    expect(before).toMatchObject([{ intake_revision: 1, job_title: 'CTO' }]);
    await scene.happens([engaged(lead.lead_id, 'call', 'second')]);
    expect(await kept()).toEqual(before);
    // A build from before that was kept takes the next facts in beside this one.
    await scene.cell.rows('scoring', `
      update lead_score set intake_revision = 2, lead = jsonb_set(lead, '{profile,job_title}', '"CEO"') || '{"revision": 2}' where lead_id = $1`, [lead.lead_id]);
    await scene.happens([engaged(lead.lead_id, 'call', 'third')]);
    expect(await kept()).toMatchObject([...before, { intake_revision: 2, job_title: 'CEO' }]);
    await scene.happens([engaged(lead.lead_id, 'call', 'fourth')]);
    expect(await kept()).toHaveLength(2);
    // What a score is made of doesn't take the lead from its row.
    expect(await scene.cell.rows('scoring', `select lead->'profile'->>'job_title' as job_title from lead_score where lead_id = $1`, [lead.lead_id])).toEqual([{ job_title: 'CEO' }]);
  });

  it('that came by the bulk lane lead to others there, however many are live meanwhile', async () => {
    const [imported, live] = [scene.leadAtIntake(), scene.leadAtIntake()];
    await scene.cell.publish([captured(imported)], { republished: true });
    await scene.happens([captured(live)]);
    const lanes = await scene.cell.rows<{ lane: string }>('scoring', `
      select split_part(subject, '.', 3) as lane from outbox where envelope->>'type' = 'lead.scored' and (envelope->>'leadid')::bigint = any($1)
      order by (envelope->>'leadid')::bigint`, [[imported.lead_id, live.lead_id]]);
    expect(lanes).toEqual([{ lane: 'bulk' }, { lane: 'live' }]);
  });

  it('come to the same, twice and shuffled', async () => {
    const leads = Array.from({ length: 12 }, () => scene.leadAtIntake());
    const events = leads.flatMap((lead) => {
      const promoted = { ...lead, revision: 2, profile: { ...lead.profile, job_title: 'Intern' } };
      const final = { ...lead, revision: 3, profile: { ...lead.profile, job_title: 'VP Sales' } };
      return [
        captured(lead), updated(promoted), updated(final), engaged(lead.lead_id, 'demo_request', 'a'), engaged(lead.lead_id, 'demo_request', 'a'),
        engaged(lead.lead_id, 'call', 'b', 90), qualified(lead.lead_id, pin({ behavioral_score: 48 })),
      ];
    });
    await scene.happens(events, { times: 2, shuffle: true });
    const ids = leads.map(({ lead_id }) => lead_id);
    const { scores } = await scene.cell.ask(GetScores, { tenant: 'demo', ids });
    expect(scores.map(({ lead_id }) => lead_id)).toEqual(ids);
    for (const score of scores) {
      expect(score).toMatchObject({
        computed: { demographic_score: 41, behavioral_score: 28 }, effective: { behavioral_score: 48, total_score: 89, grade: 'A' }, is_hot: true,
      });
      expect(scene.scoredEvents(score.lead_id).at(-1)!.data.score.effective).toEqual(score.effective);
    }
    expect(await scene.unfolded(ids)).toEqual([]);
    expect(await scene.cell.rows('scoring', 'select * from dead_letter')).toEqual([]);
  });

  it('keep signals of a lead that has not arrived yet', async () => {
    const lead = scene.leadAtIntake();
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'early')]);
    expect(scene.scoredEvents(lead.lead_id)).toEqual([]);
    await scene.happens([captured(lead)]);
    expect(scene.scoredEvents(lead.lead_id).map(({ data }) => data.score.effective.total_score)).toEqual([69]);
  });

  it('tell nothing when a signal adds nothing', async () => {
    const lead = await scene.known();
    await scene.cell.publish([engaged(lead.lead_id, 'custom', 'c1')]);
    await scene.happens([engaged(lead.lead_id, 'custom', 'c2')]);
    // The first one ends being a suspect; the second moves nothing.
    expect(scene.scoredEvents(lead.lead_id).map(({ data }) => data.score.effective.temperature)).toEqual(['suspect', 'cold']);
  });

  it('of different tenants in one batch stay apart, each with its first model', async () => {
    const [one, two] = [scene.leadAtIntake({}, 'batch-a'), scene.leadAtIntake({}, 'batch-b')];
    await scene.happens([captured(one, 'batch-a'), captured(two, 'batch-b')]);
    expect(scene.scoredEvents(one.lead_id)[0].tenantid).toBe('batch-a');
    expect(await scene.scoreOf(two.lead_id, 'batch-b')).toMatchObject({ model_version: 1 });
    expect(await scene.scoreOf(one.lead_id, 'batch-b')).toBeUndefined();
  });
});

describe('a lead that is not known yet', () => {
  it('is asked of intake, all at once, and is scored for good', async () => {
    const leads = Array.from({ length: 3 }, () => scene.leadAtIntake());
    await scene.cell.pauseConsumers();
    try {
      const ids = [...leads.map(({ lead_id }) => lead_id), 999_999];
      const { scores } = await scene.cell.ask(GetScores, { tenant: 'demo', ids: [...ids, ids[0], -1, 1.5] });
      expect(scores.map(({ lead_id }) => lead_id)).toEqual(ids.slice(0, 3));
      expect(scene.asked.at(-1)).toEqual(ids);
      await scene.cell.publish([captured(leads[0])]);
      expect((await scene.rate(leads[1].lead_id, 5)).score.rating).toBe(5);
      expect((await scene.override(leads[2].lead_id, 'k', { demographic_score: 1 })).score.effective.demographic_score).toBe(1);
    } finally {
      await scene.cell.resumeConsumers();
    }
    await scene.cell.settled();
    expect(scene.scoredEvents(leads[0].lead_id)).toHaveLength(1);
  });

  it('is scored once though many ask at once and the event comes too', async () => {
    const lead = scene.leadAtIntake();
    await Promise.all([
      ...Array.from({ length: 8 }, () => scene.cell.ask(GetScores, { tenant: 'demo', ids: [lead.lead_id] })),
      scene.cell.publish([captured(lead), engaged(lead.lead_id, 'demo_request', 'x')], { times: 2 }),
    ]);
    await scene.cell.settled();
    expect((await scene.history(lead.lead_id)).filter(({ cause }) => cause === 'capture')).toHaveLength(1);
    expect(scene.scoredEvents(lead.lead_id).at(-1)!.data.score.effective.total_score).toBe(69);
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
  });

  it('is not guessed at while intake is not there; those that are known are not asked for', async () => {
    const lead = await scene.known();
    scene.isIntakeThere = false;
    try {
      expect((await scene.scoreOf(lead.lead_id))!.effective.total_score).toBe(44);
      expect(await refusal(scene.scoreOf(scene.leadAtIntake().lead_id))).toMatchObject({ kind: 'unavailable' });
    } finally {
      scene.isIntakeThere = true;
    }
  });

  it('is not found when intake does not know it, or it is another tenant’s', async () => {
    const lead = await scene.known();
    const context = scene.cell.context();
    const foreign = scene.cell.context({ tenant: 'other' });
    const attempts: Promise<unknown>[] = [
      scene.rate(999_998, 4), scene.override(999_998, 'k', { behavioral_score: 1 }), scene.cell.ask(RecomputeScore, { context, lead_id: 999_998 }),
      scene.cell.ask(ExplainScore, { context: foreign, lead_id: lead.lead_id }),
      scene.cell.ask(ScoreHistory, { context: foreign, lead_id: lead.lead_id, limit: 5 }),
      scene.cell.ask(ClearOverride, { context: foreign, lead_id: lead.lead_id }),
      scene.cell.ask(RateLead, { context: foreign, command_id: 'f', lead_id: lead.lead_id, patch: { rating: 1 } }),
    ];
    for (const refused of await Promise.all(attempts.map((attempt) => refusal(attempt)))) {
      expect(refused).toMatchObject({ kind: 'not_found', detail: 'Lead not found' });
    }
    expect(await scene.scoreOf(lead.lead_id, 'other')).toBeUndefined();
  });
});

describe('reading', () => {
  it('weighs signals as of now, and explains it to the point', async () => {
    const lead = await scene.known();
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'old', 0)]);
    await scene.age(lead.lead_id, 90);
    const { score, contributions } = await scene.cell.ask(ExplainScore, { context: scene.cell.context(), lead_id: lead.lead_id });
    expect(score.effective).toMatchObject({ behavioral_score: 13, total_score: 57 });
    expect(contributions.filter(({ part }) => part === 'behavioral').map(({ rule }) => rule)).toEqual(['signal.demo_request', 'rounding']);
    expect(contributions.reduce((total, { points }) => total + points, 0)).toBe(5_700);
    expect(await scene.scoreOf(lead.lead_id)).toMatchObject({ effective: score.effective });
  });

  it('pages the history, and folds it', async () => {
    const lead = await scene.known();
    for (const stars of [1, 2, 3]) await scene.rate(lead.lead_id, stars);
    const page = (cursor?: string) => scene.cell.ask(ScoreHistory, { context: scene.cell.context(), lead_id: lead.lead_id, limit: 3, cursor });
    const newest = await page();
    expect(newest.entries.map(({ reason }) => reason)).toEqual(['3 stars', '2 stars', '1 star']);
    const oldest = await page(newest.next_cursor!);
    expect(oldest).toEqual({ entries: [expect.objectContaining({ cause: 'capture', demographic: 4_400, behavioral: 0, effective_total: 44 })], next_cursor: null });
    expect(await refusal(page('x; drop table'))).toMatchObject({ kind: 'invalid', code: 'wrong_cursor' });
  });

  it('is exact after a recomputation, which is written', async () => {
    const lead = await scene.known();
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'r')]);
    await scene.age(lead.lead_id, 90);
    const { score } = await scene.cell.ask(RecomputeScore, { context: scene.cell.context(), lead_id: lead.lead_id });
    expect(score).toMatchObject({ computed: { behavioral_score: 13 }, revision: 3 });
    expect((await scene.history(lead.lead_id))[0]).toMatchObject({ cause: 'decay', behavioral: -1_200 });
    await scene.cell.settled();
    expect(scene.scoredEvents(lead.lead_id)).toHaveLength(3);
    expect(await scene.unfolded([lead.lead_id])).toEqual([]);
  });
});

describe('as of another moment', () => {
  const DAY_MS = 86_400_000;
  const explain = (lead_id: number, days?: number) => scene.cell.ask(ExplainScore, {
    context: scene.cell.context(), lead_id, ...(days === undefined ? {} : { as_of: new Date(Date.now() + days * DAY_MS).toISOString() }),
  });

  it('a score is what had happened until then made of it, or what will be left', async () => {
    const lead = await scene.known({ created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z' });
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'old', 90), engaged(lead.lead_id, 'call', 'new', 10)]);
    await scene.override(lead.lead_id, 'o', { demographic_score: 50 });
    const behavior = async (days: number) => (await explain(lead.lead_id, days)).score.effective.behavioral_score;
    expect([await behavior(-120), await behavior(-90 + 0.001), await behavior(-20), await behavior(90)]).toEqual([0, 25, 15, 9]);
    expect((await explain(lead.lead_id, -1)).score).toMatchObject({ override: null, effective: { demographic_score: 44 } });
    const now = await explain(lead.lead_id);
    expect(now).toMatchObject({ approximate: [], score: { effective: { total_score: 73 } }, trend: { days_7: null, days_30: null } });
    expect(now.as_of).toBe(now.now);
    const past = await explain(lead.lead_id, -20);
    expect(past.contributions.reduce((total, { points }) => total + points, 0)).toBe(past.score.computed.total_score * 100);
  });

  it('says what it can not know of the past', async () => {
    const lead = await scene.known({ created_at: '2026-01-01T00:00:00.000Z', updated_at: new Date().toISOString() });
    expect((await explain(lead.lead_id, -1)).approximate).toEqual(expect.arrayContaining(['lead']));
    expect((await explain(lead.lead_id, 1)).approximate).toEqual([]);
    expect(await refusal(explain(lead.lead_id, -400))).toMatchObject({ code: 'before_lead' });
    expect(await refusal(explain(lead.lead_id, 4_000))).toMatchObject({ code: 'too_large' });
  });

  it('tells the trend by the ledger', async () => {
    const lead = await scene.known();
    await scene.cell.rows('scoring', `update score_ledger set at = at - interval '8 days' where lead_id = $1`, [lead.lead_id]);
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'd')]);
    expect((await explain(lead.lead_id)).trend).toEqual({ days_7: 25, days_30: null });
  });
});
