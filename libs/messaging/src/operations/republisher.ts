import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  DomainError, type AnswerOf, type NewEvent, type QuestionOf, type republishRequest, type RepublishResult, type Service,
} from '@headwater/contracts';
import { Database, SERVICE_NAME, type Tx } from '@headwater/platform';
import { Outbox } from '../publishing/outbox';

/** Which part of its entities an owner is to tell of. */
export interface Part {
  /** null for those of all tenants */
  tenant: string | null;
  /** ids after this one */
  after: number;
  /** most entities */
  limit: number;
}

/** Every owner of a state has one. */
export interface Republisher {
  /**
   * One state event for each of the next entities in the order of their ids, with the revision that it has: it reads, and
   * changes nothing. @returns `next`, the last id of the part, or null when it was the last one
   */
  republish(tx: Tx, part: Part): Promise<{ events: NewEvent[]; next: number | null }>;
}

export const REPUBLISHER = Symbol('republisher');

const PART = 500;
/** The relay sends in order: what is live must not wait behind more than this. */
const MOST_PENDING = 1_000;

type Request = ReturnType<typeof republishRequest>;

/** Says again what this service knows, part by part, in the bulk lane. */
@Injectable()
export class RepublishState {
  private readonly logger = new Logger(RepublishState.name);

  constructor(
    @Inject(SERVICE_NAME) private readonly service: Service,
    @Inject(REPUBLISHER) private readonly republisher: (new (...args: never[]) => Republisher) | null,
    private readonly modules: ModuleRef,
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError `nothing_to_republish` for a service that others keep no copy of */
  async republish({ tenant = null, after, correlation_id }: QuestionOf<Request>): Promise<AnswerOf<Request>> {
    if (!this.republisher) {
      throw DomainError.conflict('nothing_to_republish', `${this.service} owns nothing that others keep a copy of`);
    }
    const [{ pending }] = await this.database.query<{ pending: number }>('select count(*) as pending from outbox_pending');
    if (pending > MOST_PENDING) return { published: 0, next: after };
    if (after === 0) this.logger.warn(`Republishing ${tenant ? `the state of ${tenant}` : 'all state'}`);
    return this.publishPart(this.modules.get(this.republisher, { strict: false }), { tenant, after, limit: PART }, correlation_id);
  }

  private publishPart(owner: Republisher, part: Part, correlationId: string = randomUUID()): Promise<RepublishResult> {
    return this.database.transaction(async (tx) => {
      const { events, next } = await owner.republish(tx, part);
      await this.outbox.add(tx, events.map((event) => ({ event, cause: { correlationId, republished: true } })), 'bulk');
      return { published: events.length, next };
    });
  }
}

/** How a republisher that walks rows knows where it ends. */
export const nextAfter = (ids: number[], limit: number): number | null => (ids.length < limit ? null : ids[ids.length - 1]);
