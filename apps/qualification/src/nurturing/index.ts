import { EnrolmentsStore } from '../store/enrolments.store';
import { KeepEnrolments1764300000301 } from '../store/migrations/keep-enrolments';
import { EnrolOpenLeads1764400000201 } from '../store/migrations/enrol-open-leads';
import { KeepFactsByRules1764400000202 } from '../store/migrations/keep-facts-by-rules';
import { NurtureRulesStore } from '../store/nurture-rules.store';
import { ToldFactsStore } from '../store/told-facts.store';
import { EnrolDisqualified } from './enrol-disqualified';
import { EnrolOpenLeads } from './enrol-open';
import { ExitLeads } from './exit-leads';
import { FollowNurturing } from './follow-nurturing';
import { KeepNurtureRules } from './keep-rules';
import { LookAtRules } from './look-at-rules';
import { NurtureLeads } from './nurture-lead';
import { NurtureMetrics } from './nurture-metrics';
import { NurturingController } from './nurturing.controller';
import { NurtureRulesInForce } from './rules-in-force';
import { ShowNurturing } from './show-nurturing';
import { SweepNurturing } from './sweep-nurturing';

/** Leads that are not ready: who is nurtured, and what brings them back. */
export const NURTURING = {
  controllers: [NurturingController],
  providers: [
    EnrolmentsStore, NurtureRulesStore, ToldFactsStore, NurtureRulesInForce, NurtureMetrics, FollowNurturing, NurtureLeads, EnrolDisqualified,
    EnrolOpenLeads, ExitLeads, SweepNurturing, LookAtRules, KeepNurtureRules, ShowNurturing,
  ],
  migrations: [KeepEnrolments1764300000301, EnrolOpenLeads1764400000201, KeepFactsByRules1764400000202],
  retentions: [{
    table: 'told_facts', column: 'told_at', days: 1,
    where: '(tenant_id, rules_version) not in (select tenant_id, max(version) from nurture_rules group by tenant_id)',
  }],
};
