import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type Context, type ConvertAnswer, type ConvertBody, type ConvertedInto, type ConvertLead } from '@headwater/contracts';
import { Batcher, causedByRequest, Outbox, remember, sharesNothing } from '@headwater/messaging';
import { Database, faultPoint, isInTheWay, isTemporary, sqlState, type Tx } from '@headwater/platform';
import { actorLabel, authorName } from '../domain/actor-label';
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

/** Unique violation, deadlock, serialisation: somebody was quicker, and looking again finds what they wrote. */
const LOOK_AGAIN = new Set(['23505', '40P01', '40001']);
const MOST_TRIES = 3;
/** Of a record that somebody else holds for longer, the others needn't wait. */
const LOCK_PATIENCE = `set local lock_timeout = '500ms'`;
/** Its own patience is the caller's: what is being written isn't given up. */
const TOGETHER = { inFlight: 16, items: 32, bytes: 32, waiting: 2_000, patienceMs: 60_000, atEndOfTurn: true };

/** The one transaction in which a conversion happens or doesn't; of all that come at once, where they don't have to see each other's records. */
@Injectable()
export class WriteConversion {
  private readonly together: Batcher<Planned, undefined>;

  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly conversions: ConversionsStore,
    private readonly binding: BindTargets, private readonly records: CreateRecords, private readonly others: TellOthers,
  ) {
    this.together = new Batcher((plans) => this.writeAll(plans), () => 1, TOGETHER);
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

  /** One transaction after the other, each of all that don't share a person or a company with one that still waits. */
  private async writeAll(plans: Planned[]): Promise<undefined[]> {
    const settled = new Set<Planned>();
    for (let left = plans; left.length > 0; left = left.filter((plan) => !settled.has(plan))) {
      const next = sharesNothing(left, ({ context: { tenant }, person, company }) => lockNames(tenant.id, person.email_normalised, company));
      for (const plan of await this.writeOrSplit(next)) settled.add(plan);
    }
    return plans.map(() => undefined);
  }

  /**
   * What fails for one of them fails for it alone: it is found by halving, or, where somebody else was in the way, by trying each by itself.
   * @returns those that are settled
   */
  private async writeOrSplit(plans: Planned[]): Promise<Planned[]> {
    try {
      return settleAll(await this.tryTo(plans));
    } catch (error) {
      if (plans.length > 1 && isInTheWay(error)) return (await Promise.all(plans.map((plan) => this.writeOrSplit([plan])))).flat();
      // An outage says nothing about any of them, and whether it was before the commit is not known.
      if (plans.length === 1 || isTemporary(error)) return settleAll(new Map(plans.map((plan) => [plan, { failed: error }])));
      const half = Math.ceil(plans.length / 2);
      return [...await this.writeOrSplit(plans.slice(0, half)), ...await this.writeOrSplit(plans.slice(half))];
    }
  }

  private async tryTo(plans: Planned[]): Promise<Outcomes> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.database.transaction(async (tx) => {
          if (plans.length > 1) await tx.query(LOCK_PATIENCE);
          return this.convert(tx, plans);
        });
      } catch (error) {
        if (tries === MOST_TRIES || !LOOK_AGAIN.has(sqlState(error) ?? '')) throw error;
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

function settleAll(outcomes: Outcomes): Planned[] {
  for (const [plan, outcome] of outcomes) plan.settle(outcome);
  return [...outcomes.keys()];
}

/** @returns what comes of the work, which begins when the transaction is committed */
const afterCommit = <Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> =>
  new Promise((resolve) => tx.afterCommit(() => resolve(work())));

const givenUp = (): DomainError => DomainError.conflict('conversion_given_up', 'The conversion took too long and was given up: try again');

const decided = (planned: Planned, now: string): InTransaction => (
  { ...planned, planned, now, attribution: freezeAttribution({ ...planned.facts, mappingVersion: planned.mapping.version }, now) });

const doneBy = (plan: InTransaction, written: Written): Done => (
  { plan, written, converted: convertedInto(written, plan.facts.ownerId, plan.now), notes: plan.body.notes?.trim() || null });

function announced({ plan: { context, attempt, facts, attribution }, written, ...done }: Done) {
  const events = announceConversion(attempt.tenant, attempt.leadId, {
    ...done, attribution, records: written, dealAttribution: written.attribution, actor: actorLabel(context.actor), author: authorName(context.actor),
    noteIds: [randomUUID(), randomUUID()], confirmTo: facts.confirmTo,
  });
  const cause = causedByRequest(context);
  return events.map((event) => ({ event, cause }));
}

const settledOf = ({ plan: { attempt, context }, written, converted }: Done, events: { type: string; id: string }[]): Settled => (
  { attempt, converted, actor: actorLabel(context.actor), news: newsOf(written, events) });

const convertedInto = ({ account, contact, customer, opportunity }: MadeRecords, owner_id: number | null, now: string): ConvertedInto => ({
  converted_at: now, account_id: account.record.id, contact_id: contact.record.id, customer_id: customer.record.id,
  opportunity_id: opportunity?.record.id ?? null, owner_id,
});

function answerOf({ plan: { attempt, facts, now }, written }: Done): Conversion['answer'] {
  const warnings = [...facts.warnings, ...written.warnings];
  const data: ConvertAnswer = { ...answeredRecords(written), lead: { id: attempt.leadId, status: 'converted', converted_at: now } };
  return { message: 'Lead converted successfully', data, ...(warnings.length > 0 ? { warnings } : {}) };
}
