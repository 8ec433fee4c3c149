import { Injectable } from '@nestjs/common';
import { DomainError, type Envelope, type IntakeState, type LeadCapturedData } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { firstStatus, type LeadStatus } from './domain/lead-status';
import { FollowMerges } from './follow-merges';
import { Neighbours } from './neighbours';
import { FollowNurturing } from './nurturing/follow-nurturing';
import { StatusesStore } from './store/statuses.store';

/** Gives leads their first state: from intake's event, or by asking intake when a question is quicker than the event. */
@Injectable()
export class KnowLeads {
  constructor(
    private readonly database: Database, private readonly store: StatusesStore, private readonly neighbours: Neighbours,
    private readonly merges: FollowMerges, private readonly nurturing: FollowNurturing,
  ) {}

  async fromIntake(events: Envelope<LeadCapturedData>[], tx: Tx): Promise<void> {
    const leads = events.map(({ tenantid, data }) => firstStatus(tenantid, data.lead));
    await this.merges.followKnown(tx, await this.store.insertMissing(tx, leads), causedByEvent(events[0]));
    const nurtured = leads.filter(({ status }) => status === 'nurturing');
    if (nurtured.length === 0) return;
    const held = (await this.store.lockAll(tx, nurtured)).filter(({ status }) => status === 'nurturing');
    await this.nurturing.begin(tx, held, (lead) => causedByEvent(events.find(({ tenantid, leadid }) => tenantid === lead.tenant_id && leadid === lead.lead_id) ?? events[0]));
  }

  /** The states of the leads among `ids` that exist in the tenant, in the order asked. */
  async present(tenant: string, ids: number[]): Promise<LeadStatus[]> {
    const wanted = [...new Set(ids)];
    const known = await this.store.find(tenant, wanted);
    const unknown = wanted.filter((id) => !known.some(({ lead_id }) => lead_id === id));
    if (unknown.length) {
      await this.learn(tenant, unknown);
      known.push(...await this.store.find(tenant, unknown));
    }
    return wanted.flatMap((id) => known.find(({ lead_id }) => lead_id === id) ?? []);
  }

  /**
   * Makes sure that a lead has a state here. Not to be called within a transaction: it may ask intake.
   * @returns intake's snapshot if it had to be asked for
   * @throws DomainError `not_found`, `unavailable`
   */
  async require(tenant: string, leadId: number): Promise<IntakeState | null> {
    if ((await this.store.find(tenant, [leadId])).length) return null;
    const [lead] = await this.learn(tenant, [leadId]);
    if (!lead) throw DomainError.notFound('Lead');
    return lead;
  }

  private async learn(tenant: string, ids: number[]): Promise<IntakeState[]> {
    const leads = await this.neighbours.leads(tenant, ids);
    const late = await this.store.insertMissing(this.database, leads.map((lead) => firstStatus(tenant, lead)));
    const correlationId = `leads of ${tenant}`;
    if (late.length > 0) await this.database.transaction((tx) => this.merges.followKnown(tx, late, { correlationId }));
    await this.merges.fromSnapshots(tenant, leads, correlationId);
    return leads;
  }
}
