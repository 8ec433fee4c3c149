import { defineEvent } from '../event';
import { Nested, OneOf, Text } from '../field';
import { RoutingState } from '../lead';

export class LeadRoutedData {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @OneOf(['rules', 'manual', 'convert'], { required: true, description: 'what led to it' })
  cause: 'rules' | 'manual' | 'convert';
}

/** Nobody was eligible: the lead waits in the queue of the unassigned. */
export class LeadUnassignedData {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @Text(500, { required: true }) because: string;
}

export const LeadRouted = defineEvent('lead.routed', 1, ['routing'], 'state', LeadRoutedData);
export const LeadUnassigned = defineEvent('lead.unassigned', 1, ['routing'], 'state', LeadUnassignedData);
