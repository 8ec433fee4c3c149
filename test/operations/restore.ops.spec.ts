import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntakeState } from '../../libs/contracts/src';
import { eventually } from '../../libs/testing/src/eventually';
import { Installation } from './installation';
import { Page } from './page';

const COPIES = `
  select id, (select lead -> 'profile' from scoring.lead_score where lead_id = id) = profile as same_profile,
    (select revision from scoring.lead_score where lead_id = id) as scored,
    (select scoring_revision from routing.lead_assignment where lead_id = id) as routed_by,
    (select scoring_revision from qualification.lead_status where lead_id = id) as followed
  from intake.lead order by id`;
const STRANGERS = ['scoring.lead_score', 'routing.lead_assignment', 'qualification.lead_status']
  .map((table) => `select lead_id from ${table} where not exists (select from intake.lead where id = lead_id)`).join(' union all ');

const backups: string[] = [];
let installation: Installation;
let page: Page;
/** leads that every later backup has */
let kept: number[];
beforeAll(async () => {
  installation = await Installation.start();
  page = new Page('backup-and-restore.md', installation);
});
afterAll(async () => {
  await installation?.remove();
  for (const backup of backups) rmSync(backup, { recursive: true, force: true });
});

/** With its owner, who alone may open it. */
const copy = (from: string, to: string): void => void execFileSync('cp', ['-a', `${realpathSync(from)}/.`, to]);

/** The files of a stopped server: the page's way for an instance that `npm start` runs. */
async function backUp(): Promise<string> {
  await installation.stopServices();
  await installation.stop('postgres');
  const backup = mkdtempSync(join(tmpdir(), 'headwater-backup-'));
  backups.push(backup);
  copy(installation.dataDir, backup);
  await installation.startPostgres();
  await installation.startServices();
  return backup;
}

/** Steps 1 and 2. */
async function putBack(backup: string): Promise<void> {
  await installation.stopServices();
  await installation.kill('postgres');
  const dataDir = realpathSync(installation.dataDir);
  rmSync(dataDir, { recursive: true });
  execFileSync('cp', ['-a', backup, dataDir]);
  await installation.startPostgres();
}

/** Steps 4 to 8: the backup is of this build. */
async function followThePage(): Promise<void> {
  await page.follow('remove the stream');
  const raised = await page.follow('raise the epoch');
  expect(raised.match(/^\w+: epoch \d+/gm)).toHaveLength(6);
  await installation.startServices();
  await eventually('nothing is left to publish', async () =>
    (await page.follow('what is still to be published')).trim().split('\n').every((line) => line.endsWith(' 0')), { timeoutMs: 60_000 });
  await page.follow('republish');
  await installation.settled();
  expect(await page.follow('look')).not.toMatch(/scoring|routing|intake/);
}

/** The owners have these leads, everybody else's copies are theirs, and consumers outside take the restored state for the newest. */
async function expectAgreement(ids: number[]): Promise<void> {
  const copies = await installation.rows<{ id: string; same_profile: boolean; scored: string; routed_by: string; followed: string }>(COPIES);
  expect(copies.map(({ id }) => Number(id))).toEqual([...ids].sort((a, b) => a - b));
  for (const { id, same_profile, scored, routed_by, followed } of copies) {
    expect({ id, same_profile, routed_by, followed }).toEqual({ id, same_profile: true, routed_by: scored, followed: scored });
    const { body: { data } } = await installation.send('GET', `/crm/leads/${id}`);
    expect((installation.newest('intake', id)?.data.lead as unknown as IntakeState).profile.city ?? null).toBe(data.city ?? null);
    expect(installation.newest('scoring', id)?.data).toMatchObject({ score: { effective: data.lead_score } });
    expect(installation.newest('routing', id)?.data).toMatchObject({ assignment: { owner: data.owner } });
  }
  expect(await installation.rows(STRANGERS)).toEqual([]);
}

it('brings back what the backup had, agreed upon by all, and newer than all that was said since', async () => {
  kept = await installation.capture('Ada', 'Grace', 'Barbara', 'Edsger');
  await installation.send('PATCH', `/crm/leads/${kept[0]}`, { city: 'London' });
  await installation.settled();
  // At the backup some are on their way: published, and not heard of by scoring.
  await installation.tellConsumers('scoring', 'pause');
  const onTheirWay = await installation.capture('Donald', 'Frances');
  const backup = await backUp();

  const lost = await installation.capture('Leslie', 'Tony');
  for (const city of ['Paris', 'Rome']) await installation.send('PATCH', `/crm/leads/${kept[0]}`, { city });
  await installation.settled();
  expect(installation.newest('intake', kept[0])?.data).toMatchObject({ lead: { profile: { city: 'Rome' } } });

  await putBack(backup);
  await followThePage();
  const fresh = await installation.capture('Radia', 'Margaret');
  await installation.settled();
  expect(fresh.filter((id) => [...kept, ...onTheirWay, ...lost].includes(id))).toEqual([]);
  await expectAgreement([...kept, ...onTheirWay, ...fresh]);
  expect((await installation.send('GET', `/crm/leads/${kept[0]}`)).body.data.city).toBe('London');
  expect((await installation.send('GET', `/crm/leads/${lost[0]}`)).status).toBe(404);
  kept.push(...onTheirWay, ...fresh);
});

/** A broker without a store is one whose stream was removed: the long way to see that is taken when it is asked for. */
const alsoAtLength = process.env.HEADWATER_OPERATIONS === 'all';
if (alsoAtLength) it('does the same when the broker was lost together with the database', async () => {
  const backup = await backUp();
  const lost = await installation.capture('Niklaus');
  await installation.settled();

  await installation.kill('nats');
  rmSync(installation.storeDir, { recursive: true });
  await installation.startNats();
  await putBack(backup);
  await followThePage();
  const fresh = await installation.capture('Shafi');
  await installation.settled();
  expect([...kept, ...lost]).not.toContain(fresh[0]);
  await expectAgreement([...kept, ...fresh]);
});
