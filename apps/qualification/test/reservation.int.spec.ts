import { DomainError, LeadConverted, OpportunityWon, ReserveLeadsToConvert, SettleConversion, SettleConvertedLeads } from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { Client } from 'pg';
import { STATUS_MACHINE } from '../src/domain/status-machine';
import {
  arrows, cell, done, history, into, newLead, now, patch, qualify, refused, reserve, settle, stateOf, useQualification,
} from './qualification-cell';

useQualification();

describe('the end of a lead', () => {
  const qualified = async () => { const id = newLead(); await qualify(id); return id; };

  it('is reserved, settled, repeated, and locks it for everything', async () => {
    const id = await qualified();
    expect(await reserve(id, 'a')).toMatchObject({ qualification: { status: 'qualified' }, transitions: [{ to: 'contacted' }, { to: 'qualified' }] });
    await reserve(id, 'a');
    for (const asked of [reserve(id, 'b'), patch(id, {}), qualify(id)]) expect((await refused(asked)).code).toBe('conversion_in_progress');
    expect((await refused(settle(id, 'b', done(id)))).code).toBe('not_reserved');
    const outcome = done(id);
    await settle(id, 'a', outcome);
    await settle(id, 'a', outcome);
    expect((await refused(settle(id, 'a', { kind: 'aborted' }))).code).toBe('not_reserved');
    expect(await stateOf(id)).toMatchObject({ status: 'converted', lifecycle_stage: 'opportunity' });
    for (const asked of [patch(id, {}), patch(id, {}, { validate_only: true }), qualify(id), qualify(id, { qualified: false, disqualification_reason: 'no_need' }), reserve(id, 'c')]) {
      expect(await refused(asked)).toMatchObject({ code: 'lead_locked', detail: 'Lead is converted and locked', more: { converted: { customer_id: id } } });
    }
    await cell.publish([LeadConverted.ofLead('demo', { lead_id: id }, { lead_id: id, into: outcome.converted, actor: 'Rep', attribution: {} })], { times: 2 });
    await cell.settled();
    expect((await arrows(id)).slice(2)).toEqual(['qualified converted convert']);
    expect((await history(id))[2]).toMatchObject({ actor: 'Rep', at: outcome.converted.converted_at });
  });

  it('of several that convert at once does not wait for one that somebody holds, nor fails with one that can not be written', async () => {
    const leads = [await qualified(), await qualified(), await qualified(), await qualified()];
    const holder = new Client({ connectionString: cell.databaseUrl });
    await holder.connect();
    const asked = (lead_id: number) => ({ tenant: 'demo', lead_id, token: crypto.randomUUID(), lease_seconds: 30 });
    try {
      await holder.query('begin');
      await holder.query('select from qualification.lead_status where lead_id = $1 for update', [leads[1]]);
      const unwritable = { ...asked(leads[3]), lease_seconds: 1e300 };
      const { results } = await cell.ask(ReserveLeadsToConvert, { items: [...leads.slice(0, 3).map(asked), unwritable] });
      const refusal = { ok: false, refusal: { kind: 'unavailable' } };
      expect(results).toMatchObject([{ ok: true }, refusal, { ok: true }, refusal]);
      const patient = cell.ask(ReserveLeadsToConvert, { items: [asked(leads[1])] });
      await holder.query('commit');
      expect((await patient).results).toMatchObject([{ ok: true }]);
    } finally {
      await holder.end();
    }
  });

  it('is given back without those that somebody holds, when several conversions fail at once', async () => {
    const leads = [await qualified(), await qualified(), await qualified()];
    for (const id of leads) await reserve(id, `t${id}`);
    const holder = new Client({ connectionString: cell.databaseUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from qualification.lead_status where lead_id = $1 for update', [leads[1]]);
      await cell.ask(SettleConvertedLeads, { items: [], aborted: leads.map((lead_id) => ({ tenant: 'demo', lead_id, token: `t${lead_id}` })) });
      await Promise.all([leads[0], leads[2]].map((id) => reserve(id, 'next')));
    } finally {
      await holder.end();
    }
    expect((await refused(reserve(leads[1], 'next'))).code).toBe('conversion_in_progress');
  });

  it('is only for who has seen where the lead stands, and keeps nobody out who has not', async () => {
    const id = await qualified();
    const { revision } = await stateOf(id);
    const asked = (expected_revision: number, token: string) =>
      cell.ask(ReserveLeadsToConvert, { items: [{ tenant: 'demo', lead_id: id, token, lease_seconds: 30, expected_revision }] });
    expect((await asked(revision - 1, 'late')).results).toMatchObject([
      { ok: false, refusal: { kind: 'precondition', code: 'precondition_failed', more: { revision, qualification: { status: 'qualified' } } } },
    ]);
    expect((await asked(revision, 'a')).results).toMatchObject([{ ok: true }]);
    expect((await asked(revision - 1, 'a')).results).toMatchObject([{ ok: true }]); // again, under its own token
  });

  it('learnt from the event alone is the same, also for a lead that was never heard of', async () => {
    const [id, unheard] = [await qualified(), newLead()];
    await reserve(id, 'a');
    const conversions = [id, unheard].map((lead_id) => LeadConverted.ofLead('demo', { lead_id }, { lead_id, into: into(lead_id), actor: 'Rep', attribution: {} }));
    await cell.publish(conversions, { times: 3, shuffle: true });
    await cell.settled();
    await settle(id, 'a', done(id)); // the holder's own word comes after its event
    expect(await arrows(id)).toContain('qualified converted convert');
    for (const lead of [id, unheard]) expect((await refused(patch(lead, {}))).code).toBe('lead_locked');
  });

  it('is a customer once a deal of it is won, whichever of the two is heard of first, also for a lead that was never heard of', async () => {
    const [known, early, unheard] = [await qualified(), await qualified(), newLead()];
    await reserve(known, 'a');
    await settle(known, 'a', done(known));
    expect(await stateOf(known)).toMatchObject({ status: 'converted', lifecycle_stage: 'opportunity', ever_qualified: true });
    const won = [known, early, unheard].map((lead_id) => OpportunityWon.of('demo', `deal ${lead_id}`, {
      opportunity: {
        id: lead_id, name: 'Platform', value: 1, currency: 'USD', stage: 'closed_won', probability: 100, expected_close_date: '2026-12-15', customer_id: lead_id,
        account_id: 1, lead_id, created_at: now(),
      },
      amount: 1, currency: 'USD', actor: 'Rep', at: now(),
    }, { leadId: lead_id, revision: 2 }));
    await cell.publish(won, { times: 2, shuffle: true });
    await cell.settled();
    expect(await stateOf(early)).toMatchObject({ status: 'qualified', lifecycle_stage: 'sql' });
    await cell.publish([early, unheard].map((lead_id) =>
      LeadConverted.ofLead('demo', { lead_id }, { lead_id, into: into(lead_id), actor: 'Rep', attribution: {} })), { times: 2 });
    await cell.settled();
    for (const id of [known, early, unheard]) expect(await stateOf(id)).toMatchObject({ status: 'converted', lifecycle_stage: 'customer' });
  });

  it('aborted sets it free, and its token does not come back', async () => {
    const id = await qualified();
    await reserve(id, 'a');
    await settle(id, 'a', { kind: 'aborted' });
    await settle(id, 'a', { kind: 'aborted' });
    expect((await refused(reserve(id, 'a'))).code).toBe('not_reserved');
    expect((await refused(settle(id, 'a', done(id)))).code).toBe('not_reserved');
    await reserve(id, 'b');
    await settle(id, 'a', { kind: 'aborted' }); // late, and no business of b's
    expect((await refused(patch(id, {}))).code).toBe('conversion_in_progress');
  });

  it('needs a qualified lead', async () => {
    const id = newLead();
    expect(await refused(reserve(id, 'a'))).toMatchObject({
      code: 'not_qualified', detail: 'Lead must be qualified before conversion', more: { lead_status: 'new', allowed: STATUS_MACHINE.new.patch },
    });
    await qualify(id, { qualified: false, disqualification_reason: 'no_need' });
    expect((await refused(reserve(id, 'a'))).code).toBe('not_qualified');
  });

  it('reserving against disqualifying ends in exactly one of the two', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = await qualified();
      const [reserved, disqualified] = await Promise.allSettled([
        reserve(id, 'a'), qualify(id, { qualified: false, disqualification_reason: 'no_need' }),
      ]);
      expect([reserved.status, disqualified.status].sort()).toEqual(['fulfilled', 'rejected']);
      const reason = [reserved, disqualified].find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect((reason.reason as DomainError).body.code).toBe(reserved.status === 'fulfilled' ? 'conversion_in_progress' : 'not_qualified');
      expect((await stateOf(id)).status).toBe(reserved.status === 'fulfilled' ? 'qualified' : 'disqualified');
    }
  });

  it('after a lease ran out comes by itself, as soon as its holder says something', async () => {
    const [aborted, finished, held] = [await qualified(), await qualified(), await qualified()];
    for (const id of [aborted, finished]) await reserve(id, `t${id}`, 0);
    await reserve(held, `t${held}`, 60);
    const asked: number[] = [];
    const end = await cell.answer(SettleConversion, ({ lead_id }) => {
      asked.push(lead_id);
      return { outcome: lead_id === finished ? done(lead_id) : { kind: 'aborted' } };
    });
    const reserved = async () => (await cell.rows<{ lead_id: string }>('qualification',
      'select lead_id from lead_status where lead_id = any($1::bigint[]) and reservation_token is not null', [[aborted, finished, held]]))
      .map(({ lead_id }) => Number(lead_id));
    await eventually('nobody holds them', async () => (await reserved()).length === 1);
    await end();
    expect(await reserved()).toEqual([held]);
    expect(asked).not.toContain(held);
    expect((await patch(aborted, { status: 'contacted' })).qualification.status).toBe('contacted');
    expect(await arrows(finished)).toContain('qualified converted convert');
  });

  it('after a lease ran out is what its holder says, and nothing when it says nothing', async () => {
    const [silent, aborted, finished] = [await qualified(), await qualified(), await qualified()];
    for (const id of [silent, aborted, finished]) await reserve(id, `t${id}`, 0);
    for (const asked of [patch(silent, { status: 'contacted' }), qualify(silent), reserve(silent, 'other')]) {
      expect((await refused(asked)).code).toBe('conversion_in_progress');
    }
    const asked: string[] = [];
    const end = await cell.answer(SettleConversion, ({ lead_id, token }) => {
      asked.push(token);
      return { outcome: lead_id === finished ? done(lead_id) : { kind: 'aborted' } };
    });
    expect((await patch(aborted, { status: 'contacted' })).qualification.status).toBe('contacted');
    expect((await refused(patch(finished, { status: 'contacted' }))).code).toBe('lead_locked');
    const winners = await Promise.allSettled(['x', 'y'].map((token) => reserve(silent, token)));
    await end();
    expect(winners.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(new Set(asked)).toEqual(new Set([`t${silent}`, `t${aborted}`, `t${finished}`]));
    expect(await arrows(finished)).toContain('qualified converted convert');
  });
});
