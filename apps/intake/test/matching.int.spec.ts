import { Client } from 'pg';
import {
  AccountCreated, AccountUpdated, ContactCreated, CustomerCreated, CustomerUpdated, DismissReview, GetDuplicateReview, GetMatchingModel, LeadConverted, LearnMatchingModel,
  ListOpenReviews, ListTouches, LockConvertedLeads, LockLead, PutMatchingModel, type Account, type Contact, type CreateLead, type Customer, type DomainError, type IntakeState, type LeadCapturedData,
} from '@headwater/contracts';
import { DEFAULT_MODEL, type MatchingModel } from '@headwater/matching';
import { Database } from '@headwater/platform';
import { eventually } from '@headwater/testing';
import { CountValues } from '../src/matching/count-values';
import { intake } from '../src/intake.module';
import { MatchingModelsStore } from '../src/store/matching-models.store';
import { MatchingCell } from './matching-cell';

let world: MatchingCell;
beforeAll(async () => { world = await MatchingCell.start(); });
afterAll(() => world?.cell.stop());

const ANN = {
  first_name: 'Katharina', last_name: 'Oberhausen', email: 'katharina.oberhausen@example.com', phone: '+4930901820', company_name: 'Nordwind Logistik',
};
/** The same, perhaps. */
const LIKE_ANN = { ...ANN, first_name: 'Katarina', email: 'k.oberhausen@nordwind.example', phone: '+4930901888' };
const BOB = { first_name: 'Bob', last_name: 'Ray', email: 'bob@ray.example' };
const ids = (...made: { lead: IntakeState }[]) => made.map(({ lead }) => lead.lead_id);
const idOf = async (tenant: string): Promise<number> => (await world.reviews(tenant)).reviews[0].id;

/** A word for a number, that is unlike those of the others. */
const spelt = (n: number): string =>
  [7, 11, 13, 17, 19, 23].map((prime, i) => (i % 2 ? 'aeiou' : 'bcdfghjklmnpqrstvwz').at((((n + 3) * (n + prime) * prime) >> 1) % (i % 2 ? 5 : 19))).join('');

describe('a lead that is like another', () => {
  it('is a review, once; one that is like nobody is none', async () => {
    const tenant = world.newTenant();
    const first = await world.capture(tenant, ANN);
    const second = await world.capture(tenant, LIKE_ANN);
    await world.capture(tenant, BOB);
    expect(second.verdict).toBe('created');
    const [low_id, high_id] = ids(first, second);
    expect(await world.pairs(tenant)).toEqual([expect.objectContaining({ low_id, high_id, status: 'open', doubt: null })]);
  });

  it('says field by field why, with what both have', async () => {
    const tenant = world.newTenant();
    const [low, high] = [await world.capture(tenant, ANN), await world.capture(tenant, LIKE_ANN)];
    const { review } = await world.cell.ask(GetDuplicateReview, { context: world.context(tenant), id: await idOf(tenant) });
    expect(review.leads.map(({ lead_id, full_name }) => [lead_id, full_name])).toEqual(
      [[low.lead.lead_id, 'Katharina Oberhausen'], [high.lead.lead_id, 'Katarina Oberhausen']]);
    expect(review.fields).toContainEqual(expect.objectContaining({
      field: 'last_name', level: 'equal', says: 'speaks_for', because: 'same last name: Oberhausen', values: ['Oberhausen', 'Oberhausen'],
    }));
    expect(review.because).toMatch(/same last name.*another e-mail.*likely one person/i);
    const { reviews } = await world.cell.ask(ListOpenReviews, { tenant, lead_id: high.lead.lead_id, limit: 10 });
    expect(reviews).toEqual([review]);
    const other = world.newTenant();
    await expect(world.cell.ask(GetDuplicateReview, { context: world.context(other), id: review.id })).rejects.toMatchObject({ body: { code: 'not_found' } });
    await expect(world.cell.ask(ListOpenReviews, { tenant: other, lead_id: high.lead.lead_id, limit: 10 })).rejects.toMatchObject({ body: { code: 'not_found' } });
    expect((await world.reviews(other)).reviews).toEqual([]);
  });

  it('is one because a submission was in doubt, told with its verdict and compared as well', async () => {
    const tenant = world.newTenant();
    const first = await world.capture(tenant, ANN);
    const second = await world.capture(tenant, { ...ANN, email: 'k.oberhausen@nordwind.example' });
    expect(second).toMatchObject({ verdict: 'review', because: 'same phone, but another e-mail' });
    const [low_id, high_id] = ids(first, second);
    expect(await world.pairs(tenant)).toEqual([expect.objectContaining({ low_id, high_id, status: 'open', band: 'same', doubt: second.because })]);
    await world.cell.settled();
    expect(world.cell.events<LeadCapturedData>('lead.captured').filter(({ leadid }) => leadid === high_id)).toHaveLength(1);
  });

  it('is left to people where more differs than spelling, and says so', async () => {
    const tenant = world.newTenant();
    const branch = { company_name: 'Zylbersztejn Instruments', website: 'zylbersztejn.example', city: 'Rome' };
    for (const street of ['12 Main Street', '480 Oak Avenue']) await world.capture(tenant, { ...branch, street });
    const { review } = await world.cell.ask(GetDuplicateReview, { context: world.context(tenant), id: await idOf(tenant) });
    expect(review).toMatchObject({ band: 'review', held: 'spelling', because: expect.stringMatching(/but more differs than spelling: people decide\.$/) });
    expect(review.probability).toBeGreaterThan(0.99);
  });

  it('follows a converted lead of the same person, and is no question', async () => {
    const tenant = world.newTenant();
    const { lead: { lead_id } } = await world.capture(tenant, ANN);
    await world.matched();
    await world.cell.ask(LockLead, { tenant, lead_id, converted: { converted_at: '2026-11-22T10:00:00.000Z', account_id: 5, contact_id: 6, customer_id: 7, owner_id: 8 } });
    const again = await world.capture(tenant, ANN);
    expect(again.lead).toMatchObject({ reengaged_from: { lead_id }, account: { account_id: 5, contact_id: 6, owner_id: 8 } });
    expect(await world.pairs(tenant)).toEqual([]);
  });
});

describe('at once over three replicas', () => {
  it('200 submissions of one person are one lead with 200 touches', async () => {
    const tenant = world.newTenant();
    const answers = await Promise.all(Array.from({ length: 200 }, () => world.captureInTheEnd(tenant, ANN)));
    const [lead_id, ...others] = new Set(ids(...answers));
    expect(others).toEqual([]);
    expect(answers.filter(({ verdict }) => verdict === 'created')).toHaveLength(1);
    const { touches } = await world.cell.ask(ListTouches, { context: world.context(tenant), lead_id, limit: 200 });
    expect(touches).toHaveLength(200);
    expect(await world.pairs(tenant)).toEqual([]);
  });

  it.each<[string, (n: number) => [CreateLead, CreateLead]]>([
    ['differ in e-mail and share a phone', (n) => {
      const one = { first_name: 'Ann', last_name: `T${spelt(n)}r`, phone: `+4930901${1000 + n}` };
      return [{ ...one, email: `ann${n}@work.example` }, { ...one, email: `private${n}@home.example` }];
    }],
    ['are only alike', (n) => {
      const one = { first_name: 'Theodora', last_name: `M${spelt(n)}berg`, company_name: `Z${spelt(n)} Mills` };
      return [{ ...one, email: `theodora.m${spelt(n)}@work.example` }, { ...one, first_name: 'Theodora', email: `theo.m${spelt(n)}@home.example` }];
    }],
  ])('pairs that %s are a review each', async (_, pairOf) => {
    const tenant = world.newTenant();
    const pairs = Array.from({ length: 30 }, (__, n) => pairOf(n));
    const made = await Promise.all(pairs.map((pair) => Promise.all(pair.map((lead) => world.captureInTheEnd(tenant, lead)))));
    const reviews = new Set((await world.pairs(tenant)).map(({ low_id, high_id, status }) => `${low_id} ${high_id} ${status}`));
    for (const pair of made) expect(reviews).toContain(`${ids(...pair).sort((a, b) => a - b).join(' ')} open`);
  });
});

describe('who changes', () => {
  it('is looked at anew: a pair that is no question any more is withdrawn, and opens again when it is', async () => {
    const tenant = world.newTenant();
    await world.capture(tenant, ANN);
    const { lead: { lead_id } } = await world.capture(tenant, LIKE_ANN);
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'open' }]);
    await world.update(tenant, lead_id, { ...BOB, company_name: 'Zeta', phone: null });
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'withdrawn' }]);
    await world.update(tenant, lead_id, LIKE_ANN);
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'open' }]);
    expect(await world.cell.rows('intake', 'select from match_record where tenant_id = $1', [tenant])).toHaveLength(2);
  });

  it('becomes like another', async () => {
    const tenant = world.newTenant();
    await world.capture(tenant, ANN);
    const { lead: { lead_id } } = await world.capture(tenant, BOB);
    expect(await world.pairs(tenant)).toEqual([]);
    await world.update(tenant, lead_id, { ...LIKE_ANN, email: BOB.email });
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'open', high_id: lead_id }]);
  });
});

describe('who waits for whom', () => {
  const deadlocks = async () => Number((await world.cell.rows<{ deadlocks: string }>('intake', `
    select deadlocks, pg_stat_clear_snapshot() from pg_stat_database where datname = current_database()`))[0].deadlocks);
  const waiting = (most: number) => eventually(`${most} wait`, async () => (await world.cell.rows('intake', `
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length >= most);
  const converted = { converted_at: '2026-11-22T10:00:00.000Z', account_id: 5, contact_id: 6, customer_id: 7 };
  const convert = (tenant: string, ids: number[]) =>
    world.cell.ask(LockConvertedLeads, { items: ids.map((lead_id) => ({ tenant, lead_id, converted })) });

  /** Runs what waits for the lead that it is given, which somebody else holds. */
  async function whileHeld(lead: number, work: (holder: Client) => Promise<void>): Promise<void> {
    const holder = new Client({ connectionString: world.cell.databaseUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from intake.lead where id = $1 for update', [lead]);
      await work(holder);
      await holder.query('commit');
    } finally {
      await holder.end();
    }
  }

  /** Nobody keeps a lead who waits for another one; that somebody has it for a moment is none of this. */
  const isFree = (holder: Client, lead: number) => eventually('nobody keeps it', async () => {
    await holder.query('savepoint look');
    await holder.query('select from intake.lead where id = $1 for update nowait', [lead]).catch(async (error: unknown) => {
      await holder.query('rollback to savepoint look');
      throw error;
    });
    return true;
  });

  it('is never a circle: leads that get each other\'s addresses, while their people come in again', async () => {
    const before = await deadlocks();
    const tenant = world.newTenant();
    const [ann, bea] = [0, 1].map((i) => ({ last_name: `Circle${i}`, email: `circle${i}@round.example`, phone: `+493090182${i}0` }));
    const leads = [await world.capture(tenant, ann), await world.capture(tenant, bea)].map(({ lead: { lead_id } }) => lead_id);
    for (let round = 0; round < 25; round += 1) {
      const [first, second] = round % 2 ? [ann, bea] : [bea, ann];
      await Promise.all([
        world.update(tenant, leads[0], { email: first.email, phone: second.phone }), world.update(tenant, leads[1], { email: second.email, phone: first.phone }),
        world.capture(tenant, { ...ann, phone: bea.phone, city: `Kiel ${round}` }), world.capture(tenant, { ...bea, phone: ann.phone, city: `Ulm ${round}` }),
      ]);
    }
    expect(await deadlocks()).toBe(before);
  });

  it('goes by the ids of the leads, for one that gets its first key, too', async () => {
    const tenant = world.newTenant();
    const { lead: { lead_id: older } } = await world.capture(tenant, { last_name: 'Keyless' });
    const { lead: { lead_id: younger, profile: { email } } } = await world.capture(tenant, { last_name: 'Owner', email: 'owner@first.example' });
    let update: Promise<void> | undefined;
    await whileHeld(older, async (holder) => {
      update = world.update(tenant, older, { email });
      await waiting(1);
      await isFree(holder, younger);
    });
    await update;
    await expect(world.cell.rows('intake', 'select lead_id::int, exclusive from match_key where tenant_id = $1 order by lead_id', [tenant])).resolves
      .toEqual([{ lead_id: older, exclusive: false }, { lead_id: younger, exclusive: true }]);
  });

  it('goes by the ids for leads that are converted, in whatever order they are told of', async () => {
    const tenant = world.newTenant();
    const [older, younger] = [await world.capture(tenant, { last_name: 'One' }), await world.capture(tenant, { last_name: 'Two' })].map(({ lead: { lead_id } }) => lead_id);
    await whileHeld(older, async (holder) => {
      await world.cell.publish([younger, older].map((lead_id) =>
        LeadConverted.ofLead(tenant, { lead_id }, { lead_id, into: converted, actor: 'x', attribution: {} })));
      await waiting(1);
      await isFree(holder, younger);
    });
    await world.cell.settled();
    expect(await world.cell.rows('intake', 'select from lead where tenant_id = $1 and converted is null', [tenant])).toEqual([]);
  });

  it('is looked at once more where another key came before the lead was held', async () => {
    const tenant = world.newTenant();
    const { lead: { lead_id } } = await world.capture(tenant, { last_name: 'Late', email: 'late@first.example' });
    let update: Promise<void> | undefined;
    await whileHeld(lead_id, async (holder) => {
      update = world.update(tenant, lead_id, { email: 'later@first.example' });
      await waiting(1);
      await holder.query(`insert into intake.match_key (tenant_id, kind, value, lead_id, exclusive) values ($1, 'phone', '+4930901899', $2, false)`, [tenant, lead_id]);
    });
    await update;
    await expect(world.cell.rows('intake', 'select value from match_key where tenant_id = $1', [tenant])).resolves.toEqual([{ value: 'later@first.example' }]);
  });

  it('finds who changed while it was waited for, and whoever shares its address', async () => {
    const tenant = world.newTenant();
    const { lead: { lead_id: older } } = await world.capture(tenant, { last_name: 'Changing' });
    const { lead: { lead_id: younger, profile: { email } } } = await world.capture(tenant, { last_name: 'Owner', email: 'owner@changing.example' });
    await world.cell.rows('intake', `
      insert into lead select (jsonb_populate_record(l, jsonb_build_object('id', -n))).* from lead l, generate_series(1, 2000) n where l.id = $1`, [older]);
    await world.cell.rows('intake', 'analyze lead, match_key'); // so many that they are found by their index
    for (const held of [older, younger]) {
      let update: Promise<void> | undefined;
      await whileHeld(held, async (holder) => {
        update = world.update(tenant, older, { email, city: `Changed ${held}` });
        await waiting(1);
        await holder.query('update intake.lead set revision = revision + 1 where id = $1', [held]);
      });
      await update;
      await expect(world.cell.rows('intake', 'select lead_id::int, exclusive from match_key where tenant_id = $1 order by lead_id', [tenant])).resolves
        .toEqual([{ lead_id: older, exclusive: false }, { lead_id: younger, exclusive: true }]);
    }
  });

  it('is never a circle, nor doubles anybody: first keys, captures that name a campaign first, and conversions at once', async () => {
    const before = await deadlocks();
    const tenant = world.newTenant();
    for (let round = 0; round < 12; round += 1) {
      const person = { last_name: `Round${round}`, email: `round${round}@race.example` };
      const { lead: { lead_id: keyless } } = await world.capture(tenant, { last_name: 'Nobody' });
      const { lead: { lead_id: owner } } = await world.capture(tenant, person);
      const campaign = `First ${round}`;
      const results = await Promise.allSettled([
        world.update(tenant, keyless, { email: person.email, campaign }), world.update(tenant, owner, { campaign, phone: `+49309018${100 + round}` }),
        world.capture(tenant, { ...person, campaign, city: 'Kiel' }), world.capture(tenant, { ...person, phone: `+49309018${100 + round}`, campaign }),
        ...(round % 2 ? [convert(tenant, [owner, keyless])] : []),
      ]);
      const codes = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as DomainError).body.code] : []));
      expect(codes.filter((code) => code !== 'lead_locked')).toEqual([]);
    }
    expect(await deadlocks()).toBe(before);
    expect(await world.cell.rows('intake', `
      select value from match_key k join lead on lead.id = lead_id
      where k.tenant_id = $1 and kind = 'email' and converted is null group by value having count(*) > 2 or count(*) filter (where exclusive) > 1`, [tenant])).toEqual([]);
  });
});

describe('a dismissed pair', () => {
  const dismiss = (tenant: string, id: number) => world.cell.ask(DismissReview, { context: world.context(tenant), id, reason: ' Sisters ' });

  it('stays so whatever else changes, and comes back with another name, e-mail or phone of one of them', async () => {
    const tenant = world.newTenant();
    const { lead: { lead_id } } = await world.capture(tenant, ANN);
    await world.capture(tenant, LIKE_ANN);
    const { review } = await dismiss(tenant, await idOf(tenant));
    expect(review).toMatchObject({ status: 'dismissed', decided_by: 'Test Admin', reason: 'Sisters', decided_at: expect.any(String) });
    await world.update(tenant, lead_id, { city: 'Berlin', company_name: 'Nordwind' });
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'dismissed' }]);
    await world.update(tenant, lead_id, { phone: LIKE_ANN.phone });
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'open' }]);
    expect((await world.reviews(tenant)).reviews[0]).toMatchObject({ decided_by: null, reason: null });
  });

  it('is as dismissed when it never was compared, and twice is once', async () => {
    const tenant = world.newTenant();
    await world.capture(tenant, ANN);
    await world.capture(tenant, { ...ANN, email: 'k.oberhausen@nordwind.example' });
    const [{ id }] = await world.cell.rows<{ id: number }>('intake', 'select id::int from duplicate_review where tenant_id = $1', [tenant]);
    await Promise.all([dismiss(tenant, id), dismiss(tenant, id)]);
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'dismissed' }]);
  });

  it('is nobody else\'s', async () => {
    const tenant = world.newTenant();
    await world.capture(tenant, ANN);
    await world.capture(tenant, LIKE_ANN);
    await expect(dismiss(world.newTenant(), await idOf(tenant))).rejects.toMatchObject({ body: { code: 'not_found' } });
    expect(await world.pairs(tenant)).toMatchObject([{ status: 'open' }]);
  });
});

test('the queue is paged by probability, without losing or repeating a review', async () => {
  const tenant = world.newTenant();
  for (let n = 0; n < 5; n += 1) {
    const one = { first_name: 'Ann', last_name: `Q${spelt(n)}`, phone: `+4930902${1000 + n}` };
    await world.captureAll(tenant, [{ ...one, email: `ann${n}@work.example` }, { ...one, email: `p${n}@home.example` }]);
  }
  const all = (await world.reviews(tenant)).reviews;
  expect(all.length).toBeGreaterThanOrEqual(5);
  const paged: number[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await world.reviews(tenant, { limit: 2, cursor: cursor ?? undefined });
    paged.push(...page.reviews.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor);
  expect(paged).toEqual(all.map(({ id }) => id));
  expect(all.map(({ probability }) => probability)).toEqual(all.map(({ probability }) => probability).sort((a, b) => b - a));
  const lead_id = all[0].leads[1].lead_id;
  expect((await world.reviews(tenant, { filter: { lead_id, status: 'open' } })).reviews.every(({ leads }) => leads.some((one) => one.lead_id === lead_id))).toBe(true);
  expect((await world.reviews(tenant, { filter: { status: 'dismissed' } })).reviews).toEqual([]);
  const madeUp = [['-probability', '0x10', 1], ['-probability', '', 1], ['-opened_at', '2026', 1], ['-opened_at', '2026-02-31 10:00:00+00', 1],
    ['-opened_at', '0000-01-01 10:00:00+00', 1], ['-id', '', 1], ['-id', '1e9', 1]].map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'));
  for (const nonsense of ['bm9uc2Vuc2U', ...madeUp]) {
    const sort = (/^\["(-\w+)"/.exec(Buffer.from(nonsense, 'base64url').toString())?.[1] ?? '-probability') as '-probability';
    await expect(world.reviews(tenant, { sort, cursor: nonsense })).rejects.toMatchObject({ body: { errors: [{ field: 'cursor', code: 'wrong_cursor' }] } });
  }
});

test('what many share finds nobody, and the rest goes on', async () => {
  const tenant = world.newTenant();
  const crowd = Array.from({ length: 130 }, (_, n) => ({ email: `u${spelt(n)}x${n}@q${spelt(n)}.example`, last_name: 'Meier' }));
  for (const part of [crowd.slice(0, 64), crowd.slice(64, 128), crowd.slice(128)]) await world.captureAll(tenant, part, { lane: 'bulk' });
  expect(await world.pairs(tenant)).toEqual([]);
  const [low, high] = [await world.capture(tenant, { ...ANN, last_name: 'Meier' }), await world.capture(tenant, { ...LIKE_ANN, last_name: 'Meier' })];
  expect(await world.pairs(tenant)).toMatchObject([{ low_id: low.lead.lead_id, high_id: high.lead.lead_id }]);
});

describe('accounts and contacts', () => {
  const account = (id: number, more: Partial<Account> = {}): Account => ({ id, kind: 'company', name: `Company ${id}`, created_at: '2026-11-20T09:00:00.000Z', ...more });
  const contact = (id: number, account_id: number, email: string): Contact =>
    ({ id, account_id, is_primary: true, email, email_opt_out: false, do_not_call: false, created_at: '2026-11-20T09:00:00.000Z' });
  const told = (tenant: string, one: Account, revision = 1) => AccountCreated.of(tenant, one.id, { account: one }, { revision });

  it('are known as they were changed last, whichever event comes first', async () => {
    const [tenant, other] = [world.newTenant(), world.newTenant()];
    const changed = (of: string, one: Account, revision: number) => AccountUpdated.of(of, one.id, { account: one }, { revision });
    await world.cell.publish([
      changed(tenant, account(21, { domain: 'renamed.example', owner_id: 8, name: 'Renamed' }), 3), changed(tenant, account(21, { domain: 'old.example', owner_id: 6 }), 2),
      told(tenant, account(21, { domain: 'old.example', owner_id: 5 })), changed(other, account(22, { domain: 'gone.example', owner_id: null }), 2),
    ], { times: 2, shuffle: true });
    await world.cell.settled();
    expect(await world.capture(tenant, { email: 'new@renamed.example' })).toMatchObject({
      because: 'a new person at the domain of account 21 (Renamed)', lead: { account: { account_id: 21, owner_id: 8 } },
    });
    expect(await world.capture(tenant, { email: 'new@old.example' })).toMatchObject({ verdict: 'created', lead: { account: null } });
  });

  it('are owned by whoever owns the customer, else the account, as it was changed last; so are those who come again', async () => {
    const tenant = world.newTenant();
    const customer = (contact_id: number, owner_id: number | null): Customer => (
      { id: contact_id + 100, customer_number: 'CUST-1', type: 'individual', status: 'active', account_id: 5, contact_id, owner_id, created_at: '2026-11-20T09:00:00.000Z' });
    const bought = (contact_id: number, owner_id: number | null, revision: number) =>
      (revision === 1 ? CustomerCreated : CustomerUpdated).of(tenant, contact_id + 100, { customer: customer(contact_id, owner_id) }, { revision });
    await world.cell.publish([
      told(tenant, account(5, { domain: 'nordwind.example', owner_id: 7 })), bought(6, 8, 1), bought(6, 9, 2), bought(7, null, 1),
      ...['ann@gmail.com', 'bea@gmail.com', 'cem@gmail.com'].map((email, i) => ContactCreated.of(tenant, 6 + i, { contact: contact(6 + i, 5, email) }, { revision: 1 })),
    ], { times: 2, shuffle: true });
    await world.cell.settled();
    const owners = await Promise.all(['ann@gmail.com', 'bea@gmail.com', 'cem@gmail.com', 'new@nordwind.example'].map(async (email) =>
      (await world.capture(tenant, { email })).lead.account?.owner_id));
    expect(owners).toEqual([9, 7, 7, 7]);
    const { lead: { lead_id } } = await world.capture(tenant, { email: 'ann@gmail.com' });
    await world.cell.ask(LockLead, { tenant, lead_id, converted: { converted_at: '2026-11-22T10:00:00.000Z', account_id: 5, contact_id: 6, customer_id: 106, owner_id: 8 } });
    const again = await world.capture(tenant, { email: 'ann@gmail.com' });
    expect(again.lead).toMatchObject({ reengaged_from: { lead_id }, account: { account_id: 5, contact_id: 6, owner_id: 9 } });
  });

  it('are known by their events, in any order and twice; a new person belongs to one, and everybody is told', async () => {
    const tenant = world.newTenant();
    await world.cell.publish([
      told(tenant, account(5, { domain: 'nordwind.example', owner_id: 8 }), 2), told(tenant, account(5, { domain: 'nordwind.example', owner_id: 7 })),
      ContactCreated.of(tenant, 6, { contact: contact(6, 9, 'Ann.Ito@gmail.com') }, { revision: 1 }), told(world.newTenant(), account(11, { domain: 'zeta.example' })),
    ], { times: 2, shuffle: true });
    await world.cell.settled();
    const colleague = await world.capture(tenant, { last_name: 'Ito', email: 'ito@nordwind.example' });
    expect(colleague).toMatchObject({
      verdict: 'existing_customer', because: 'a new person at the domain of account 5 (Company 5)', lead: { account: { account_id: 5, owner_id: 8 } },
    });
    const known = await world.capture(tenant, { email: 'annito@gmail.com' });
    expect(known).toMatchObject({ verdict: 'existing_customer', because: 'same e-mail as contact 6 of account 9', lead: { account: { account_id: 9, contact_id: 6 } } });
    expect(await world.capture(tenant, { email: 'somebody@zeta.example' })).toMatchObject({ verdict: 'created', lead: { account: null } });
    await world.cell.settled();
    const [event] = world.cell.events<LeadCapturedData>('lead.captured').filter(({ leadid }) => leadid === colleague.lead.lead_id);
    expect(event.data.lead.account).toMatchObject({ account_id: 5, owner_id: 8 });
    expect(await world.capture(tenant, { email: 'ito@nordwind.example', city: 'Kiel' })).toMatchObject({ verdict: 'updated', lead: { account: { account_id: 5 } } });
  });
});

describe('a preview', () => {
  it('says what would become of each and who it may be, and leaves no trace', async () => {
    const tenant = world.newTenant();
    const { lead: { lead_id } } = await world.capture(tenant, ANN);
    await world.matched();
    const traces = async () => world.cell.rows('intake', `
      select (select count(*) from lead) as leads, (select count(*) from submission) as submissions, (select count(*) from touch) as touches,
        (select count(*) from match_key) as keys, (select count(*) from outbox) as events, (select count(*) from duplicate_review) as reviews`);
    const before = await traces();
    const [known, inDoubt, alike, unknown] = await world.preview(tenant, { ...ANN, city: 'Kiel' }, { ...ANN, email: 'other@nordwind.example' }, LIKE_ANN, BOB);
    expect(known).toMatchObject({ verdict: 'updated', lead_id, changed: ['city'], candidates: [{ band: 'same', lead: { lead_id } }] });
    expect(inDoubt).toMatchObject({ verdict: 'review', lead_id: null, candidates: [{ lead: { lead_id } }] });
    expect(alike).toMatchObject({ verdict: 'created', candidates: [{ lead: { lead_id, full_name: 'Katharina Oberhausen' }, because: expect.stringMatching(/likely one person/) }] });
    expect(alike.candidates[0].fields).toContainEqual(expect.objectContaining({ field: 'first_name', values: ['Katarina', 'Katharina'] }));
    expect(unknown).toEqual({ verdict: 'created', because: 'nobody with this e-mail, phone or external id is known', lead_id: null, changed: [], account: null, candidates: [] });
    expect((await world.preview(world.newTenant(), ANN))[0].candidates).toEqual([]);
    expect(await traces()).toEqual(before);
  });
});

it('writes the keys of a lead where some are there already', async () => {
  const tenant = world.newTenant();
  const { lead: { lead_id } } = await world.capture(tenant, ANN);
  await world.matched();
  await world.cell.rows('intake', 'delete from match_record where lead_id = $1', [lead_id]);
  await world.cell.rows('intake', 'insert into match_work (bulk, tenant_id, lead_id) values (false, $1, $2)', [tenant, lead_id]);
  await world.capture(tenant, LIKE_ANN);
  expect(await world.pairs(tenant)).toMatchObject([{ low_id: lead_id }]);
});

describe('the matching model', () => {
  const put = (tenant: string, document: unknown) => world.cell.ask(PutMatchingModel, { context: world.context(tenant), document });
  const BORN: MatchingModel['fields'][number] = { name: 'custom_fields.born', kind: 'date', about: 'person' };

  it('is the default one, until a tenant has a version of its own, of which the last is active', async () => {
    const tenant = world.newTenant();
    const get = async () => (await world.cell.ask(GetMatchingModel, { context: world.context(tenant) })).model;
    expect(await get()).toMatchObject({ version: 0, document: DEFAULT_MODEL, created_at: null });
    await Promise.all([put(tenant, DEFAULT_MODEL), put(tenant, { ...DEFAULT_MODEL, bands: { same: 0.999, review: 0.5 } })]);
    const { model } = await put(tenant, { ...DEFAULT_MODEL, duplicates: 0.2 });
    expect(model).toMatchObject({ version: 3, document: { duplicates: 0.2 }, created_by: 'Test Admin' });
    expect(await get()).toEqual(model);
    await expect(put(tenant, { ...DEFAULT_MODEL, bands: {} })).rejects.toMatchObject({ body: { kind: 'invalid', errors: [{ field: 'bands.same' }, { field: 'bands.review' }] } });
  });

  it('with a custom field that identifies: leads that are there already are found by it', async () => {
    const tenant = world.newTenant();
    const twins = [{ email: 'a@one.example' }, { email: 'b@two.example' }].map((one) => ({ ...one, last_name: 'Zwiebelfisch', custom_fields: { born: '24.6.1971' } }));
    const [low, high] = [await world.capture(tenant, twins[0]), await world.capture(tenant, twins[1])];
    const [before] = await world.pairs(tenant);
    await put(tenant, { ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, BORN] });
    const [after] = await world.pairs(tenant);
    expect(after).toMatchObject({ low_id: low.lead.lead_id, high_id: high.lead.lead_id, status: 'open' });
    expect(after.probability).toBeGreaterThan(before?.probability ?? 0);
    const { review } = await world.cell.ask(GetDuplicateReview, { context: world.context(tenant), id: await idOf(tenant) });
    expect(review).toMatchObject({ model_version: 1 });
    expect(review.fields).toContainEqual(expect.objectContaining({ field: 'custom_fields.born', because: 'same born: 24.6.1971' }));
  });

  it('with names of a company: leads are looked at anew by every field that is one', async () => {
    const tenant = world.newTenant();
    const document = { ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, { name: 'custom_fields.agency', kind: 'company' as const, about: 'organisation' as const }] };
    await put(tenant, document);
    await world.capture(tenant, { ...BOB, custom_fields: { agency: 'Big Blue' } });
    const agency = async () => {
      await world.matched();
      return (await world.cell.rows<{ agency: string }>('intake', `select record->>'custom_fields.agency' as agency from match_record where tenant_id = $1`, [tenant]))[0].agency;
    };
    expect(await agency()).toBe('big blue');
    await put(tenant, { ...document, company_aliases: [{ name: 'International Business Machines', aliases: ['Big Blue'] }] });
    expect(await agency()).toBe('international business machines');
  });

  it('with names of a company: its leads are looked at anew, and no others, and again when it goes by them no more', async () => {
    const tenant = world.newTenant();
    const person = { first_name: 'Katharina', last_name: 'Zwiebelfisch', city: 'Kiel', postal_code: '24103' };
    const keyed = () => world.cell.rows<{ lead_id: number; xmin: string }>('intake', 'select lead_id::int, xmin::text from match_record where tenant_id = $1 order by 1', [tenant]);
    const said = async () => {
      const [{ id }] = (await world.reviews(tenant, { sort: 'id' })).reviews;
      const { review } = await world.cell.ask(GetDuplicateReview, { context: world.context(tenant), id });
      return review.fields.find(({ field }) => field === 'company_name')?.because;
    };
    await world.capture(tenant, { ...person, email: 'a@one.example', company_name: 'IBM Corp.' });
    await world.capture(tenant, { ...person, email: 'b@two.example', company_name: 'Big Blue' });
    await world.capture(tenant, { ...BOB, company_name: 'Big Blue Cleaning' });
    expect(await said()).toBe('another company: IBM Corp. / Big Blue');
    const before = await keyed();
    await put(tenant, { ...DEFAULT_MODEL, company_aliases: [{ name: 'International Business Machines', aliases: ['IBM', 'Big Blue GmbH'] }] });
    expect(await said()).toBe('same company, by another of its names: IBM Corp. / Big Blue');
    expect((await keyed()).map(({ xmin }, i) => xmin === before[i].xmin)).toEqual([false, false, true]);
    await world.capture(tenant, { ...person, email: 'c@three.example', company_name: 'International Business Machines Inc' });
    expect(await world.pairs(tenant)).toHaveLength(3);
    await put(tenant, DEFAULT_MODEL);
    expect(await said()).toBe('another company: IBM Corp. / Big Blue');
    expect((await keyed())[2]).toEqual(before[2]);
  });

  it('with names of a company: a lead that comes at that very moment goes by them, and nobody else waits for it', async () => {
    const [tenant, other, importing] = [world.newTenant(), world.newTenant(), world.newTenant()];
    const client = new Client({ connectionString: world.cell.databaseUrl });
    await client.connect();
    try {
      const attempt = { scope: 'test', key: 'names', hash: 'a' };
      await client.query(`begin; insert into intake.idempotency (tenant_id, scope, key, hash, answer) values ('${tenant}', 'test', 'names', 'a', '{}')`);
      // All leads that there are were looked for; whether it is done is still open.
      const putting = world.cell.ask(PutMatchingModel, {
        context: { ...world.context(tenant), idempotency: attempt }, document: { ...DEFAULT_MODEL, company_aliases: [{ name: 'Acme', aliases: ['Big Blue'] }] },
      });
      await eventually('it waits', async () => (await world.cell.rows('intake', `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%into idempotency%'`)).length > 0);
      const { lead: { lead_id } } = await world.capture(tenant, { ...BOB, company_name: 'Big Blue' });
      await world.cell.rows('intake', 'insert into match_work (bulk, tenant_id, lead_id) select false, $1, $2 from generate_series(1, 2100)', [tenant, lead_id]);
      await world.capture(other, BOB);
      await world.capture(importing, BOB, { lane: 'bulk' });
      await eventually('who came after it is keyed', async () => (await world.cell.rows('intake', 'select from match_record where tenant_id = $1', [other])).length > 0);
      await eventually('who is imported meanwhile is compared', async () => (await world.cell.rows('intake', 'select from match_work where tenant_id = $1', [importing])).length === 0);
      await client.query('rollback');
      await putting;
    } finally {
      await client.end();
    }
    await world.matched();
    expect(await world.cell.rows('intake', `select record->>'company_name' as name from match_record where tenant_id = $1`, [tenant])).toEqual([{ name: 'acme' }]);
  });

  it('goes by how common values are among all leads, also by one of many replicas that has just begun', async () => {
    const tenant = world.newTenant();
    await world.captureAll(tenant, Array.from({ length: 60 }, (_, n) => ({ last_name: `C${spelt(n)}`, email: `c${n}@common.example` })));
    await world.matched();
    // Whoever has looked for their duplicates counts them behind that, and is not to come to it once the count is deleted.
    await eventually('they are counted', async () => (await world.cell.rows('intake', 'select from match_statistics where tenant_id = $1 and records = 60', [tenant])).length > 0);
    const app = await world.cell.add(intake);
    await world.cell.end('intake', 1);
    const [values, store, database] = [app.get(CountValues, { strict: false }), app.get(MatchingModelsStore, { strict: false }), app.get(Database)];
    await database.transaction(async (tx) => {
      await store.lockCounts(tx, tenant);
      await tx.query('delete from match_statistics where tenant_id = $1', [tenant]);
      values.grew(new Map([[tenant, 9]]));
      values.grew(new Map([[tenant, 1]]));
      await values.whereDue(); // somebody else counts them
    });
    expect(await store.counted(database, tenant)).toBe(0);
    await values.whereDue();
    expect(await store.counted(database, tenant)).toBe(60);
    await world.captureAll(tenant, Array.from({ length: 10 }, (_, n) => ({ last_name: `D${spelt(n)}`, email: `d${n}@common.example` })));
    await world.matched();
    values.grew(new Map([[tenant, 10]]));
    await values.whereDue();
    expect(await store.counted(database, tenant)).toBe(60); // they have not grown by half
  });

  it('is learnt from the leads: a new version, and what has moved', async () => {
    const tenant = world.newTenant();
    const learn = () => world.cell.ask(LearnMatchingModel, { context: world.context(tenant) });
    await expect(learn()).rejects.toMatchObject({ body: { code: 'too_few_leads' } });
    // Everybody twice, always with another spelling of the first name.
    const people = Array.from({ length: 60 }, (_, n) => ({ last_name: `K${spelt(n)}mann`, company_name: `W${spelt(n)} Works`, city: `${spelt(n)}stadt`, phone: `+4930903${1000 + n}` }));
    const twice = people.flatMap((one, n) => [{ ...one, first_name: 'Robert', email: `r${n}@w${spelt(n)}.example` }, { ...one, first_name: 'Bob', email: `bob${spelt(n)}@home.example` }]);
    for (let i = 0; i < twice.length; i += 40) await world.captureAll(tenant, twice.slice(i, i + 40));
    await world.matched();
    // Whoever counts how common their values are may not have come to it yet, or when there were few.
    await world.cell.rows('intake', `
      insert into match_statistics (tenant_id, version, records, document) values ($1, 1, 0, '{"values": {}, "words": {}}')
      on conflict (tenant_id) do update set version = match_statistics.version + 1, records = excluded.records, document = excluded.document`, [tenant]);
    const { learnt } = await learn();
    const { neighbours } = learnt.document as MatchingModel;
    expect(learnt).toMatchObject({
      version: 1, leads: 120, duplicates: { from: DEFAULT_MODEL.duplicates }, neighbours: { from: DEFAULT_MODEL.neighbours, to: neighbours },
    });
    expect(neighbours).not.toBe(DEFAULT_MODEL.neighbours);
    expect(learnt.duplicates.to).toBeGreaterThan(0.8);
    expect(learnt.changed).toContainEqual(expect.objectContaining({ field: 'first_name', level: 'nickname', from: 0.03 }));
    const nickname = learnt.changed.find(({ level }) => level === 'nickname');
    expect(nickname?.to).toBeGreaterThan(0.2);
    expect((await world.cell.ask(GetMatchingModel, { context: world.context(tenant) })).model.document).toEqual(learnt.document);
  });
});
