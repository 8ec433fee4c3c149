import {
  AddFramework, DomainError, GetGatePolicy, ListTransitions, OverrideScore, PutGatePolicy, type GatePolicy,
  type LeadQualifiedData, type NoteAddedData,
} from '@headwater/contracts';
import { eventually, testTenant } from '@headwater/testing';
import {
  arrows, assessments, cell, done, events, intakeWas, newLead, patch, qualify, refused, reserve, scored, scoringAnswers, scoringWas, SEED, settle, stateOf,
  useQualification, view,
} from './qualification-cell';

useQualification();

describe('qualify', () => {
  it('answers as documented, with the override applied under the id of its event', async () => {
    const end = await scoringAnswers();
    const id = newLead();
    const answer = await qualify(id, { qualification_notes: SEED, update_score: true, behavioral_score: 48, demographic_score: 42 });
    await end();
    expect(answer).toEqual({
      message: 'Lead qualified successfully',
      data: {
        id, email: `sarah.johnson+${id}@techcorp.com`, status: 'qualified', lead_score: view(48, 42),
        qualified_at: expect.stringMatching(/Z$/), notes: SEED,
      },
    });
    await cell.settled();
    const [event, ...others] = events<LeadQualifiedData>('lead.qualified', id);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ revision: 2, data: {
      qualification: { status: 'qualified', lifecycle_stage: 'sql', revision: 2, notes: SEED },
      transitions: [{ from: 'new', to: 'contacted', cause: 'implied_contact' }, { from: 'contacted', to: 'qualified', cause: 'qualify', notes: SEED }],
      score_override: { behavioral_score: 48, demographic_score: 42, by: 'Test Admin' },
    } });
    expect(scoringWas.overrides).toMatchObject([{ key: event.id, override: event.data.score_override }]);
    expect(events<NoteAddedData>('note.added', id).map(({ data }) => data))
      .toMatchObject([{ kept_by: 'qualification', about_id: id, text: SEED, cause: 'qualify', author: 'Test Admin' }]);
    expect(await cell.rows('qualification', 'select qualified, notes, by from assessment where lead_id = $1', [id]))
      .toEqual([{ qualified: true, notes: SEED, by: 'Test Admin' }]);
  });

  it('answers the given parts as pending when scoring is not there', async () => {
    expect((await qualify(newLead(), { update_score: true, behavioral_score: 48, demographic_score: 42 })).data.lead_score)
      .toEqual({ ...view(48, 42), pending: true });
  });

  it('answers the given parts as pending when scoring hears and does not answer; it hears the same once more in the event', async () => {
    const heard: string[] = [];
    let go = (): void => undefined;
    const stalled = new Promise<void>((resolve) => { go = resolve; });
    const end = await cell.answer(OverrideScore, async ({ key, lead_id }) => {
      heard.push(key);
      await stalled;
      return { score: scored(lead_id, 2, view(48, 42)) };
    });
    const id = newLead();
    const context = cell.context({ idempotency: { scope: 'qualify', key: `k${id}`, hash: 'h' } });
    const body = { update_score: true, behavioral_score: 48, demographic_score: 42 };
    const answer = await qualify(id, body, { context });
    expect(answer.data).toMatchObject({ status: 'qualified', lead_score: { total_score: 90, behavioral_score: 48, demographic_score: 42, pending: true } });
    go();
    expect(await qualify(id, body, { context })).toEqual(answer);
    await end();
    await cell.settled();
    expect(events<LeadQualifiedData>('lead.qualified', id).map(({ id: key, data }) => [key, data.score_override])).toEqual([
      [heard[0], expect.objectContaining({ behavioral_score: 48, demographic_score: 42 })]]);
    expect(heard).toHaveLength(1);
  });

  it('re-computes without parts, and ignores parts without update_score', async () => {
    const end = await scoringAnswers();
    const [first, second] = [newLead(), newLead()];
    expect((await qualify(first, { update_score: true })).data.lead_score).toEqual(view(1, 2));
    // An answer waits 300 ms for a score that only decorates it: on a busy machine not every one gets it.
    const ignored = await eventually('scoring tells at once', async () => {
      const answer = await qualify(second, { behavioral_score: 50 });
      return answer.data.lead_score && answer;
    });
    await end();
    expect(ignored).toMatchObject({ data: { lead_score: view(20, 30) }, warnings: [{ code: 'score_parts_ignored' }, { code: 'gate_not_passed' }] });
    expect([scoringWas.recomputed, scoringWas.overrides]).toEqual([[first], []]);
    expect((await qualify(newLead())).data.lead_score).toBeNull();
  });

  it('disqualifies, and once more with another reason', async () => {
    const id = newLead();
    expect(await qualify(id, { qualified: false, disqualification_reason: 'no_budget', qualification_notes: 'Q3' })).toEqual({
      message: 'Lead disqualified',
      data: {
        id, email: expect.any(String), status: 'disqualified', lost_reason: 'no_budget', disqualification_reason: 'no_budget', notes: 'Q3',
      },
    });
    expect((await qualify(id, { qualified: false, disqualification_reason: 'no_need' })).data).toMatchObject({ lost_reason: 'no_need' });
    expect(await refused(qualify(id))).toMatchObject({
      code: 'invalid_transition', more: { lead_status: 'disqualified', allowed: ['new', 'nurturing', 'contacted'] },
    });
    expect(await refused(qualify(id, { qualified: false }))).toMatchObject({ kind: 'invalid', errors: [{ field: 'disqualification_reason' }] });
    expect(await arrows(id)).toEqual(['new disqualified disqualify']);
    await cell.settled();
    expect(events('lead.disqualified', id).map(({ revision, data }) => [revision, data.qualification.disqualification_reason, data.transitions.length]))
      .toEqual([[2, 'no_budget', 1], [3, 'no_need', 0]]);
  });

  it('goes the way of scenario 4: disqualified, nurtured, re-engaged, qualified', async () => {
    const id = newLead();
    await qualify(id, { qualified: false, disqualification_reason: 'no_budget' });
    await patch(id, { status: 'nurturing' });
    await patch(id, { status: 'contacted' });
    await qualify(id);
    expect(await arrows(id)).toEqual([
      'new disqualified disqualify', 'disqualified nurturing patch', 'nurturing contacted patch', 'contacted qualified qualify',
    ]);
    expect(await stateOf(id)).toMatchObject({ disqualification_reason: null, revision: 5 });
  });

  it('implies no contact where the tenant forbids it', async () => {
    const id = newLead();
    const context = cell.context({ tenant: { ...testTenant(), policies: { allow_implied_contact: false } } });
    expect(await refused(qualify(id, {}, { context }))).toMatchObject({ code: 'invalid_transition', more: { lead_status: 'new' } });
    await patch(id, { status: 'contacted' });
    expect((await qualify(id, {}, { context })).data.status).toBe('qualified');
  });

  it('hands tags and custom fields to intake: checked before, written after, under one command', async () => {
    const id = newLead();
    const body = { tags: ['vip'], custom_fields: { seats: 5 }, notes: 'kept here' };
    intakeWas.refuses = () => DomainError.invalidField('tags', 'too_many', 'no');
    expect((await refused(qualify(id, body))).code).toBe('too_many');
    expect(await arrows(id)).toEqual([]);
    intakeWas.refuses = () => null;
    expect((await qualify(id, body)).data.notes).toBe('kept here');
    const [, check, write] = intakeWas.updates;
    expect(check).toMatchObject({ validate_only: true, patch: { tags: ['vip'], custom_fields: { seats: 5 } } });
    expect(write.validate_only).toBeUndefined();
    expect(write).toMatchObject({ command_id: check.command_id, patch: check.patch });
    expect((await cell.ask(ListTransitions, { context: cell.context(), lead_id: id })).notes).toMatchObject([{ text: 'kept here' }]);
  });

  it('under one key is done once, and answers the same, also after the lead was converted', async () => {
    const end = await scoringAnswers();
    const id = newLead();
    const context = () => cell.context({ idempotency: { scope: 'qualify', key: `k${id}`, hash: 'h1' } });
    const body = { update_score: true, behavioral_score: 40, tags: ['a'] };
    const first = await qualify(id, body, { context: context() });
    expect(first.data.lead_score).toEqual(view(40, 12));
    await reserve(id, 't');
    await settle(id, 't', done(id));
    expect(await qualify(id, body, { context: context() })).toEqual(first);
    await end();
    expect(scoringWas.overrides).toHaveLength(1);
    expect(await refused(qualify(id, body, { context: { ...context(), idempotency: { scope: 'qualify', key: `k${id}`, hash: 'h2' } } })))
      .toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('under one key finishes what was left, under the same names, when intake was lost in between', async () => {
    const id = newLead();
    const context = cell.context({ idempotency: { scope: 'qualify', key: `k${id}`, hash: 'h' } });
    const body = { tags: ['a'] };
    // Checked, then gone: the write meets nobody.
    intakeWas.refuses = ({ validate_only }) => (validate_only ? null : DomainError.unavailable('intake is not there'));
    expect((await refused(qualify(id, body, { context }))).kind).toBe('unavailable');
    intakeWas.refuses = () => null;
    const again = await qualify(id, body, { context });
    expect(again.data.status).toBe('qualified');
    expect(new Set(intakeWas.updates.map(({ command_id }) => command_id)).size).toBe(1);
    expect(await arrows(id)).toHaveLength(2);
    expect(await qualify(id, body, { context })).toEqual(again);
    expect(intakeWas.updates).toHaveLength(3);
  });

  it('many times at once makes one pair of transitions', async () => {
    const id = newLead();
    const answers = await Promise.all(Array.from({ length: 8 }, () => qualify(id)));
    expect(new Set(answers.map(({ data }) => data.qualified_at)).size).toBe(1);
    expect(await arrows(id)).toEqual(['new contacted implied_contact', 'contacted qualified qualify']);
    await cell.settled();
    expect(new Set(events('lead.qualified', id).map(({ revision }) => revision)).size).toBe(8);
  });
});

describe('a gate', () => {
  /** Each test in a tenant of its own: intake knows leads of `demo` alone, by whose policy none of the others is judged. */
  const put = (document: GatePolicy, context = cell.context()) => cell.ask(PutGatePolicy, { context, document });
  const WARN: GatePolicy = { default: { gate: 'warn' } };
  const ALL = { budget: { status: 'confirmed' }, authority: { status: 'confirmed' }, need: { status: 'confirmed' }, timeline: { status: 'confirmed' } } as const;
  afterAll(() => put(WARN));

  it('that is enforced refuses what is missing, by name, and writes nothing; notes alone do not pass it', async () => {
    await put({ default: { gate: 'enforce', min_score: 90 } });
    const id = newLead();
    expect(await refused(qualify(id, { qualification_notes: SEED, bant: { ...ALL, need: null, timeline: { status: 'weak' } } }))).toMatchObject({
      kind: 'conflict', code: 'gate_not_passed', more: {
        framework: 'bant', segment: null, missing: ['need', 'timeline'],
        lacks: [{ element: 'need', status: 'unknown' }, { element: 'timeline', status: 'weak', at_least: 'partial' }, { kind: 'score', score: 56, min_score: 90 }],
      },
    });
    expect([await arrows(id), await assessments(id)]).toMatchObject([[], { proposals: [], assessments: [] }]);
    await cell.settled();
    expect(events('lead.qualified', id)).toEqual([]);
    expect((await qualify(id, { bant: ALL })).warnings).toBeUndefined();
    expect((await qualify(id, { qualified: false, disqualification_reason: 'no_need' })).data.status).toBe('disqualified');
  });

  it('of a segment goes by the lead, its score and its assessment', async () => {
    await put({
      segments: [{
        name: 'techies', when: { field: 'industry', op: 'eq', value: 'technology' }, gate: 'enforce', framework: 'meddic', requires: [{ element: 'champion', at_least: 'confirmed' }],
        conditions: [
          { name: 'scored_well', when: { field: 'score.total', op: 'gte', value: 50 } },
          { name: 'no_doubt', when: { field: 'assessment.champion', op: 'eq', value: 'confirmed' }, message: 'Talk to a champion first' },
        ],
      }],
      default: { gate: 'none' },
    });
    const [techie, other] = [newLead({ industry: 'technology' }), newLead({ industry: 'retail' })];
    expect((await qualify(other)).warnings).toBeUndefined();
    const MEDDIC = Object.fromEntries(['metrics', 'economic_buyer', 'decision_criteria', 'decision_process', 'identify_pain'].map((element) => [element, { status: 'partial' as const }]));
    const { more } = await refused(qualify(techie, { meddic: { ...MEDDIC, champion: { status: 'partial' } } }));
    expect(more).toMatchObject({ segment: 'techies', framework: 'meddic', missing: ['champion'], lacks: [
      { element: 'champion', at_least: 'confirmed' }, { kind: 'condition', condition: 'scored_well' }, { condition: 'no_doubt', detail: 'Talk to a champion first' },
    ] });
    const answer = await qualify(techie, { meddic: { ...MEDDIC, champion: { status: 'confirmed' } }, update_score: true, behavioral_score: 30, demographic_score: 20 });
    expect(answer.data).toMatchObject({ status: 'qualified', assessments: [{ framework: 'meddic', verdict: 'complete' }] });
  });

  it('that is none is refused with everything that is wrong, and so is a framework that it would lose', async () => {
    const when = { field: 'shoe_size', op: 'eq', value: 1 };
    const { errors } = await refused(put({
      segments: [{ name: 'a', when, gate: 'warn', framework: 'spin' }, { name: 'a', when: { always: true }, gate: 'enforce', requires: [{ element: 'champion', at_least: 'weak' }] }],
      default: { gate: 'warn', conditions: [{ name: 'c', when: { field: 'assessment.champion', op: 'exists' } }, { name: 'c', when: { field: 'assessment.need', op: 'exists' } }] },
    }));
    expect(errors!.map(({ field, code }) => [field, code])).toEqual([
      ['segments.1.name', 'not_unique'], ['segments.0.when.field', 'unknown_field'], ['segments.0.framework', 'unknown_framework'],
      ['segments.1.requires.0.element', 'unknown_element'], ['default.conditions.1.name', 'not_unique'], ['default.conditions.0.when.field', 'unknown_field'],
    ]);
    await put({ default: { gate: 'warn', conditions: [{ name: 'c', when: { not: { field: 'assessment.need', op: 'missing' } } }] } });
    expect((await refused(cell.ask(AddFramework, { context: cell.context(), framework: { name: 'bant', label: 'B', elements: [{ name: 'budget', label: 'Budget', weight: 100 }] } }))).errors)
      .toMatchObject([{ field: 'elements', code: 'element_in_use' }]);
    expect((await cell.ask(GetGatePolicy, { context: cell.context({ tenant: 'other' }) })).policy).toEqual({ version: 0, document: { segments: [], default: { gate: 'warn' } }, created_at: null, created_by: null });
  });
});
