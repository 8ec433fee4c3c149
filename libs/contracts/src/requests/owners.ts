import type { Context } from '../context';
import { Instant, Nested, Text } from '../field';
import { Named } from '../lead';
import { defineRequest } from '../request';

/** Who had a lead, from when until when, and why. */
export class Ownership {
  @Nested(() => Named, { description: 'null: it was put back into the queue of the unassigned' }) owner?: Named | null;
  @Instant({ required: true }) from: string;
  @Instant({ description: 'null: still' }) until?: string | null;
  @Text(60, { required: true, description: 'first_score, five_stars, sla_breach, manual, merge, convert …', example: 'first_score' }) cause: string;
  @Text(200, { description: 'the person who decided; null: the rules did' }) by?: string | null;
  @Text(500, { required: true }) because: string;
}

/** The newest first, at most 200. */
export const GetOwners = defineRequest<{ context: Context; lead_id: number }, { owners: Ownership[] }>('routing', 'get_owners');
