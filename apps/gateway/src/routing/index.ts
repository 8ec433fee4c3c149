import { CalendarsController } from './calendars.controller';
import { InsightController } from './insight.controller';
import { LeavesController } from './leave.controller';
import { PeopleRecords } from './people-records';
import { QueueController } from './queue.controller';
import { ReassignmentsController } from './reassignments.controller';
import { RepsController } from './reps.controller';
import { RoutingChangesController } from './routing-changes.controller';
import { RuleSetsController } from './rule-sets.controller';
import { SlaController } from './sla.controller';
import { TeamsController } from './teams.controller';
import { TerritoriesController } from './territories.controller';

/** How leads find their owners: people and places, rules, and what came of them. */
export const ROUTING = {
  controllers: [RepsController, TeamsController, TerritoriesController, LeavesController, RoutingChangesController, ReassignmentsController, RuleSetsController,
    CalendarsController, SlaController, QueueController, InsightController],
  providers: [PeopleRecords],
};
