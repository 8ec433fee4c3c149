import { Injectable } from '@nestjs/common';
import type { TenantSettings } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { comparableOfLead } from '../domain/matching/comparable-of-lead';
import { summaryOf } from '../domain/matching/explain-match';
import type { Lead } from '../domain/lead';
import { leftToPeople } from '../domain/merging/leave-to-people';
import { MatchingModels, type TenantMatching } from '../matching/matching-models';
import { LeadsStore } from '../store/leads.store';
import { LikelyPairsStore, type LikelyPair } from '../store/likely-pairs.store';
import { MergedLeadsStore } from '../store/merged-leads.store';
import { TenantSettingsStore } from '../store/tenant-settings.store';
import { MergePolicies } from './merge-policies';

/** `merge`: the younger lead into the older one, as both are now; `leave`: to people; `pass`: there is nothing to do any more. */
export type LikelyJudgement =
  | { pair: LikelyPair; act: 'merge'; tenant: TenantSettings; reason: string; revisions: Record<number, number> }
  | { pair: LikelyPair; act: 'leave'; because: string }
  | { pair: LikelyPair; act: 'pass' };

/** Judges likely pairs by both leads as they are now: what has changed since they were compared is compared anew. Asks once for all pairs of a tenant. */
@Injectable()
export class JudgeLikely {
  constructor(
    private readonly database: Database, private readonly pairs: LikelyPairsStore, private readonly leads: LeadsStore, private readonly models: MatchingModels,
    private readonly policies: MergePolicies, private readonly settings: TenantSettingsStore, private readonly merged: MergedLeadsStore,
  ) {}

  async judge(pairs: LikelyPair[]): Promise<LikelyJudgement[]> {
    const tenants = [...new Set(pairs.map(({ tenant_id }) => tenant_id))];
    const judged = await Promise.all(tenants.map((tenant) => this.ofTenant(tenant, pairs.filter(({ tenant_id }) => tenant_id === tenant))));
    return judged.flat();
  }

  private async ofTenant(id: string, pairs: LikelyPair[]): Promise<LikelyJudgement[]> {
    const tenant = await this.settings.of(this.database, id);
    const policy = await this.policies.inForce(this.database, id);
    if (!tenant || policy.document.auto_update !== 'same') return pairs.map((pair) => ({ pair, act: 'pass' }));
    const ids = [...new Set(pairs.flatMap(({ low_id, high_id }) => [low_id, high_id]))];
    const leads = new Map((await this.leads.get(this.database, id, ids)).map((lead) => [lead.id, lead]));
    const members = await this.merged.membersOf(this.database, id, ids);
    const partings = await this.pairs.partings(this.database, id, pairs.map(({ low_id, high_id }) =>
      ({ these: members.get(low_id) ?? [], those: members.get(high_id) ?? [] })));
    const matching = (await this.models.of(this.database, [id])).get(id)!;
    return pairs.map((pair, i): LikelyJudgement => {
      const [older, newer] = [leads.get(pair.low_id), leads.get(pair.high_id)];
      if (!older || !newer) return { pair, act: 'pass' };
      const left = leftToPeople(older, newer, partings[i]);
      if (left !== null) return { pair, act: 'leave', because: left };
      const because = likeness(older, newer, matching);
      if (because === null) return { pair, act: 'leave', because: 'as they are compared by now, they are less alike' };
      return {
        pair, act: 'merge', tenant, reason: `auto_update of merge policy ${policy.version}: ${because}`,
        revisions: { [older.id]: older.revision, [newer.id]: newer.revision },
      };
    });
  }
}

/** What speaks for the two, in a sentence; null where they are no longer most likely one person's. */
function likeness(older: Lead, newer: Lead, { model, matcher }: TenantMatching): string | null {
  const compared = matcher.compare(comparableOfLead(older, model), comparableOfLead(newer, model));
  return compared.band === 'same' ? summaryOf({ ...compared, band: 'same' }).because : null;
}
