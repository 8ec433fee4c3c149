import {
  AddFramework, AssessLead, DecideProposal, GetFramework, LeadMerged, LeadUnmerged, ListFrameworks, LogContactAttempt, MoveLead, ReserveLeadsToConvert,
  type AssessRequest, type FrameworkRequest, type LeadAssessedData, type LeadQualifiedData, type QuestionOf,
} from '@headwater/contracts';
import { intakeState, testTenant } from '@headwater/testing';
import {
  arrows, assessments, cell, done, events, newLead, patch, qualify, refused, reserve, SEED, settle, useQualification,
} from './qualification-cell';

useQualification();

const assess = (lead_id: number, body: AssessRequest, context = cell.context()) => cell.ask(AssessLead, { context, lead_id, body });
const decide = (proposal_id: number, decision: QuestionOf<typeof DecideProposal>['decision'], context = cell.context()) =>
  cell.ask(DecideProposal, { context, proposal_id, decision });
/** How each element of BANT stands: its status, and who said so. */
const standing = async (lead_id: number) => {
  const { current: [{ elements }] } = await assessments(lead_id);
  return Object.fromEntries(elements.map(({ element, status, by }) => [element, by ? `${status} ${by}` : status]));
};

describe('an assessment', () => {
  it('of a lead that nobody has judged is empty, by the framework that the tenant qualifies by', async () => {
    expect(await assessments(newLead())).toMatchObject({
      current: [{ framework: 'bant', version: 0, score: 0, verdict: 'incomplete', missing: ['budget', 'authority', 'need', 'timeline'] }],
      proposals: [], assessments: [],
    });
    expect((await refused(assessments(999_999))).kind).toBe('not_found');
  });

  it('leaves elements that it does not name as they were; all that was ever said is kept', async () => {
    const id = newLead();
    const evidence = [{ text: 'CFO: "75k are approved"', source: 'call on 16 December' }];
    await assess(id, { framework: 'bant', elements: [{ element: 'budget', status: 'partial' }, { element: 'need', status: 'confirmed' }] });
    const { assessment } = await assess(id, { framework: 'bant', elements: [{ element: 'budget', status: 'confirmed', value: '75,000 USD', evidence, confidence: 0.9 }] });
    expect(assessment).toMatchObject({ score: 50, verdict: 'incomplete', missing: ['authority', 'timeline'] });
    expect(assessment.elements[0]).toEqual({
      element: 'budget', status: 'confirmed', value: '75,000 USD', details: null, evidence, confidence: 0.9, points: 25, most: 25, at_least: 'partial',
      by: 'Test Admin', at: expect.stringMatching(/Z$/), proposed: false, proposal_id: null,
    });
    await assess(id, { framework: 'meddic', elements: [{ element: 'champion', status: 'weak' }] });
    const { current, assessments: all } = await assessments(id);
    expect(current).toMatchObject([assessment, { framework: 'meddic', score: 4, elements: expect.arrayContaining([expect.objectContaining({ element: 'champion', points: 4 })]) }]);
    expect(all.map(({ framework, score, qualified, elements }) => [framework, score, qualified, elements.length]))
      .toEqual([['meddic', 4, null, 1], ['bant', 50, null, 1], ['bant', 40, null, 2]]);
  });

  it('is refused with what is wrong, and writes nothing', async () => {
    const id = newLead();
    const confirmed = (element: string) => ({ element, status: 'confirmed' as const });
    expect(await refused(assess(id, { framework: 'spiced', elements: [confirmed('budget')] })))
      .toMatchObject({ kind: 'invalid', errors: [{ field: 'framework', code: 'unknown_framework', detail: 'There is no framework spiced; there are bant, meddic' }] });
    expect(await refused(assess(id, { framework: 'bant', elements: [confirmed('budget'), confirmed('champion'), confirmed('budget')] })))
      .toMatchObject({ errors: [{ field: 'elements.2.element', code: 'not_unique' }, { field: 'elements.1.element', code: 'unknown_element' }] });
    expect(await refused(assess(id, { framework: 'bant', elements: [] }))).toMatchObject({ errors: [{ field: 'elements', code: 'required' }] });
    expect(await refused(qualify(id, { assessment: { framework: 'meddic', elements: [confirmed('money')] }, meddic: { champion: { status: 'weak' } } })))
      .toMatchObject({ errors: [{ field: 'assessment.elements.0.element', code: 'unknown_element' }, { field: 'assessment.framework', code: 'not_unique' }] });
    expect(await assessments(id)).toMatchObject({ current: [{ score: 0 }], assessments: [] });
    expect(await arrows(id)).toEqual([]);
  });

  it('is made once per key, and no more of a lead that is converted', async () => {
    const id = newLead();
    const context = cell.context({ idempotency: { scope: 'assess', key: `k${id}`, hash: 'h' } });
    const body: AssessRequest = { framework: 'bant', elements: [{ element: 'need', status: 'weak' }] };
    expect(await assess(id, body, context)).toEqual(await assess(id, body, context));
    expect((await assessments(id)).assessments).toHaveLength(1);
    await qualify(id);
    await reserve(id, 't');
    await settle(id, 't', done(id));
    expect((await refused(assess(id, body))).code).toBe('lead_locked');
  });
});

describe('qualify', () => {
  it('reads the notes into proposals with the words that say it, as seed 002 writes them', async () => {
    const id = newLead();
    const answer = await qualify(id, { qualification_notes: SEED });
    expect(answer.warnings).toBeUndefined();
    const { current: [bant], proposals, assessments: [judged] } = await assessments(id);
    expect(bant).toMatchObject({ score: 90, verdict: 'complete', elements: [
      { element: 'budget', status: 'confirmed', value: '75,000 USD, approved', details: { amount: 75_000, currency: 'USD' }, by: 'notes-reader' },
      { element: 'authority', status: 'confirmed', value: 'decision maker, CTO', by: 'notes-reader' },
      { element: 'need', status: 'partial', by: 'notes-reader' },
      { element: 'timeline', status: 'confirmed', details: { period_days: 90 }, by: 'notes-reader' },
    ] });
    const [note] = await cell.rows<{ id: string }>('qualification', 'select id from note where lead_id = $1', [id]);
    expect(proposals).toHaveLength(4);
    for (const { evidence: [{ text, start, end, note_id }] } of proposals) {
      expect([SEED.slice(start!, end!), note_id]).toEqual([text, note.id]);
    }
    expect(judged).toMatchObject({ framework: 'bant', score: 90, qualified: true, notes: SEED, elements: [] });
    await cell.settled();
    const [event] = events<LeadQualifiedData>('lead.qualified', id);
    expect(event.data.assessment).toMatchObject({ framework: 'bant', score: 90, elements: [{ element: 'budget', proposed: true }, {}, {}, {}] });
  });

  it('takes what people have found out by element, which no note overwrites', async () => {
    const id = newLead();
    const answer = await qualify(id, {
      qualification_notes: SEED, bant: { budget: { status: 'weak', value: 'only an idea' } }, meddic: { champion: { status: 'confirmed', value: 'IT director' } },
    });
    expect(answer.data.assessments).toMatchObject([{ framework: 'bant', score: 71 }, { framework: 'meddic', score: 17 }]);
    expect(answer.warnings).toMatchObject([{ code: 'gate_not_passed', framework: 'bant', segment: null, missing: ['budget'], detail: 'BANT: Budget is weak, and has to be partial at least' }]);
    await patch(id, { qualification_notes: 'Budget of $90K approved.' });
    expect(await standing(id)).toMatchObject({ budget: 'weak Test Admin', authority: 'confirmed notes-reader' });
    expect((await assessments(id)).proposals.filter(({ element }) => element === 'budget')).toMatchObject([{ value: '90,000 USD, approved' }]);
    const { assessments: all } = await assessments(id);
    expect(all.map(({ framework, qualified }) => [framework, qualified])).toEqual([['meddic', null], ['bant', true]]);
  });

  it('with a word for nothing warns of all that is missing; the second of two assessments stands', async () => {
    const id = newLead();
    expect((await qualify(id)).warnings).toMatchObject([{ code: 'gate_not_passed', missing: ['budget', 'authority', 'need', 'timeline'] }]);
    expect((await qualify(id, { bant: { need: { status: 'confirmed' } } })).warnings).toMatchObject([{ missing: ['budget', 'authority', 'timeline'] }]);
    expect((await qualify(id, { qualified: false, disqualification_reason: 'no_budget' })).warnings).toBeUndefined();
    expect((await assessments(id)).assessments.map(({ qualified, reason, score }) => [qualified, reason, score]))
      .toEqual([[false, 'no_budget', 25], [true, null, 25], [true, null, 0]]);
  });
});

describe('what a note proposes', () => {
  it('is told of when somebody decides, as is an assessment by itself: ids, score and what is missing; a refusal and a repetition tell nothing', async () => {
    const id = newLead();
    await patch(id, { qualification_notes: 'Budget $75K approved. CTO is the decision maker.' });
    const { proposals } = await assessments(id);
    const [budget, authority] = ['budget', 'authority'].map((name) => proposals.find(({ element }) => element === name)!);
    const context = cell.context({ idempotency: { scope: 'assess', key: `k${id}`, hash: 'h' } });
    const need: AssessRequest = { framework: 'bant', elements: [{ element: 'need', status: 'confirmed', value: 'Reports by hand', evidence: [{ text: 'Dana: reports' }] }] };
    for (const attempt of [1, 2]) expect([attempt, (await assess(id, need, context)).assessment.score]).toEqual([attempt, 75]);
    for (const decision of ['accept', 'accept'] as const) await decide(budget.id, decision);
    await decide(authority.id, 'dismiss');
    await refused(decide(authority.id, 'accept'));
    await refused(assess(id, { framework: 'bant', elements: [] }));
    await qualify(id, { bant: { timeline: { status: 'confirmed' } } });
    await cell.settled();
    const told = events<LeadAssessedData>('lead.assessed', id).map(({ data }) => data);
    const by = { lead_id: id, framework: 'bant', version: 0, verdict: 'incomplete', actor: 'Test Admin', at: expect.stringMatching(/Z$/) };
    const made = (await assessments(id)).assessments.filter(({ qualified }) => qualified === null).map((one) => one.id).sort((a, b) => a - b);
    expect(told).toEqual([
      { ...by, cause: 'assessment', assessment_id: made[0], proposal_id: null, elements: ['need'], score: 75, missing: ['timeline'] },
      { ...by, cause: 'accepted_proposal', assessment_id: made[1], proposal_id: budget.id, elements: ['budget'], score: 75, missing: ['timeline'] },
      { ...by, cause: 'dismissed_proposal', assessment_id: null, proposal_id: authority.id, elements: ['authority'], score: 50, missing: ['authority', 'timeline'] },
    ]);
    expect(events<LeadQualifiedData>('lead.qualified', id)).toHaveLength(1);
  });

  it('a person accepts, with its evidence, or dismisses; once', async () => {
    const id = newLead();
    await patch(id, { qualification_notes: SEED });
    const byElement = Object.fromEntries((await assessments(id)).proposals.map((proposal) => [proposal.element, proposal]));
    const { proposal } = await decide(byElement.budget.id, 'accept');
    expect(proposal).toMatchObject({ state: 'accepted', decided_by: 'Test Admin' });
    expect((await decide(byElement.budget.id, 'accept')).proposal).toEqual(proposal);
    expect(await refused(decide(byElement.budget.id, 'dismiss'))).toMatchObject({ kind: 'conflict', code: 'already_decided', more: { decision: { state: 'accepted' } } });
    await decide(byElement.timeline.id, 'dismiss');
    expect(await standing(id)).toEqual({ budget: 'confirmed Test Admin', authority: 'confirmed notes-reader', need: 'partial notes-reader', timeline: 'unknown' });
    const { current: [{ elements: [budget] }], assessments: all } = await assessments(id);
    expect(budget.evidence).toEqual(byElement.budget.evidence);
    expect(all).toMatchObject([{ framework: 'bant', by: 'Test Admin', qualified: null, score: 90, elements: [{ element: 'budget' }] }]);
  });

  it('is decided once, however many decide at once', async () => {
    const id = newLead();
    await patch(id, { qualification_notes: 'Budget $75K approved.' });
    const { proposals: [proposal] } = await assessments(id);
    const decisions = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => decide(proposal.id, i % 2 ? 'accept' : 'dismiss')));
    const states = new Set(decisions.flatMap((decision) => (decision.status === 'fulfilled' ? [decision.value.proposal.state] : [])));
    expect([states.size, decisions.filter(({ status }) => status === 'rejected').length]).toEqual([1, 4]);
    expect((await assessments(id)).assessments).toHaveLength(states.has('accepted') ? 1 : 0);
  });

  it('may be in the note of any command, and of a contact attempt: that is meant on the day of the attempt', async () => {
    const id = newLead();
    await cell.ask(LogContactAttempt, { context: cell.context(), lead_id: id, attempt: { channel: 'call', outcome: 'reached', at: '2026-01-10T12:00:00Z', note: 'Timeline: 30 days.' } });
    await cell.ask(MoveLead, { context: cell.context(), lead_id: id, command: 'disqualify', body: { disqualification_reason: 'not_ready', notes: 'CTO is the decision maker.' } });
    expect((await assessments(id)).proposals).toMatchObject([{ element: 'authority' }, { element: 'timeline', details: { by: '2026-02-09', period_days: 30 } }]);
  });

  it('is of its own tenant', async () => {
    const id = newLead();
    await patch(id, { qualification_notes: SEED });
    const { proposals: [proposal] } = await assessments(id);
    expect(await refused(decide(proposal.id, 'accept', cell.context({ tenant: 'other' })))).toMatchObject({ kind: 'not_found', detail: 'Proposal not found' });
    expect((await assessments(id)).proposals).toHaveLength(4);
  });

  it('is meant on the day of the note, where the tenant is', async () => {
    const id = newLead();
    const context = cell.context({ tenant: { ...testTenant(), time_zone: 'Pacific/Kiritimati' } }); // 14 hours ahead
    await patch(id, { qualification_notes: 'Timeline: 90 days.' }, { context });
    const { proposals: [{ details, at }] } = await assessments(id);
    const there = new Date(Date.parse(at) + 14 * 3_600_000);
    there.setUTCDate(there.getUTCDate() + 90);
    expect(details).toMatchObject({ by: there.toISOString().slice(0, 10) });
  });
});

describe('leads that are merged', () => {
  const tied = (event: typeof LeadMerged, lead_id: number, primary_id: number) => {
    const lead = intakeState({ lead_id, revision: event === LeadMerged ? 2 : 3, merged_into: event === LeadMerged ? primary_id : null });
    return event.ofLead('demo', lead, { lead, primary_id });
  };

  it('show what was found out about each, the latest of each element; set apart, each its own', async () => {
    const [primary, other] = [newLead(), newLead()];
    await assess(primary, { framework: 'bant', elements: [{ element: 'budget', status: 'weak' }, { element: 'need', status: 'confirmed' }] });
    await qualify(other, { bant: { budget: { status: 'confirmed' } }, qualification_notes: 'Timeline: 90 days.' });
    const before = await assessments(other);
    await cell.publish([tied(LeadMerged, other, primary)], { times: 2 });
    await cell.settled();
    expect(await standing(primary)).toEqual({ budget: 'confirmed Test Admin', authority: 'unknown', need: 'confirmed Test Admin', timeline: 'confirmed notes-reader' });
    const { proposals: [proposal], assessments: all } = await assessments(primary);
    expect(all.map(({ lead_id }) => lead_id)).toEqual([other, primary]);
    expect((await refused(assess(other, { framework: 'bant', elements: [{ element: 'need', status: 'weak' }] }))).code).toBe('lead_merged');
    const [history] = (await cell.ask(ReserveLeadsToConvert, { items: [{ tenant: 'demo', lead_id: primary, token: `t${primary}`, lease_seconds: 30 }] })).results;
    expect(history).toMatchObject({ ok: true, assessment: { qualified: true, notes: 'Timeline: 90 days.', by: 'Test Admin', summary: { framework: 'bant', elements: [{ element: 'budget', status: 'confirmed' }, {}, {}, {}] } } });
    await settle(primary, `t${primary}`, { kind: 'aborted' });
    await decide(proposal.id, 'accept');
    expect(await standing(primary)).toMatchObject({ timeline: 'confirmed Test Admin' });
    await cell.publish([tied(LeadUnmerged, other, primary)], { times: 2 });
    await cell.settled();
    expect(await standing(primary)).toMatchObject({ budget: 'weak Test Admin', timeline: 'confirmed Test Admin' });
    expect((await assessments(other)).assessments).toEqual(before.assessments);
  });
});

describe('a framework', () => {
  const own = (weight: number) => ({
    name: 'spiced', label: 'SPICED', elements: [{ name: 'pain', label: 'Pain', weight, at_least: 'confirmed' as const }, { name: 'impact', label: 'Impact', weight: 100 - weight }],
  });
  const as = (tenant: string) => cell.context({ tenant });
  const add = (framework: FrameworkRequest, context = as('frameworks')) => cell.ask(AddFramework, { context, framework });

  it('of their own is a document in versions, of which the newest counts', async () => {
    const context = as('frameworks');
    expect((await add(own(60))).framework).toMatchObject({ name: 'spiced', version: 1, document: { label: 'SPICED' }, created_by: 'Test Admin' });
    expect((await add(own(40))).framework.version).toBe(2);
    expect((await cell.ask(ListFrameworks, { context })).frameworks.map(({ name, version }) => [name, version])).toEqual([['bant', 0], ['meddic', 0], ['spiced', 2]]);
    expect((await cell.ask(GetFramework, { context, name: 'spiced', version: 1 })).framework.document.elements[0].weight).toBe(60);
    expect((await refused(cell.ask(GetFramework, { context, name: 'spiced', version: 3 }))).kind).toBe('not_found');
    expect((await refused(cell.ask(GetFramework, { context: cell.context(), name: 'spiced' }))).kind).toBe('not_found');
  });

  it('is one of ten at most, and a further version of one is none more', async () => {
    const context = as('many');
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await add({ ...own(60), name }, context);
    expect(await refused(add({ ...own(60), name: 'i' }, context))).toMatchObject({ kind: 'conflict', code: 'too_many_frameworks' });
    expect((await add({ ...own(50), name: 'a' }, context)).framework.version).toBe(2);
  });

  it('that is none is refused with everything that is wrong', async () => {
    const wrong = { ...own(60), elements: [{ name: 'pain', label: 'Pain', weight: 60 }, { name: 'pain', label: 'Pain', weight: 30 }, { name: 'score', label: 'S', weight: 5 }], shares: { weak: 50, partial: 20 } };
    expect((await refused(add(wrong))).errors!.map(({ field, code }) => [field, code])).toEqual([
      ['elements.1.name', 'not_unique'], ['elements.2.name', 'reserved_name'], ['elements', 'wrong_sum'], ['shares.weak', 'too_large']]);
  });
});
