import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ScoringModelDrifted, type Envelope, type ScoringAudit, type TenantChangedData } from '@headwater/contracts';
import { Loop, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { AuditsStore } from '../store/audits.store';
import { AuditScores, QUARTERS } from './audit-scores';
import { KeepOutcomes } from './keep-outcomes';

const EVERY_MS = 60_000;
/** Decisions that were heard of before their lead, which get their score now: so many a day. */
const MOST_UNSCORED = 1_000;

/** Audits each tenant once a day of its own, keeps what came of it, and tells of a model that foretells less than it did. */
@Injectable()
export class AuditDaily extends Loop {
  protected readonly whenFailed = 'The audit of scores is put off';

  constructor(
    private readonly database: Database,
    private readonly audits: AuditsStore,
    private readonly auditing: AuditScores,
    private readonly outcomes: KeepOutcomes,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  /** Where tenants are: their days and quarters begin there. */
  async fromTenants(events: Envelope<TenantChangedData>[], tx: Tx): Promise<void> {
    await this.audits.learnZones(tx, events.map(({ data: { tenant }, revision = 0 }) => ({ tenant, revision })));
  }

  protected async round(): Promise<number> {
    return await this.database.transaction((tx) => this.auditOne(tx)) ? 0 : EVERY_MS;
  }

  /** @returns whether there was one to do */
  private async auditOne(tx: Tx): Promise<boolean> {
    const due = await this.audits.claim(tx);
    if (!due) return false;
    await this.outcomes.scoreLate(tx, due.tenant_id, MOST_UNSCORED);
    const report = await this.auditing.of(tx, due.tenant_id, due.time_zone, QUARTERS);
    await this.audits.keep(tx, due, report);
    await this.tell(tx, due.tenant_id, report);
    return true;
  }

  /** Of versions that score now, and each quarter of one once. */
  private async tell(tx: Tx, tenant: string, { models, audited_at }: ScoringAudit): Promise<void> {
    const active = new Set((await this.audits.models(tx, tenant)).filter((model) => model.active).map(({ version }) => version));
    const drifts = models.flatMap(({ model_version, drift, trend, drift_rule }) =>
      (drift && active.has(model_version) ? [{ model_version, ...drift, trend, drift_rule, at: audited_at }] : []));
    const news = await this.audits.firstTold(tx, tenant, drifts);
    await this.outbox.add(tx, drifts.filter(({ model_version }) => news.has(model_version)).map((drift) => ({
      event: ScoringModelDrifted.of(tenant, drift.model_version, drift), cause: { correlationId: randomUUID() },
    })));
  }
}
