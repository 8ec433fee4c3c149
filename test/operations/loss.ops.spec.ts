import { rmSync } from 'node:fs';
import { eventually } from '../../libs/testing/src/eventually';
import { Installation, person } from './installation';
import { Page } from './page';

let installation: Installation;
let before: number[];
beforeAll(async () => {
  installation = await Installation.start();
  before = await installation.capture('Ada', 'Grace');
  await installation.settled();
});
afterAll(() => installation?.remove());

const lead = (name: string) => installation.send('POST', '/crm/leads', person(name));

const owned = async (ids: number[]): Promise<void> => {
  for (const id of ids) {
    await eventually(`${id} has an owner`, async () => (await installation.send('GET', `/crm/leads/${id}`)).body.data?.owner);
  }
};

/** Each line of a block of metrics ends with its value. */
const allAreZero = (metrics: string): boolean => metrics.trim().split('\n').every((line) => line.endsWith(' 0'));

const nothingWasPutAside = async (page: Page): Promise<void> => expect(await page.follow('look')).not.toMatch(/scoring|routing|intake/);

it('loss-of-broker.md: 503 while it is away, and without its store it is filled again', async () => {
  const page = new Page('loss-of-broker.md', installation);
  await installation.kill('nats');
  const refused = await lead('Barbara');
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
  expect((await fetch(`${installation.url('intake')}/health/ready`)).status).toBe(200);
  expect((await page.follow('is everything connected')).match(/"nats":{"ok":false/g)).toHaveLength(6);

  rmSync(installation.storeDir, { recursive: true });
  await installation.startNats();
  await eventually('it is connected', async () =>
    (await page.follow('is everything connected')).match(/"nats":{"ok":true/g)?.length === 6, { timeoutMs: 30_000 });
  await eventually('everything is published', async () =>
    allAreZero(await page.follow('what is still to be published')), { timeoutMs: 60_000 });
  await installation.settled();
  await nothingWasPutAside(page);
  expect(await installation.leadsToldOf('lead.captured')).toEqual([...before].sort((a, b) => a - b)); // which of two at once was first is open
  await owned(await installation.capture('Barbara'));
});

it('loss-of-database.md: 202 while it is away, and a lead each when it is back', async () => {
  const page = new Page('loss-of-database.md', installation);
  await installation.kill('postgres');
  const accepted = await Promise.all(['Edsger', 'Donald'].map(lead));
  expect(accepted.map(({ status, body: { data } }) => [status, data.durability])).toEqual([[202, 'spooled'], [202, 'spooled']]);
  expect((await installation.send('GET', `/crm/leads/${before[0]}`)).status).toBe(503);
  expect((await page.follow('what is away')).match(/"database":{"ok":false|no answer/g)).toHaveLength(2);

  await installation.startPostgres();
  await eventually('nothing waits', async () => allAreZero(await page.follow('what still waits')), { timeoutMs: 60_000 });
  const states = await Promise.all(accepted.map(({ headers }) => eventually('it is taken in', async () => {
    const { body: { data } } = await installation.send('GET', headers.get('location')!.replace('/api/v1', ''));
    return data?.state === 'done' && data;
  }, { timeoutMs: 20_000 })));
  await owned(states.map(({ lead_id }) => Number(lead_id)));
  await installation.settled();
  await nothingWasPutAside(page);
  expect((await installation.rows('select count(*) as leads from intake.lead'))).toEqual([{ leads: '5' }]);
});
