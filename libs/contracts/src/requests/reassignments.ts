import type { Context } from '../context';
import { Count, Id, Instant, Nested, NestedList, OneOf, Text } from '../field';
import { Named } from '../lead';
import { defineRequest } from '../request';

/** Body of `POST /routing/reassignments/preview`. */
export class PreviewReassignmentRequest {
  @Id({ required: true, description: 'id of the rep whose open leads go to others' }) rep_id: number;
  @Id({ description: 'id of the rep who gets all of them; by the rules when absent' }) to_rep_id?: number | null;
  @Text(100, { description: 'instead: name of the pool whose people get them, in its turn' }) to_pool?: string | null;
}

/** Body of `POST /routing/reassignments`. */
export class CreateReassignmentRequest extends PreviewReassignmentRequest {
  @Text(500, { description: 'for the decision about each lead', example: 'left the company' }) reason?: string | null;
}

/** What somebody would get. */
export class ReassignedShare {
  @Nested(() => Named, { description: 'null: nobody is available, the leads would wait' }) rep?: Named | null;
  @Count({ required: true }) leads: number;
}

export class ReassignmentPreview {
  @Nested(() => Named, { required: true, description: 'whose leads they are' }) from: Named;
  @Count({ required: true, description: 'open leads of theirs' }) open_leads: number;
  @Count({ required: true, description: 'how many of these were tried: the first 500' }) tried: number;
  @NestedList(() => ReassignedShare, 2_000, { required: true, description: 'who gets most first' }) shares: ReassignedShare[];
}

export const REASSIGNMENT_STATES = ['running', 'done'] as const;
export type ReassignmentState = (typeof REASSIGNMENT_STATES)[number];

/** The open leads of a rep go to others, a chunk at a time. */
export class Reassignment {
  @Id({ required: true }) id: number;
  @OneOf(REASSIGNMENT_STATES, { required: true }) state: ReassignmentState;
  @Nested(() => Named, { required: true }) from: Named;
  @Nested(() => Named, { description: 'who gets all of them; by the rules, or in the turn of a pool, when null' }) to?: Named | null;
  @Text(100, { description: 'the pool whose people get them' }) to_pool?: string | null;
  @Text(500) reason?: string | null;
  @Text(200, { required: true }) started_by: string;
  @Instant({ required: true }) started_at: string;
  @Instant() done_at?: string | null;
  @Count({ required: true, description: 'open leads when it began' }) open_leads: number;
  @Count({ required: true, description: 'leads that have another owner now' }) reassigned: number;
  @Count({ required: true, description: 'leads that nobody was available for: they wait in the queue' }) unassigned: number;
}

export const PreviewReassignment =
  defineRequest<{ context: Context; request: PreviewReassignmentRequest }, { preview: ReassignmentPreview }>('routing', 'preview_reassignment');
/** Begins one; a rep's leads are reassigned once at a time. */
export const StartReassignment =
  defineRequest<{ context: Context; request: CreateReassignmentRequest }, { reassignment: Reassignment }>('routing', 'start_reassignment');
export const GetReassignment =
  defineRequest<{ context: Context; id: number }, { reassignment: Reassignment }>('routing', 'get_reassignment');
export const ListReassignments = defineRequest<
  { context: Context; cursor?: string; limit: number }, { reassignments: Reassignment[]; next_cursor: string | null }
>('routing', 'list_reassignments');
