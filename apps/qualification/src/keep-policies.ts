import { Injectable } from '@nestjs/common';
import type { Envelope, TenantChangedData } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { PoliciesStore } from './store/policies.store';

/** Knows what tenants want where no request of theirs says it: raised hands, timers. */
@Injectable()
export class KeepPolicies {
  constructor(private readonly policies: PoliciesStore) {}

  async fromTenants(events: Envelope<TenantChangedData>[], tx: Tx): Promise<void> {
    await this.policies.learn(tx, events.map(({ data: { tenant }, revision = 0 }) => ({ tenant, revision })));
  }
}
