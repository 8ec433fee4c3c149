import { Injectable } from '@nestjs/common';
import type { Envelope, TenantChangedData } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { TenantSettingsStore } from '../store/tenant-settings.store';

/** Knows what tenants have set where no request of theirs says it: merges without a person. */
@Injectable()
export class KeepSettings {
  constructor(private readonly settings: TenantSettingsStore) {}

  async fromTenants(events: Envelope<TenantChangedData>[], tx: Tx): Promise<void> {
    await this.settings.learn(tx, events.map(({ data: { tenant }, revision = 0 }) => ({ tenant, revision })));
  }
}
