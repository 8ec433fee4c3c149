import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type Context, type ConvertAnswer, type ConvertBody, type ConvertedInto, type ConvertLead } from '@headwater/contracts';
import { Batcher, causedByRequest, Outbox, remember, sharesNothing } from '@headwater/messaging';
import {
  Database, faultPoint, isBeaten, isInTheWay, isTemporary, limitPatience, PATIENCE_ALONE_MS, PATIENCE_TOGETHER_MS, type Tx,
} from '@headwater/platform';
import { actorName } from '../domain/actor-name';
import { announceConversion } from '../domain/announce-conversion';
import { freezeAttribution } from '../domain/freeze-attribution';
import { answeredRecords, type MadeRecords } from '../domain/made';
import { newsOf } from '../domain/news';
import { lockNames } from '../domain/targets/independent';
import type { VersionedMapping } from '../mapping/known-mappings';
import { ConversionsStore, type Attempt } from '../store/conversions.store';
import { BindTargets } from './bind-targets';
import { CreateRecords, type Decided, type Written } from './create-records';
import type { Gathered } from './gather-facts';
import { keyedAttempt } from './keyed-attempt';
import { planOf, type Plan } from './plan';
import type { Reserved } from './neighbours';
import type { Settled } from './settled';
import { TellOthers } from './tell-others';

/** Everything that the decision is made from. */
export interface ToConvert {
  context: Context;
  attempt: Attempt;
  body: ConvertBody;
  mapping: VersionedMapping;
  facts: Gathered & Reserved;
}

export interface Conversion {
  answer: AnswerOf<typeof ConvertLead>;
  /** when the lead's owners were told; never fails */
  told: Promise<void>;
}

interface Planned extends Plan {
  attempt: Attempt;
  facts: Gathered & Reserved;
  /** called as soon as it is known, whatever becomes of the others */
  settle: (outcome: Outcome) => void;
}
type InTransaction = Planned & Decided & { planned: Planned };
interface Done { plan: InTransaction; written: Written; converted: ConvertedInto; notes: string | null }
type Outcome = { done: Conversion } | { failed: unknown };
type Outcomes = Map<Planned, Outcome>;

const MOST_TRIES = 3;
/** Its own patience is the caller's: what is being written isn't given up. */
const TOGETHER = { inFlight: 16, items: 32, waiting: 2_000, patienceMs: 60_000, atEndOfTurn: true };
/** However many somebody is in the way of, they leave connections to the others. */
const ALONE = { ...TOGETHER, inFlight: 2, items: 1, atEndOfTurn: false };
const PATIENTLY = { ...ALONE, inFlight: 1 };

/** Of those that came together: who is tried by itself, and who is settled. */
interface Convoy { alone: Map<Planned, Promise<void>>; settled: Set<Planned> }

/** The one transaction in which a conversion happens or doesn't; of all that come at once, where they don't have to see each other's records. */
@Injectable()
export class WriteConversion {
  private readonly together: Batcher<Planned, undefined>;
  private readonly alone: Batcher<Planned, Outcomes>;
  private readonly patiently: Batcher<Planned, Outcomes>;

  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly conversions: ConversionsStore,
    private readonly binding: BindTargets, private readonly records: CreateRecords, private readonly others: TellOthers,
  ) {
    this.together = new Batcher((plans) => this.writeAll(plans), TOGETHER);
    this.alone = new Batcher(async (plans) => [await this.tryTo(plans, PATIENCE_TOGETHER_MS)], ALONE);
    this.patiently = new Batcher(async (plans) => [await this.tryTo(plans, PATIENCE_ALONE_MS)], PATIENTLY);
  }

  /** @throws DomainError as `chooseTargets`, and `conversion_given_up` when the attempt is no longer the caller's */
  async write({ context, attempt, body, mapping, facts }: ToConvert): Promise<Conversion> {
    const plan = planOf(context, body, facts, mapping);
    const outcome = await new Promise<Outcome>((settle, reject) => {
      this.together.add({ ...plan, attempt, facts, settle }).catch(reject);
    });
    if ('failed' in outcome) throw outcome.failed;
    return outcome.done;
  }

  /** One transaction after the other, each of all that don't share a person or a company with one that still waits, or that is tried by itself. */
  private async writeAll(plans: Planned[]): Promise<undefined[]> {
    const convoy: Convoy = { alone: new Map(), settled: new Set() };
    for (let left = plans; left.length > 0; left = left.filter((plan) => !convoy.settled.has(plan))) {
      const next = sharesNothing(left, ({ context: { tenant }, person, company }) => lockNames(tenant.id, person.email_normalised, company))
        .filter((plan) => !convoy.alone.has(plan));
      if (next.length > 0) await this.writeOrSplit(next, convoy);
      else await Promise.race(convoy.alone.values());
    }
    return plans.map(() => undefined);
  }

  /** What fails for one of them fails for it alone: it is found by halving, or, where somebody else was in the way, by trying each by itself. */
  private async writeOrSplit(plans: Planned[], convoy: Convoy): Promise<void> {
    try {
      settleAll(await this.tryTo(plans, PATIENCE_TOGETHER_MS), convoy);
    } catch (error) {
      if (isInTheWay(error)) {
        for (const plan of plans) convoy.alone.set(plan, this.writeAlone(plan).then((outcomes) => settleAll(outcomes, convoy)));
      } else if (plans.length === 1 || isTemporary(error)) {
        // An outage says nothing about any of them, and whether it was before the commit is not known.
        settleAll(new Map(plans.map((plan) => [plan, { failed: error }])), convoy);
      } else {
        const half = Math.ceil(plans.length / 2);
        await this.writeOrSplit(plans.slice(0, half), convoy);
        await this.writeOrSplit(plans.slice(half), convoy);
      }
    }
  }

  /** Once without patience, since most of them were only beside the one that is held. */
  private async writeAlone(plan: Planned): Promise<Outcomes> {
    try {
      return await this.alone.add(plan).catch((error: unknown) => {
        if (!isInTheWay(error)) throw error;
        return this.patiently.add(plan);
      });
    } catch (error) {
      return new Map([[plan, { failed: isInTheWay(error) ? heldByOthers() : error }]]);
    }
  }

  private async tryTo(plans: Planned[], patienceMs: number): Promise<Outcomes> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.database.transaction(async (tx) => {
          await limitPatience(tx, patienceMs);
          return this.convert(tx, plans);
        });
      } catch (error) {
        if (tries === MOST_TRIES || !isBeaten(error)) throw error;
      }
    }
  }

  /** @returns what comes of each; nothing yet of one that has to see what another wrote */
  private async convert(tx: Tx, plans: Planned[]): Promise<Outcomes> {
    const times = await this.conversions.holdStarted(tx, plans.map(({ attempt }) => attempt));
    const isHeld = ({ attempt }: Planned): boolean => times.has(attempt.token);
    const outcomes: Outcomes = new Map(plans.filter((plan) => !isHeld(plan)).map((plan) => [plan, { failed: givenUp() }]));
    const held = plans.filter(isHeld).map((plan) => decided(plan, times.get(plan.attempt.token)!));
    if (held.length === 0) return outcomes;
    const { bound, refused } = await this.binding.bind(tx, held);
    for (const [{ planned }, refusal] of refused) outcomes.set(planned, { failed: refusal });
    const written = await this.records.create(tx, bound);
    const conversions = await this.finish(tx, bound.map(({ plan }, i) => doneBy(plan, written[i])));
    bound.forEach(({ plan }, i) => outcomes.set(plan.planned, { done: conversions[i] }));
    return outcomes;
  }

  private async finish(tx: Tx, done: Done[]): Promise<Conversion[]> {
    if (done.length === 0) return [];
    await this.conversions.finish(tx, done.map(({ plan: { attempt, attribution }, converted, notes }) => ({ ...attempt, converted, attribution, notes })));
    const events = done.map(announced);
    let settled: Settled[] = [];
    const told = afterCommit(tx, () => {
      faultPoint('conversion.after_commit');
      return this.others.tell(settled);
    });
    // Who was told needn't handle the events, which therefore come after it.
    const ids = await this.outbox.add(tx, events.flat(), undefined, { after: told });
    settled = done.map((one, i) => settledOf(one, events[i].map(({ event }) => ({ type: event.definition.type, id: ids.shift()! }))));
    const answers = done.map(answerOf);
    // Nobody else writes under these keys: each names the lead, and the lead is this attempt's.
    await remember(tx, done.flatMap(({ plan: { context, attempt, body } }, i) => {
      const keyed = keyedAttempt({ context, lead_id: attempt.leadId, body });
      return keyed ? [{ attempt: keyed, answer: answers[i] }] : [];
    }));
    faultPoint('conversion.before_commit');
    return answers.map((answer) => ({ answer, told }));
  }
}

function settleAll(outcomes: Outcomes, { alone, settled }: Convoy): void {
  for (const [plan, outcome] of outcomes) {
    plan.settle(outcome);
    settled.add(plan);
    alone.delete(plan);
  }
}

/** @returns what comes of the work, which begins when the transaction is committed */
const afterCommit = <Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> =>
  new Promise((resolve) => tx.afterCommit(() => resolve(work())));

const heldByOthers = (): DomainError => DomainError.unavailable('Somebody else holds what the lead would become part of: try again');

const givenUp = (): DomainError => DomainError.conflict('conversion_given_up', 'The conversion took too long and was given up: try again');

const decided = (planned: Planned, now: string): InTransaction => (
  { ...planned, planned, now, attribution: freezeAttribution({ ...planned.facts, mappingVersion: planned.mapping.version }, now) });

const doneBy = (plan: InTransaction, written: Written): Done => (
  { plan, written, converted: convertedInto(written, plan.facts.ownerId, plan.now), notes: plan.body.notes?.trim() || null });

function announced({ plan: { context, attempt, facts, attribution }, written, ...done }: Done) {
  const events = announceConversion(attempt.tenant, attempt.leadId, {
    ...done, attribution, records: written, dealAttribution: written.attribution, actor: actorName(context.actor),
    noteIds: [randomUUID(), randomUUID()], confirmTo: facts.confirmTo,
  });
  const cause = causedByRequest(context);
  return events.map((event) => ({ event, cause }));
}

const settledOf = ({ plan: { attempt, context }, written, converted }: Done, events: { type: string; id: string }[]): Settled => (
  { attempt, converted, actor: actorName(context.actor), news: newsOf(written, events) });

const convertedInto = ({ account, contact, customer, opportunity }: MadeRecords, owner_id: number | null, now: string): ConvertedInto => ({
  converted_at: now, account_id: account.record.id, contact_id: contact.record.id, customer_id: customer.record.id,
  opportunity_id: opportunity?.record.id ?? null, owner_id,
});

function answerOf({ plan: { attempt, facts, now }, written }: Done): Conversion['answer'] {
  const warnings = [...facts.warnings, ...written.warnings];
  const data: ConvertAnswer = { ...answeredRecords(written), lead: { id: attempt.leadId, status: 'converted', converted_at: now } };
  return { message: 'Lead converted successfully', data, ...(warnings.length > 0 ? { warnings } : {}) };
}
