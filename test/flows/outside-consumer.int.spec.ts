import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { v7 as uuidv7 } from 'uuid';
import { CaptureLeads, ClearOverride, OverrideScore, type Envelope, type LeadScoredData } from '@headwater/contracts';
import { eventually, natsUrlOf, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../../apps/intake/src/intake.module';
import { scoring } from '../../apps/scoring/src/scoring.module';

const CONSUMER = join(__dirname, '..', '..', 'docs', 'events', 'consumer.mjs');
const LEADS = 30;

let cell: Cell;
let directory: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  cell = await startCell({ services: [intake, scoring] });
  directory = mkdtempSync(join(tmpdir(), 'headwater-outside-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await cell.stop();
  rmSync(directory, { recursive: true });
});

const journal = () => join(directory, 'scores.jsonl');
const newestOf = (lead: number, events = kept()) => events.filter(({ leadid }) => leadid === lead)
  .reduce((newest, next) => (next.revision! > newest.revision! ? next : newest));
const kept = (): Envelope<LeadScoredData>[] => (existsSync(journal()) ? readFileSync(journal(), 'utf8').split('\n').filter(Boolean) : [])
  .map((line) => JSON.parse(line) as Envelope<LeadScoredData>);

/** As its page says: with an address and the user for readers from outside, and nothing of ours. */
function startConsumer(): ChildProcess {
  const { host, username, password } = new URL(natsUrlOf({ port: Number(new URL(cell.natsUrl).port) }, 'consumer'));
  const child = spawn(process.execPath, [CONSUMER], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, NATS_URL: `nats://${host}`, NATS_USER: username, NATS_PASSWORD: password, JOURNAL: journal() },
  });
  running.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function capture(count: number): Promise<void> {
  await cell.ask(CaptureLeads, { tenants: { demo: testTenant() }, items: Array.from({ length: count }, (_, i) => ({
    submission_id: uuidv7(), received_at: new Date().toISOString(), tenant: 'demo', actor: { kind: 'form' as const, id: 'form-1' },
    anonymous: true, entry: 'form' as const, lead: { last_name: `Johnson ${i}`, email: `sarah.${uuidv7()}@techcorp.com` },
    correlation_id: uuidv7(),
  })) });
}

it('the consumer of the documentation keeps the newest score of every lead, once, though it is killed again and again', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const consumer = startConsumer();
    const before = kept().length;
    await capture(LEADS);
    await eventually('it keeps something', () => kept().length > before, { timeoutMs: 20_000 });
    await kill(consumer); // amid the others
  }
  const last = startConsumer();
  await cell.ask(OverrideScore, {
    context: cell.context(), lead_id: kept()[0].leadid!, key: 'by hand',
    override: { behavioral_score: 48, demographic_score: 42, by: 'test', at: new Date().toISOString() },
  });
  await cell.settled(); // its durable has nothing left to bring, either
  await kill(last);

  const published = cell.events<LeadScoredData>('lead.scored');
  const leads = new Set(published.map(({ leadid }) => leadid!));
  expect(leads.size).toBe(3 * LEADS);
  for (const lead of leads) expect(newestOf(lead, kept())).toEqual(newestOf(lead, published));
  expect(new Set(kept().map(({ id }) => id)).size).toBe(kept().length); // none twice
  expect(newestOf(kept()[0].leadid!).data.score.effective).toMatchObject({ total_score: 90 });
});

it('what it keeps tells it where it was, and the newest state of each lead', async () => {
  const printed: { lead: number; revision: number; total_score: number }[] = [];
  const consumer = startConsumer();
  createInterface(consumer.stdout!).on('line', (line) => printed.push(JSON.parse(line)));
  const lead = kept()[0].leadid!;
  const before = newestOf(lead).revision!;
  await cell.ask(ClearOverride, { context: cell.context(), lead_id: lead });
  await eventually('it tells of it', () => printed.length > 0, { timeoutMs: 20_000 });
  expect(printed).toEqual([expect.objectContaining({ lead, revision: before + 1 })]);
});
