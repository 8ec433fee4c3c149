import { Client } from 'pg';
import { LeadCaptured, LeadMerged, LeadSignalled, LeadTouched, LeadUnmerged, type NurtureStageData } from '@headwater/contracts';
import { eventually, intakeState, testTenant } from '@headwater/testing';
import { qualification } from '../src/qualification.module';
import { back, cold, disqualify, enrolments, nurture, reengage, scoreOf, told } from './nurturing-scene';
import { arrows, cell, events, history, newLead, patch, qualify, refused, stateOf, touch, useQualification, view } from './qualification-cell';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
/** The days of leads have come. */
const dayComes = (leads: number[], seconds = 0) => cell.rows('qualification', `
  update enrolment set next_at = now() + make_interval(secs => $2), dates = jsonb_build_array(jsonb_build_object('name', dates->0->'name', 'at', now() + make_interval(secs => $2)))
  where lead_id = any($1::bigint[])`, [leads, seconds]);
const tied = (event: typeof LeadMerged, lead_id: number, primary_id: number) => {
  const lead = intakeState({ lead_id, revision: event === LeadMerged ? 2 : 3, merged_into: event === LeadMerged ? primary_id : null });
  return event.ofLead('demo', lead, { lead, primary_id });
};

useQualification();
beforeAll(() => cell.add(qualification)); // two replicas

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

  it('by a form that begins with it, also where its merge is heard of first: the primary stands there, too', async () => {
    const [formed, primary] = [newLead(), newLead()];
    const lead = intakeState({ lead_id: formed, attribution: { ...intakeState({ lead_id: formed }).attribution, entry_status: 'nurturing' } });
    const merged = { ...lead, revision: 2, merged_into: primary };
    await cell.publish([LeadMerged.ofLead('demo', merged, { lead: merged, primary_id: primary })]);
    await cell.settled();
    await cell.publish([LeadCaptured.ofLead('demo', lead, { lead, touch: touch(formed), enrichment_pending: false })]);
    await cell.settled();
    expect([(await stateOf(formed)).status, (await stateOf(primary)).status]).toEqual(['nurturing', 'nurturing']);
    expect(await enrolments(formed)).toMatchObject([{ number: 1, because: 'what it came in by begins with it', next_at: null }]);
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

  it('when its day has come and not before, once, whichever replica sees it, and says why', async () => {
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
      expect(Date.parse(enrolment.exited_at as string)).toBeGreaterThanOrEqual(at);
    }
  });

  it('waits while somebody else is at it: a person who is quicker wins, and nothing happens to it twice; the others come back meanwhile', async () => {
    const [held, ...others] = Array.from({ length: 6 }, newLead);
    await Promise.all([held, ...others].map((lead) => nurture(lead, { recycle_date: inDays(30) })));
    const holder = new Client({ connectionString: cell.databaseUrl });
    await holder.connect();
    try {
      // The person has the lead, and lingers there. Who only waited for it would not be the quicker one: a replica that waits for nobody may get it before.
      await holder.query('select pg_advisory_lock(1)');
      await cell.rows('qualification', `create function linger() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(1); return new; end $$`);
      await cell.rows('qualification', `create trigger linger before insert on transition for each row when (new.cause = 'reengage') execute function linger()`);
      const taken = reengage(held);
      await eventually('the person has the lead', async () =>
        (await cell.rows('qualification', `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`)).length > 0);
      await dayComes([held, ...others]);
      await back(others);
      expect((await stateOf(held)).status).toBe('nurturing');
      await holder.query('select pg_advisory_unlock(1)');
      expect((await taken).enrolment).toMatchObject({ exit: 'person' });
    } finally {
      await holder.end();
      await cell.rows('qualification', 'drop function if exists linger cascade');
    }
    await cell.settled();
    for (const lead of [held, ...others]) expect([(await arrows(lead)).length, told('exited', lead).length]).toEqual([2, 1]);
    expect(await arrows(held)).toEqual(['new nurturing nurture', 'nurturing contacted reengage']);
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
