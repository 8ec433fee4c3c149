import { RunError } from '../../instance/run-error';
import type { Bench } from '../bench';
import { percentile } from '../figures/statistics';
import { leadsOf } from './measure-signals';
import type { ScoringNumbers } from './scoring-summary';

const CLIENTS = 4;
const WARM_UP = 100;
const READS = 2_000;
const DAY_MS = 86_400_000;
const MOST_DAYS = 365;

/** Scores of leads here and there, as they will be some day within a year: the leads of the bench have no past. */
export async function measureReads(bench: Bench): Promise<ScoringNumbers['read_as_of']> {
  const leads = await leadsOf(bench);
  const times: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < WARM_UP + READS) {
      next += 1;
      const took = await read(bench, leads[next % leads.length]!);
      times.push(took);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, () => client()));
  const measured = times.slice(WARM_UP);
  return { reads: measured.length, p50_ms: percentile(measured, 50), p99_ms: percentile(measured, 99) };
}

async function read({ gateway: { url, token }, system: { signal } }: Bench, lead: number): Promise<number> {
  const as_of = new Date(Date.now() + Math.random() * MOST_DAYS * DAY_MS).toISOString();
  const begun = performance.now();
  const response = await fetch(`${url}/${lead}/score?as_of=${as_of}`, { signal, headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (response.status !== 200) throw new RunError(`A score as of ${as_of} was answered with ${response.status}: ${text.slice(0, 300)}`);
  return performance.now() - begun;
}
