import { DomainError, SettleConversion, type LeadProfile } from '@headwater/contracts';
import { eventually } from '@headwater/testing';
import { Client } from 'pg';
import { ConversionCell, NOTHING, refusal } from './conversion-cell';

let world: ConversionCell;

beforeAll(async () => {
  world = await ConversionCell.start();
});
afterAll(() => world.cell.stop());
afterEach(() => {
  Object.assign(world.others.obstacles, { qualification: undefined, beforeProfile: undefined, afterReserve: undefined });
});

const keyed = (key: string, hash = 'h') => world.cell.context({ idempotency: { scope: 'user:1 POST convert', key, hash } });

describe('at once and again', () => {
  it('lets one of several simultaneous converters through', async () => {
    const id = world.newLead();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => world.convert(id)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(['conversion_in_progress', 'lead_locked']).toContain((result.reason as DomainError).body.code);
      }
    }
    expect(await world.rowsOf(id)).toMatchObject({ account: 1, contact: 1, customer: 1 });
  });

  it('answers a later attempt with the ids to go to', async () => {
    const id = world.newLead();
    const { data } = await world.convert(id);
    expect(await refusal(world.convert(id))).toMatchObject({
      kind: 'conflict', code: 'lead_locked', detail: 'Lead is converted and locked',
      more: { converted: { account_id: data.account.id, contact_id: data.contact.id, customer_id: data.customer.id, converted_at: data.lead.converted_at } },
    });
  });

  it('answers the same key with the first answer, tells the others again, and doubles nothing', async () => {
    const id = world.newLead();
    const first = await world.convert(id, {}, keyed('again'));
    const told = world.others.told.length;
    expect(await world.convert(id, {}, keyed('again'))).toEqual(first);
    expect(world.others.told.slice(told).map(({ who }) => who).sort()).toEqual(['intake', 'qualification', 'routing', 'scoring']);
    expect(await world.rowsOf(id)).toMatchObject({ account: 1, contact: 1, customer: 1, outbox: 5 });
    expect(await refusal(world.convert(id, { notes: 'x' }, keyed('again', 'other')))).toMatchObject({ kind: 'invalid', code: 'idempotency_key_reused' });
    expect((await world.convert(world.newLead(), {}, keyed('again'))).data.lead.id).not.toBe(id);
  });

  it.each([1, 2, 3])('does it once under a key that comes several times at once (%i)', async (round) => {
    const id = world.newLead();
    const key = `storm ${round}`;
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => world.convert(id, {}, keyed(key))));
    const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(answers.length).toBeGreaterThanOrEqual(1);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    for (const result of results) {
      if (result.status === 'rejected') expect((result.reason as DomainError).body.code).toBe('conversion_in_progress');
    }
    expect(await world.convert(id, {}, keyed(key))).toEqual(answers[0]);
    expect(await world.rowsOf(id)).toMatchObject({ customer: 1 });
  });

  it('lets a refused attempt be repeated under its key', async () => {
    const id = world.newLead();
    world.others.obstacles.qualification = DomainError.conflict('not_qualified', 'Lead must be qualified before conversion');
    expect(await refusal(world.convert(id, {}, keyed('retry')))).toMatchObject({ code: 'not_qualified' });
    world.others.obstacles.qualification = undefined;
    expect((await world.convert(id, {}, keyed('retry'))).data.lead.id).toBe(id);
  });

  it('makes one account of leads of one company that convert at once', async () => {
    const ids = Array.from({ length: 5 }, () => world.newLead({ profile: { company_name: 'Together' }, facts: { company_domain: 'together.example' } }));
    const answers = await Promise.all(ids.map((id) => world.convert(id)));
    expect(new Set(answers.map(({ data }) => data.account.id)).size).toBe(1);
    expect(answers.filter(({ data }) => !data.account.linked)).toHaveLength(1);
    expect(answers.filter(({ data }) => data.contact.is_primary)).toHaveLength(1);
  });

  it('refuses one of many that convert at once, and fails with none but that which can not be written', async () => {
    const named = world.newLead();
    const unwritable = world.newLead({ profile: { last_name: 'no\u0000text' } }); // which PostgreSQL keeps no text with
    const others = Array.from({ length: 12 }, () => world.newLead());
    const [refused, failed, ...done] = await Promise.allSettled([
      world.convert(named, { existing_account_id: 987_654 }), world.convert(unwritable), ...others.map((id) => world.convert(id)),
    ]);
    expect(done.map(({ status }) => status)).toEqual(others.map(() => 'fulfilled'));
    expect(refused).toMatchObject({ status: 'rejected', reason: { body: { kind: 'invalid', errors: [{ field: 'existing_account_id' }] } } });
    expect(failed.status).toBe('rejected');
    for (const id of [named, unwritable]) expect(await world.rowsOf(id)).toEqual(NOTHING);
    expect([...world.others.reserved.keys()].filter((id) => [named, unwritable, ...others].includes(id))).toEqual([]);
  });

  it('sets the leads free together that are refused together', async () => {
    const before = world.others.releases.length;
    const ids = Array.from({ length: 16 }, () => world.newLead());
    const refused = await Promise.all(ids.map((id) => refusal(world.convert(id, { existing_account_id: 987_654 }))));
    expect(refused.map(({ kind }) => kind)).toEqual(ids.map(() => 'invalid'));
    const releases = world.others.releases.slice(before);
    expect(releases.reduce((sum, count) => sum + count)).toBe(16);
    expect(releases.length).toBeLessThan(16);
    expect((await Promise.all(ids.map((id) => world.convert(id)))).map(({ data }) => data.lead.id)).toEqual(ids);
  });

  it('fills each of the records that many join at once with what its own lead says, and leaves the others be', async () => {
    const known = await Promise.all(Array.from({ length: 9 }, (_, i) => world.convert(world.newLead({ profile: { email: `many${i}@joined.example`, job_title: null } }))));
    const says: LeadProfile[] = [{ job_title: 'CTO' }, { custom_fields: { erp: 'SAP' } }, {}];
    const joined = await Promise.all(known.map((_, i) => world.convert(
      world.newLead({ profile: { email: `many${i}@joined.example`, job_title: null, ...says[i % 3] } }), { duplicate_policy: 'link' })));
    joined.forEach(({ data: { contact, account, customer, lead } }, i) => {
      const { data: first } = known[i];
      expect([account.id, contact.id, customer.id]).toEqual([first.account.id, first.contact.id, first.customer.id]);
      expect(contact).toMatchObject([
        { job_title: 'CTO', filled: ['job_title'], filled_by: { job_title: lead.id } },
        { job_title: null, custom_fields: { erp: 'SAP' }, filled: ['custom_fields.erp'] },
        { job_title: null, filled: [] },
      ][i % 3]);
    });
    const rows = await world.cell.rows<{ job_title: string | null; erp: string | null; revision: string }>('conversion', `
      select job_title, custom_fields->>'erp' as erp, revision::text from contact where id = any($1) order by email`, [known.map(({ data }) => data.contact.id)]);
    expect(rows).toEqual(known.map((_, i) => ({
      job_title: i % 3 === 0 ? 'CTO' : null, erp: i % 3 === 1 ? 'SAP' : null, revision: i % 3 === 2 ? '1' : '2' })));
  });

  it('lets nobody join what is another tenant\'s, though its own lead joins it at the same time', async () => {
    const { data: { account } } = await world.convert(world.newLead());
    const body = { existing_account_id: account.id };
    const foreign = { tenant: 'elsewhere' };
    const asked = Array.from({ length: 4 }, () => [
      world.convert(world.newLead(), body), refusal(world.convert(world.newLead({}, foreign), body, world.cell.context(foreign))),
    ] as const);
    for (const [own, other] of asked) {
      expect((await own).data.account).toMatchObject({ id: account.id, linked: true });
      expect(await other).toMatchObject({ kind: 'invalid', errors: [{ field: 'existing_account_id' }] });
    }
  });

  it('lets nobody wait with those whose account somebody holds, nor for a connection that they wait on', async () => {
    const { data: { account } } = await world.convert(world.newLead());
    const holder = new Client({ connectionString: world.cell.databaseUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from conversion.account where id = $1 for update', [account.id]);
      const join = (lead: number) => world.convert(lead, { existing_account_id: account.id }, keyed(`join ${lead}`));
      let [joined, toldToTryAgain] = [0, 0];
      // More than either replica has connections, and between them two leads each of one person, of which the second one waits for the first.
      const asked = Array.from({ length: 8 }, (_, n) => {
        const lead = world.newLead();
        return {
          lead,
          // Nobody waits for longer than three seconds. How many of them do that is a matter of who comes to which replica, and of the machine.
          held: join(lead).then(() => { joined += 1; }, (error: DomainError) => {
            expect(error.body.kind).toBe('unavailable');
            toldToTryAgain += 1;
          }),
          pair: Promise.allSettled([1, 2].map(() => world.convert(world.newLead({ profile: { email: `pair${n}@person.example` } })))),
        };
      });
      for (const { pair } of asked) {
        const results = await pair;
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { body: { code: 'customer_exists' } } });
      }
      await Promise.all(Array.from({ length: 6 }, () => world.convert(world.newLead())));
      expect(joined).toBe(0);
      expect(toldToTryAgain).toBeLessThan(asked.length / 2); // so that the others have not waited for these to give up
      await holder.query('commit');
      for (const { lead, held } of asked) {
        await held;
        expect((await eventually('nobody holds the account', () => join(lead))).data.account).toMatchObject({ id: account.id, linked: true });
      }
    } finally {
      await holder.end();
    }
  });

  it('makes one customer of leads of one person that convert at once', async () => {
    const ids = Array.from({ length: 4 }, () => world.newLead({ profile: { email: 'one@person.example' } }));
    const results = await Promise.allSettled(ids.map((id) => world.convert(id)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rejected = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as DomainError).body.code] : []));
    expect(rejected).toEqual(['customer_exists', 'customer_exists', 'customer_exists']);
  });
});

it('of several that fail at once, those that nobody holds are free at once', async () => {
  const [held, ...others] = Array.from({ length: 7 }, () => world.newLead());
  let fail: (() => void) | undefined;
  const failing = new Promise<void>((resolve) => { fail = resolve; }).then(() => { throw DomainError.unavailable('gone'); });
  world.others.obstacles.beforeProfile = () => failing;
  const refusals = [held, ...others].map((id) => refusal(world.convert(id)));
  await eventually('all are reserved', () => [held, ...others].every((id) => world.others.reserved.has(id)));
  const holder = new Client({ connectionString: world.cell.databaseUrl });
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query('select from conversion.conversion where lead_id = $1 for update', [held]);
    fail!();
    await eventually('the others are free', () => others.every((id) => !world.others.reserved.has(id)));
    for (const one of refusals) expect(await one).toMatchObject({ kind: 'unavailable' });
    expect(world.others.reserved.has(held)).toBe(true);
  } finally {
    await holder.end();
  }
});

it('a question that nobody answers holds no other conversion up', async () => {
  const [stuck, ...others] = Array.from({ length: 9 }, () => world.newLead());
  let goOn: (() => void) | undefined;
  world.others.obstacles.beforeProfile = () => new Promise((resolve) => { goOn = resolve; });
  const waiting = world.convert(stuck);
  await eventually('it stalls', () => goOn);
  world.others.obstacles.beforeProfile = undefined;
  // Some of them come to the replica that waits.
  for (const id of others) expect((await world.convert(id)).data.lead.status).toBe('converted');
  goOn!();
  expect((await waiting).data.lead.status).toBe('converted');
});

describe('settling', () => {
  const settle = (lead_id: number, token: string, tenant = 'demo') => world.cell.ask(SettleConversion, { tenant, lead_id, token });

  it('stops a converter that stalled past its lease', async () => {
    const id = world.newLead();
    let goOn: (() => void) | undefined;
    world.others.obstacles.beforeProfile = () => new Promise((resolve) => { goOn = resolve; });
    const stalled = refusal(world.convert(id, { create_opportunity: true, opportunity_name: 'D', opportunity_amount: 1 }));
    await eventually('it stalls', () => goOn);
    const token = world.others.reserved.get(id)!;
    expect(await settle(id, token)).toEqual({ outcome: { kind: 'aborted' } });
    world.others.reserved.delete(id);
    goOn!();
    expect(await stalled).toMatchObject({ kind: 'conflict', code: 'conversion_given_up' });
    expect(await world.rowsOf(id)).toEqual(NOTHING);
    world.others.obstacles.beforeProfile = undefined;
    expect((await world.convert(id)).data.lead.status).toBe('converted');
  });

  it('lets the next converter take over what a crash left, and the old one can not finish', async () => {
    const id = world.newLead();
    let goOn: (() => void) | undefined;
    world.others.obstacles.beforeProfile = () => new Promise((resolve) => { goOn = resolve; });
    const stalled = refusal(world.convert(id));
    await eventually('it stalls', () => goOn);
    const old = world.others.reserved.get(id)!;
    world.others.obstacles.beforeProfile = undefined;
    expect(await refusal(world.convert(id))).toMatchObject({ code: 'conversion_in_progress' });

    await world.cell.rows('conversion', `update conversion set lease_until = now() - interval '1 second' where lead_id = $1`, [id]);
    world.others.reserved.delete(id); // as qualification does once its own lease is over and it has asked
    const { data } = await world.convert(id);
    goOn!();
    expect(await stalled).toMatchObject({ code: 'conversion_given_up' });
    expect(await world.rowsOf(id)).toMatchObject({ account: 1, contact: 1, customer: 1 });
    expect(await settle(id, old)).toMatchObject({ outcome: { kind: 'done', converted: { customer_id: data.customer.id } } });
  });

  it('says what is done, and gives up what never began', async () => {
    const id = world.newLead();
    const { data } = await world.convert(id);
    const [{ token }] = await world.cell.rows<{ token: string }>('conversion', 'select token from conversion where lead_id = $1', [id]);
    expect(await settle(id, token)).toEqual({
      outcome: {
        kind: 'done', actor: 'Test Admin',
        converted: { converted_at: data.lead.converted_at, account_id: data.account.id, contact_id: data.contact.id, customer_id: data.customer.id, opportunity_id: null, owner_id: null },
      },
    });
    expect(await settle(id, token, 'other')).toEqual({ outcome: { kind: 'aborted' } });
    expect(await settle(world.newLead(), token)).toEqual({ outcome: { kind: 'aborted' } });
  });
});
