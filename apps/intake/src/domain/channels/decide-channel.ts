import type { Channel } from '@headwater/contracts';
import { evaluate, explain, type Facts } from '@headwater/rules';
import { channelFacts, namesOf, type ChannelFacts, type Origin } from './channel-facts';
import type { VersionedTable } from './channel-table';

export interface ChannelDecision {
  channel: Channel;
  /** name of the rule that held; null when none did */
  rule: string | null;
  version: number;
}

const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 1_000;

/** Decides by one version of a table. Most submissions come from few places, so it remembers what it decided. */
export class ChannelDecider {
  private readonly decided = new Map<string, ChannelDecision>();

  constructor(private readonly versioned: VersionedTable) {}

  get version(): number { return this.versioned.version; }

  decide(origin: Origin): ChannelDecision {
    const name = nameOf(origin);
    const known = this.decided.get(name);
    if (known) return known;
    const { tried: _, ...decision } = tryChannels(this.versioned, channelFacts(origin));
    if (name.length > LONGEST_REMEMBERED) return decision;
    if (this.decided.size >= MOST_REMEMBERED) this.decided.clear();
    this.decided.set(name, decision);
    return decision;
  }
}

/** All that its facts are made of, with the character between them that no text of ours may have: two that are alike are decided alike. */
const nameOf = ({ utm, click_ids, source, campaign, entry, referrer, page_url }: Origin): string =>
  `${utm?.source ?? ''}\0${utm?.medium ?? ''}\0${utm?.campaign ?? ''}\0${namesOf(click_ids).join()}\0${source ?? ''}\0${campaign ?? ''}\0${entry ?? ''}\0${
    referrer ? `${placeIn(referrer)}\0${page_url ? placeIn(page_url) : ''}` : ''}`;

/** Of an address the part that tells whose it is. */
const placeIn = (address: string): string => /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(address)?.[0] ?? address;

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
