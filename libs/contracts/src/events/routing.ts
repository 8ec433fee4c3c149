import { defineEvent, exampleOfLead } from '../event';
import { Nested, OneOf, Text } from '../field';
import { RoutingState } from '../lead';
import { NOBODY_AVAILABLE, ROUTED, WAITING } from './examples';

export class LeadRoutedData {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @OneOf(['rules', 'manual', 'convert'], { required: true, description: 'what led to it' })
  cause: 'rules' | 'manual' | 'convert';
  @Text(100, { description: 'the SLA policy that the rule names; that of the lead\'s temperature when absent' }) sla_policy?: string | null;
}

/** Nobody was eligible: the lead waits in the queue of the unassigned. */
export class LeadUnassignedData {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @Text(500, { required: true }) because: string;
}

export const LeadRouted = defineEvent('lead.routed', 1, ['routing'], 'state', LeadRoutedData, {
  when: 'a lead got an owner, by rules or by a person, or its priority or follow-up changed',
  example: exampleOfLead(ROUTED, { assignment: ROUTED, cause: 'rules' }),
});
export const LeadUnassigned = defineEvent('lead.unassigned', 1, ['routing'], 'state', LeadUnassignedData, {
  when: 'nobody was eligible for a lead, or a person took its owner away: it waits in the queue of the unassigned',
  example: exampleOfLead(WAITING, { assignment: WAITING, because: NOBODY_AVAILABLE }),
});
