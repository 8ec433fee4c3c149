import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import { ChannelDecider } from '../domain/channels/decide-channel';
import { DEFAULT_CHANNELS } from '../domain/channels/default-channels';
import { ChannelsStore } from '../store/channels.store';

const MOST_KEPT = 1_000;
const byDefault = new ChannelDecider({ version: 0, table: DEFAULT_CHANNELS });

/**
 * The tenants' channel tables, in memory. Whoever captures asks PostgreSQL for the version that counts, in a statement that
 * runs anyway; only a version that this process has not met is read. So all replicas decide alike, at once after a change.
 */
@Injectable()
export class ChannelTables {
  private readonly kept = new Map<string, ChannelDecider>();

  constructor(private readonly channels: ChannelsStore) {}

  /** @param versions the one that counts, by tenant; a tenant that isn't named has the table that all begin with */
  async deciders(tx: Tx, versions: Readonly<Record<string, number>>): Promise<(tenant: string) => ChannelDecider> {
    const counting = Object.entries(versions).map(([tenant, version]) => ({ tenant, version }));
    const unmet = counting.filter(({ tenant, version }) => this.kept.get(tenant)?.version !== version);
    const found = new Map(counting.map(({ tenant }) => [tenant, this.kept.get(tenant)]));
    const read = unmet.length ? await this.channels.load(tx, unmet) : [];
    for (const { tenant_id, version, table } of read) {
      const decider = new ChannelDecider({ version, table });
      found.set(tenant_id, decider);
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(tenant_id, decider);
    }
    return (tenant) => found.get(tenant) ?? byDefault;
  }
}
