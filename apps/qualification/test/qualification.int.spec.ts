import fc from 'fast-check';
import { Client } from 'pg';
import { GetStatuses, LeadScored, LeadTouched, ListTransitions, TenantChanged, type DomainError, type LeadScoreView, type NoteAddedData } from '@headwater/contracts';
import { eventually, intakeState, testTenant } from '@headwater/testing';
import { STATUS_MACHINE } from '../src/domain/status-machine';
import { actors, faultsIn, play } from './histories';
import {
  arrows, attempt, captured, cell, command, events, history, intakeWas, newLead, now, patch, qualify, refused, reserve, scored, settle, stateOf, touch,
  useQualification, view,
} from './qualification-cell';

useQualification();

describe('a lead that no event has told of', () => {
  it('is there for queries and commands, with consumers paused, and its late event changes nothing', async () => {
    await cell.pauseConsumers();
    const [asked, patched, qualified, reserved] = [newLead(), newLead(), newLead(), newLead()];
    try {
      expect(await stateOf(asked)).toMatchObject({ status: 'new', lifecycle_stage: 'suspect', cycle: 1, revision: 1, in_status_since: '2026-11-20T09:00:00.000Z' });
      expect((await patch(patched, { status: 'contacted' })).qualification.status).toBe('contacted');
      expect((await qualify(qualified)).data.status).toBe('qualified');
      expect((await refused(reserve(reserved, 't'))).code).toBe('not_qualified');
      await cell.publish([asked, patched, qualified, reserved].map(captured), { times: 2 });
    } finally {
      await cell.resumeConsumers();
    }
    await cell.settled();
    expect((await stateOf(patched)).status).toBe('contacted');
    expect(await arrows(qualified)).toHaveLength(2);
  });

  it('is 404 when intake knows nothing of it, also in another tenant', async () => {
    const id = newLead();
    const foreign = cell.context({ tenant: 'other' });
    const [nobody] = [999_999];
    for (const asked of [
      patch(nobody, {}), qualify(nobody), reserve(nobody, 't'), history(nobody),
      patch(id, {}, { context: foreign }), qualify(id, {}, { context: foreign }),
      cell.ask(ListTransitions, { context: foreign, lead_id: id }),
    ]) expect(await refused(asked)).toMatchObject({ kind: 'not_found', detail: 'Lead not found' });
    await qualify(id);
    expect((await cell.ask(GetStatuses, { tenant: 'other', ids: [id] })).statuses).toEqual([]);
    expect((await refused(settle(nobody, 't', { kind: 'aborted' }))).code).toBe('not_reserved');
  });

  it('is asked for once, in one question', async () => {
    const ids = [newLead(), newLead(), newLead()];
    expect((await cell.ask(GetStatuses, { tenant: 'demo', ids: [...ids].reverse() })).statuses.map(({ lead_id }) => lead_id)).toEqual([...ids].reverse());
    await cell.ask(GetStatuses, { tenant: 'demo', ids });
    expect(intakeWas.asked).toHaveLength(1);
  });
});

describe('a PATCH', () => {
  it('is refused with the present status, the allowed ones and the command', async () => {
    const id = newLead();
    await patch(id, { status: 'contacted' });
    expect(await refused(patch(id, { status: 'new' }))).toMatchObject({ kind: 'conflict', code: 'invalid_transition', more: { lead_status: 'contacted', allowed: ['nurturing', 'disqualified'] } });
    expect((await refused(patch(id, { status: 'qualified' }))).detail).toContain(`POST /api/v1/crm/leads/${id}/qualify`);
    expect(await refused(patch(id, { status: 'unqualified' }))).toMatchObject({ errors: [{ field: 'disqualification_reason', code: 'required' }] });
    expect(await arrows(id)).toEqual(['new contacted patch']);
  });

  it('to the status that it has records nothing, and writes the note', async () => {
    const id = newLead();
    expect((await patch(id, { status: 'new', qualification_notes: 'left a message' })).qualification)
      .toMatchObject({ status: 'new', revision: 2, notes: 'left a message' });
    await cell.settled();
    expect(await history(id)).toEqual([]);
    expect(events('note.added', id)).toHaveLength(1);
    expect(['lead.contacted', 'lead.reopened'].flatMap((type) => events(type, id))).toEqual([]);
  });

  it('repeated changes nothing more, whatever happened meanwhile', async () => {
    const id = newLead();
    const command = { command_id: crypto.randomUUID(), expected_revision: 1 };
    await patch(id, { status: 'contacted', qualification_notes: 'once' }, command);
    await patch(id, { status: 'nurturing' });
    expect((await patch(id, { status: 'contacted', qualification_notes: 'once' }, command)).qualification)
      .toMatchObject({ status: 'nurturing', revision: 3 });
    expect(await arrows(id)).toHaveLength(2);
    expect((await cell.ask(ListTransitions, { context: cell.context(), lead_id: id })).notes).toHaveLength(1);
  });

  it('only validated writes nothing, and refuses what the real one would', async () => {
    const id = newLead();
    const only = { validate_only: true };
    expect((await patch(id, { status: 'contacted' }, only)).qualification).toMatchObject({ status: 'new', revision: 1 });
    expect((await refused(patch(id, { status: 'converted' }, only))).code).toBe('use_command');
    expect(await refused(patch(id, {}, { ...only, expected_revision: 2 })))
      .toMatchObject({ kind: 'precondition', code: 'precondition_failed', more: { revision: 1 } });
    expect(await history(id)).toEqual([]);
  });

  it('of two that expect the same revision, one wins', async () => {
    const id = newLead();
    const results = await Promise.allSettled(
      (['contacted', 'nurturing'] as const).map((status) => patch(id, { status }, { expected_revision: 1 })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await arrows(id)).toHaveLength(1);
  });
});

describe('a command', () => {
  it('moves the lead, keeps reason and notes, and tells it', async () => {
    const id = newLead();
    expect((await command(id, 'disqualify', { disqualification_reason: 'no_budget', notes: 'not before May' })).qualification)
      .toMatchObject({ status: 'disqualified', disqualification_reason: 'no_budget', notes: 'not before May', revision: 2 });
    expect((await command(id, 'reengage')).qualification).toMatchObject({ status: 'contacted', disqualification_reason: null });
    await cell.settled();
    expect(await arrows(id)).toEqual(['new disqualified disqualify', 'disqualified contacted reengage']);
    expect(events('lead.disqualified', id)).toMatchObject([{ data: { transitions: [{ reason: 'no_budget', notes: 'not before May' }] } }]);
    expect(events('note.added', id)).toHaveLength(1);
  });

  it('that the status refuses names those that it follows, and writes nothing', async () => {
    const id = newLead();
    expect(await refused(command(id, 'reopen', { notes: 'again' }))).toMatchObject({
      kind: 'conflict', code: 'invalid_transition',
      more: { lead_status: 'new', allowed: STATUS_MACHINE.new.patch, commands: ['contact', 'qualify', 'disqualify', 'nurture'] },
    });
    expect(await refused(command(id, 'disqualify'))).toMatchObject({ kind: 'invalid', errors: [{ field: 'disqualification_reason' }] });
    expect(await stateOf(id)).toMatchObject({ status: 'new', revision: 1 });
  });

  it('repeated under its key does nothing more, and of two that expect one revision the other learns where the lead stands now', async () => {
    const id = newLead();
    const context = { ...cell.context(), idempotency: { scope: 'test', key: crypto.randomUUID(), hash: 'h' } };
    const results = await Promise.all([1, 2].map(() => command(id, 'contact', { notes: 'called' }, { context }).catch(() => null)));
    expect(await command(id, 'contact', { notes: 'called' }, { context })).toEqual(results.find((result) => result));
    const both = await Promise.allSettled([
      command(id, 'nurture', {}, { expected_revision: 2 }), command(id, 'disqualify', { disqualification_reason: 'spam' }, { expected_revision: 2 }),
    ]);
    const present = await stateOf(id);
    const [loser] = both.flatMap((one) => (one.status === 'rejected' ? [(one.reason as DomainError).body] : []));
    expect(loser).toMatchObject({ kind: 'precondition', more: { revision: 3, lead_status: present.status, qualification: present } });
    expect(await arrows(id)).toHaveLength(2);
  });
});

describe('commands that come at the same time', () => {
  const keyed = () => ({ context: cell.context({ idempotency: { scope: 'test', key: crypto.randomUUID(), hash: 'h' } }) });
  const known = async (count: number) => {
    const leads = Array.from({ length: count }, newLead);
    await cell.ask(GetStatuses, { tenant: 'demo', ids: leads });
    return leads;
  };
  const transactions = (leads: number[]) => cell.rows<{ xmin: string }>('qualification', `
    select distinct xmin::text from transition where tenant_id = 'demo' and lead_id in (${leads.join(', ')})`);

  it('go in few transactions, each with its own outcome', async () => {
    const leads = await known(30);
    const [open, reasonless, late, ...others] = leads;
    const wrong = keyed();
    const [refusals, answers] = await Promise.all([
      Promise.all([
        command(open, 'reopen'), command(reasonless, 'disqualify', { notes: 'why?' }, wrong), attempt(late, {}, { expected_revision: 7 }), command(999_999, 'contact'),
      ].map(refused)),
      Promise.all(others.map((lead, i) => (i % 2 ? attempt(lead, { note: `n${lead}` }, keyed()) : command(lead, 'contact', { notes: `n${lead}` }, keyed())))),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual(['invalid_transition', 'required', 'precondition_failed', 'not_found']);
    expect(answers.map(({ qualification }) => [qualification.lead_id, qualification.notes])).toEqual(others.map((lead) => [lead, `n${lead}`]));
    // The final refusal is remembered, for whatever comes under its key.
    expect(await refused(command(reasonless, 'disqualify', { disqualification_reason: 'spam' }, wrong))).toEqual(refusals[1]);
    expect((await transactions(others)).length).toBeLessThan(others.length / 2);
    await cell.settled();
    expect(others.map((lead) => events('lead.contacted', lead).length)).toEqual(others.map(() => 1));
    expect([open, reasonless, late].map((lead) => events('note.added', lead))).toEqual([[], [], []]);
  });

  it('on one lead follow one another, and one that is sent twice is done once', async () => {
    const leads = await known(8);
    const [lead] = leads;
    const key = keyed();
    const sent = await Promise.allSettled([
      ...leads.map((one) => attempt(one, { outcome: 'no_answer' })), ...[1, 2, 3].map(() => attempt(lead, { outcome: 'no_answer', note: 'once' }, key)),
      command(lead, 'contact', { notes: 'too' }), attempt(lead, { outcome: 'no_answer' }),
    ]);
    const failed = sent.flatMap((one) => (one.status === 'rejected' ? [(one.reason as DomainError).body.code] : []));
    expect(failed.filter((code) => code !== 'in_flight')).toEqual([]);
    expect(failed.length).toBeLessThan(3);
    expect(await stateOf(lead)).toMatchObject({ revision: 5, contact_attempts: { total: 3, failed: 3 } });
    await cell.settled();
    expect(events<NoteAddedData>('note.added', lead).map(({ data }) => data.text).sort()).toEqual(['once', 'too']);
  });

  it('do not wait with one whose lead somebody holds', async () => {
    const [locked, ...others] = await known(6);
    const holder = new Client({ connectionString: cell.databaseUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from qualification.lead_status where lead_id = $1 for update', [locked]);
      const held = command(locked, 'contact');
      const answers = await Promise.all(others.map((lead) => command(lead, 'contact')));
      expect(answers.map(({ qualification }) => qualification.status)).toEqual(others.map(() => 'contacted'));
      expect((await stateOf(locked)).status).toBe('new');
      await holder.query('commit');
      expect((await held).qualification.status).toBe('contacted');
    } finally {
      await holder.end();
    }
  });

  it('are all followed but the one that can not be written', async () => {
    const leads = await known(12);
    const unwritable = leads[5];
    const sent = await Promise.allSettled(leads.map((lead) => command(lead, 'contact', { notes: lead === unwritable ? 'not \u0000 text' : 'text' })));
    expect(sent.flatMap(({ status }, i) => (status === 'rejected' ? [leads[i]] : []))).toEqual([unwritable]);
    expect((await cell.ask(GetStatuses, { tenant: 'demo', ids: leads })).statuses.map(({ revision }) => revision)).toEqual(leads.map((lead) => (lead === unwritable ? 1 : 2)));
  });
});

describe('events', () => {
  const scoredEvent = (lead_id: number, revision: number, score: LeadScoreView) => LeadScored.ofLead('demo', { lead_id, revision }, {
    score: scored(lead_id, revision, score), contributions: [], lead: intakeState({ lead_id }),
  });
  const touched = (lead_id: number, at: string, raised_hand = true) =>
    LeadTouched.ofLead('demo', { lead_id }, touch(lead_id, at, raised_hand));

  it('twice and in any order lead to the newest score and the furthest stage', async () => {
    const ids = Array.from({ length: 5 }, newLead);
    const low = { ...view(0, 10), temperature: 'suspect' as const };
    await cell.publish(ids.flatMap((id) => [
      captured(id), scoredEvent(id, 1, low), scoredEvent(id, 2, view(30, 30)), scoredEvent(id, 3, view(10, 10)), touched(id, now()),
    ]), { times: 2, shuffle: true });
    await cell.settled();
    for (const id of ids) expect(await stateOf(id)).toMatchObject({ status: 'new', lifecycle_stage: 'mql' });
    const rows = await cell.rows<{ scoring_revision: string; score: LeadScoreView }>(
      'qualification', 'select scoring_revision, score from lead_status where lead_id = any($1)', [ids]);
    expect(rows.map(({ scoring_revision, score }) => [Number(scoring_revision), score.total_score])).toEqual(ids.map(() => [3, 20]));
    expect(intakeWas.asked).toEqual([]);
    // Scores are many, and nobody keeps which have come: once more they change nothing.
    expect(await cell.rows('qualification', `select from inbox where subscription like '%lead_scored%'`)).toEqual([]);
  });

  it('of a raised hand reopen a disqualified lead once, not for spam, not for an import, not for a hand raised before', async () => {
    const before = now();
    const [no_need, spam, imported, early] = [newLead(), newLead(), newLead(), newLead()];
    for (const id of [no_need, spam, imported, early]) {
      await qualify(id, { qualified: false, disqualification_reason: id === spam ? 'spam' : 'no_need' });
    }
    const after = new Date(Date.now() + 5).toISOString();
    const [hand] = await cell.publish([
      touched(no_need, after), touched(spam, after), touched(imported, after, false), touched(early, before),
    ], { times: 3, shuffle: true });
    await cell.settled();
    const statuses = (await cell.ask(GetStatuses, { tenant: 'demo', ids: [no_need, spam, imported, early] })).statuses;
    expect(statuses.map(({ status }) => status)).toEqual(['new', 'disqualified', 'disqualified', 'disqualified']);
    expect(statuses[0]).toMatchObject({ cycle: 2, disqualification_reason: null });
    expect(events('lead.reopened', no_need)).toMatchObject([{ causationid: hand.id, data: { transitions: [{ cause: 'raised_hand', actor: 'system' }] } }]);
  });

  it('of a raised hand reopen nothing where the tenant has said so last', async () => {
    const id = newLead();
    await qualify(id, { qualified: false, disqualification_reason: 'no_need' });
    const told = ([undefined, 'touch_only'] as const).map((raised_hands, revision) =>
      TenantChanged.of('demo', 'demo', { tenant: { ...testTenant('demo'), policies: { raised_hands } } }, { revision: revision + 1 }));
    await cell.publish(told, { times: 2, shuffle: true });
    await cell.settled();
    await cell.publish([touched(id, new Date(Date.now() + 5).toISOString())], { times: 2 });
    await cell.settled();
    expect((await stateOf(id)).status).toBe('disqualified');
    await cell.publish([TenantChanged.of('demo', 'demo', { tenant: testTenant('demo') }, { revision: 3 })]);
    await cell.settled();
    await cell.publish([touched(id, new Date(Date.now() + 10).toISOString())], { times: 2 });
    await cell.settled();
    expect((await stateOf(id)).status).toBe('new');
  });
});

it('whatever people do at once, with all delivered twice and a replica killed amidst, every history is one that the table allows', async () => {
  const RUNS = 3;
  let run = 0;
  await fc.assert(fc.asyncProperty(actors, async (people) => {
    run += 1;
    const doomed = run === RUNS ? await cell.spawn({ name: 'qualification' }) : null;
    const steps = async () => (await cell.rows('qualification', 'select from transition')).length;
    const before = await steps();
    const played = play(people);
    if (doomed) {
      await eventually('they are at it', async () => await steps() > before + 5);
      process.kill(doomed.pid, 'SIGKILL');
    }
    const outcome = await played;
    // What the dead one had claimed to publish is nobody's for ten seconds: they are over.
    if (doomed) await cell.rows('qualification', 'update outbox_pending set claimed_until = now() where claimed_until is not null');
    await cell.settled();
    expect(await faultsIn(outcome)).toEqual([]);
  }), { numRuns: RUNS, endOnFailure: true });
}, 60_000);
