import { Injectable } from '@nestjs/common';
import { LeadEnriched, type ProviderAsked } from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { fillLead, hasRoom, type Finding } from '../domain/enrichment/fill-lead';
import { minConfidence, providersFor, type Setup } from '../domain/enrichment/setup';
import { stateOf, type Lead } from '../domain/lead';
import { EnrichmentJobsStore, type Answer, type Job } from '../store/enrichment-jobs.store';
import { EnrichmentResultsStore } from '../store/enrichment-results.store';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { LeadsStore } from '../store/leads.store';
import { AskProvider, type Asked } from './ask-provider';
import { providers } from './providers';

export const MOST_TRIES = 3;
/** After the first try, after the second. */
const PAUSES_SECONDS = [2, 15];

/** Asks the providers about one lead, and fills it with what they know. */
@Injectable()
export class EnrichLead {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly leads: LeadsStore, private readonly jobs: EnrichmentJobsStore,
    private readonly results: EnrichmentResultsStore, private readonly setups: EnrichmentSetupStore, private readonly askProvider: AskProvider,
  ) {}

  /** @throws ClaimLost when somebody else works on it by now; whatever keeps the database from answering */
  async enrich(job: Job, ended: AbortSignal): Promise<void> {
    if (job.tries > 1) await this.results.interrupt(this.database, job);
    const setup = await this.setups.get(this.database, job.tenant_id);
    // What can't be brought to its end is ended without a result: somebody may wait for it.
    if (job.tries > MOST_TRIES) return this.finish(job, setup, []);
    const [lead] = await this.leads.get(this.database, job.tenant_id, [job.lead_id]);
    const asked = isOpen(lead) ? await this.askAll(job, setup, lead, ended) : [];
    const answers = asked.map(({ provider, outcome, facts }): Answer => ({ provider, outcome, facts }));
    const again = asked.flatMap((one) => one.again ?? []);
    const counts = again.some((one) => one.counts);
    if (again.length === 0 || (counts && job.tries === MOST_TRIES)) return this.finish(job, setup, answers);
    await this.jobs.release(this.database, job, {
      counts, seconds: counts ? PAUSES_SECONDS[job.tries - 1] : Math.max(...again.map((one) => one.seconds)),
      answers: answers.filter((_, i) => !asked[i].again),
    });
  }

  private async askAll(job: Job, setup: Setup, lead: Lead, ended: AbortSignal): Promise<(Asked & Answer)[]> {
    const asked: (Asked & Answer)[] = [];
    for (const entry of providersFor(setup, lead)) {
      const provider = providers.get(entry.kind)!;
      const settings = entry.settings ?? {};
      const question = provider.question(lead, settings);
      const answered = job.answers.find((answer) => answer.provider === entry.name);
      if (question === null) continue;
      const gives = provider.gives(settings);
      const answer = answered ?? (gives && !hasRoom(lead, gives)
        ? await this.askProvider.leaveOut(job, { entry, provider }) : await this.askProvider.ask(job, { setup, entry, provider, question }, ended));
      asked.push({ ...answer, provider: entry.name });
    }
    return asked;
  }

  /** In one transaction: the lead as it is by now, what was found, the event, and the end of the job. Without the job there is nothing to do. */
  private finish(job: Job, setup: Setup, answers: Answer[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!await this.jobs.end(tx, job)) return;
      const [lead] = await this.leads.lock(tx, [{ tenant: job.tenant_id, id: job.lead_id }]);
      const changed = isOpen(lead) ? await this.fill(tx, job, lead, setup, answers) : [];
      const told: ProviderAsked[] = answers.map(({ provider, outcome }) => ({ provider, outcome }));
      await this.outbox.add(tx, [{
        event: LeadEnriched.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), changed, providers: told }),
        cause: causedByRequest({ ...job, traceparent: job.traceparent ?? undefined }),
      }], job.lane);
    });
  }

  private async fill(tx: Tx, job: Job, lead: Lead, setup: Setup, findings: Finding[]): Promise<string[]> {
    const now = await nowOf(tx);
    const { changed, shown, ...filled } = fillLead(lead, findings, { minConfidence: minConfidence(setup.document), tenant: job.tenant, now });
    Object.assign(lead, filled);
    if (changed.length > 0) {
      lead.revision += 1;
      lead.updated_at = now;
    }
    await this.leads.save(tx, [lead]);
    await this.results.keep(tx, job, shown);
    return changed;
  }
}

/** A converted lead is locked, a merged one is another. */
const isOpen = ({ converted, merged_into }: Lead): boolean => converted === null && merged_into === null;
