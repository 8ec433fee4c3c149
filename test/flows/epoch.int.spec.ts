import { CaptureLeads, GetLeads, GetScores, GetStatuses, type Envelope } from '../../libs/contracts/src';
import { STREAM } from '../../libs/messaging/src';
import { runCommand, type ServiceDefinition } from '../../libs/platform/src';
import { captureItem, eventually, startCell, takenIn, testTenant, urlOfService, type Cell } from '../../libs/testing/src';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { scoring } from '../../apps/scoring/src/scoring.module';

const EPOCH = 2 ** 32;

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, scoring, qualification] }); });
afterAll(() => cell.stop());

async function capture(email: string): Promise<number> {
  const { results: [result] } = await cell.ask(CaptureLeads, {
    items: [captureItem({ last_name: 'Ito', email })], tenants: { demo: testTenant('demo') },
  });
  return takenIn(result).lead.lead_id;
}

const command = (definition: ServiceDefinition, name: string) =>
  runCommand(definition, name, { DATABASE_URL: urlOfService(cell.databaseUrl, definition.name) });

const epochOf = (said: string): number => Number(/epoch (\d+)/.exec(said)?.[1]);

const lastOf = (type: string, lead: number): Envelope => cell.events(type).filter(({ leadid }) => leadid === lead).at(-1)!;

describe('raise-epoch', () => {
  let known: number;
  let unheardOf: number;
  /** Each service's own: they are counted by the clock, in tens of minutes, and may begin in two of them. */
  let epochs: { intake: number; scoring: number; qualification: number };
  beforeAll(async () => {
    known = await capture('known@example.com');
    await cell.settled();
    await cell.pauseConsumers();
    unheardOf = await capture('unheard-of@example.com');
    const [ofIntake, ofScoring, ofQualification] = (await Promise.all([intake, scoring, qualification].map((definition) => command(definition, 'raise-epoch')))).map(epochOf);
    epochs = { intake: ofIntake, scoring: ofScoring, qualification: ofQualification };
  });

  it('makes every revision newer than any that was ever said, in all that a service keeps', async () => {
    const { leads: [lead] } = await cell.ask(GetLeads, { tenant: 'demo', ids: [known] });
    const { scores: [score] } = await cell.ask(GetScores, { tenant: 'demo', ids: [known] });
    const { statuses: [status] } = await cell.ask(GetStatuses, { tenant: 'demo', ids: [known] });
    expect([lead, score, status].map(({ revision }) => revision)).toEqual([epochs.intake, epochs.scoring, epochs.qualification].map((epoch) => epoch * EPOCH + 1));
  });

  it('gives no id again, not even one that this database has forgotten', async () => {
    expect(await capture('new@example.com')).toBeGreaterThanOrEqual(epochs.intake * 10_000_000);
  });

  it('also counts what is new for a service from the new epoch on: others may know more of it than the backup', async () => {
    await cell.resumeConsumers();
    await cell.settled();
    expect(lastOf('lead.scored', unheardOf).revision).toBe(epochs.scoring * EPOCH + 1);
    const { statuses: [status] } = await cell.ask(GetStatuses, { tenant: 'demo', ids: [unheardOf] });
    expect(status.revision).toBeGreaterThan(epochs.qualification * EPOCH);
  });

  it('raises again when it is repeated', async () => {
    expect(epochOf(await command(intake, 'raise-epoch'))).toBe(epochs.intake + 1);
  });

  it('keeps a service from running on the stream of before, and has the outbox published into the next one', async () => {
    await expect(cell.spawn({ name: 'scoring' })).rejects.toThrow('The stream CRM is older than this restored database: remove it first');
    const manager = await cell.jetstream();
    await manager.streams.delete(STREAM);
    const before = cell.events('lead.captured').length;
    await cell.add(intake);
    // Until the relay has put them there, nothing is pending: the cell would be settled.
    await eventually('the outbox is published again', () => cell.events('lead.captured').length - before >= 3);
    await cell.settled();
    expect(cell.events('lead.captured').length - before).toBe(3);
  });

  it('is one of the commands that a service names when it is given another', async () => {
    await expect(command(intake, 'raise')).rejects.toThrow('There is no command raise: give none, or one of migrate, raise-epoch');
  });
});
