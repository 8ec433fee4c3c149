import { Flag, Id, Instant, Integer, Integers, NestedList, OneOf, Pattern, Text } from '../field';
import { defineRequest } from '../request';
import { SERVICES, type Service } from '../vocabulary';

/** What an operator asks of any service: about the events that it could not handle, and to say again what it knows. */

/** Letters that one request may replay. */
export const MOST_REPLAYED = 200;

/** An event that a service could not handle and has put aside, as it stands in a list. */
export class DeadLetter {
  @OneOf(SERVICES, { required: true, example: 'scoring' }) service: Service;
  @Id({ required: true, description: 'within its service' }) id: number;
  @Text(200, { required: true, description: 'what it was handled for', example: 'scoring_lead_engaged_v1' }) subscription: string;
  @Text(40, { description: 'id of the event; null when that could not be read' }) event_id?: string | null;
  @Text(40) tenant?: string | null;
  @Text(300, { required: true, example: 'crm.demo.live.lead.engaged.v1' }) subject: string;
  @Text(100_000, { required: true, description: 'its first line in a list, with its stack in the letter itself' }) error: string;
  @Integer(0, 1_000_000, { required: true, description: 'how often it had been delivered' }) deliveries: number;
  @Integer(0, 1_000_000, { required: true, description: 'how often it was replayed and failed again' }) failed_replays: number;
  @Instant({ required: true, description: 'when it was put aside' }) at: string;
  @Instant() discarded_at?: string | null;
}

/** All of it. The body is the event as it came, and may hold a person. */
export class DeadLetterWithBody extends DeadLetter {
  @Text(1_048_576, { required: true, description: 'the event as it came, JSON unless it is broken' }) body: string;
  @Text(200) discarded_by?: string | null;
  @Text(500) discard_reason?: string | null;
}

export class FailedReplay {
  @Id({ required: true }) id: number;
  @Text(300, { required: true }) error: string;
}

export class ReplayResult {
  @Integer(0, MOST_REPLAYED, { required: true, description: 'handled, and gone from the dead letters' }) succeeded: number;
  @NestedList(() => FailedReplay, MOST_REPLAYED, { required: true, description: 'still there, with the new error' }) failed: FailedReplay[];
  @Id({ description: 'with `all`: send it as `after` for the rest; null when there is none' }) next?: number | null;
}

export class RepublishResult {
  @Integer(0, 10_000, { required: true, description: 'events; 0 with `next` means that the service is busy: ask again in a moment' })
  published: number;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: 'send it as `after` for the next part; null at the end' }) next?: number | null;
}

/** Body of a replay: some letters by id, or all that wait. */
export class ReplayRequest {
  @Integers(MOST_REPLAYED, { description: 'these, oldest first' }) ids?: number[] | null;
  @Flag({ description: 'instead of `ids`: all that wait, oldest first, as many as one request does' }) all?: boolean | null;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: 'with `all`: `next` of the answer before' }) after?: number | null;
}

export class RepublishRequest {
  @Pattern(/^[a-z0-9-]{1,40}$/, 40, { description: 'of this tenant alone' }) tenant?: string | null;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: '`next` of the answer before; 0 begins' }) after?: number | null;
}

export interface DeadLetterFilter {
  tenant?: string;
  subscription?: string;
  /** those that were discarded, instead of those that wait */
  discarded?: boolean;
}

/** Every service answers these about its own dead letters. */
export const deadLetterRequests = (service: Service) => ({
  /** Newest first. @param cursor the id to go on below; null for the beginning */
  list: defineRequest<
    { filter: DeadLetterFilter; cursor: number | null; limit: number }, { letters: DeadLetter[] }
  >(service, 'list_dead_letters'),

  get: defineRequest<{ id: number }, { letter: DeadLetterWithBody }>(service, 'get_dead_letter'),

  /**
   * Handles letters again, each in a transaction of its own that also removes it. One that fails again stays, with the new
   * error. An outage ends it: what was done until then stays done.
   */
  replay: defineRequest<
    { actor: string } & ({ ids: number[] } | { all: true; after: number; limit: number }), ReplayResult
  >(service, 'replay_dead_letters'),

  /** Puts a letter away for good: it is kept until its retention ends, but neither listed nor replayed. */
  discard: defineRequest<
    { id: number; reason: string; actor: string }, { letter: DeadLetter }
  >(service, 'discard_dead_letter'),
});

/**
 * The owner says again what it knows, entity by entity, each with the revision that it has: consumers that have it take no
 * notice, one that was emptied is complete afterwards. One request does one part.
 */
export const republishRequest = (service: Service) => defineRequest<
  { tenant?: string | null; after: number; correlation_id: string }, RepublishResult
>(service, 'republish');
