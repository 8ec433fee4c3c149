import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../instance/instance';
import { RunError } from '../../instance/run-error';
import { TENANT, type Bench } from '../bench';
import type { ScoringNumbers } from './scoring-summary';

const MODULE = join(REPOSITORY, 'apps', 'scoring', 'dist', 'domain', 'score-lead.js');
const SIGNALS_OF_EACH = ['web_visit', 'web_visit', 'pricing_view', 'email_open', 'email_click', 'content_download', 'webinar', 'demo_request'];
const HOUR_MS = 3_600_000;

/** Leads of the bench, each with eight signals of the past weeks, by the model of the bench. */
const CASES = `
  select lead, (select document from scoring.scoring_model where tenant_id = $1 and active limit 1) as model
  from scoring.lead_score where tenant_id = $1 and lead is not null order by lead_id limit 200`;

/** The pure rules, in a process of their own. */
export async function measureScoreLead({ system: { database, instance, signal }, options: { seconds }, faults }: Bench): Promise<ScoringNumbers['score_lead']> {
  const { rows } = await database.query<{ lead: object; model: object }>(CASES, [TENANT]);
  const now = Date.now();
  const signals = SIGNALS_OF_EACH.map((type, i) => ({ signal_id: String(i), type, at: new Date(now - i * 50 * HOUR_MS).toISOString() }));
  const file = join(instance.home.directory, 'score-lead.json');
  writeFileSync(file, JSON.stringify({ cases: rows.map(({ lead }) => ({ lead, signals })), model: rows[0]!.model, now: new Date(now).toISOString() }));
  const child = fork(join(__dirname, 'score-lead-loop.js'), [MODULE, file, String(seconds)]);
  const [told] = await Promise.race([
    once(child, 'message', { signal }),
    once(child, 'exit').then(([code]) => { throw new RunError(`The loop over scoreLead ended (${code}) before it said anything`); }),
  ]) as [{ operations: number; points: number; seconds: number }];
  if (!(told.points > 0)) faults.push(`scoreLead: ${told.operations} leads came to ${told.points} points`);
  return { operations_per_s: told.operations / told.seconds };
}
