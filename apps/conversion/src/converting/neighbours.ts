import { Inject, Injectable } from '@nestjs/common';
import {
  DescribeLeadsToConvert, DescribeOwnersToConvert, DomainError, ExplainScoresToConvert, LockConvertedAssignments, LockConvertedLeads, LockConvertedScores,
  ReserveLeadsToConvert, SettleConvertedLeads,
  type IntakeFacts, type LeadAt, type LeadConvertedInto, type QuestionOf, type RequestDefinition, type ReservedLead, type RoutingFacts, type ScoringFacts,
} from '@headwater/contracts';
import { Batcher, Requester } from '@headwater/messaging';
import { CONVERSION_CONFIG, type ConversionConfig } from '../conversion.config';
import type { Attempt } from '../store/conversions.store';
import type { Settled } from './settled';

/** Touches that are frozen with a conversion, besides the very first one. */
const TOUCHES = 100;
/** Of leads that may be the same person; people who want more look into the queue. */
const MOST_REVIEWS = 10;

/** For what a conversion needs. */
const NEEDED_MS = 5_000;
/** For answers that a conversion can do without, and for telling of it: who doesn't hear it now learns it from the event. */
const OPTIONAL_MS = 2_000;
/** A convoy asks together; several requests at a time, so that one that isn't answered holds no other convoy up. */
const TOGETHER = { inFlight: 16, items: 32, waiting: 2_000, atEndOfTurn: true };

export type Reserved = Omit<Extract<ReservedLead, { ok: true }>, 'ok'>;
type Reservation = QuestionOf<typeof ReserveLeadsToConvert>['items'][number];
type OwnerQuestion = QuestionOf<typeof DescribeOwnersToConvert>['items'][number];

/** What conversion asks of a lead's other owners, and tells them. Conversions of one convoy ask by one request. */
@Injectable()
export class Neighbours {
  private readonly reservations: Batcher<Reservation, ReservedLead>;
  private readonly leads: Batcher<LeadAt, IntakeFacts | null>;
  private readonly scores: Batcher<LeadAt, ScoringFacts | null>;
  private readonly assignments: Batcher<OwnerQuestion, RoutingFacts>;

  constructor(private readonly requester: Requester, @Inject(CONVERSION_CONFIG) { CONVERSION_LEASE_SECONDS }: ConversionConfig) {
    // What is reserved for a time is not waited for any longer.
    const patience = Math.min(NEEDED_MS, CONVERSION_LEASE_SECONDS * 1_000);
    this.reservations = together(patience, async (items) => (await this.ask(ReserveLeadsToConvert, { items }, patience)).results);
    this.leads = together(NEEDED_MS, async (items) =>
      (await this.ask(DescribeLeadsToConvert, { items, touches: TOUCHES, reviews: MOST_REVIEWS }, NEEDED_MS)).facts);
    this.scores = together(OPTIONAL_MS, async (items) => (await this.ask(ExplainScoresToConvert, { items }, OPTIONAL_MS)).facts);
    this.assignments = together(OPTIONAL_MS, async (items) => (await this.ask(DescribeOwnersToConvert, { items }, OPTIONAL_MS)).facts);
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

  /** A request to each for all of them, at once. Each by its name, for whom to blame. */
  tellings(conversions: Settled[]): { service: string; told: Promise<unknown> }[] {
    const each = conversions.map(({ attempt: { tenant, leadId, token }, converted, actor, news }) => {
      const item: LeadConvertedInto = { tenant, lead_id: leadId, converted, events: news?.ofLead };
      return { item, settlement: { ...item, token, actor }, lead: { ...item, events: news && [...news.ofLead, ...news.ofRecords], records: news?.records } };
    });
    const items = each.map(({ item }) => item);
    return [
      this.tell(SettleConvertedLeads, each.map(({ settlement }) => settlement)), this.tell(LockConvertedLeads, each.map(({ lead }) => lead)),
      this.tell(LockConvertedScores, items), this.tell(LockConvertedAssignments, items),
    ];
  }

  /** Sets leads free whose conversions come to nothing. */
  async release(attempts: Attempt[]): Promise<void> {
    await this.ask(SettleConvertedLeads, { items: [], aborted: attempts.map(({ tenant, leadId: lead_id, token }) => ({ tenant, lead_id, token })) }, OPTIONAL_MS);
  }

  private tell<Item>(request: RequestDefinition<{ items: Item[] }, unknown>, items: Item[]): { service: string; told: Promise<unknown> } {
    return { service: request.service, told: this.ask(request, { items }, OPTIONAL_MS) };
  }

  private ask<Question, Answer>(request: RequestDefinition<Question, Answer>, question: Question, timeoutMs: number): Promise<Answer> {
    return this.requester.ask(request, question, { timeoutMs });
  }
}

const together = <Item, Result>(patienceMs: number, send: (items: Item[]) => Promise<Result[]>): Batcher<Item, Result> =>
  new Batcher(send, { ...TOGETHER, patienceMs });
