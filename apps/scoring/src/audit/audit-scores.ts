import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetScoringAudit, type QuestionOf, type ScoringAudit } from '@headwater/contracts';
import { Database, type Queries } from '@headwater/platform';
import { auditModels, DEFAULT_DRIFT } from '../domain/audit/audit-models';
import { AuditsStore } from '../store/audits.store';

/** Two years: the same quarter of the year before is among them. */
export const QUARTERS = 8;

/** How well scores foretold what became of leads. */
@Injectable()
export class AuditScores {
  constructor(private readonly database: Database, private readonly audits: AuditsStore) {}

  /** @throws DomainError `not_found` */
  async get({ context: { tenant }, quarters = QUARTERS, day }: QuestionOf<typeof GetScoringAudit>): Promise<AnswerOf<typeof GetScoringAudit>> {
    if (day === undefined) return { audit: await this.of(this.database, tenant.id, tenant.time_zone, quarters) };
    const audit = await this.audits.find(this.database, tenant.id, day);
    if (!audit) throw DomainError.notFound('Scoring audit');
    return { audit };
  }

  /** As of now. @param quarters up to the present one */
  async of(queries: Queries, tenant: string, timeZone: string, quarters: number): Promise<ScoringAudit> {
    const { now, from, unscored, counts } = await this.audits.count(queries, tenant, timeZone, quarters);
    const rules = new Map((await this.audits.models(queries, tenant)).map(({ version, drift }) => [version, drift ?? DEFAULT_DRIFT]));
    return { audited_at: now, time_zone: timeZone, from, unscored, ...auditModels(counts, (version) => rules.get(version) ?? DEFAULT_DRIFT) };
  }
}
