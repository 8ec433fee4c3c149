import { SERVICES, type Service } from '@headwater/contracts';
import { Random } from './random';

export type Target = Service | 'nats' | 'postgres';

export const TARGETS: readonly Target[] = [...SERVICES, 'nats', 'postgres'];

/** What is killed together, and when. */
export interface Kill {
  /** as soon as so many submissions are accepted, and the moment is bad enough */
  at: number;
  targets: Target[];
  /** killed again, as often as it comes back, for the length of the outage */
  keptDown: boolean;
}

export interface Campaign {
  seed: number;
  leads: number;
  /** one after the other; the kills of each fall within it */
  bursts: 1 | 2;
}

/** The client's requests that may be on their way at a time. */
export const MOST_UNANSWERED = 64;
/** With fewer submissions than this for all of the kills, they are spent sparingly, and services die in pairs. */
const FEW = 750;
const SPARING = 24;
/** Of so many submissions, one more round of kills. */
const LEADS_A_ROUND = 10_000;
const FIRST_AT = 16;
/** After the last kill of a burst there must be enough left to be unanswered when it falls. */
const KEPT_BACK = MOST_UNANSWERED + 16;

export interface Traffic {
  /** how many submissions may be begun before the one at which a kill is due is accepted */
  ahead: number;
  /** how many are to be unanswered when it falls */
  salvo: number;
  /** so few that none is spent before it is seen that intake answers again */
  sparing: boolean;
}

/** Where kills fall. One ahead at least: two of one person are begun together, or not at all. */
export const trafficOf = (leads: number): Traffic => (leads < FEW
  ? { ahead: 1, salvo: SPARING, sparing: true }
  : { ahead: MOST_UNANSWERED, salvo: MOST_UNANSWERED, sparing: false });

/** How many submissions a campaign needs at least. */
export const fewestLeads = (bursts: Campaign['bursts']): number => bursts * 200;

/** The kills of a campaign, in their order: every target at least twice, PostgreSQL once for long and once with nats-server. */
export function killSchedule({ seed, leads, bursts }: Campaign): Kill[] {
  const random = new Random(seed, 'kills');
  const rounds = 2 + Math.floor(leads / LEADS_A_ROUND);
  const services = Array.from({ length: rounds }, () => inGroupsOf(leads < FEW ? 2 : 1, random.shuffled(SERVICES))).flat();
  const servers: Target[][] = [
    ['postgres', 'nats'],
    ...Array.from({ length: rounds - 1 }, (): Target[] => ['nats']),
    ...Array.from({ length: rounds - 2 }, (): Target[] => ['postgres']),
  ];
  const kills = random.shuffled([
    ...[...services, ...servers].map((targets) => ({ targets, keptDown: false })),
    { targets: ['postgres'] satisfies Target[], keptDown: true },
  ]);
  return place(kills, { leads, bursts, random });
}

/** Evenly over the bursts, and somewhere within its share of it. */
function place(kills: Omit<Kill, 'at'>[], { leads, bursts, random }: Omit<Campaign, 'seed'> & { random: Random }): Kill[] {
  const size = Math.floor(leads / bursts);
  const perBurst = Math.ceil(kills.length / bursts);
  return kills.map((kill, index) => {
    const burst = Math.floor(index / perBurst);
    const inBurst = Math.min(perBurst, kills.length - burst * perBurst);
    const share = (size - FIRST_AT - KEPT_BACK) / inBurst;
    return { ...kill, at: Math.floor(burst * size + FIRST_AT + ((index % perBurst) + random.next()) * share) };
  });
}

function inGroupsOf<Item>(size: number, items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) => items.slice(group * size, (group + 1) * size));
}
