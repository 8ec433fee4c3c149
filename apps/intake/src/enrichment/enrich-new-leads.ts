import { Injectable } from '@nestjs/common';
import type { TenantSettings } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { isOnCapture, providersFor, type Setup } from '../domain/enrichment/setup';
import type { Lead } from '../domain/lead';
import type { Outcome } from '../domain/plan-captures';
import { EnrichmentJobsStore, type NewJob } from '../store/enrichment-jobs.store';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { providers } from './providers';
import { WorkOffJobs } from './work-off-jobs';

/** Tenants whose setup is kept in memory. */
const MOST_KEPT = 1_000;

/** New leads that a rule of their tenant enriches by themselves. Setups are kept in memory: their version comes with what is asked for anyway. */
@Injectable()
export class EnrichNewLeads {
  private readonly known = new Map<string, Setup>();

  constructor(private readonly setups: EnrichmentSetupStore, private readonly jobs: EnrichmentJobsStore, private readonly work: WorkOffJobs) {}

  /**
   * Marks those among them, and has them enriched after the commit.
   * @param versions of the setups with such a rule, by tenant
   */
  async add(tx: Tx, outcomes: Outcome[], { versions, tenants }: { versions: Record<string, number>; tenants: Record<string, TenantSettings> }): Promise<void> {
    const jobs: NewJob[] = [];
    for (const { draft, submission: { item } } of outcomes) {
      const version = versions[item.tenant];
      if (version === undefined || !draft.isNew || draft.enriches !== undefined) continue;
      draft.enriches = isWanted(await this.setup(tx, item.tenant, version), draft.lead);
      if (!draft.enriches) continue;
      const { lane = 'live', correlation_id, traceparent = null } = item;
      jobs.push({ tenant: tenants[item.tenant], lead_id: draft.lead.id, lane, correlation_id, traceparent });
    }
    if (jobs.length === 0) return;
    await this.jobs.add(tx, jobs);
    tx.afterCommit(() => this.work.wake());
  }

  private async setup(tx: Tx, tenant: string, version: number): Promise<Setup> {
    const known = this.known.get(tenant);
    if (known?.version === version) return known;
    const setup = await this.setups.get(tx, tenant);
    if (!this.known.has(tenant) && this.known.size >= MOST_KEPT) this.known.delete(this.known.keys().next().value as string);
    this.known.set(tenant, setup);
    return setup;
  }
}

/** A rule wants it, and there is something to ask about it: else nobody would know anything, and somebody would wait. */
const isWanted = (setup: Setup, lead: Lead): boolean => isOnCapture(setup, lead)
  && providersFor(setup, lead).some(({ kind, settings = {} }) => providers.get(kind)!.question(lead, settings) !== null);
