import { Client } from 'pg';
import {
  GetNurtureRules, GetNurturing, GetStatuses, LeadCaptured, LeadConverted, LeadMerged, LeadScored, LeadSignalled, LeadTouched, LeadUnmerged, LeadUpdated, ListTransitions, LogContactAttempt, MoveLead, NurtureLead, PutNurtureRules, QualifyLead,
  ReengageLead, ReserveLeads,
  type LeadScoreView, type MoveBody, type NurtureBody, type NurtureData, type NurtureRules, type NurtureStageData, type QuestionOf,
} from '@headwater/contracts';
import { eventually, intakeState, testTenant } from '@headwater/testing';
import { NURTURING } from '../src/nurturing';
import { qualification } from '../src/qualification.module';
import { arrows, cell, events, history, into, newLead, patch, qualify, refused, scored, stateOf, touch, useQualification, view } from './qualification-cell';

const nurture = (lead_id: number, body: NurtureBody = {}, more: Partial<QuestionOf<typeof NurtureLead>> = {}) =>
  cell.ask(NurtureLead, { context: cell.context(), lead_id, body, ...more });
const reengage = (lead_id: number) => cell.ask(ReengageLead, { context: cell.context(), lead_id, body: { notes: 'Called' } });
const disqualify = (lead_id: number, body: MoveBody) => cell.ask(MoveLead, { context: cell.context(), lead_id, command: 'disqualify', body });
const enrolments = async (lead_id: number) => (await cell.ask(GetNurturing, { context: cell.context(), lead_id })).enrolments;
const putRules = (document: unknown) => cell.ask(PutNurtureRules, { context: cell.context(), document });
const told = (type: string, lead: number) => events<NurtureData>(`nurture.${type}`, lead).map(({ data }) => data.enrolment);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
const scoreOf = (lead_id: number, revision: number, effective: LeadScoreView, hours = 0) => {
  const score = scored(lead_id, revision, effective, { scored_at: new Date(Date.now() + hours * 3_600_000).toISOString() });
  return LeadScored.ofLead('demo', score, { score, contributions: [], lead: intakeState({ lead_id }) });
};
const cold = (total: number): LeadScoreView => ({ ...view(total, 0), grade: 'D', temperature: 'cold' });
/** The days of leads have come. */
const dayComes = (leads: number[], seconds = 0) => cell.rows('qualification', `
  update enrolment set next_at = now() + make_interval(secs => $2), dates = jsonb_build_array(jsonb_build_object('name', dates->0->'name', 'at', now() + make_interval(secs => $2)))
  where lead_id = any($1::bigint[])`, [leads, seconds]);
const back = (leads: number[]) => eventually('they are back', async () =>
  (await Promise.all(leads.map(stateOf))).every(({ status }) => status === 'contacted'));
const tied = (event: typeof LeadMerged, lead_id: number, primary_id: number) => {
  const lead = intakeState({ lead_id, revision: event === LeadMerged ? 2 : 3, merged_into: event === LeadMerged ? primary_id : null });
  return event.ofLead('demo', lead, { lead, primary_id });
};

/** A tenant whose rules enrol open leads; put before there is another replica, so that both know of it. */
const KEEN = testTenant('keen');
const KEEN_RULES: NurtureRules = {
  enrol: [
    { name: 'Students', from: ['new', 'contacted'], when: { field: 'tags', op: 'has_any', value: ['student'] }, stage: 'problem', recycle_after_days: 90 },
    { name: 'Cooled down', from: ['new', 'contacted', 'disqualified'], when: { field: 'score.temperature', op: 'eq', value: 'cold' }, stage: 'vendor' },
  ],
  exits: [{ name: 'Hot score', when: { field: 'score.temperature', op: 'eq', value: 'hot' } }],
};

useQualification();
beforeAll(async () => {
  await cell.ask(PutNurtureRules, { context: cell.context({ tenant: KEEN }), document: KEEN_RULES });
  await cell.add(qualification); // two replicas
});

describe('a lead begins to be nurtured', () => {
  it('by command, with its stage and the day it comes back on; another word of it changes both, and a stage is told', async () => {
    const lead = newLead();
    const day = inDays(40);
    const { qualification: state, enrolment } = await nurture(lead, { stage: 'solution', recycle_date: day, notes: 'Budget next year' });
    expect(state).toMatchObject({ status: 'nurturing', notes: 'Budget next year', cycle: 1 });
    expect(enrolment).toMatchObject({ number: 1, stage: 'solution', recycle_date: day, because: 'a person said so', exited_at: null });
    expect(Date.parse(enrolment!.next_at!)).toBeGreaterThan(Date.now() + 38 * 86_400_000);
    expect((await nurture(lead, { stage: 'solution' })).enrolment).toEqual(enrolment);
    expect((await nurture(lead, { stage: 'vendor', recycle_date: null })).enrolment).toMatchObject({ number: 1, stage: 'vendor', recycle_date: null, next_at: null });
    await cell.settled();
    expect(await arrows(lead)).toEqual(['new nurturing nurture']);
    expect(told('enrolled', lead)).toMatchObject([{ stage: 'solution', recycle_date: day }]);
    expect(events<NurtureStageData>('nurture.stage_changed', lead).map(({ data }) => [data.former_stage, data.enrolment.stage])).toEqual([['solution', 'vendor']]);
    expect(events('lead.nurtured', lead)).toHaveLength(1);
  });

  it('by PATCH, by a form that begins with it, and is enrolled once', async () => {
    const [patched, formed] = [newLead(), newLead()];
    await patch(patched, { status: 'nurturing' });
    const lead = intakeState({ lead_id: formed, attribution: { ...intakeState({ lead_id: formed }).attribution, entry_status: 'nurturing' } });
    await cell.publish([LeadCaptured.ofLead('demo', lead, { lead, touch: touch(formed), enrichment_pending: false })], { times: 3 });
    await cell.settled();
    expect(await enrolments(patched)).toMatchObject([{ number: 1, stage: 'problem', because: 'patch: new → nurturing', next_at: null }]);
    expect(await enrolments(formed)).toMatchObject([{ number: 1, because: 'what it came in by begins with it' }]);
    expect([told('enrolled', patched).length, told('enrolled', formed).length]).toEqual([1, 1]);
  });

  it('when it is disqualified and whoever does it says so: both are told, in that order', async () => {
    const [moved, judged] = [newLead(), newLead()];
    const then = { then: 'nurture', nurture: { stage: 'vendor', recycle_date: inDays(9) } } as const;
    await disqualify(moved, { disqualification_reason: 'no_budget', ...then });
    expect((await qualify(judged, { qualified: false, disqualification_reason: 'not_ready', ...then })).data)
      .toMatchObject({ status: 'nurturing', lost_reason: 'not_ready', disqualification_reason: 'not_ready' });
    await cell.settled();
    for (const lead of [moved, judged]) {
      expect(await arrows(lead)).toEqual(['new disqualified disqualify', 'disqualified nurturing nurture']);
      expect(await enrolments(lead)).toMatchObject([{ stage: 'vendor', recycle_date: inDays(9), because: 'disqualified, and to be nurtured then' }]);
      expect([events('lead.disqualified', lead), events('lead.nurtured', lead)].map(([{ revision }]) => revision)).toEqual([2, 3]);
    }
    const other = newLead();
    expect(await refused(disqualify(other, { disqualification_reason: 'no_budget', then: 'nurture', nurture: { recycle_date: '2001-01-01' } })))
      .toMatchObject({ errors: [{ field: 'recycle_date' }] });
    expect(await refused(disqualify(other, { disqualification_reason: 'no_budget', nurture: {} }))).toMatchObject({ errors: [{ field: 'nurture', code: 'not_applicable' }] });
    expect(await refused(qualify(other, { then: 'nurture' }))).toMatchObject({ errors: [{ field: 'then' }] });
    expect([await arrows(other), await enrolments(other)]).toEqual([[], []]);
  });

  it('under one key once, and not where it can not be: locked, unknown, changed meanwhile, in the past, in a decade', async () => {
    const lead = newLead();
    const context = cell.context({ idempotency: { scope: 'nurture', key: `k${lead}`, hash: 'h' } });
    const first = await nurture(lead, { stage: 'vendor' }, { context });
    expect(await nurture(lead, { stage: 'vendor' }, { context })).toEqual(first);
    const other = newLead();
    for (const [recycle_date, code] of [[inDays(-1), 'date_in_past'], [inDays(0), 'date_in_past'], [inDays(3_650), 'date_too_far'], ['2027-02-30', 'wrong_format']]) {
      expect(await refused(nurture(other, { recycle_date }, { context: cell.context({ tenant: { ...testTenant(), time_zone: 'UTC' } }) })))
        .toMatchObject({ kind: 'invalid', errors: [{ field: 'recycle_date', code }] });
    }
    expect(await refused(nurture(other, {}, { expected_revision: 9 }))).toMatchObject({ code: 'precondition_failed' });
    expect(await refused(nurture(999_999))).toMatchObject({ code: 'not_found' });
    expect(await refused(reengage(other))).toMatchObject({ code: 'invalid_transition' });
    expect([await arrows(other), await enrolments(other)]).toEqual([[], []]);
  });
});

describe('a lead is back', () => {
  it('when a person takes it up, by command, by PATCH or by qualifying it; whoever does is named', async () => {
    const [called, patched, qualified] = [newLead(), newLead(), newLead()];
    for (const lead of [called, patched, qualified]) await nurture(lead);
    await reengage(called);
    await patch(patched, { status: 'contacted' });
    await qualify(qualified);
    expect(await enrolments(called)).toMatchObject([{ exit: 'person', exited_by: 'Test Admin', exit_because: 'a person took it up again', next_at: null }]);
    expect(await enrolments(patched)).toMatchObject([{ exit: 'person', exit_because: 'patch: nurturing → contacted' }]);
    expect(await enrolments(qualified)).toMatchObject([{ exit: 'person' }]);
    await nurture(called, { stage: 'vendor' });
    expect(await enrolments(called)).toMatchObject([{ number: 2, stage: 'vendor', exited_at: null }, { number: 1, exit: 'person' }]);
    await cell.settled();
    expect(told('exited', called)).toHaveLength(1);
  });

  it('when the person asks for contact, and nobody has talked to it because of that', async () => {
    const lead = newLead();
    await nurture(lead);
    const before = LeadTouched.ofLead('demo', { lead_id: lead }, touch(lead, '2026-01-01T00:00:00Z'));
    await cell.publish([before, LeadTouched.ofLead('demo', { lead_id: lead }, touch(lead))], { times: 2, shuffle: true });
    await back([lead]);
    await cell.settled();
    expect(await stateOf(lead)).toMatchObject({ first_contacted_at: null });
    expect(await history(lead)).toMatchObject([{ to: 'nurturing' }, { cause: 'raised_hand', notes: 'the person asked for contact' }]);
    expect(told('exited', lead)).toMatchObject([{ exit: 'raised_hand', exited_by: 'system' }]);
  });

  it('when its score rises to where it was not when it was put aside, whatever is delivered how often', async () => {
    const [risen, wasHot] = [newLead(), newLead()];
    await cell.publish([scoreOf(risen, 1, cold(20)), scoreOf(wasHot, 1, view(40, 40))]);
    await cell.settled();
    for (const lead of [risen, wasHot]) await nurture(lead);
    await cell.publish([scoreOf(risen, 2, cold(40)), scoreOf(risen, 3, view(40, 45)), scoreOf(wasHot, 2, view(41, 40))], { times: 2, shuffle: true });
    await back([risen]);
    await cell.settled();
    expect(told('exited', risen)).toMatchObject([{ exit: 'score', trigger: 'Hot score', exit_because: 'Hot score: score temperature is hot' }]);
    expect((await stateOf(wasHot)).status).toBe('nurturing');
    await cell.publish([scoreOf(wasHot, 3, cold(30))]);
    await cell.settled();
    await cell.publish([scoreOf(wasHot, 4, view(45, 45))]);
    await back([wasHot]);
  });

  it('when it does what a rule is for, after it was enrolled; what a lead does that was merged into it is its own', async () => {
    const [asked, visited, primary, part] = [newLead(), newLead(), newLead(), newLead()];
    for (const lead of [asked, visited, primary]) await nurture(lead);
    await stateOf(part);
    await cell.publish([tied(LeadMerged, part, primary)]);
    await eventually('they are one', async () => (await cell.rows('qualification', 'select from lead_tie where lead_id = $1 and merged_into is not null', [part])).length === 1);
    const before = { signal_id: 'old', type: 'demo_request', at: '2026-01-01T00:00:00Z' };
    const did = (lead_id: number, ...types: string[]) => LeadSignalled.ofLead('demo', { lead_id }, {
      lead_id, signals: types.map((type, i) => ({ signal_id: `${lead_id}.${i}`, type, at: new Date(Date.now() + i).toISOString(), properties: { file: 'Pricing-2026.pdf' } })),
    });
    await cell.publish([
      did(asked, 'web_visit', 'demo_request', 'content_download'), did(visited, 'web_visit', 'pricing_view'), did(part, 'content_download'),
      LeadSignalled.ofLead('demo', { lead_id: visited }, { lead_id: visited, signals: [before] }),
    ], { times: 2, shuffle: true });
    await back([asked, primary]);
    await cell.settled();
    expect(told('exited', asked)).toMatchObject([{ exit: 'signal', trigger: 'Demo request', exit_because: 'Demo request: signal type is demo_request' }]);
    expect(told('exited', primary)).toMatchObject([{ exit: 'signal', trigger: 'Pricing download' }]);
    expect((await stateOf(visited)).status).toBe('nurturing');
  });

  it('when its day has come: within a second, once, whichever replica sees it, and says why', async () => {
    const leads = Array.from({ length: 60 }, newLead);
    await Promise.all(leads.map((lead) => nurture(lead, { recycle_date: inDays(30) })));
    const at = Date.now() + 1_500;
    await dayComes(leads, 1.5);
    await back(leads);
    await cell.settled();
    for (const lead of leads) {
      expect(await arrows(lead)).toEqual(['new nurturing nurture', 'nurturing contacted recycle_date']);
      const [enrolment, ...more] = told('exited', lead);
      expect(more).toEqual([]);
      expect(enrolment.exit_because).toBe(`its recycle date ${enrolment.recycle_date} has come`);
      expect(Math.abs(Date.parse(enrolment.exited_at as string) - at)).toBeLessThan(1_500);
    }
  });

  it('waits while somebody else is at it: a person who is quicker wins, and nothing happens to it twice; the others come back meanwhile', async () => {
    const [held, ...others] = Array.from({ length: 6 }, newLead);
    await Promise.all([held, ...others].map((lead) => nurture(lead, { recycle_date: inDays(30) })));
    const holder = new Client({ connectionString: cell.databaseUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from qualification.lead_status where lead_id = $1 for update', [held]);
      const taken = reengage(held);
      await eventually('the person waits for the lead', async () =>
        (await cell.rows('qualification', `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%lead_status%'`)).length > 0);
      await dayComes([held, ...others]);
      await back(others);
      expect((await stateOf(held)).status).toBe('nurturing');
      await holder.query('commit');
      expect((await taken).enrolment).toMatchObject({ exit: 'person' });
    } finally {
      await holder.end();
    }
    await cell.settled();
    for (const lead of [held, ...others]) expect([(await arrows(lead)).length, told('exited', lead).length]).toEqual([2, 1]);
    expect(await arrows(held)).toEqual(['new nurturing nurture', 'nurturing contacted reengage']);
  });
});

describe('rules', () => {
  const RULES: NurtureRules = {
    stage: 'solution', recycle_after_days: 90,
    enrol: [{ name: 'No budget', when: { field: 'reason', op: 'eq', value: 'no_budget' }, stage: 'vendor', recycle_after_days: 30 }],
    exits: [
      { name: 'Promising', when: { field: 'score.total', op: 'gte', value: 40 } },
      { name: 'Warm after a month', when: { field: 'score.total', op: 'gte', value: 10 }, after_days: 30 },
    ],
  };

  it('begin with those of every tenant, and are replaced by a document, in versions', async () => {
    const { rules } = await cell.ask(GetNurtureRules, { context: cell.context() });
    expect(rules).toMatchObject({ version: 0, document: { exits: [{ name: 'Demo request' }, { name: 'Pricing download' }, { name: 'Reply' }, { name: 'Hot score' }] } });
    expect(await putRules(RULES)).toMatchObject({ rules: { version: 1, document: RULES, created_by: 'Test Admin' } });
    expect((await cell.ask(GetNurtureRules, { context: cell.context() })).rules.version).toBe(1);
  });

  it('say how a lead is nurtured of which nobody says it; the days are those that it began with', async () => {
    const [promising, warm, cool] = [newLead(), newLead(), newLead()];
    await cell.publish([scoreOf(warm, 1, cold(20)), scoreOf(cool, 1, cold(5)), scoreOf(promising, 1, cold(5))]);
    await cell.settled();
    for (const lead of [promising, warm, cool]) expect((await nurture(lead)).enrolment).toMatchObject({ stage: 'solution', recycle_date: null });
    const [{ next_at, enrolled_at }] = await enrolments(warm);
    expect(Date.parse(next_at as string) - Date.parse(enrolled_at)).toBe(30 * 86_400_000);
    await cell.rows('qualification', `
      update enrolment set next_at = now(), dates = jsonb_build_array(dates->0, jsonb_set(dates->1, '{at}', to_jsonb(now()))) where lead_id = any($1::bigint[])`, [[warm, cool]]);
    await cell.publish([scoreOf(promising, 2, cold(45))]);
    await back([promising, warm]);
    await eventually('the day has passed', async () => Date.parse((await enrolments(cool))[0].next_at as string) > Date.now() + 80 * 86_400_000);
    expect(await enrolments(warm)).toMatchObject([{ exit: 'date', exit_because: 'Warm after a month: 30 days after it was enrolled, score total ≥ 10' }]);
    expect(await enrolments(promising)).toMatchObject([{ exit: 'score', trigger: 'Promising', exit_because: 'Promising: score total ≥ 40' }]);
    expect(await stateOf(cool)).toMatchObject({ status: 'nurturing' });
  });

  it('enrol a lead that is disqualified, by whichever way, and leave others disqualified', async () => {
    const [moved, patched, judged, spam] = [newLead(), newLead(), newLead(), newLead()];
    await disqualify(moved, { disqualification_reason: 'no_budget' });
    expect((await patch(patched, { status: 'disqualified', disqualification_reason: 'no_budget' })).qualification.status).toBe('nurturing');
    expect((await qualify(judged, { qualified: false, disqualification_reason: 'no_budget' })).data.status).toBe('nurturing');
    await disqualify(spam, { disqualification_reason: 'spam' });
    for (const lead of [moved, patched, judged]) {
      expect(await enrolments(lead)).toMatchObject([{ stage: 'vendor', because: 'rule "No budget" (reason is no_budget)' }]);
      expect((await history(lead)).at(-1)).toMatchObject({ from: 'disqualified', to: 'nurturing', cause: 'nurture_rule', reason: 'no_budget' });
    }
    expect([(await stateOf(spam)).status, await enrolments(spam)]).toEqual(['disqualified', []]);
  });

  it('enrol a lead that is given up after attempts', async () => {
    await putRules({ enrol: [{ name: 'Unreachable', when: { field: 'reason', op: 'eq', value: 'unreachable' }, stage: 'problem' }], exits: [] });
    const lead = newLead();
    const context = cell.context({ tenant: { ...testTenant(), policies: { disqualify_after_attempts: 2 } } });
    const call = (key: string) => cell.ask(LogContactAttempt, {
      context: { ...context, idempotency: { scope: 'attempt', key: `${key}${lead}`, hash: key } }, lead_id: lead, attempt: { channel: 'call', outcome: 'no_answer' },
    });
    await call('first');
    const second = await call('second');
    expect(second.qualification.status).toBe('nurturing');
    expect(await call('second')).toEqual(second);
    expect(await arrows(lead)).toEqual(['new contacted contact_attempt', 'contacted disqualified failed_attempts', 'disqualified nurturing nurture_rule']);
    expect(await enrolments(lead)).toMatchObject([{ number: 1, because: 'rule "Unreachable" (reason is unreachable)' }]);
  });

  it.each([
    ['an unknown field', { exits: [{ name: 'A', when: { field: 'mood', op: 'eq', value: 'good' } }] }, 'exits.0.when.field', 'unknown_field'],
    ['a field of exits in an enrolment', { enrol: [{ name: 'A', when: { field: 'signal.type', op: 'eq', value: 'x' } }] }, 'enrol.0.when.field', 'unknown_field'],
    ['a stage that is not there', { stage: 'denial' }, 'stage', 'unknown_value'],
    ['a name twice', { exits: [{ name: 'A', after_days: 3 }, { name: ' a', after_days: 4 }] }, 'exits.1.name', 'duplicate'],
    ['neither condition nor day', { exits: [{ name: 'A' }] }, 'exits.0.when', 'required'],
    ['a signal on a day', { exits: [{ name: 'A', after_days: 3, when: { field: 'signal.type', op: 'eq', value: 'call' } }] }, 'exits.0.when', 'no_signal_then'],
    ['what is no condition, on a day', { exits: [{ name: 'A', after_days: 3, when: { all: 5 } }] }, 'exits.0.when.all', 'not_a_list'],
    ['a status that is none to enrol from', { enrol: [{ name: 'A', when: { always: true }, from: ['new', 'converted'] }] }, 'enrol.0.from.1', 'unknown_value'],
    ['the stage of an open lead', { enrol: [{ name: 'A', when: { not: { field: 'lifecycle_stage', op: 'eq', value: 'mql' } }, from: ['new'] }] }, 'enrol.0.when', 'not_of_open_leads'],
    ['no status at all', { enrol: [{ name: 'A', when: { always: true }, from: [] }] }, 'enrol.0.from', 'required'],
    ['another word', { exits: [], colour: 'red' }, 'colour', 'unknown_field'],
  ])('are refused with %s, and stay as they are', async (_what, given, field, code) => {
    const { rules } = await cell.ask(GetNurtureRules, { context: cell.context() });
    expect(await refused(putRules({ enrol: [], exits: [], ...given }))).toMatchObject({ kind: 'invalid', errors: [{ field, code }] });
    expect((await cell.ask(GetNurtureRules, { context: cell.context() })).rules).toEqual(rules);
  });
});

describe('rules over open leads', () => {
  const context = () => cell.context({ tenant: KEEN });
  const HOT = view(45, 40);
  /** What intake knows of a lead at a revision. */
  const known = (lead_id: number, revision: number, tags: string[] = []) => intakeState({ lead_id, revision, profile: { tags } });
  const updated = (lead_id: number, revision: number, tags: string[], changed = ['tags'], tenant = KEEN.id) =>
    LeadUpdated.ofLead(tenant, { lead_id, revision }, { lead: known(lead_id, revision, tags), changed });
  const scoredAs = (lead_id: number, revision: number, effective: LeadScoreView, lead = known(lead_id, 1), tenant = KEEN.id) => {
    const score = scored(lead_id, revision, effective);
    return LeadScored.ofLead(tenant, score, { score, contributions: [], lead });
  };
  const enrolmentsOf = async (lead_id: number) => (await cell.ask(GetNurturing, { context: context(), lead_id })).enrolments;
  const way = async (lead_id: number) => (await cell.ask(ListTransitions, { context: context(), lead_id })).transitions.map(({ from, to, cause }) => `${from} ${to} ${cause}`);
  const moved = (lead_id: number, command: 'contact' | 'disqualify', body: MoveBody = {}) => cell.ask(MoveLead, { context: context(), lead_id, command, body });
  const deliver = async (...all: Parameters<typeof cell.publish>[0]) => {
    await cell.publish(all, { times: 2, shuffle: true });
    await cell.settled();
  };
  const nextLeads = (count: number) => Array.from({ length: count }, newLead);

  it('enrol one that cools down, once, however often and in whatever order it is told of; the transition says why', async () => {
    const [cooled, fresh, other, warm] = nextLeads(4);
    await deliver(...[cooled, warm].map((lead) => scoredAs(lead, 1, HOT)), scoredAs(other, 1, HOT, known(other, 1), 'demo'));
    await deliver(
      scoredAs(cooled, 2, HOT), scoredAs(cooled, 3, cold(20)), scoredAs(cooled, 4, cold(19)), scoredAs(fresh, 1, cold(5)), scoredAs(warm, 2, view(41, 40)),
      scoredAs(other, 2, cold(3), known(other, 1), 'demo'),
    );
    const because = 'rule "Cooled down" (score temperature is cold)';
    for (const lead of [cooled, fresh]) {
      expect(await enrolmentsOf(lead)).toMatchObject([{ number: 1, stage: 'vendor', enrolled_by: 'system', because, exited_at: null }]);
      expect(events<NurtureData>('nurture.enrolled', lead)).toMatchObject([{ data: { enrolment: { because } } }]);
      expect(events('lead.nurtured', lead)).toMatchObject([{ data: { transitions: [{ from: 'new', to: 'nurturing', cause: 'nurture_rule', notes: because }] } }]);
    }
    expect([await way(warm), await arrows(other)]).toEqual([[], []]);
  });

  it('enrol one that gets a tag, and not again by another tag once somebody took it up; what is older than what was told counts no more', async () => {
    const [tagged, late, alien] = nextLeads(3);
    await deliver(...[tagged, late].map((lead) => scoredAs(lead, 1, HOT)), scoredAs(alien, 1, HOT, known(alien, 1), 'demo'));
    await moved(tagged, 'contact');
    await deliver(updated(tagged, 2, ['student']), updated(tagged, 3, ['student'], ['job_title']), updated(alien, 2, ['student'], ['tags'], 'demo'));
    expect(await way(tagged)).toEqual(['new contacted contact', 'contacted nurturing nurture_rule']);
    expect(await enrolmentsOf(tagged)).toMatchObject([{ stage: 'problem', because: 'rule "Students" (tags has any of student)' }]);
    await cell.ask(ReengageLead, { context: context(), lead_id: tagged, body: {} });
    await deliver(updated(tagged, 4, ['student', 'vip']), scoredAs(tagged, 2, HOT, known(tagged, 4, ['student', 'vip'])));
    expect((await way(tagged)).at(-1)).toBe('nurturing contacted reengage');
    await cell.publish([updated(late, 5, [])]);
    await cell.settled();
    await deliver(updated(late, 4, ['student']), scoredAs(late, 2, HOT, known(late, 3, ['student'])));
    expect(await way(late)).toEqual([]);
    await deliver(updated(late, 6, ['student']));
    expect(await way(late)).toEqual(['new nurturing nurture_rule']);
    expect([await arrows(alien), await cell.rows('qualification', `select from told_facts where tenant_id = 'demo'`)]).toEqual([[], []]);
  });

  it('hear of a tag before the lead itself, and know it when the lead is scored without it', async () => {
    const [lead] = nextLeads(1);
    await cell.publish([updated(lead, 2, ['vip', 'student'])]);
    await cell.settled();
    await deliver(scoredAs(lead, 1, HOT, known(lead, 1)));
    expect(await enrolmentsOf(lead)).toMatchObject([{ because: 'rule "Students" (tags has any of student)' }]);
  });

  it('leave alone a lead that somebody holds, that is another one\'s or locked, and one whose status they do not name', async () => {
    const [held, primary, part, locked, qualified, sunk] = nextLeads(6);
    const all = [held, primary, part, locked, qualified, sunk];
    await deliver(...all.map((lead) => scoredAs(lead, 1, HOT)));
    await cell.ask(ReserveLeads, { context: context(), lead_ids: [held], token: `t${held}`, holder: 'merge', lease_seconds: 600 });
    await deliver(LeadMerged.ofLead(KEEN.id, { lead_id: part, revision: 2 }, { lead: { ...known(part, 2), merged_into: primary }, primary_id: primary }));
    await deliver(LeadConverted.ofLead(KEEN.id, { lead_id: locked, revision: 1 }, { lead_id: locked, into: into(locked), actor: 'Rep', attribution: {} }));
    await cell.ask(QualifyLead, { context: context(), lead_id: qualified, body: { qualified: true } });
    await moved(sunk, 'disqualify', { disqualification_reason: 'spam' });
    await deliver(...all.flatMap((lead) => [scoredAs(lead, 2, cold(9)), updated(lead, 3, ['student'])]));
    const ends = await Promise.all(all.map(async (lead) => (await way(lead)).at(-1)?.split(' ')[1]));
    expect(ends).toEqual([undefined, 'nurturing', undefined, 'converted', 'qualified', 'disqualified']);
    await moved(qualified, 'disqualify', { disqualification_reason: 'not_ready' });
    expect((await way(qualified)).slice(-2)).toEqual(['qualified disqualified disqualify', 'disqualified nurturing nurture_rule']);
  });

  it('bring it back by the same score that it left with, and take it along again when it falls', async () => {
    const [lead] = nextLeads(1);
    for (const [revision, score] of [[1, HOT], [2, cold(9)], [3, HOT], [4, cold(9)]] as const) await deliver(scoredAs(lead, revision, score));
    expect(await way(lead)).toEqual(['new nurturing nurture_rule', 'nurturing contacted nurture_exit', 'contacted nurturing nurture_rule']);
  });

  it('go by what they have heard themselves, not by what others kept: a score that tells of a tag first is no change, the tag is', async () => {
    const [lead, folded] = nextLeads(2);
    const letGoOf = async () => (await cell.rows<{ lead_id: number }>('qualification', `
      select lead_id from told_facts where lead_id = any($1::bigint[]) and ${NURTURING.retentions[0].where}`, [[lead, folded]])).length;
    await deliver(...[lead, folded].map((one) => scoredAs(one, 1, HOT)));
    await cell.ask(PutNurtureRules, { context: context(), document: KEEN_RULES });
    expect(await letGoOf()).toBe(2);
    await deliver(scoredAs(lead, 2, HOT, known(lead, 2, ['student'])));
    expect([await way(lead), await letGoOf()]).toEqual([[], 1]);
    await deliver(updated(lead, 2, ['student']), updated(folded, 2, ['student']), updated(folded, 3, ['student'], ['city']));
    expect([await way(lead), await way(folded)]).toEqual([['new nurturing nurture_rule'], ['new nurturing nurture_rule']]);
  });

  it('leave alone a lead that is heard of after another one was merged into it that stands further', async () => {
    const [primary, part] = nextLeads(2);
    await deliver(scoredAs(part, 1, HOT));
    await cell.ask(QualifyLead, { context: context(), lead_id: part, body: { qualified: true } });
    await deliver(LeadMerged.ofLead(KEEN.id, { lead_id: part, revision: 2 }, { lead: { ...known(part, 2), merged_into: primary }, primary_id: primary }));
    await deliver(scoredAs(primary, 1, cold(9), known(primary, 1, ['student'])));
    expect(await way(primary)).toEqual(['new qualified merge']);
  });

  it('that are put later take nobody along who was so before', async () => {
    const [was, becomes] = nextLeads(2);
    const tenant = testTenant('later');
    const of = (lead: number, revision: number, tags: string[], changed: string[]) => updated(lead, revision, tags, changed, tenant.id);
    await deliver(...[was, becomes].map((lead) => scoredAs(lead, 1, cold(9), known(lead, 1, lead === was ? ['student'] : []), tenant.id)));
    await cell.ask(PutNurtureRules, { context: cell.context({ tenant }), document: KEEN_RULES });
    await eventually('both replicas know of the rules', async () => {
      await cell.publish([of(becomes, Date.now(), ['student'], ['tags']), of(was, Date.now(), ['student'], ['job_title'])]);
      await cell.settled();
      return (await cell.rows('qualification', `select from told_facts where tenant_id = 'later'`)).length === 2;
    });
    expect((await cell.ask(GetStatuses, { tenant: tenant.id, ids: [was, becomes] })).statuses.map(({ status }) => status)).toEqual(['new', 'nurturing']);
  });
});

describe('merged', () => {
  it('a lead waits for no day, its primary does instead; when they part each is where it was', async () => {
    const [primary, other] = [newLead(), newLead()];
    await stateOf(primary);
    await nurture(other, { stage: 'vendor', recycle_date: inDays(20) });
    await cell.publish([tied(LeadMerged, other, primary)], { times: 2 });
    await eventually('the primary is nurtured', async () => (await stateOf(primary)).status === 'nurturing');
    await cell.settled();
    expect(await enrolments(primary)).toMatchObject([{ stage: 'vendor', recycle_date: inDays(20), because: 'a lead that is nurtured was merged into it' }]);
    expect(await enrolments(other)).toMatchObject([{ next_at: null, exited_at: null }]);
    await cell.publish([tied(LeadUnmerged, other, primary)], { times: 2 });
    await eventually('they have parted', async () => (await stateOf(primary)).status === 'new');
    await cell.settled();
    expect(await enrolments(primary)).toMatchObject([{ exit: 'merge' }]);
    const [{ next_at }] = await enrolments(other);
    expect(Date.parse(next_at as string)).toBeGreaterThan(Date.now());
    expect([told('enrolled', other).length, told('exited', other).length]).toEqual([1, 0]);
  });

  it('in one batch, each is nurtured as its own part was', async () => {
    const [one, other, first, second] = [newLead(), newLead(), newLead(), newLead()];
    await Promise.all([one, other].map(stateOf));
    await nurture(first, { stage: 'vendor', recycle_date: inDays(20) });
    await nurture(second, { stage: 'solution', recycle_date: inDays(40) });
    await cell.deliver(cell.seal([tied(LeadMerged, first, one), tied(LeadMerged, second, other)]));
    await cell.settled();
    expect([await enrolments(one), await enrolments(other)]).toMatchObject([
      [{ stage: 'vendor', recycle_date: inDays(20) }], [{ stage: 'solution', recycle_date: inDays(40) }],
    ]);
  });
});
