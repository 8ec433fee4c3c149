import { ClocksStore } from '../store/clocks.store';
import { KeepClocks1764150000601 } from '../store/migrations/keep-clocks';
import { ReassignmentsStore } from '../store/reassignments.store';
import { SlaSettingsStore } from '../store/sla-settings.store';
import { StandingsStore } from '../store/standings.store';
import { FireClocks } from './fire-clocks';
import { FollowAssignments } from './follow-assignments';
import { FollowFamilies } from './follow-families';
import { FollowStatuses } from './follow-statuses';
import { KeepPolicies } from './keep-policies';
import { PauseClock } from './pause-clock';
import { ReassignBreached } from './reassign-breached';
import { SlaMetrics } from './sla-metrics';
import { SlaSettingsInForce } from './sla-settings';
import { SlaController } from './sla.controller';
import { SweepClocks } from './sweep-clocks';

/** How long leads may wait for their first contact, and what happens when they do. */
export const SLA = {
  controllers: [SlaController],
  providers: [
    ClocksStore, ReassignmentsStore, SlaSettingsStore, StandingsStore, SlaSettingsInForce, SlaMetrics, FollowAssignments, FollowFamilies, FollowStatuses, FireClocks,
    ReassignBreached, SweepClocks, PauseClock, KeepPolicies,
  ],
  migrations: [KeepClocks1764150000601],
};
