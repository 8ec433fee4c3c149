import {
  AssignLead, ConvertLead, DismissReview, GetAssignments, GetLeads, GetScores, GetSetup, ListDuplicateReviews, ListLeads, ListMerges, ListTransitions, MergeReview, MoveLead, PreviewMerge, PutMergePolicy, PutSetup, RateLead, ReserveLead,
  SettleMerge, UpdateLead, DomainError, type CreateLead, type LeadMergedData, type RoutingPatch,
} from '@headwater/contracts';
import { faultHook } from '@headwater/platform';
import { eventually, metric } from '@headwater/testing';
import { v7 as uuidv7 } from 'uuid';
import { MergingCell, refused } from './merging-cell';

const byNumber = (a: number, b: number): number => a - b;

let on: MergingCell;
beforeAll(async () => { on = await MergingCell.start(); });
afterAll(() => on?.cell.stop());
afterEach(async () => {
  await on.cell.settled();
  await on.free();
});

describe('a merge', () => {
  it('makes one lead of two: values by the policy, keys, touches and status at the furthest', async () => {
    const primary = await on.newLead({ first_name: 'Ada', last_name: 'Byron', tags: ['a'], custom_fields: { x: 1 } });
    const other = await on.newLead({ last_name: 'Byron', job_title: 'Countess', tags: ['b'], custom_fields: { x: 2, y: 3 }, email_opt_out: true, external_id: 'crm-7', phone: '+442079460000' });
    await on.patchStatus(other, { status: 'contacted' });
    const { merge, lead } = await on.merge(primary, [other], { reason: 'same person' });
    expect(merge).toMatchObject({ primary_id: primary, lead_ids: [other], state: 'done', reason: 'same person', merged_by: 'Test Admin' });
    expect(lead.profile).toMatchObject({ full_name: 'Ada Byron', job_title: 'Countess', tags: ['a', 'b'], custom_fields: { x: 1, y: 3 }, email_opt_out: true });
    expect(await on.lead(other)).toMatchObject({ merged_into: primary, profile: { job_title: 'Countess' } });
    expect(await on.status(primary)).toMatchObject({ status: 'contacted' });
    expect(await on.status(other)).toMatchObject({ status: 'contacted' });
    expect((await on.touches(primary)).map(({ lead_id }) => lead_id).sort(byNumber)).toEqual([primary, other]);
    for (const sent of [{ email: (await on.lead(other)).profile.email }, { external_id: 'crm-7', email: 'elsewhere@example.com' }]) {
      expect((await on.capture({ last_name: 'Byron', ...sent })).lead.lead_id).toBe(primary);
    }
  });

  it('leaves the other one out of lists, and refuses whatever is written to it', async () => {
    const [primary, other] = [await on.newLead(), await on.newLead({ company_name: 'Gone Ltd' })];
    await on.merge(primary, [other]);
    const { leads } = await on.cell.ask(ListLeads, { context: on.cell.context(), filter: { company_name: 'Gone Ltd' }, sort: 'id', limit: 10 });
    expect(leads.map(({ lead_id }) => lead_id)).toEqual([primary]);
    const update = on.cell.ask(UpdateLead, { context: on.cell.context(), command_id: uuidv7(), lead_id: other, patch: { city: 'Rome' } });
    const conversion = on.cell.ask(ReserveLead, { context: on.cell.context(), lead_id: other, token: 'c', holder: 'conversion', lease_seconds: 30 });
    const third = await on.newLead();
    const rating = on.cell.ask(RateLead, { context: on.cell.context(), command_id: uuidv7(), lead_id: other, patch: { rating: 5 } });
    const assignment = on.cell.ask(AssignLead, { context: on.cell.context(), command_id: uuidv7(), lead_id: other, patch: { priority: 'low' } });
    const asked = [update, rating, assignment, conversion, on.patchStatus(other, {}), on.qualify(other), on.merge(other, [third]), on.merge(primary, [other])];
    for (const refusal of await Promise.all(asked.map(refused))) {
      expect(refusal).toMatchObject({ kind: 'conflict', code: 'lead_merged', more: { primary_id: primary } });
    }
  });

  it('follows a chain to the one that is left', async () => {
    const [a, b, c] = [await on.newLead(), await on.newLead(), await on.newLead()];
    await on.qualify(a);
    await on.merge(b, [a]);
    await on.merge(c, [b]);
    expect(await on.cell.ask(GetLeads, { tenant: 'demo', ids: [a, b, c] })).toMatchObject({
      leads: [{ merged_into: b }, { merged_into: c }, { merged_into: null }],
      primaries: expect.arrayContaining([{ lead_id: a, primary_id: c }, { lead_id: b, primary_id: c }]),
    });
    expect(await on.status(c)).toMatchObject({ status: 'qualified' });
    expect((await refused(on.patchStatus(a, {}))).more).toEqual({ primary_id: c });
    expect((await on.touches(c)).map(({ lead_id }) => lead_id).sort(byNumber)).toEqual([a, b, c]);
  });

  it('is answered once per key', async () => {
    const [primary, other] = [await on.newLead(), await on.newLead()];
    const context = on.cell.context({ idempotency: { scope: `merge ${primary}`, key: 'k', hash: 'h' } });
    const first = await on.merge(primary, [other], { context });
    expect(await on.merge(primary, [other], { context })).toEqual(first);
  });

  it('is refused when it is not what the caller has seen, or what nobody may merge', async () => {
    const [primary, other] = [await on.newLead(), await on.newLead()];
    expect((await refused(on.merge(primary, [other], { expected_revisions: { [other]: 7 } }))).code).toBe('precondition_failed');
    expect((await refused(on.merge(primary, [999_999]))).code).toBe('not_found');
    expect((await refused(on.merge(primary, [primary]))).errors).toMatchObject([{ field: 'lead_ids' }]);
    expect((await refused(on.merge(primary, [other], { fields: { job_title: { from: 999 } } }))).errors).toMatchObject([{ field: 'fields.job_title.from' }]);
    expect((await refused(on.merge(primary, [other], { fields: { job_title: { value: 7 } } }))).errors).toMatchObject([{ field: 'fields.job_title', code: 'wrong_type' }]);
    expect((await refused(on.merge(primary, [other], { context: on.cell.context({ tenant: 'other' }) }))).code).toBe('not_found');
    expect((await on.merge(primary, [other], { fields: { job_title: { value: 'Queen' }, email: { from: other } } })).lead.profile)
      .toMatchObject({ job_title: 'Queen', email: (await on.lead(other)).profile.email });
  });

  it('follows from a duplicate review, and decides it', async () => {
    const phone = '+442079460123';
    const older = await on.newLead({ first_name: 'Sarah', last_name: 'Review', phone });
    const younger = await on.newLead({ first_name: 'Sara', last_name: 'Review', phone });
    const context = on.cell.context();
    const reviews = async () => (await on.cell.ask(ListDuplicateReviews, { context, filter: { lead_id: younger }, sort: 'id', limit: 10 })).reviews;
    await eventually('a review is there', async () => (await reviews()).length > 0);
    const [{ id }] = await reviews();
    expect((await refused(on.cell.ask(MergeReview, { context, id, primary_id: 999_999 }))).errors).toMatchObject([{ field: 'primary_id' }]);
    expect((await refused(on.cell.ask(MergeReview, { context, id: 999_999 }))).detail).toBe('Duplicate review not found');
    const { merge } = await on.cell.ask(MergeReview, { context, id });
    expect(merge).toMatchObject({ primary_id: older, lead_ids: [younger], state: 'done' });
    expect((await reviews()).map(({ status }) => status)).toEqual(['merged']);
    expect((await refused(on.cell.ask(MergeReview, { context, id }))).code).toBe('lead_merged');
  });

  it('can be foreseen', async () => {
    const [primary, other] = [await on.newLead({ job_title: 'Smith' }), await on.newLead({ job_title: 'Carpenter' })];
    await on.patchStatus(other, { status: 'nurturing' });
    await on.cell.settled();
    const preview = await eventually('qualification tells in time', async () => {
      const foreseen = await on.cell.ask(PreviewMerge, { context: on.cell.context(), lead_id: primary, lead_ids: [other] });
      return foreseen.consequences.qualification && foreseen;
    });
    expect(preview.fields).toContainEqual({
      field: 'job_title', value: 'Smith', from: primary, rule: 'primary', conflict: true,
      values: [{ lead_id: primary, value: 'Smith' }, { lead_id: other, value: 'Carpenter' }],
    });
    expect(preview.consequences.qualification).toMatchObject({ lead_id: primary, status: 'nurturing' });
    expect(await on.status(primary)).toMatchObject({ status: 'new' });
    expect(await on.lead(other)).toMatchObject({ merged_into: null });
  });
});

describe('score, stars and owner', () => {
  const assign = (lead_id: number, patch: RoutingPatch) =>
    on.cell.ask(AssignLead, { context: on.cell.context(), command_id: uuidv7(), lead_id, patch });
  const rate = (lead_id: number, rating: number) =>
    on.cell.ask(RateLead, { context: on.cell.context(), command_id: uuidv7(), lead_id, patch: { rating } });
  const scoreOf = async (id: number) => (await on.cell.ask(GetScores, { tenant: 'demo', ids: [id] })).scores[0];
  const ownerOf = async (id: number) => (await on.cell.ask(GetAssignments, { tenant: 'demo', ids: [id] })).assignments[0].owner?.name ?? null;
  const listOf = async (name: string): Promise<number> => {
    const [row] = await on.cell.rows<{ open: number }>('routing', `
      select open_leads::int as open from rep_load join rep on rep.id = rep_id where rep.name = $1`, [name]);
    return row?.open ?? 0;
  };

  it('are those of all, until somebody decides, and each lead has its own again', async () => {
    const reps = ['Ann', 'Bob'].map((name) => ({ user_id: name, name }));
    await on.cell.ask(PutSetup, {
      context: on.cell.context(),
      setup: { teams: [], reps, pools: [{ name: 'All', strategy: 'round_robin', members: ['Ann'] }], rule_set: { rules: [], default: { pool: 'All' } } },
    });
    const bob = (await on.cell.ask(GetSetup, { context: on.cell.context() })).reps.find(({ name }) => name === 'Bob')!.id;
    const [primary, other] = [(await on.capture({}, { entry: 'form' })).lead.lead_id, (await on.capture({}, { entry: 'form' })).lead.lead_id];
    await on.cell.settled();
    await assign(primary, { owner_id: null });
    await assign(other, { owner_id: bob });
    await Promise.all([rate(primary, 2), rate(other, 5)]);
    await on.cell.settled();
    const [alone, before] = [await scoreOf(primary), await listOf('Bob')];

    const { merge } = await on.merge(primary, [other]);
    const merged = await scoreOf(primary);
    expect(merged.computed.behavioral_score).toBeGreaterThan(alone.computed.behavioral_score);
    expect(merged).toMatchObject({ rating: 5, is_hot: true });
    expect([await ownerOf(primary), await listOf('Bob')]).toEqual(['Bob', before]);
    await rate(primary, 3);
    expect((await scoreOf(primary)).rating).toBe(3);

    await on.unmerge(merge.id);
    expect(await scoreOf(primary)).toMatchObject({ rating: 3, computed: { behavioral_score: alone.computed.behavioral_score } });
    expect((await scoreOf(other)).rating).toBe(5);
    expect([await ownerOf(primary), await ownerOf(other), await listOf('Bob')]).toEqual([null, 'Bob', before]);
    await on.cell.settled();
    expect(on.cell.events<LeadMergedData>('lead.merged').filter(({ leadid }) => leadid === other)).toMatchObject([{ data: { lead: { merged_into: primary } } }]);
    expect(on.cell.events<LeadMergedData>('lead.unmerged').filter(({ leadid }) => leadid === other)).toMatchObject([{ data: { lead: { merged_into: null } } }]);
  });
});

describe('two at once', () => {
  it('over the same leads, in opposite directions, end in one merge and one refusal', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [a, b, c] = [await on.newLead(), await on.newLead(), await on.newLead()];
      const outcomes = await Promise.allSettled([on.merge(a, [b, c]), on.merge(c, [b, a])]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(['merge_in_progress', 'lead_merged']).toContain((await refused(Promise.reject(lost.reason as Error))).code);
      const left = (await on.cell.ask(GetLeads, { tenant: 'demo', ids: [a, b, c] })).leads.filter(({ merged_into }) => !merged_into);
      expect(left).toHaveLength(1);
    }
  });

  it('a merge and a conversion: whoever reserved first', async () => {
    const [primary, other] = [await on.newLead(), await on.newLead()];
    await on.qualify(other);
    const token = uuidv7();
    const reserve = (lease_seconds: number) =>
      on.cell.ask(ReserveLead, { context: on.cell.context(), lead_id: other, token, holder: 'conversion', lease_seconds });
    await reserve(30);
    expect((await refused(on.merge(primary, [other]))).code).toBe('conversion_in_progress');
    expect(await on.lead(other)).toMatchObject({ merged_into: null });
    await reserve(0);
    await on.merge(primary, [other]); // conversion never began it, and says so
    expect((await refused(reserve(30))).code).toBe('lead_merged');
  });

  it('submissions of one person while the leads are merged all reach the one that is left', async () => {
    const email = 'busy@example.com';
    const [primary, other] = [await on.newLead({ last_name: 'Busy' }), await on.newLead({ email, last_name: 'Busy' })];
    const [, ...sent] = await Promise.all([on.merge(primary, [other]), ...Array.from({ length: 20 }, () => on.capture({ email, last_name: 'Busy' }))]);
    const reached = new Set(sent.map(({ lead }) => lead.lead_id));
    expect([...reached].filter((id) => id !== primary && id !== other)).toEqual([]);
    expect(await on.touches(primary)).toHaveLength(22);
  });

  it('settles by what intake has done, for a lease that ran out', async () => {
    expect(await on.cell.ask(SettleMerge, { tenant: 'demo', lead_id: 1, token: uuidv7() })).toEqual({ outcome: { kind: 'aborted', lead_ids: [1] } });
  });
});

/** Whoever ends a lead, and stalls when it has reserved it. */
const HOLDERS = {
  merge: {
    point: 'merge.after_reserve', given_up: 'merge_given_up', won: 'lead_merged',
    begin: async (id: number) => { const primary = await on.newLead(); return () => on.merge(primary, [id]); },
  },
  unmerge: {
    // Its primary is free again afterwards: both happen, one after the other, unless it is given up.
    point: 'merge.after_reserve', given_up: 'merge_given_up', won: null,
    begin: async (id: number) => { const { merge } = await on.merge(id, [await on.newLead()]); return () => on.unmerge(merge.id); },
  },
  conversion: {
    point: 'conversion.after_reserve', given_up: 'conversion_given_up', won: 'lead_locked',
    begin: (id: number) => Promise.resolve(() => on.cell.ask(ConvertLead, { context: on.cell.context(), lead_id: id, body: { create_customer: true } })),
  },
};

describe.each(Object.entries(HOLDERS))('a stalled %s', (_name, { point, given_up, won, begin }) => {
  const disqualify = (lead_id: number) =>
    on.cell.ask(MoveLead, { context: on.cell.context(), lead_id, command: 'disqualify', body: { disqualification_reason: 'no_need' } });
  const codeOf = (asked: Promise<unknown>) => asked.then(() => 'done', (error: DomainError) => error.body.code);
  afterEach(() => { faultHook.stalled = () => undefined; });

  /** A qualified lead that is reserved by somebody who does not go on. */
  async function stalled() {
    const id = await on.newLead();
    await on.qualify(id);
    const end = await begin(id);
    let goOn = (): void => undefined;
    const gate = new Promise<void>((resolve) => { goOn = resolve; });
    let isThere = false;
    faultHook.stalled = (name) => { if (name !== point) return undefined; isThere = true; return gate; };
    const held = codeOf(end());
    await eventually('it stalls', () => isThere);
    return { id, held, goOn };
  }
  const leaseIsOver = (id: number) =>
    on.cell.rows('qualification', `update lead_status set lease_until = now() - interval '1 second' where lead_id = $1`, [id]);
  const transitionsOf = async (id: number) => (await on.cell.ask(ListTransitions, { context: on.cell.context(), lead_id: id })).transitions.map(({ to }) => to);

  it('keeps the lead while its lease runs, and has it in the end', async () => {
    const { id, held, goOn } = await stalled();
    expect(await codeOf(disqualify(id))).toMatch(/_in_progress$/);
    goOn();
    expect(await held).toBe('done');
    expect(await codeOf(disqualify(id))).toBe(won ?? 'done');
  });

  it('has lost the lead when somebody disqualifies it after the lease, and learns it when it goes on', async () => {
    const { id, held, goOn } = await stalled();
    await leaseIsOver(id);
    expect(await codeOf(disqualify(id))).toBe('done');
    goOn();
    expect(await held).toBe(given_up);
    expect(await on.status(id)).toMatchObject({ status: 'disqualified' });
    expect(await on.lead(id)).toMatchObject({ merged_into: null, converted: null });
    expect((await transitionsOf(id)).filter((to) => to === 'converted')).toEqual([]);
  });

  it('that goes on at the very moment ends in exactly one of the two', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, held, goOn } = await stalled();
      await leaseIsOver(id);
      const other = codeOf(disqualify(id));
      goOn();
      const [ended, disqualified] = [await held, await other];
      expect([ended, disqualified]).toEqual(ended === 'done' ? ['done', expect.stringMatching(won ?? /done/)] : [given_up, 'done']);
      const { status } = await on.status(id);
      expect(status === 'disqualified').toBe(disqualified === 'done');
    }
  });
});

describe('what is most likely one person\'s, without a person', () => {
  const tenant = 'automatic';
  const context = () => on.cell.context({ tenant });
  const SARAH = { first_name: 'Sarah', last_name: 'Automatic', phone: '+442079460188', company_name: 'Nordwind Logistik', city: 'Hamburg', postal_code: '20095', street: 'Am Kai 7' };
  const made = async (lead: CreateLead) => (await on.capture(lead, { tenant })).lead.lead_id;
  const reviews = async (lead_id: number) => (await on.cell.ask(ListDuplicateReviews, { context: context(), filter: { lead_id }, sort: 'id', limit: 10 })).reviews;
  const merges = async (lead_id: number) => (await on.cell.ask(ListMerges, { context: context(), lead_id })).merges;
  const put = (auto_update: string) => on.cell.ask(PutMergePolicy, { context: context(), document: { default: 'primary', auto_update } });
  const became = async (fate: string) => {
    const counts = await Promise.all([0, 1].map((replica) => metric(on.cell.url('intake', replica), 'headwater_likely_pairs_total', { fate })));
    return counts.reduce<number>((sum, count) => sum + count!, 0);
  };
  const likely = async (id: number) => {
    await eventually('a likely pair', async () => (await reviews(id)).some(({ band }) => band === 'same'));
    await on.compared(); // both leads have the pair compared, and the later comparison begins to count its tries anew
    await on.cell.settled();
  };

  it('waits for people until the policy says so, is merged with the reason then, and stays apart once it was taken back', async () => {
    const older = await made({ ...SARAH, job_title: 'CFO' });
    const younger = await made({ ...SARAH, email: 'sarah@home.example', job_title: 'Queen', website: 'https://nordwind.example' });
    await likely(younger);
    expect(await merges(older)).toEqual([]);
    await put('same');
    await eventually('a merge', async () => (await merges(older)).length > 0);
    const [{ id, ...merge }] = await merges(older);
    expect(merge).toMatchObject({ state: 'done', primary_id: older, lead_ids: [younger], merged_by: 'Duplicate matching',
      reason: expect.stringMatching(/^auto_update of merge policy 1: .*same phone.* likely one person\.$/i) });
    const { leads: [lead] } = await on.cell.ask(GetLeads, { tenant, ids: [older] });
    expect(lead.profile).toMatchObject({ job_title: 'CFO', website: 'https://nordwind.example' });
    expect(await reviews(older)).toMatchObject([{ status: 'merged', decided_by: 'Duplicate matching' }]);

    await on.free(); // what is merged without a person is done before the others have heard of it
    await put('none');
    await on.unmerge(id, { context: context() });
    await on.compared(); // each comparison asks anew whether it is left to people
    await put('same');
    await eventually('people are asked', async () => (await reviews(older)).some((review) => review.status === 'open' && review.left_to_people));
    expect(await reviews(older)).toMatchObject([{ left_to_people: 'somebody has taken a merge of the two back' }]);
    expect((await merges(older)).map(({ state }) => state)).toEqual(['undone']);
    await eventually('both are counted', async () => (await became('merged')) === 1 && (await became('left_to_people')) === 1);
  });

  it('is one lead in the end, of however many that come at once; nobody else\'s are', async () => {
    await put('same');
    const foreign = [await on.newLead(SARAH), await on.newLead({ ...SARAH, email: 'other@home.example' })];
    const ida = { ...SARAH, first_name: 'Ida', last_name: 'Atonce', phone: '+442079460199' };
    const ids = await Promise.all([1, 2, 3, 4].map((n) => made({ ...ida, email: `ida${n}@home.example` })));
    const alone = async () => (await on.cell.ask(GetLeads, { tenant, ids })).leads.filter(({ merged_into }) => merged_into === null).map(({ lead_id }) => lead_id);
    // A pair of which somebody else has a lead at the moment is tried again after a minute.
    const aMinuteLater = () => on.cell.rows('intake', 'update duplicate_review set merge_due_at = null, merge_tries = 0 where high_id = any($1) and merge_due_at is not null', [ids]);
    await eventually('one is left', async () => { await aMinuteLater(); return (await alone()).length === 1; }, { timeoutMs: 20_000 });
    expect(await alone()).toEqual([Math.min(...ids)]);
    expect(await on.cell.rows('intake', 'select from lead where id = any($1) and merged_into is not null', [foreign])).toEqual([]);
  });

  describe('and people', () => {
    const review = async (of: number) => (await reviews(of)).find(({ band, status }) => band === 'same' && status === 'open')!;
    const dismiss = async (of: number) => on.cell.ask(DismissReview, { context: context(), id: (await review(of)).id });
    const person = (n: number) => ({
      first_name: ['Olga', 'Bertram', 'Xenia', 'Quentin', 'Yusuf', 'Zoe', 'Wilma', 'Viktor'][n], last_name: ['Amselfeld', 'Brombacher', 'Czerny', 'Dvorak', 'Eichstaedt', 'Fjord', 'Grabowski', 'Hollunder'][n],
      phone: `+4420794601${70 + n}`, company_name: ['Kiwi', 'Lotus', 'Mango', 'Nutmeg', 'Orchid', 'Papaya', 'Quince', 'Radish'][n], city: ['Kiel', 'Ulm', 'Bonn', 'Jena', 'Gera', 'Hof', 'Trier', 'Worms'][n],
    });
    const pair = async (n: number) =>
      [await made({ ...person(n), email: `abc${n}@first${n}.example` }), await made({ ...person(n), email: `xyz${n}@second${n}.example` })];
    const known = (of: number) => on.cell.rows<{ status: string; merge_tries: number; left_to_people: string | null }>('intake', `
      select status, merge_tries, left_to_people from duplicate_review where tenant_id = $1 and high_id = $2`, [tenant, of]);
    beforeEach(() => put('none'));
    afterEach(() => { faultHook.stalled = () => undefined; });

    it('leaves to them what they have dismissed or parted, whoever changed or was merged since', async () => {
      const [[, changed], [first, second]] = [await pair(0), await pair(1)];
      const third = await made({ ...person(1), email: 'uvw1@third1.example' });
      await Promise.all([changed, second, third].map(likely));
      await dismiss(changed);
      await on.cell.ask(UpdateLead, { context: context(), command_id: uuidv7(), lead_id: changed, patch: { email: 'another@home.example' } });
      await eventually('it is open again', () => review(changed));
      const { merge } = await on.merge(second, [third], { context: context() });
      await on.unmerge(merge.id, { context: context() });
      await Promise.all([second, third].map(likely));
      await put('same');
      for (const [of, said] of [[changed, /dismissed/], [first, /taken a merge/]] as const) {
        await eventually('people are asked', async () => said.test((await reviews(of)).find(({ status }) => status === 'open')?.left_to_people ?? ''));
      }
      expect((await merges(changed)).length).toBe(0);
      expect((await merges(first)).map(({ state, lead_ids }) => [state, lead_ids.length])).toEqual([['done', 1]]);
    });

    it('does not join what they dismiss meanwhile', async () => {
      const [, younger] = await pair(2);
      await likely(younger);
      faultHook.stalled = async (name) => { if (name === 'merge.after_reserve') await dismiss(younger).catch(() => undefined); };
      await put('same');
      await eventually('it was tried', async () => (await on.cell.rows('intake', `
        select from merge where lead_ids = array[$1::bigint] and state <> 'started'`, [younger])).length > 0);
      expect(await known(younger)).toMatchObject([{ status: 'dismissed' }]);
    });

    it('counts no outage', async () => {
      const [, younger] = await pair(3);
      await likely(younger);
      faultHook.stalled = (name) => (name === 'merge.after_reserve' ? Promise.reject(DomainError.unavailable('not there')) : undefined);
      await put('same');
      await eventually('it was given back', async () => (await on.cell.rows('intake', `
        select from duplicate_review where tenant_id = $1 and high_id = $2 and merge_tries = 0 and merge_due_at is not null`, [tenant, younger])).length > 0);
      await put('none');
      await dismiss(younger); // else it is due again seconds later, among the pairs of another test
    });

    it('goes on where one fails', async () => {
      const pairs = [(await pair(4))[1], (await pair(5))[1]];
      await Promise.all(pairs.map(likely));
      let failed = false;
      faultHook.stalled = (name) => {
        if (name !== 'merge.after_reserve' || failed) return Promise.resolve();
        failed = true;
        return Promise.reject(new TypeError('odd'));
      };
      await put('same');
      const reviews = async () => (await Promise.all(pairs.map(known))).flat().sort((one, other) => one.status.localeCompare(other.status));
      await eventually('the other is merged', async () => (await reviews()).some(({ status }) => status === 'merged'));
      expect(failed).toBe(true);
      expect(await reviews()).toMatchObject([{ status: 'merged' }, { status: 'open', merge_tries: 1, left_to_people: null }]);
      await put('none');
    });

    it('goes on where one can not even be judged, and leaves it to them in the end', async () => {
      const [[, failing], [, fine]] = [await pair(6), await pair(7)];
      await Promise.all([failing, fine].map(likely));
      await on.cell.rows('intake', `update lead set profile = profile || '{"last_name": {}}' where tenant_id = $1 and id = $2`, [tenant, failing]);
      await on.cell.rows('intake', 'update duplicate_review set merge_tries = 7 where tenant_id = $1 and high_id = $2', [tenant, failing]);
      await put('same');
      await eventually('the other is merged', async () => (await known(fine))[0]?.status === 'merged');
      await eventually('it is left to people', async () => /it fails/.test((await known(failing))[0].left_to_people ?? ''));
      await put('none');
    });
  });

  it('waits for people again once the policy says so', async () => {
    await put('none');
    const older = await made({ ...SARAH, last_name: 'Left', phone: '+442079460177' });
    const younger = await made({ ...SARAH, last_name: 'Left', phone: '+442079460177', email: 'left@home.example' });
    await likely(younger);
    await on.cell.settled();
    expect(await merges(older)).toEqual([]);
    await expect(put('review')).rejects.toMatchObject({ body: { errors: [{ field: 'auto_update', code: 'unknown_value' }] } });
  });
});

describe('an unmerge', () => {
  it('gives every lead its own back, and leaves what was changed since', async () => {
    const primary = await on.newLead({ job_title: 'Smith', last_name: 'Twin' });
    const other = await on.newLead({ last_name: 'Twin', city: 'Rome', website: 'https://rome.example.com', external_id: 'twin' });
    await on.patchStatus(other, { status: 'contacted' });
    const { merge } = await on.merge(primary, [other]);
    expect((await on.capture({ external_id: 'twin', email: null, last_name: 'Twin' })).lead.lead_id).toBe(primary);
    await on.cell.ask(UpdateLead, { context: on.cell.context(), command_id: uuidv7(), lead_id: primary, patch: { website: 'https://since.example.com' } });
    const conflicts = [{ lead_id: primary, field: 'website', before: null, now: 'https://since.example.com' }];
    expect(await on.unmerge(merge.id, { dry_run: true })).toMatchObject({ merge: { state: 'done', conflicts } });
    expect(await on.unmerge(merge.id)).toMatchObject({ merge: { state: 'undone', conflicts, undone_by: 'Test Admin' } });
    expect((await on.lead(primary)).profile).not.toHaveProperty('city');
    expect(await on.lead(other)).toMatchObject({ merged_into: null, profile: { city: 'Rome' } });
    expect([(await on.status(primary)).status, (await on.status(other)).status]).toEqual(['new', 'contacted']);
    expect([await on.touches(primary), await on.touches(other)].map((touches) => touches.length)).toEqual([2, 1]);
    expect((await on.capture({ external_id: 'twin', email: null, last_name: 'Twin' })).lead.lead_id).toBe(other);
    expect((await refused(on.unmerge(merge.id))).code).toBe('not_merged');
    await on.merge(primary, [other]);
  });

  it('leaves a status that somebody has set since', async () => {
    const [primary, other] = [await on.newLead(), await on.newLead()];
    await on.qualify(other);
    const { merge } = await on.merge(primary, [other]);
    await on.patchStatus(primary, { status: 'nurturing' });
    await on.unmerge(merge.id);
    expect([(await on.status(primary)).status, (await on.status(other)).status]).toEqual(['nurturing', 'qualified']);
  });

  it('begins with the last of a chain', async () => {
    const [a, b, c] = [await on.newLead(), await on.newLead(), await on.newLead()];
    const { merge: inner } = await on.merge(b, [a]);
    const { merge: outer } = await on.merge(c, [b]);
    expect(await refused(on.unmerge(inner.id))).toMatchObject({ code: 'lead_merged', more: { primary_id: c } });
    await on.unmerge(outer.id);
    await on.unmerge(inner.id);
    expect((await on.cell.ask(GetLeads, { tenant: 'demo', ids: [a, b, c] })).leads.map(({ merged_into }) => merged_into)).toEqual([null, null, null]);
  });

  it('happens once when it is asked for twice at once', async () => {
    const [primary, other] = [await on.newLead(), await on.newLead()];
    const { merge } = await on.merge(primary, [other]);
    const outcomes = await Promise.allSettled([on.unmerge(merge.id), on.unmerge(merge.id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
