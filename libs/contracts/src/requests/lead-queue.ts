import type { Context } from '../context';
import { Id, Instant, Integer, Nested, OneOf, Text } from '../field';
import { Named, RoutingState } from '../lead';
import { defineRequest } from '../request';
import { PRIORITIES, type Priority } from '../vocabulary';

/** A lead that waits for a person. */
export class QueuedLead {
  @Id({ required: true }) lead_id: number;
  @Text(100, { description: 'the queue that a rule names; null: that of leads for which nobody was found' }) queue?: string | null;
  @Instant({ description: 'null when a person put it there' }) since?: string | null;
  @OneOf(PRIORITIES, { required: true }) priority: Priority;
  @Text(200) company_name?: string | null;
  @Text(2) country?: string | null;
  @Integer(0, 100) total_score?: number | null;
  @Text(500, { description: 'why nobody has it' }) because?: string | null;
}
export const ListQueue = defineRequest<
  { context: Context; queue?: string; cursor?: string; limit: number }, { leads: QueuedLead[]; next_cursor: string | null }
>('routing', 'list_queue');

/** Body of `POST /leads/{id}/claim`. */
export class ClaimLeadRequest {
  @Id({ description: 'who takes it; the caller when absent. Somebody else needs the scope routing:admin' }) rep_id?: number | null;
}
/** A rep takes a lead from the queue. Of two at once one gets it. */
export const ClaimLead = defineRequest<
  { context: Context; command_id: string; lead_id: number; rep_id?: number }, { assignment: RoutingState }
>('routing', 'claim_lead');

/** What came of asking the rules again. */
export class RoutedAgain {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @Nested(() => Named, { description: 'who owned it before' }) former_owner?: Named | null;
}
/** The rules have their say once more, now. */
export const RouteLead = defineRequest<
  { context: Context; command_id: string; lead_id: number }, { assignment: RoutingState; former_owner: Named | null }
>('routing', 'route_lead');
