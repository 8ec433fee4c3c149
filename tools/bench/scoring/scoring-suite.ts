import { setTimeout as delay } from 'node:timers/promises';
import { SERVICES } from '@headwater/contracts';
import type { Bench } from '../bench';
import { callApi } from '../load/call-api';
import { Fill, type Table } from '../load/fill';
import { LiveLeads, type LiveNumbers } from '../load/live-leads';
import { warmUp } from '../load/warm-up';
import { untilDrained } from '../watching/evidence';
import { measureReads } from './measure-reads';
import { measureRescore, measureUpdate, phoneless, renamed, type Model } from './measure-rescore';
import { measureScoreLead } from './measure-score-lead';
import { measureInsert, measureSignals } from './measure-signals';
import type { RescoreNumbers, ScoringNumbers } from './scoring-summary';

/** Fewer leads than these have no 99th percentile to speak of. */
const IDLE_SECONDS = 20;
/** A million leads that all change would take their time; after this their pace is known. */
const MOST_CHANGING_SECONDS = 60;

/** Of intake's tables nothing here asks but for the leads themselves: by what they are found again takes longer to fill than all else. */
const isScored = ({ schema, name }: Table): boolean => schema !== 'intake' || name === 'lead';

/** Measures the suite `scoring`: re-scores beside leads that come in, signals, and reads. */
export async function runScoringSuite(bench: Bench): Promise<ScoringNumbers> {
  const { options: { leads }, system, terminal } = bench;
  await warmUp(bench);
  const fill = await Fill.from(system.database);
  const missing = Math.max(0, leads - await fill.present());
  await terminal.step('Filling', (say) => fill.add(missing, SERVICES, (done) => say(`${done} of ${missing} leads`), isScored), () => `${leads} leads are present`);
  const score_lead = await terminal.step('scoreLead', () => measureScoreLead(bench), ({ operations_per_s }) => `${Math.round(operations_per_s)} operations/s`);
  const update = await terminal.step('update … from unnest', () => measureUpdate(bench), perSecond('leads'));
  const insert = await terminal.step('insert … unnest', () => measureInsert(bench), perSecond('signals'));
  const idle = await terminal.step('Idle', () => measureIdle(bench), latencies);

  const { document } = await callApi<{ document: Model }>(bench, 'GET', 'scoring/model');
  const unchanged = await terminal.step('Re-score, nothing changes', (say) => measureRescore(bench, renamed(document), say), rescored);
  await untilDrained(system);
  const signals = await terminal.step('Signals', () => measureSignals(bench), ({ scored_per_s }) => `${Math.round(scored_per_s)} signals/s scored`);
  const read_as_of = await terminal.step('Reads as of some time', () => measureReads(bench), latencies);
  // The last, as what it announces is long on its way.
  const changed = await terminal.step('Re-score, everything changes', (say) => measureRescore(bench, phoneless(document), say, MOST_CHANGING_SECONDS), rescored);
  return {
    idle, rescores: { unchanged, changed }, signals, score_lead, read_as_of,
    scoring_baselines: { update_leads_per_s: update, insert_signals_per_s: insert },
  };
}

async function measureIdle(bench: Bench): Promise<LiveNumbers> {
  const live = await LiveLeads.begin(bench);
  await delay(Math.max(IDLE_SECONDS, bench.options.seconds) * 1_000, undefined, { signal: bench.system.signal });
  await live.end();
  await untilDrained(bench.system);
  return live.numbers();
}

const perSecond = (what: string) => (rate: number): string => `${Math.round(rate)} ${what}/s`;
const latencies = ({ p50_ms, p99_ms }: { p50_ms: number; p99_ms: number }): string => `p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`;
const rescored = ({ leads_per_s, changed, live }: RescoreNumbers): string =>
  `${Math.round(leads_per_s)} leads/s, ${changed} changed; posted to routed meanwhile ${latencies(live)}`;
