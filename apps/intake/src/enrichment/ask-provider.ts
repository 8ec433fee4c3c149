import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EnrichmentOutcome } from '@headwater/contracts';
import { about, Database, faultPoint, isTemporary, nowOf, Seals, type Tx } from '@headwater/platform';
import type { Fact } from '../domain/enrichment/lead-fields';
import { cacheDays, limitsOf, type Setup } from '../domain/enrichment/setup';
import type { SetupProvider } from '../domain/enrichment/setup-document';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { EnrichmentJobsStore, type Job } from '../store/enrichment-jobs.store';
import { EnrichmentResultsStore, type Ended } from '../store/enrichment-results.store';
import { EnrichmentSetupStore } from '../store/enrichment-setup.store';
import { EnrichmentMetrics } from './enrichment-metrics';
import { GuardedFetch } from './guarded-fetch';
import { purposeOfKey } from './parse-setup';
import { ProviderError, type EnrichmentProvider, type Means, type Question } from './providers/provider';

/** Longer than a provider may take, so that nobody else asks meanwhile. */
export const CLAIM_SECONDS = 60;
/** When somebody else asks the same, or asked too often within a minute. */
const SOON_SECONDS = 1;

/** Facts, or none; `again` when it is worth another try in so many seconds. */
export interface Asked {
  outcome: EnrichmentOutcome;
  facts: Fact[];
  again?: { seconds: number; counts: boolean };
}

interface Use { setup: Setup; entry: SetupProvider; provider: EnrichmentProvider; question: Question }

/** Says that the transaction is to be rolled back, and why. */
class NotNow extends Error {
  constructor(readonly answer: Asked) {
    super(answer.outcome);
  }
}

/** The job is somebody else's by now. */
export class ClaimLost extends Error {}

/**
 * Asks one provider about one lead: what was asked before isn't asked again, and what costs is paid for before. In between, while
 * strangers answer, no transaction is open; a process that dies there has paid, and its successor asks once more.
 */
@Injectable()
export class AskProvider {
  private readonly logger = new Logger(AskProvider.name);
  private readonly pages: GuardedFetch;
  private readonly services: GuardedFetch;
  private readonly seals: Seals;

  constructor(
    private readonly database: Database, private readonly jobs: EnrichmentJobsStore, private readonly results: EnrichmentResultsStore,
    private readonly setups: EnrichmentSetupStore, private readonly metrics: EnrichmentMetrics, @Inject(INTAKE_CONFIG) private readonly config: IntakeConfig,
  ) {
    this.pages = new GuardedFetch({ named: config.ENRICHMENT_SITES ?? [] });
    this.services = new GuardedFetch({ named: config.ENRICHMENT_SERVICES ?? [] });
    this.seals = new Seals(config.SEALING_KEY);
  }

  /** @throws ClaimLost; the reason of `ended` when the process ends meanwhile */
  async ask(job: Job, use: Use, ended: AbortSignal): Promise<Asked> {
    const asked = await this.begin(job, use);
    if ('outcome' in asked) return asked;
    const begun = performance.now();
    const { answer, told } = await this.answerOf(job, use, ended);
    faultPoint('enrichment.before_store');
    await this.database.transaction(async (tx) => {
      await this.results.end(tx, asked.attempt, told);
      if (use.provider.remembers) await this.jobs.remember(tx, job, questionOf(use), isKnown(answer) ? { facts: answer.facts, days: cacheDays(use.setup.document, answer.facts.length > 0) } : null);
    });
    this.metrics.asked(use.provider.kind, told.outcome, (performance.now() - begun) / 1_000);
    return answer;
  }

  /** Pays, or finds that there is nothing to ask. */
  private async begin(job: Job, use: Use): Promise<Asked | { attempt: number }> {
    try {
      return await this.database.transaction((tx) => this.reserve(tx, job, use));
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
      if (error.answer.outcome === 'no_budget') await this.note(job, use, 'no_budget');
      return error.answer;
    }
  }

  private async reserve(tx: Tx, job: Job, use: Use): Promise<Asked | { attempt: number }> {
    if (!await this.jobs.hold(tx, job, CLAIM_SECONDS)) throw new ClaimLost();
    if (use.provider.remembers) {
      const known = await this.jobs.recall(tx, job, questionOf(use), CLAIM_SECONDS);
      if (known.kind === 'being_asked') throw new NotNow({ outcome: 'asking', facts: [], again: { seconds: SOON_SECONDS, counts: false } });
      if (known.kind === 'known') {
        const outcome = known.facts.length > 0 ? 'found' : 'nothing';
        await this.results.note(tx, job, { provider: use.entry.name, outcome, fromCache: true });
        tx.afterCommit(() => this.metrics.remembered(use.provider.kind, outcome));
        return { outcome, facts: known.facts };
      }
    }
    await this.pay(tx, job, use);
    return { attempt: await this.results.begin(tx, job, { provider: use.entry.name, cost: use.entry.cost ?? 0 }) };
  }

  private async pay(tx: Tx, { tenant_id }: Job, { setup, entry, provider }: Use): Promise<void> {
    const now = await nowOf(tx);
    const perMinute = provider.perMinute?.(entry.settings ?? {}) ?? null;
    const limits = limitsOf(setup, entry, perMinute, now);
    const ofTheMinute = limits.filter(({ period }) => period.includes('T'));
    if (!await this.jobs.spend(tx, tenant_id, limits.filter((limit) => !ofTheMinute.includes(limit)))) throw new NotNow({ outcome: 'no_budget', facts: [] });
    if (!await this.jobs.spend(tx, tenant_id, ofTheMinute)) {
      throw new NotNow({ outcome: 'asking', facts: [], again: { seconds: 60 - new Date(now).getUTCSeconds(), counts: false } });
    }
  }

  private async answerOf(job: Job, { setup, entry, provider, question }: Use, ended: AbortSignal): Promise<{ answer: Asked; told: Ended }> {
    try {
      const means: Means = {
        company: (wanted) => this.setups.company(this.database, job.tenant_id, wanted),
        pages: this.pages, services: this.services, userAgent: this.config.ENRICHMENT_USER_AGENT, key: this.keyOf(setup, entry.name), ended,
      };
      const facts = await provider.ask(question, entry.settings ?? {}, means);
      const outcome = facts.length > 0 ? 'found' : 'nothing';
      return { answer: { outcome, facts }, told: { outcome } };
    } catch (error) {
      if (ended.aborted) return { answer: { outcome: 'interrupted', facts: [], again: { seconds: 0, counts: false } }, told: { outcome: 'interrupted' } };
      // Of our own database; a provider's server may be as unreachable, for as long as it likes.
      if (!(error instanceof ProviderError) && isTemporary(error)) throw error;
      const { code, temporary } = error instanceof ProviderError ? error : this.unexpected(job, error);
      return { answer: { outcome: 'failed', facts: [], ...(temporary ? { again: { seconds: 0, counts: true } } : {}) }, told: { outcome: 'failed', code } };
    }
  }

  private keyOf({ tenant, secrets }: Setup, name: string): string | undefined {
    const sealed = secrets[name];
    return sealed === undefined ? undefined : this.seals.open(sealed, purposeOfKey(tenant, name));
  }

  /** A fault of ours, of which the other providers know nothing. */
  private unexpected(job: Job, error: unknown): { code: string; temporary: boolean } {
    const { tenant_id: tenant, correlation_id } = job;
    about({ tenant, correlation_id, material: job }, () => this.logger.error({ err: error }, 'A provider of enrichment failed in a way of its own'));
    return { code: 'unexpected', temporary: false };
  }

  /** Of a provider that could fill nothing. */
  async leaveOut(job: Job, use: Pick<Use, 'entry' | 'provider'>): Promise<Asked> {
    await this.note(job, use, 'not_needed');
    return { outcome: 'not_needed', facts: [] };
  }

  private async note(job: Job, { entry, provider }: Pick<Use, 'entry' | 'provider'>, outcome: EnrichmentOutcome): Promise<void> {
    await this.results.note(this.database, job, { provider: entry.name, outcome, fromCache: false });
    this.metrics.remembered(provider.kind, outcome);
  }
}

const isKnown = ({ outcome }: Asked): boolean => outcome === 'found' || outcome === 'nothing';

/** What tells a question from all others: also by whom it is asked, and how its answer is read. */
const questionOf = ({ entry: { kind, settings }, question }: Use): Buffer =>
  createHash('sha256').update(JSON.stringify([kind, settings ?? {}, question])).digest();
