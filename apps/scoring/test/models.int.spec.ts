import {
  ActivateModel, DeleteModel, DraftModel, ExplainScore, GetModel, GetModelVersion, LeadMerged, ListModels, ListRescores, OverrideScore, PutModel, ReviseModel, RollBackModel, SimulateModel,
  type Rescore,
} from '@headwater/contracts';
import { Consumer } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { eventually, intakeState } from '@headwater/testing';
import { defaultModel } from '../src/domain/default-model';
import type { Evidence } from '../src/domain/lead-score';
import { ActivateModel as ActivatesModel } from '../src/models/activate-model';
import { RescoreChunks } from '../src/models/rescore-chunks';
import { EvidenceStore } from '../src/store/evidence.store';
import { ModelsStore } from '../src/store/models.store';
import { RescoresStore, type RescoreJob } from '../src/store/rescores.store';
import { ScoresStore } from '../src/store/scores.store';
import { captured, converted, engaged, pin, refusal, Scene, updated } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene.cell.stop());

const generous = { ...defaultModel, name: 'Generous', demographic: { ...defaultModel.demographic, phone: { valid: 4, invalid: 2 } } };
const german = { ...generous, name: 'German', segment: { name: 'dach', when: { field: 'country', op: 'in', value: ['DE', 'AT', 'CH'] }, priority: 1 } };
const inTenant = (tenant: string) => ({ context: scene.cell.context({ tenant }) });

const put = (document: unknown, tenant: string) => scene.cell.ask(PutModel, { ...inTenant(tenant), document });
const draft = async (document: unknown, tenant: string) => (await scene.cell.ask(DraftModel, { ...inTenant(tenant), document })).model;
const activate = (model_id: number, tenant: string) => scene.cell.ask(ActivateModel, { ...inTenant(tenant), model_id });
const rollBack = (tenant: string, segment: string | null = null) => scene.cell.ask(RollBackModel, { ...inTenant(tenant), segment });

/**
 * A re-score begins when the transactions of the whole server are over that were running as it was written, and among these are those of other tests.
 */
const RESCORED_WITHIN = { timeoutMs: 45_000 };

/** The latest re-score of a tenant, when it is over. */
const rescored = (tenant: string): Promise<Rescore> => eventually('all leads are scored anew', async () => {
  const { rescores: [latest] } = await scene.cell.ask(ListRescores, { ...inTenant(tenant), limit: 1 });
  return latest?.state === 'done' && latest;
}, RESCORED_WITHIN);

/** Leads that were scored by the default model. */
async function scored(count: number, tenant: string, given: Parameters<Scene['leadAtIntake']>[0] = {}): Promise<number[]> {
  const leads = Array.from({ length: count }, () => scene.leadAtIntake(given, tenant));
  await scene.happens(leads.map((lead) => captured(lead, tenant)));
  return leads.map(({ lead_id }) => lead_id);
}

describe('versions', () => {
  it('begin with the default one, once, however many ask', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => scene.cell.ask(GetModel, inTenant('fresh'))));
    for (const { model } of answers) expect(model).toMatchObject({ version: 1, state: 'active', active: true, segment: null, document: defaultModel });
  });

  it('are drafts, which score nothing, until they are activated, and retired when another is', async () => {
    const [lead] = await scored(1, 'life');
    const first = await draft(generous, 'life');
    expect(first).toMatchObject({ version: 2, state: 'draft', active: false, activated_at: null, created_by: 'Test Admin' });
    expect(await scene.scoreOf(lead, 'life')).toMatchObject({ effective: { total_score: 44 }, model_version: 1 });

    const { model, rescore } = await activate(first.id, 'life');
    expect(model).toMatchObject({ id: first.id, state: 'active', active: true, activated_by: 'Test Admin' });
    expect(rescore).toMatchObject({ cause: 'activate', model_id: first.id, state: 'running', done: 0 });
    expect(await rescored('life')).toMatchObject({ id: rescore!.id, total: 1, done: 1, changed: 1, leads_per_s: expect.any(Number) });
    expect(await scene.scoreOf(lead, 'life')).toMatchObject({ effective: { total_score: 46 }, model_version: 2 });

    const { models } = await scene.cell.ask(ListModels, { ...inTenant('life'), limit: 10 });
    expect(models.map(({ version, state }) => [version, state])).toEqual([[2, 'active'], [1, 'retired']]);
    expect(await activate(first.id, 'life')).toMatchObject({ model: { id: first.id }, rescore: null });
  });

  it('that are drafts change and go; others are what history refers to', async () => {
    const { id } = await draft(generous, 'drafts');
    expect((await scene.cell.ask(ReviseModel, { ...inTenant('drafts'), model_id: id, document: { ...generous, name: 'Second thoughts' } })).model)
      .toMatchObject({ id, name: 'Second thoughts', state: 'draft' });
    await activate(id, 'drafts');
    for (const attempt of [ReviseModel, DeleteModel] as const) {
      expect(await refusal(scene.cell.ask(attempt as typeof ReviseModel, { ...inTenant('drafts'), model_id: id, document: generous })))
        .toMatchObject({ kind: 'conflict', code: 'model_not_draft' });
    }
    const other = await draft(generous, 'drafts');
    await scene.cell.ask(DeleteModel, { ...inTenant('drafts'), model_id: other.id });
    expect(await refusal(scene.cell.ask(GetModelVersion, { ...inTenant('drafts'), model_id: other.id }))).toMatchObject({ code: 'not_found' });
  });

  it.each(['get', 'revise', 'delete', 'activate'] as const)('of another tenant are not there: %s', async (what) => {
    const { id: model_id } = await draft(generous, 'owner');
    const foreign = { ...inTenant('stranger'), model_id };
    const attempts = {
      get: () => scene.cell.ask(GetModelVersion, foreign), revise: () => scene.cell.ask(ReviseModel, { ...foreign, document: generous }),
      delete: () => scene.cell.ask(DeleteModel, foreign), activate: () => scene.cell.ask(ActivateModel, foreign),
    };
    expect(await refusal(attempts[what]())).toMatchObject({ kind: 'not_found' });
  });

  it('are paged, the newest first', async () => {
    for (const name of ['a', 'b', 'c']) await draft({ ...generous, name }, 'pages');
    const page = (cursor?: string) => scene.cell.ask(ListModels, { ...inTenant('pages'), state: 'draft', limit: 2, cursor });
    const first = await page();
    expect(first.models.map(({ name }) => name)).toEqual(['c', 'b']);
    expect(await page(first.next_cursor!)).toMatchObject({ models: [{ name: 'a' }], next_cursor: null });
    expect(await refusal(page('x'))).toMatchObject({ errors: [{ code: 'wrong_cursor' }] });
  });

  it('that are none are refused with each field, and nothing is written', async () => {
    const body = await refusal(put({ ...generous, bands: { ...defaultModel.bands, mql: 'half' }, colour: 1 }, 'careless'));
    expect(body).toMatchObject({ kind: 'invalid', errors: [{ field: 'bands.mql', code: 'wrong_type' }, { field: 'colour', code: 'unknown_field' }] });
    expect((await scene.cell.ask(GetModel, inTenant('careless'))).model.version).toBe(1);
  });

  it('are never two active ones of a segment, though several are put at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(generous, 'busy')));
    expect(answers.map(({ model }) => model.version).sort()).toEqual([2, 3, 4, 5, 6, 7]);
    expect(await scene.cell.rows('scoring', `select version from scoring_model where tenant_id = 'busy' and active`)).toEqual([{ version: 7 }]);
    await rescored('busy');
    const rescores = await scene.cell.rows<{ state: string }>('scoring', `select state from rescore where tenant_id = 'busy' order by id`);
    expect(rescores.slice(-1)).toEqual([{ state: 'done' }]);
  });

  it('that no longer are models never become active', async () => {
    const { id } = await draft(generous, 'broken');
    await scene.cell.rows('scoring', `update scoring_model set document = document - 'bands' where id = $1`, [id]);
    expect(await refusal(activate(id, 'broken'))).toMatchObject({ kind: 'invalid', errors: [{ field: 'bands', code: 'required' }] });
    expect((await scene.cell.ask(GetModel, inTenant('broken'))).model.version).toBe(1);
  });
});

describe('segments', () => {
  it('are scored by their own model, all others by the one without', async () => {
    const [abroad] = await scored(1, 'parts', { profile: { country: 'US' } });
    const [home] = await scored(1, 'parts', { profile: { country: 'DE' } });
    const { id } = await draft(german, 'parts');
    expect(await activate(id, 'parts')).toMatchObject({ model: { segment: 'dach', state: 'active' } });
    expect(await rescored('parts')).toMatchObject({ done: 2, changed: 1 });
    const versions = async () => [await scene.scoreOf(abroad, 'parts'), await scene.scoreOf(home, 'parts')].map((score) => [score!.effective.total_score, score!.model_version]);
    expect(await versions()).toEqual([[44, 1], [46, 2]]);

    const moved = intakeState({ lead_id: abroad, revision: 2, profile: { country: 'AT' } });
    await scene.happens([updated(moved, 'parts')]);
    expect(await versions()).toEqual([[46, 2], [46, 2]]);

    const by2 = new Date().toISOString();
    expect(await rollBack('parts', 'dach')).toMatchObject({ model: { id, state: 'retired' }, rescore: { cause: 'rollback' } });
    await rescored('parts');
    expect(await versions()).toEqual([[44, 1], [44, 1]]);
    const asOf = (moment: string) => scene.cell.ask(ExplainScore, { ...inTenant('parts'), lead_id: home, as_of: moment });
    expect([(await asOf(by2)).approximate, (await asOf(new Date().toISOString())).approximate]).toEqual([expect.arrayContaining(['model']), expect.not.arrayContaining(['model'])]);
    expect(await scene.unfolded([abroad, home])).toEqual([]);
    expect(await refusal(rollBack('parts', 'dach'))).toMatchObject({ code: 'nothing_to_roll_back' });
  });
});

describe('a score as of a moment before', () => {
  const DAY_MS = 86_400_000;
  const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
  const ofModel = async (lead_id: number, tenant: string, as_of: string): Promise<boolean> =>
    (await scene.cell.ask(ExplainScore, { ...inTenant(tenant), lead_id, as_of })).approximate.includes('model');

  it('is exact for leads of a segment where the model of all others became another one since', async () => {
    const [lead] = await scored(1, 'main', { profile: { country: 'DE' } });
    await activate((await draft(german, 'main')).id, 'main');
    await rescored('main');
    const before = new Date().toISOString();
    await scene.cell.ask(PutModel, { ...inTenant('main'), document: generous });
    await rescored('main');
    expect(await ofModel(lead, 'main', before)).toBe(false);
  });

  it('is not exact where a segment may have come or gone since, though no re-score is kept that tells of it', async () => {
    const [lead] = await scored(1, 'old', { created_at: daysAgo(600), profile: { country: 'US' } });
    await activate((await draft(german, 'old')).id, 'old');
    await rescored('old');
    await scene.cell.rows('scoring', `update scoring_model set activated_at = now() - make_interval(days => case segment when '' then 550 else 450 end) where tenant_id = 'old'`);
    await scene.cell.rows('scoring', `delete from rescore where tenant_id = 'old'`);
    expect([await ofModel(lead, 'old', daysAgo(500)), await ofModel(lead, 'old', daysAgo(420))]).toEqual([true, false]);
    await rollBack('old', 'dach');
    await rescored('old');
    await scene.cell.rows('scoring', `delete from rescore where tenant_id = 'old'`);
    expect([await ofModel(lead, 'old', daysAgo(420)), await ofModel(lead, 'old', daysAgo(300))]).toEqual([true, false]);
  });
});

describe('a rollback', () => {
  it('is one call back to what was active before, and scores all leads so', async () => {
    const [lead] = await scored(1, 'back');
    expect(await refusal(rollBack('back'))).toMatchObject({ kind: 'conflict', code: 'nothing_to_roll_back' });
    await put(generous, 'back');
    await put({ ...generous, name: 'More so', demographic: { ...generous.demographic, phone: { valid: 4, invalid: 4 } } }, 'back');
    await rescored('back');
    expect(await scene.scoreOf(lead, 'back')).toMatchObject({ effective: { total_score: 48 }, model_version: 3 });
    for (const [version, total_score] of [[2, 46], [1, 44]]) {
      expect(await rollBack('back')).toMatchObject({ model: { version, state: 'active' }, rescore: { cause: 'rollback' } });
      await rescored('back');
      expect(await scene.scoreOf(lead, 'back')).toMatchObject({ effective: { total_score }, model_version: version });
    }
    expect(await refusal(rollBack('back'))).toMatchObject({ code: 'nothing_to_roll_back' });
    expect(await scene.unfolded([lead])).toEqual([]);
  });
});

/** Leads that a transaction has locked. */
const locks = async (tx: Tx): Promise<number> => (await tx.query<{ n: number }>(`
  select count(*)::integer as n from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`))[0].n;

describe('a re-score', () => {
  it('tells only of leads that score otherwise, in the bulk lane, and leaves the rows of the others alone', async () => {
    const same = await scored(3, 'quiet', { facts: { phone_valid: true } });
    const other = await scored(2, 'quiet');
    await scene.happens([engaged(same[0], 'demo_request', 'old', 40, 'quiet')]);
    const rows = () => scene.cell.rows('scoring', 'select lead_id, xmin::text from lead_score where lead_id = any($1) order by lead_id', [same]);
    const [before, told] = [await rows(), scene.cell.events('lead.scored').length];
    await put(generous, 'quiet');
    expect(await rescored('quiet')).toMatchObject({ total: 5, done: 5, changed: 2 });
    await scene.cell.settled();
    expect(await rows()).toEqual(before);
    const events = scene.cell.events('lead.scored').slice(told);
    expect(events.map(({ leadid }) => leadid).sort()).toEqual(other);
    const lanes = await scene.cell.rows<{ lane: string }>('scoring', `
      select distinct split_part(subject, '.', 3) as lane from outbox where (envelope->>'id')::uuid = any($1)`, [events.map(({ id }) => id)]);
    expect(lanes).toEqual([{ lane: 'bulk' }]);
    // Their scores count for the new version all the same.
    for (const id of same) expect(await scene.scoreOf(id, 'quiet')).toMatchObject({ model_version: 2 });
    expect(await scene.unfolded([...same, ...other])).toEqual([]);
  });

  it('rests in all replicas', () => scene.part(Database).tryOut(async (tx) => {
    const rescores = scene.part(RescoresStore);
    const { id } = await rescores.begin(tx, 'resting', { cause: 'activate', model_id: 1, by: 'Ann', correlation_id: 'resting' });
    await tx.query(`update rescore set written_in = '0' where tenant_id = 'resting'`);
    const job = await rescores.claim(tx);
    await rescores.advance(tx, { ...job!, isDone: false }, 60_000);
    const resting = await rescores.claim(tx);
    await rescores.advance(tx, { ...job!, isDone: false }, 0);
    expect([job?.id, resting, (await rescores.claim(tx))?.id]).toEqual([id, undefined, id]);
  }));

  it('locks what only may change where most of the chunk before did, and no longer', async () => {
    await scored(4, 'phases');
    await scored(4, 'phases', { facts: { phone_valid: true } });
    const model = await draft(generous, 'phases');
    await scene.part(Database).tryOut(async (tx) => {
      await scene.part(ActivatesModel).activateWithin(tx, inTenant('phases').context, model);
      let job: RescoreJob = { id: -1, tenant_id: 'phases', model_id: model.id, correlation_id: 'phases', after: 0, total: 8, done: 0, changed: 0 };
      const chunk = async () => {
        const before = await locks(tx);
        job = (await scene.part(RescoreChunks).untilOneLocks(tx, job, { next: () => 2, goesOn: () => Promise.resolve(false) })).progress;
        return { locked: await locks(tx) - before, changed: job.changed };
      };
      expect([await chunk(), await chunk(), await chunk(), await chunk()]).toEqual([
        { locked: 2, changed: 2 }, { locked: 2, changed: 4 }, { locked: 2, changed: 4 }, { locked: 0, changed: 4 }]);
    });
  });

  it('goes on from chunk to chunk in a transaction while all is only read, and to none behind one that has locked, though it changed nothing', async () => {
    const leads = [
      ...await scored(40, 'stretches', { facts: { phone_valid: true } }), ...await scored(20, 'stretches'),
      ...await scored(50, 'stretches', { facts: { phone_valid: true } })];
    const model = await draft(generous, 'stretches');
    await scene.part(Database).tryOut(async (tx) => {
      const { rescore } = await scene.part(ActivatesModel).activateWithin(tx, inTenant('stretches').context, model);
      const job = async () => (await tx.query<RescoreJob>('select id, tenant_id, model_id, correlation_id, after, total, done, changed from rescore where id = $1', [rescore!.id]))[0];
      const transaction = async () => {
        const before = await locks(tx);
        const between: number[] = [];
        const { progress } = await scene.part(RescoreChunks).untilOneLocks(tx, await job(), { next: () => 20, goesOn: async () => {
          between.push(await locks(tx) - before);
          return true;
        } });
        await scene.part(RescoresStore).advance(tx, progress, 0);
        const { after, total, done, changed } = await job();
        return { between, after, total, done, changed, isDone: progress.isDone, tells: progress.total };
      };
      const [total, tells] = [leads.length, leads.length];
      expect([await transaction(), await transaction(), await transaction()]).toEqual([
        { between: [0, 0], after: leads[59], total, done: 60, changed: 20, isDone: false, tells },
        { between: [], after: leads[79], total, done: 80, changed: 20, isDone: false, tells },
        { between: [0], after: leads[109], total, done: 110, changed: 20, isDone: true, tells }]);
    });
  });

  it('is as complete while somebody live is expected', async () => {
    const same = { facts: { phone_valid: true } };
    const leads = [...await scored(20, 'expected', same), ...await scored(20, 'expected'), ...await scored(20, 'expected', same)];
    for (const app of scene.replicas) app.get(Consumer, { strict: false }).sawLive();
    await put(generous, 'expected');
    expect(await rescored('expected')).toMatchObject({ total: 60, done: 60, changed: 20 });
    expect(await scene.cell.rows('scoring', `select after::int from rescore where tenant_id = 'expected'`)).toEqual([{ after: leads[59] }]);
    for (const id of [leads[0], leads[20], leads[59]]) expect(await scene.scoreOf(id, 'expected')).toMatchObject({ model_version: 2 });
    expect(await scene.unfolded(leads)).toEqual([]);
  });

  it('weighs leads that are read one after another by what is weighed of each', async () => {
    const [idle, busy, pinned, merged, primary] = await scored(5, 'weighed');
    await scored(1, 'beside');
    await scene.happens([engaged(busy, 'demo_request', 'a', 2, 'weighed'), engaged(busy, 'web_visit', 'b', 40, 'weighed'), engaged(merged, 'webinar', 'c', 0, 'weighed')]);
    const part = { ...intakeState({ lead_id: merged, revision: 2 }), merged_into: primary };
    await scene.happens([LeadMerged.ofLead('weighed', part, { lead: part, primary_id: primary })]);
    const context = scene.cell.context({ tenant: 'weighed' });
    await scene.cell.ask(OverrideScore, { context, lead_id: pinned, key: 'one', override: pin({ behavioral_score: 40 }) });
    await scene.cell.ask(OverrideScore, { context, lead_id: pinned, key: 'two', override: pin({ demographic_score: 20 }) });
    await scene.part(Database).tryOut(async (tx) => {
      const read = await scene.part(ScoresStore).walk(tx, { tenant: 'weighed', after: 0, limit: 10 });
      const models = await scene.part(ModelsStore).load(tx, ['weighed'], [1]);
      const inOrder = (evidence: Map<string, Evidence>) => [...evidence].map(([key, { signals, ...one }]) => [
        key, { ...one, signals: signals.map(({ signal_id, type, at }) => ({ signal_id, type, at })).sort((a, b) => (a.signal_id < b.signal_id ? -1 : 1)) }]);
      const [together, each] = [await scene.part(EvidenceStore).loadStretch(tx, read, models), await scene.part(EvidenceStore).load(tx, read)];
      expect(read.map(({ leadId }) => leadId)).toEqual([idle, busy, pinned, merged, primary]);
      expect([...together.values()].map(({ signals, override }) => [signals.length, override !== null])).toEqual(
        [[0, false], [2, false], [0, true], [1, false], [1, false]]);
      expect(new Map(inOrder(together) as [string, object][])).toEqual(new Map(inOrder(each) as [string, object][]));
    });
  });

  it('leaves converted leads with the model that they were converted with', async () => {
    const [lead, open] = await scored(2, 'locked');
    await scene.happens([converted(lead, 'locked')]);
    await put(generous, 'locked');
    expect(await rescored('locked')).toMatchObject({ done: 2, changed: 1 });
    expect([await scene.scoreOf(lead, 'locked'), await scene.scoreOf(open, 'locked')]).toMatchObject([
      { effective: { total_score: 44 }, model_version: 1 }, { effective: { total_score: 46 }, model_version: 2 }]);
  });
});

describe('a simulation', () => {
  const simulate = async (model_id: number, tenant: string, days = 30) => (await scene.cell.ask(SimulateModel, { ...inTenant(tenant), model_id, days })).simulation;

  it('compares over the leads of some days, and writes nothing', async () => {
    const old = await scored(2, 'tried', { created_at: '2020-01-01T00:00:00.000Z' });
    const recent = await scored(5, 'tried', { created_at: new Date().toISOString() });
    await scene.happens([converted(recent[0], 'tried')]);
    await scene.cell.rows('scoring', `
      insert into lead_outcome (tenant_id, lead_id, outcome, at) select 'tried', id, 'lost', now() from unnest($1::bigint[]) as lost(id)`, [recent.slice(1, 3)]);
    const { id } = await draft({ ...generous, bands: { ...defaultModel.bands, mql: 46 } }, 'tried');
    const rows = () => scene.cell.rows('scoring', `select lead_id, xmin::text from lead_score where tenant_id = 'tried' order by lead_id`);
    const before = await rows();
    expect(await simulate(id, 'tried')).toMatchObject({
      model_id: id, days: 30, of: 5, leads: 4, changed: 4, sampled_every: 1, complete: true, before: { mean: 44, mql: 0 }, after: { mean: 46, mql: 4 },
      mql: { rise: 4, leads: recent.slice(1).reverse().map((lead_id) => ({ lead_id, direction: 'rise', before: 44, after: 46 })) },
      ranking: { leads: 3, good: 1, top: 1 }, samples: [{ lead_id: recent[4] }, {}, {}, {}],
    });
    expect(await simulate(id, 'tried', 365 * 20)).toMatchObject({ of: 5 + old.length, leads: 6 });
    expect(await rows()).toEqual(before);
    expect(await scene.cell.ask(ListRescores, { ...inTenant('tried'), limit: 1 })).toMatchObject({ rescores: [] });
  });

  it('takes a model of a segment for its leads alone', async () => {
    await scored(1, 'tried-part', { created_at: new Date().toISOString(), profile: { country: 'US' } });
    await scored(1, 'tried-part', { created_at: new Date().toISOString(), profile: { country: 'DE' } });
    const { id } = await draft(german, 'tried-part');
    expect(await simulate(id, 'tried-part')).toMatchObject({ leads: 2, changed: 1, samples: [{ before: { model_version: 1 }, after: { model_version: 2 } }] });
  });

  it('is refused of what scores already, and of what is not there', async () => {
    const { model: { id } } = await scene.cell.ask(GetModel, inTenant('tried'));
    expect(await refusal(simulate(id, 'tried'))).toMatchObject({ kind: 'conflict', code: 'model_active' });
    expect(await refusal(simulate(id, 'tried-part'))).toMatchObject({ code: 'not_found' });
    expect(await simulate((await draft(generous, 'nobody')).id, 'nobody')).toMatchObject({ of: 0, leads: 0, before: { mean: null }, ranking: null });
  });
});
