import { AuditsStore } from '../store/audits.store';
import { KeepAudits1764150000302 } from '../store/migrations/keep-audits';
import { KeepOutcomes1764150000301 } from '../store/migrations/keep-outcomes';
import { OutcomesStore } from '../store/outcomes.store';
import { AuditDaily } from './audit-daily';
import { AuditScores } from './audit-scores';
import { AuditController } from './audit.controller';
import { KeepOutcomes } from './keep-outcomes';

/** What became of leads, and how well their scores foretold it. */
export const AUDIT = {
  controllers: [AuditController],
  providers: [AuditDaily, AuditScores, KeepOutcomes, AuditsStore, OutcomesStore],
  migrations: [KeepOutcomes1764150000301, KeepAudits1764150000302],
  retentions: [{ table: 'scoring_audit', column: 'audited_at', days: 800 }, { table: 'told_drift', column: 'at', days: 800 }],
};
