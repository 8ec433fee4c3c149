import type { EventDefinition, NewEvent, SlaClockData } from '@headwater/contracts';
import type { Assignment } from '../assignment';
import type { Clock } from './clock';
import { clockView } from './clock-view';
import type { SlaSettings } from './settings';

/** What tells of a clock, and of whose lead it is. @param because what it became last when absent */
export const clockEvent = (
  event: EventDefinition<SlaClockData>, clock: Clock, { owner, team }: Pick<Assignment, 'owner' | 'team'>, settings: SlaSettings, because?: string,
): NewEvent => event.ofLead(clock.tenant, clock, {
  lead_id: clock.lead_id, clock: clockView(clock, settings), owner: owner && { id: owner.id, name: owner.name }, team,
  because: because ?? clock.steps.at(-1)?.because ?? clock.state,
});
