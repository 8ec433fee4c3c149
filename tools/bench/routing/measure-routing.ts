import { eventSubject, LeadRouted } from '@headwater/contracts';
import { pauseConsumers, resumeConsumers } from '../../instance/consumers';
import { makeTenant } from '../../instance/tenant';
import { until } from '../../instance/until';
import type { Say } from '../../launcher/terminal';
import type { Bench } from '../bench';
import { percentile } from '../figures/statistics';
import { measureRotationBaseline } from './routing-baseline';
import { addReplicas } from './routing-replicas';
import type { DecisionTimes, FairnessNumbers, RoutingThroughput } from './routing-summary';
import { addTerritories, newLead, publishScores, scoredLead, setUp, type WorldSize } from './routing-world';

export const WORLD: WorldSize = { reps: 500, rules: 200, territories: 5_000 };
const RULES = [10, 50, 200] as const;
const REPLICAS = 3;
const ROUTED_WITHIN_MS = 1_800_000;
const LOOK_EVERY_MS = 50;
const DECISIONS = 400;
const WARM_UP = 50;
/** Of the reps of the pool whose fairness is measured: those who are always there, and those who come and go. */
const THERE = 20;
const COMING_AND_GOING = 20;
const CHUNK = 2_000;

/** Leads whose scores wait in the stream, until all of them have their owners. Only routing consumes meanwhile. */
export async function measureRoutingThroughput(bench: Bench, leads: number, say: Say): Promise<RoutingThroughput> {
  const { system } = bench;
  const tenant = await newTenant(bench, 'routing', WORLD);
  await pauseConsumers(system, 'qualification');
  await publishScores(system, Array.from({ length: WARM_UP * 10 }, () => scoredLead(tenant, newLead(), WORLD.rules)));
  await routed(bench, tenant, WARM_UP * 10);
  await pauseConsumers(system, 'routing');
  const events = Array.from({ length: leads }, () => scoredLead(tenant, newLead(), WORLD.rules));
  await publishScores(system, events);
  say(`the scores of ${leads} leads wait`);
  const since = performance.now();
  await resumeConsumers(system, 'routing');
  await routed(bench, tenant, WARM_UP * 10 + leads);
  const seconds = (performance.now() - since) / 1_000;
  say('a locked turn per lead, for comparison');
  return { leads, leads_per_s: leads / seconds, locked_turns_per_s: await measureRotationBaseline(system.database, bench.options.seconds) };
}

/** One lead at a time, from its score to the event that it is routed: everything that a decision takes, its commit included. */
export async function measureDecisionTimes(bench: Bench): Promise<DecisionTimes[]> {
  const all: DecisionTimes[] = [];
  for (const rules of RULES) {
    const tenant = await newTenant(bench, `rules-${rules}`, { ...WORLD, rules });
    const times: number[] = [];
    const waiting = new Map<number, (at: number) => void>();
    const subscription = bench.system.connection.subscribe(eventSubject(LeadRouted, tenant, 'live'), {
      callback: (_, message) => { const { leadid } = message.json<{ leadid: number }>(); waiting.get(leadid)?.(performance.now()); },
    });
    for (let i = 0; i < WARM_UP + DECISIONS; i += 1) {
      const lead = newLead();
      const heard = new Promise<number>((resolve) => { waiting.set(lead, resolve); });
      const since = performance.now();
      await publishScores(bench.system, [scoredLead(tenant, lead, rules)]);
      const took = (await heard) - since;
      waiting.delete(lead);
      if (i >= WARM_UP) times.push(took);
    }
    subscription.unsubscribe();
    all.push({ rules, p50_ms: percentile(times, 50), p99_ms: percentile(times, 99) });
  }
  return all;
}

/** Three replicas, reps who come and go, and a tenth of all events twice: how far those are apart who were there throughout. */
export async function measureFairness(bench: Bench, leads: number): Promise<FairnessNumbers> {
  const { system, terminal } = bench;
  const size = { reps: THERE + COMING_AND_GOING, rules: 0, territories: 0 };
  const tenant = await newTenant(bench, 'fairness', size, (setup) => {
    setup.pools = [{ name: 'Pool 0', strategy: 'round_robin', members: setup.reps.map(({ user_id }) => user_id) }];
  });
  const end = await addReplicas(system, REPLICAS - 1);
  try {
    await terminal.step('  fairness', async (say) => {
      for (let done = 0; done < leads; done += CHUNK) {
        const count = Math.min(CHUNK, leads - done);
        const events = Array.from({ length: count }, () => scoredLead(tenant, newLead(), 0));
        await Promise.all([publishScores(system, events, { again: Math.ceil(count / 10) }), comeAndGo(bench, tenant, done / CHUNK)]);
        say(`${done + count} of ${leads} leads`);
      }
      await routed(bench, tenant, leads);
    }, () => `${leads} leads over ${REPLICAS} replicas`);
    return { leads, replicas: REPLICAS, ...await spreadOf(bench, tenant, leads) };
  } finally {
    await end();
  }
}

async function spreadOf(bench: Bench, tenant: string, leads: number): Promise<{ spread: number }> {
  const { rows: [counts] } = await bench.system.database.query<{ spread: number; picks: number; decisions: number; leads: number }>(`
    select max(picks) filter (where there) - min(picks) filter (where there) as spread, sum(picks)::int as picks,
      (select count(*)::int from routing.decision where tenant_id = $1) as decisions,
      (select count(*)::int from routing.lead_assignment where tenant_id = $1 and owner_id is not null) as leads
    from (select m.picks, substring(r.user_id from '\\d+')::int < $2 as there from routing.pool_member m join routing.rep r on r.id = m.rep_id where m.tenant_id = $1) as member`,
  [tenant, THERE]);
  const wrong = Object.entries({ picks: counts!.picks, decisions: counts!.decisions, owners: counts!.leads }).filter(([, count]) => Number(count) !== leads);
  bench.faults.push(...wrong.map(([what, count]) => `fairness: ${leads} leads came, and there are ${count} ${what}`));
  return { spread: Number(counts!.spread) };
}

/** Half of those who come and go are away, others each time. */
async function comeAndGo({ system: { database } }: Bench, tenant: string, round: number): Promise<void> {
  await database.query(`
    update routing.rep set active = (substring(user_id from '\\d+')::int + $3) % 2 = 0 where tenant_id = $1 and substring(user_id from '\\d+')::int >= $2`,
  [tenant, THERE, round]);
}

async function newTenant(bench: Bench, name: string, size: WorldSize, change?: Parameters<typeof setUp>[2]): Promise<string> {
  const { system } = bench;
  const tenant = `bench-${name}`;
  await setUp(await makeTenant(tenant, system.instance.facts(), system.signal), size, change);
  if (size.territories > 0) await addTerritories(system, tenant, size.territories);
  await system.database.query('analyze');
  return tenant;
}

async function routed({ system: { database, signal } }: Bench, tenant: string, leads: number): Promise<void> {
  await until(async () => {
    const { rows } = await database.query<{ count: number }>('select count(*)::int as count from routing.lead_assignment where tenant_id = $1 and owner_id is not null', [tenant]);
    return rows[0]!.count >= leads;
  }, { signal, withinMs: ROUTED_WITHIN_MS, what: `${leads} leads to have owners`, lookEveryMs: LOOK_EVERY_MS });
}
