import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type Actor } from '@headwater/contracts';
import { Loop } from '@headwater/messaging';
import { Database, isInTheWay, isTemporary } from '@headwater/platform';
import { comparableOfLead } from '../domain/matching/comparable-of-lead';
import { summaryOf } from '../domain/matching/explain-match';
import { leftToPeople } from '../domain/merging/leave-to-people';
import { MatchingModels } from '../matching/matching-models';
import { LeadsStore } from '../store/leads.store';
import { LikelyPairsStore, type LikelyPair } from '../store/likely-pairs.store';
import { MergedLeadsStore } from '../store/merged-leads.store';
import { TenantSettingsStore } from '../store/tenant-settings.store';
import { MergeLeads } from './merge-leads';
import { MergePolicies } from './merge-policies';

const AT_A_TIME = 10;
const POLL_MS = 1_000;
/** After the first try, and so much longer after each: more than the lease of a merge that was begun. */
const AGAIN_SECONDS = 60;
const MOST_TRIES = 8;

const AFTER_OUTAGE_SECONDS = 5;
const UNEXPECTED = { kind: 'unexpected', code: 'unexpected', detail: 'it fails, for a reason that the log says' };

/** Says nothing of what was tried. */
const isOutage = (error: unknown): boolean =>
  (isTemporary(error) && !isInTheWay(error)) || (error instanceof DomainError && error.body.kind === 'unavailable');

/** In histories it stands where else a person does. */
const ACTOR: Actor = { kind: 'system', id: 'intake', name: 'Duplicate matching' };

/**
 * Merges pairs that are most likely one person's, the younger lead into the older one, where the tenant's merge policy says
 * `auto_update: same`; like any merge, so that it can be taken back. What it may not do is left to people, with the reason in the review.
 */
@Injectable()
export class MergeLikely extends Loop {
  protected readonly whenFailed = 'Likely duplicates are not merged for the time being';

  constructor(
    private readonly database: Database, private readonly pairs: LikelyPairsStore, private readonly leads: LeadsStore,
    private readonly models: MatchingModels, private readonly policies: MergePolicies, private readonly settings: TenantSettingsStore,
    private readonly merged: MergedLeadsStore, private readonly mergeLeads: MergeLeads,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const claimed = await this.pairs.claim(this.database, { limit: AT_A_TIME, seconds: AGAIN_SECONDS });
    for (const [i, pair] of claimed.entries()) {
      if (this.ended.aborted) return 0; // others have it when it is due again
      try {
        await this.settle(pair);
      } catch (error) {
        if (!isOutage(error)) throw error;
        await this.pairs.giveBack(this.database, claimed.slice(i), AFTER_OUTAGE_SECONDS);
        this.logger.warn({ err: error }, this.whenFailed);
        return POLL_MS;
      }
    }
    return claimed.length === AT_A_TIME ? 0 : POLL_MS;
  }

  /** @throws what says nothing of the pair */
  private async settle(pair: LikelyPair): Promise<void> {
    try {
      const because = await this.merge(pair);
      if (because !== null) await this.pairs.leave(this.database, pair, because);
    } catch (error) {
      if (isOutage(error)) throw error;
      if (!(error instanceof DomainError)) this.logger.error({ err: error, duplicate_review: pair.id }, 'A likely pair can not be merged');
      const { kind, code, detail } = error instanceof DomainError ? error.body : UNEXPECTED;
      if (kind === 'invalid' || code === 'lead_locked' || pair.tries >= MOST_TRIES) await this.pairs.leave(this.database, pair, `it was refused: ${detail}`);
    }
  }

  /**
   * By both leads as they are now: what has changed since they were compared is compared anew. @returns why it is left to people, else null
   * @throws DomainError as the merge is refused
   */
  private async merge(pair: LikelyPair): Promise<string | null> {
    const { tenant_id, low_id, high_id } = pair;
    const [older, newer] = await this.leads.get(this.database, tenant_id, [low_id, high_id]);
    const tenant = await this.settings.of(this.database, tenant_id);
    const policy = await this.policies.inForce(this.database, tenant_id);
    if (!newer || !tenant || policy.document.auto_update !== 'same') return null;
    const [these, those] = [await this.merged.members(this.database, tenant_id, low_id), await this.merged.members(this.database, tenant_id, high_id)];
    const left = leftToPeople(older, newer, await this.pairs.parting(this.database, tenant_id, these, those));
    if (left !== null) return left;
    const { model, matcher } = (await this.models.of(this.database, [tenant_id])).get(tenant_id)!;
    const { band, ...compared } = matcher.compare(comparableOfLead(older, model), comparableOfLead(newer, model));
    if (band !== 'same') return 'as they are compared by now, they are less alike';
    const { because } = summaryOf({ band, ...compared });
    await this.mergeLeads.merge({
      context: { tenant, actor: ACTOR, scopes: [], correlation_id: randomUUID() }, lead_id: low_id, lead_ids: [high_id],
      reason: `auto_update of merge policy ${policy.version}: ${because}`, expected_revisions: { [low_id]: older.revision, [high_id]: newer.revision },
    }, pair.id);
    return null;
  }
}
