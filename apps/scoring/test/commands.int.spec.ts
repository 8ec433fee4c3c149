import { setTimeout as delay } from 'node:timers/promises';
import { ClearOverride, LockScore, OverrideScore, RecomputeScore, type ScoreOverride } from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { scoring } from '../src/scoring.module';
import { captured, converted, CONVERTED, engaged, pin, qualified, refusal, Scene } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene.cell.stop());

describe('an override', () => {
  it('pins the parts it names, and goes when it is taken back', async () => {
    const lead = await scene.known();
    const { score } = await scene.override(lead.lead_id, 'a', { behavioral_score: 48, demographic_score: 42, reason: 'spoke to them' });
    expect(score).toMatchObject({
      effective: { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A', temperature: 'hot' },
      computed: { total_score: 44 }, override: { by: 'Ann', reason: 'spoke to them' }, is_hot: true, hot_reasons: ['temperature'], mql: true,
    });
    expect((await scene.override(lead.lead_id, 'b', { demographic_score: 10 })).score.effective).toMatchObject({ behavioral_score: 48, demographic_score: 10 });
    const back = await scene.cell.ask(ClearOverride, { context: scene.cell.context(), lead_id: lead.lead_id, reason: 'was wrong' });
    expect(back.score).toMatchObject({ effective: { total_score: 44, temperature: 'suspect' }, override: null });
    expect((await scene.history(lead.lead_id)).map(({ cause, effective_total }) => [cause, effective_total]))
      .toEqual([['override_cleared', 44], ['override', 58], ['override', 90], ['capture', 44]]);
    await scene.cell.settled();
    expect(scene.scoredEvents(lead.lead_id)).toHaveLength(4);
  });

  it('is applied once by its key, whichever of request and event comes first, and however often', async () => {
    const lead = await scene.known();
    const [event] = await scene.happens([qualified(lead.lead_id, pin({ behavioral_score: 40 }))], { times: 2 });
    const again = await Promise.all(Array.from({ length: 5 }, () => scene.override(lead.lead_id, event.id, { behavioral_score: 40 })));
    expect(new Set(again.map(({ score }) => score.revision))).toEqual(new Set([2]));
    expect((await scene.history(lead.lead_id)).filter(({ cause }) => cause === 'override')).toHaveLength(1);
    await scene.cell.settled();
    expect(scene.scoredEvents(lead.lead_id)).toHaveLength(2);
  });

  it('that comes late stands where it was made', async () => {
    const lead = await scene.known();
    await scene.override(lead.lead_id, 'direct', { behavioral_score: 30 });
    await scene.happens([qualified(lead.lead_id, pin({ behavioral_score: 48 }, '2026-01-01T00:00:00.000Z'))]);
    expect((await scene.scoreOf(lead.lead_id))!.effective.behavioral_score).toBe(30);
  });

  it('waits for its lead', async () => {
    const lead = scene.leadAtIntake();
    await scene.happens([qualified(lead.lead_id, pin({ behavioral_score: 48, demographic_score: 42 }))]);
    expect((await scene.scoreOf(lead.lead_id))!.effective).toMatchObject({ total_score: 90, temperature: 'hot' });
  });

  it.each([
    [{ behavioral_score: 51 }, 'behavioral_score', 'too_large'], [{ demographic_score: -1 }, 'demographic_score', 'too_small'], [{}, 'behavioral_score', 'required'],
  ])('of %j is refused', async (parts, field, code) => {
    const lead = await scene.known();
    expect(await refusal(scene.override(lead.lead_id, 'bad', parts))).toMatchObject({ kind: 'invalid', errors: [{ field, code }] });
    expect((await scene.scoreOf(lead.lead_id))!.override).toBeNull();
  });

  it('ends by itself: at once for readers, and written once, however many replicas come to it', async () => {
    const [lead, other] = [await scene.known(), await scene.known()];
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    expect((await scene.override(lead.lead_id, 'e', { behavioral_score: 48, expires_at })).score).toMatchObject({ effective: { total_score: 92 }, override: { expires_at } });
    await scene.override(other.lead_id, 'e', { behavioral_score: 48, expires_at });
    expect((await scene.override(other.lead_id, 'f', { behavioral_score: 30 })).score.effective.total_score).toBe(74);
    await scene.end([lead.lead_id, other.lead_id]);
    await eventually('a read is without it', async () => (await scene.scoreOf(lead.lead_id))!.override === null);
    expect((await scene.scoreOf(lead.lead_id))!.effective.total_score).toBe(44);

    await Promise.all([scene.cell.add(scoring), scene.cell.add(scoring)]);
    const told = () => scene.history(lead.lead_id).then((lines) => lines.map(({ cause, effective_total }) => [cause, effective_total]));
    await eventually('its end is told', async () => (await told()).length === 3);
    await scene.cell.settled();
    expect(await told()).toEqual([['override_expired', 44], ['override', 92], ['capture', 44]]);
    expect(scene.scoredEvents(lead.lead_id).map(({ data }) => data.score.effective.total_score)).toEqual([44, 92, 44]);
    expect((await scene.history(other.lead_id)).map(({ cause }) => cause)).toEqual(['override', 'override', 'capture']);
  });

  it('that has ended before it begins is refused', async () => {
    const lead = await scene.known();
    expect(await refusal(scene.override(lead.lead_id, 'past', { behavioral_score: 1, expires_at: '2026-01-01T00:00:00.000Z' })))
      .toMatchObject({ kind: 'invalid', errors: [{ field: 'expires_at', code: 'in_the_past' }] });
  });

  it('of another revision is refused, and a repeated key is not', async () => {
    const lead = await scene.known();
    expect(await refusal(scene.override(lead.lead_id, 'k', { behavioral_score: 1 }, { expected_revision: 9 }))).toMatchObject({ kind: 'precondition', more: { revision: 1 } });
    expect((await scene.override(lead.lead_id, 'k', { behavioral_score: 1 }, { expected_revision: 1 })).score.revision).toBe(2);
    expect((await scene.override(lead.lead_id, 'k', { behavioral_score: 1 }, { expected_revision: 1 })).score.revision).toBe(2);
  });

  it('answers a repeated Idempotency-Key with its first answer', async () => {
    const lead = await scene.known();
    const context = scene.cell.context({ idempotency: { scope: 'test PATCH score', key: 'idem', hash: 'h' } });
    const ask = (key: string, parts: Partial<ScoreOverride>, used = context) => scene.cell.ask(OverrideScore, { context: used, lead_id: lead.lead_id, key, override: pin(parts) });
    const firstAnswer = await ask('i1', { behavioral_score: 7 });
    expect(await ask('i2', { behavioral_score: 7 })).toEqual(firstAnswer);
    const other = scene.cell.context({ idempotency: { scope: 'test PATCH score', key: 'idem', hash: 'other' } });
    expect(await refusal(ask('i3', { behavioral_score: 8 }, other))).toMatchObject({ code: 'idempotency_key_reused' });
  });
});

describe('stars', () => {
  it('make a lead hot from four on, told once per change', async () => {
    const lead = await scene.known();
    expect((await scene.rate(lead.lead_id, 5, 'c1')).score).toMatchObject({ rating: 5, is_hot: true, hot_reasons: ['rating'], effective: { temperature: 'suspect' } });
    await scene.rate(lead.lead_id, 5, 'c2');
    await scene.cell.settled();
    expect(scene.ratedEvents(lead.lead_id).map(({ data }) => [data.former_rating, data.score.rating])).toEqual([[null, 5]]);
    expect(scene.scoredEvents(lead.lead_id).map(({ data }) => data.score.is_hot)).toEqual([false, true]);

    await scene.rate(lead.lead_id, 2, 'c3');
    expect((await scene.rate(lead.lead_id, 5, 'c1')).score.rating).toBe(2);
    expect((await scene.rate(lead.lead_id, null, 'c4')).score).toMatchObject({ rating: null, is_hot: false });
    await scene.cell.settled();
    expect(scene.ratedEvents(lead.lead_id).map(({ data }) => data.former_rating)).toEqual([null, 5, 2]);
  });

  it('are one change when given many times at once', async () => {
    const lead = await scene.known();
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.rate(lead.lead_id, 4, 'same')));
    expect(new Set(answers.map(({ score }) => score.revision))).toEqual(new Set([2]));
    await scene.cell.settled();
    expect(scene.ratedEvents(lead.lead_id)).toHaveLength(1);
  });

  it('are only checked with validate_only', async () => {
    const lead = await scene.known();
    expect((await scene.rate(lead.lead_id, 4, 'v', { validate_only: true })).score).toMatchObject({ rating: null, revision: 1 });
    expect(await refusal(scene.rate(lead.lead_id, 4, 'v', { validate_only: true, expected_revision: 7 }))).toMatchObject({ code: 'precondition_failed' });
    expect((await scene.rate(lead.lead_id, 4, 'v', { expected_revision: 1 })).score.revision).toBe(2);
    expect((await scene.rate(lead.lead_id, 4, 'v', { expected_revision: 1 })).score.revision).toBe(2);
  });

  it.each([[6, 'too_large'], [-1, 'too_small'], [3.5, 'wrong_type'], ['5' as never, 'wrong_type']])('%j is refused', async (rating, code) => {
    const lead = await scene.known();
    expect(await refusal(scene.rate(lead.lead_id, rating))).toMatchObject({ kind: 'invalid', errors: [{ field: 'rating', code }] });
  });
});

describe('a converted lead', () => {
  const writes = (lead_id: number): [string, () => Promise<unknown>][] => [
    ['rate', () => scene.rate(lead_id, 5)],
    ['rate, checked only', () => scene.rate(lead_id, 5, 'x', { validate_only: true })],
    ['override', () => scene.override(lead_id, 'late', { behavioral_score: 1 })],
    ['clear', () => scene.cell.ask(ClearOverride, { context: scene.cell.context(), lead_id })],
    ['recompute', () => scene.cell.ask(RecomputeScore, { context: scene.cell.context(), lead_id })],
  ];

  it.each(['a request', 'its event', 'the snapshot of intake'])('is locked by %s', async (by) => {
    const lead = by === 'the snapshot of intake' ? scene.leadAtIntake({ converted: CONVERTED }) : await scene.known();
    if (by === 'a request') {
      await scene.cell.ask(LockScore, { tenant: 'demo', lead_id: lead.lead_id, converted: CONVERTED });
      await scene.cell.ask(LockScore, { tenant: 'demo', lead_id: lead.lead_id, converted: { ...CONVERTED, account_id: 77 } });
    }
    if (by === 'its event') {
      await scene.happens([converted(lead.lead_id)], { times: 2 });
    }
    for (const [name, write] of writes(lead.lead_id)) {
      expect([name, await refusal(write())]).toEqual([name, expect.objectContaining({
        kind: 'conflict', code: 'lead_locked', detail: 'Lead is converted and locked', more: { converted: CONVERTED },
      })]);
    }
    expect((await scene.scoreOf(lead.lead_id))!.effective.total_score).toBe(44);
  });

  it('is locked before it arrives', async () => {
    const lead = scene.leadAtIntake();
    await scene.cell.ask(LockScore, { tenant: 'demo', lead_id: lead.lead_id, converted: CONVERTED });
    await scene.happens([converted(lead.lead_id), captured(lead)]);
    expect(await refusal(scene.rate(lead.lead_id, 5))).toMatchObject({ code: 'lead_locked' });
    expect(scene.scoredEvents(lead.lead_id)).toHaveLength(1);
  });

  it('is locked though it is being scored for the first time', async () => {
    const { lead_id } = scene.leadAtIntake();
    // Scoring comes to a halt at the models, when it has read what is known of the lead.
    const halt = scene.cell.rows('scoring', 'do $$ begin lock table scoring_model; perform pg_sleep(1); end $$');
    await delay(200);
    const scored = scene.scoreOf(lead_id);
    await delay(200);
    await scene.cell.ask(LockScore, { tenant: 'demo', lead_id, converted: CONVERTED });
    await Promise.all([halt, scored]);
    expect(await refusal(scene.rate(lead_id, 5))).toMatchObject({ code: 'lead_locked' });
  });

  it('keeps its score: what it does later does not count', async () => {
    const lead = await scene.known();
    await scene.cell.ask(LockScore, { tenant: 'demo', lead_id: lead.lead_id, converted: CONVERTED });
    await scene.happens([engaged(lead.lead_id, 'demo_request', 'later')]);
    expect((await scene.scoreOf(lead.lead_id))!.effective).toMatchObject({ behavioral_score: 0, total_score: 44 });
    expect(scene.scoredEvents(lead.lead_id)).toHaveLength(1);
  });

  it('still takes an override that was made before, and comes late', async () => {
    const lead = await scene.known();
    await scene.happens([converted(lead.lead_id)]);
    await scene.happens([qualified(lead.lead_id, pin({ behavioral_score: 48, demographic_score: 42 }))]);
    expect((await scene.scoreOf(lead.lead_id))!.effective.total_score).toBe(90);
  });
});
