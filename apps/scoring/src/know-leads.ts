import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, GetLeads } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { FollowMerges } from './follow-merges';
import { RescoreLeads } from './rescore-leads';
import { keyOf, ScoresStore, type LeadKey } from './store/scores.store';

/** A lead whose creation was answered exists here too, whether its event has arrived or not. */
@Injectable()
export class KnowLeads {
  constructor(
    private readonly database: Database,
    private readonly requester: Requester,
    private readonly scores: ScoresStore,
    private readonly rescoring: RescoreLeads,
    private readonly merges: FollowMerges,
  ) {}

  /**
   * Asks intake for the leads that have no score yet, all at once, and scores them as their event would have; the event is
   * nothing new then. Ids that intake doesn't know stay unknown. Call it outside of a transaction.
   * @returns whether all of them had a score already
   * @throws DomainError `unavailable` when some are unknown and intake isn't there
   */
  async know(tenant: string, ids: number[], correlationId: string = randomUUID()): Promise<boolean> {
    const unknown = await this.scores.unknown(this.database, tenant, ids.filter(isId));
    if (unknown.length === 0) return ids.every(isId);
    const { leads } = await this.requester.ask(GetLeads, { tenant, ids: unknown });
    if (leads.length === 0) return false;
    const changes = leads.map((lead) =>
      ({ tenant, leadId: lead.lead_id, change: { cause: 'capture' as const, intake: lead }, cause: { correlationId } }));
    await this.database.transaction(async (tx) => {
      await this.merges.fromSnapshots(tx, tenant, leads, correlationId);
      await this.rescoring.apply(tx, await this.scores.lock(tx, changes), changes);
    });
    return false;
  }

  /** The same for leads of several tenants. @returns those that there are, by `keyOf` */
  async knowAll(leads: LeadKey[]): Promise<Set<string>> {
    const known = new Set(leads.map(keyOf));
    for (const tenant of new Set(leads.map((lead) => lead.tenant))) {
      const ids = [...new Set(leads.filter((lead) => lead.tenant === tenant).map(({ leadId }) => leadId))];
      if (await this.know(tenant, ids)) continue;
      for (const leadId of await this.scores.unknown(this.database, tenant, ids)) known.delete(keyOf({ tenant, leadId }));
    }
    return known;
  }

  /** @throws DomainError `not_found` when neither we nor intake know it */
  async mustKnow(tenant: string, id: number, correlationId?: string): Promise<void> {
    await this.know(tenant, [id], correlationId);
    if (!isId(id) || (await this.scores.unknown(this.database, tenant, [id])).length > 0) throw DomainError.notFound('Lead');
  }
}

/** What can't be an id names nothing, and isn't asked for. */
const isId = (id: number): boolean => Number.isSafeInteger(id) && id > 0;
