import {
  GetNurtureRules, GetNurturing, GetStatuses, LeadConverted, LeadMerged, LeadScored, LeadUpdated, ListTransitions, LogContactAttempt, MoveLead,
  PutNurtureRules, QualifyLead, ReengageLead, ReserveLeads, type LeadScoreView, type MoveBody, type NurtureData, type NurtureRules,
} from '@headwater/contracts';
import { eventually, intakeState, testTenant } from '@headwater/testing';
import { NURTURING } from '../src/nurturing';
import { qualification } from '../src/qualification.module';
import { back, cold, disqualify, enrolments, nurture, scoreOf } from './nurturing-scene';
import { arrows, cell, events, history, into, newLead, patch, qualify, refused, scored, stateOf, useQualification, view } from './qualification-cell';

const putRules = (document: unknown) => cell.ask(PutNurtureRules, { context: cell.context(), document });

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
