import { LeadUpdated, republishRequest, type LeadScoredData } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import { RepublishScores } from '../src/republish-scores';
import { Scene } from './scene';

let scene: Scene;
beforeAll(async () => { scene = await Scene.start(); });
afterAll(() => scene?.cell.stop());

const stored = () => scene.cell.rows('scoring', 'select * from lead_score order by lead_id');

it('says again what every score is, as it was written', async () => {
  const lead = await scene.known();
  await scene.cell.settled();
  const [first] = scene.scoredEvents(lead.lead_id);
  const before = await stored();
  expect(await scene.cell.ask(republishRequest('scoring'), { after: 0, correlation_id: 'again' })).toEqual({ published: 1, next: null });
  await scene.cell.settled();
  const [again] = scene.cell.events<LeadScoredData>('lead.scored').filter(({ republished }) => republished);
  expect(again).toMatchObject({ leadid: lead.lead_id, revision: first.revision, data: first.data });
  expect(await stored()).toEqual(before);
});

it('takes a lead that intake says again for known, and scores one that it lacks', async () => {
  const [known, unknown] = [await scene.known(), scene.leadAtIntake()];
  await scene.cell.settled();
  const again = [known, unknown].map((lead) => LeadUpdated.ofLead('demo', lead, { lead, changed: [] }));
  await scene.cell.publish(again, { times: 2, republished: true });
  await scene.cell.settled();
  expect(scene.scoredEvents(known.lead_id)).toHaveLength(1);
  expect(scene.scoredEvents(unknown.lead_id)).toHaveLength(1);
  expect((await scene.history(known.lead_id)).map(({ cause }) => cause)).toEqual(['capture']);
});

it('says of a score what that one was made of, though it is another before all is read', async () => {
  const { lead_id } = await scene.known();
  const { events } = await scene.part(Database).transaction(async (tx) => {
    const interrupted: Tx = Object.assign(Object.create(tx) as Tx, {
      query: async (sql: string, parameters?: unknown[]) => {
        const rows = await tx.query(sql, parameters);
        await scene.cell.rows('scoring', `update lead_score set revision = revision + 1, contributions = '[]' where lead_id = $1`, [lead_id]);
        return rows;
      },
    });
    return scene.part(RepublishScores).republish(interrupted, { tenant: 'demo', after: lead_id - 1, limit: 1 });
  });
  const [{ revision, data }] = events as unknown as { revision: number; data: LeadScoredData }[];
  expect([revision, data.contributions.reduce((total, { points }) => total + points, 0)]).toEqual([1, 4_400]);
});
