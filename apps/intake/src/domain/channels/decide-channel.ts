import type { Channel } from '@headwater/contracts';
import { evaluate, explain, type Facts } from '@headwater/rules';
import { channelFacts, type ChannelFacts, type Origin } from './channel-facts';
import type { VersionedTable } from './channel-table';

export interface ChannelDecision {
  channel: Channel;
  /** name of the rule that held; null when none did */
  rule: string | null;
  version: number;
}

const MOST_REMEMBERED = 2_000;

/** Decides by one version of a table. Most submissions come from few places, so it remembers what it decided. */
export class ChannelDecider {
  private readonly decided = new Map<string, ChannelDecision>();

  constructor(private readonly versioned: VersionedTable) {}

  get version(): number { return this.versioned.version; }

  decide(origin: Origin): ChannelDecision {
    const facts = channelFacts(origin);
    const name = JSON.stringify(facts);
    const known = this.decided.get(name);
    if (known) return known;
    if (this.decided.size >= MOST_REMEMBERED) this.decided.clear();
    const { tried: _, ...decision } = tryChannels(this.versioned, facts);
    this.decided.set(name, decision);
    return decision;
  }
}

export interface TriedRule { name: string; held: boolean; because: string }

/** The decision with every rule that was asked for it, in order, and what was found. */
export function tryChannels({ version, table }: VersionedTable, facts: ChannelFacts): ChannelDecision & { tried: TriedRule[] } {
  const tried: TriedRule[] = [];
  for (const { name, when, channel } of table.rules) {
    const { holds, trace } = evaluate(when, facts as unknown as Facts);
    tried.push({ name, held: holds, because: explain(trace) });
    if (holds) return { channel, rule: name, version, tried };
  }
  return { channel: table.otherwise, rule: null, version, tried };
}
