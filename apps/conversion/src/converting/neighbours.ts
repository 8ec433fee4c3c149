import { Inject, Injectable } from '@nestjs/common';
import {
  DescribeLeadsToConvert, DescribeOwnersToConvert, DomainError, ExplainScoresToConvert, LockConvertedAssignments, LockConvertedLeads, LockConvertedScores,
  ReserveLeadsToConvert, SettleConvertedLeads, SettleLead,
  type IntakeFacts, type LeadAt, type LeadConvertedInto, type QuestionOf, type RequestDefinition, type ReservedLead, type RoutingFacts, type ScoringFacts,
} from '@headwater/contracts';
import { Batcher, Requester } from '@headwater/messaging';
import { CONVERSION_CONFIG, type ConversionConfig } from '../conversion.config';

/** Touches that are frozen with a conversion, besides the very first one. */
const TOUCHES = 100;
/** Of leads that may be the same person; people who want more look into the queue. */
const MOST_REVIEWS = 10;

/** For what a conversion needs. */
const NEEDED_MS = 5_000;
/** For answers that a conversion can do without, and for telling of it: who doesn't hear it now learns it from the event. */
const OPTIONAL_MS = 2_000;
/** A convoy asks together; several requests at a time, so that one that isn't answered holds no other convoy up. */
const TOGETHER = { inFlight: 16, items: 32, bytes: 32, waiting: 2_000, atEndOfTurn: true };
const countOne = (): number => 1;

export type Reserved = Omit<Extract<ReservedLead, { ok: true }>, 'ok'>;
type Reservation = QuestionOf<typeof ReserveLeadsToConvert>['items'][number];
type Settlement = QuestionOf<typeof SettleConvertedLeads>['items'][number];
type OwnerQuestion = QuestionOf<typeof DescribeOwnersToConvert>['items'][number];

/** What conversion asks of a lead's other owners, and tells them. Conversions of one convoy ask by one request. */
@Injectable()
export class Neighbours {
  private readonly reservations: Batcher<Reservation, ReservedLead>;
  private readonly leads: Batcher<LeadAt, IntakeFacts | null>;
  private readonly scores: Batcher<LeadAt, ScoringFacts | null>;
  private readonly assignments: Batcher<OwnerQuestion, RoutingFacts>;
  private readonly settlements: Batcher<Settlement, undefined>;
  private readonly locks: { service: string; batcher: Batcher<LeadConvertedInto, undefined> }[];

  constructor(private readonly requester: Requester, @Inject(CONVERSION_CONFIG) { CONVERSION_LEASE_SECONDS }: ConversionConfig) {
    // What is reserved for a time is not waited for any longer.
    const patience = Math.min(NEEDED_MS, CONVERSION_LEASE_SECONDS * 1_000);
    this.reservations = together(patience, async (items) => (await this.ask(ReserveLeadsToConvert, { items }, patience)).results);
    this.leads = together(NEEDED_MS, async (items) =>
      (await this.ask(DescribeLeadsToConvert, { items, touches: TOUCHES, reviews: MOST_REVIEWS }, NEEDED_MS)).facts);
    this.scores = together(OPTIONAL_MS, async (items) => (await this.ask(ExplainScoresToConvert, { items }, OPTIONAL_MS)).facts);
    this.assignments = together(OPTIONAL_MS, async (items) => (await this.ask(DescribeOwnersToConvert, { items }, OPTIONAL_MS)).facts);
    this.settlements = this.telling(SettleConvertedLeads);
    this.locks = [LockConvertedLeads, LockConvertedScores, LockConvertedAssignments]
      .map((request) => ({ service: request.service, batcher: this.telling<LeadConvertedInto>(request) }));
  }

  /** @throws DomainError as `ReserveLead`, or unavailable: then it may be reserved nevertheless */
  async reserve(reservation: Reservation): Promise<Reserved> {
    const reserved = await this.reservations.add(reservation);
    if (!reserved.ok) throw new DomainError(reserved.refusal);
    return reserved;
  }

  /** @throws DomainError not_found, unavailable */
  async lead(lead: LeadAt): Promise<IntakeFacts> {
    const facts = await this.leads.add(lead);
    if (!facts) throw DomainError.notFound('Lead');
    return facts;
  }

  /** @throws DomainError unavailable, as the next */
  score(lead: LeadAt): Promise<ScoringFacts | null> {
    return this.scores.add(lead);
  }

  owners(question: OwnerQuestion): Promise<RoutingFacts> {
    return this.assignments.add(question);
  }

  /** Each by its name, for whom to blame. */
  tellings(settlement: Settlement): { service: string; told: Promise<undefined> }[] {
    const { tenant, lead_id, converted } = settlement;
    return [
      { service: SettleConvertedLeads.service, told: this.settlements.add(settlement) },
      ...this.locks.map(({ service, batcher }) => ({ service, told: batcher.add({ tenant, lead_id, converted }) })),
    ];
  }

  /** Sets a lead free whose conversion comes to nothing. */
  async release(lead: LeadAt, token: string): Promise<void> {
    await this.ask(SettleLead, { ...lead, token, outcome: { kind: 'aborted' } }, OPTIONAL_MS);
  }

  private telling<Item>(request: RequestDefinition<{ items: Item[] }, unknown>): Batcher<Item, undefined> {
    return together(OPTIONAL_MS, async (items) => {
      await this.ask(request, { items }, OPTIONAL_MS);
      return items.map(() => undefined);
    });
  }

  private ask<Question, Answer>(request: RequestDefinition<Question, Answer>, question: Question, timeoutMs: number): Promise<Answer> {
    return this.requester.ask(request, question, { timeoutMs });
  }
}

const together = <Item, Result>(patienceMs: number, send: (items: Item[]) => Promise<Result[]>): Batcher<Item, Result> =>
  new Batcher(send, countOne, { ...TOGETHER, patienceMs });
