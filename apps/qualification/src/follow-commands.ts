import { Injectable } from '@nestjs/common';
import { DomainError } from '@headwater/contracts';
import { attemptOf, Batcher, recall, remember, sharesNothing, type KeyedAttempt } from '@headwater/messaging';
import { Database, isInTheWay, isTemporary, limitPatience, PATIENCE_TOGETHER_MS, type Tx } from '@headwater/platform';
import { assertWritable } from './domain/refusals';
import { isLeaseOver } from './domain/reservation';
import { HoldLead, type LeadCommand } from './hold-lead';
import { RecordDecisions, type Recorded } from './record-decisions';
import { StatusesStore, type Locked } from './store/statuses.store';

/** A command whose lead this transaction has locked, and may write. */
export interface Held<Command> { command: Command; lead: Locked }

/** What becomes of a command; `alone`: that can't be said for several at once. */
export type Outcome<Answer> = { answer: Answer; recorded: Recorded | null } | { refused: DomainError } | 'alone';

/** How commands of a kind are followed. */
export interface Kind<Command extends LeadCommand, Answer> {
  /** Decides, for leads that are different ones, in their order; it writes what `recorded` doesn't have, once all are decided. */
  decide(tx: Tx, held: Held<Command>[]): Promise<Outcome<Answer>[]>;
  /** The whole command in a transaction of its own; as `decide` has it when absent. */
  alone?(command: Command): Promise<Answer>;
}

interface Item { command: LeadCommand; kind: Kind<LeadCommand, unknown> }
type Result = Outcome<unknown> | 'again';
type Results = Map<Item, Result>;

/** A second transaction goes for sixteen, or for anybody once the first one is slow: it may be waiting for somebody's lock. */
const TOGETHER = { inFlight: 2, besides: 16, slowMs: 50, items: 32, waiting: 2_000, patienceMs: 5_000, atEndOfTurn: true };

/**
 * Lets people's commands about different leads that come at the same time go in one transaction: a statement costs hardly more for
 * thirty leads than for one. Who finds nobody underway goes at once.
 */
@Injectable()
export class FollowCommands {
  private readonly together: Batcher<Item, Result>;

  constructor(
    private readonly database: Database, private readonly holding: HoldLead, private readonly statuses: StatusesStore,
    private readonly decisions: RecordDecisions,
  ) {
    this.together = new Batcher((items) => this.followAll(items), TOGETHER);
  }

  /**
   * Once per idempotency key.
   * @throws DomainError 404; 409 `lead_locked`, `lead_merged`, `conversion_in_progress`, `merge_in_progress`, and as the kind does
   */
  async follow<Command extends LeadCommand, Answer>(command: Command, kind: Kind<Command, Answer>): Promise<Answer> {
    const item: Item = { command, kind };
    for (;;) {
      const result = await this.together.add(item);
      if (result === 'again') continue;
      if (result === 'alone') return kind.alone ? kind.alone(command) : this.alone(command, kind);
      if ('refused' in result) throw result.refused;
      return result.answer as Answer;
    }
  }

  private alone<Command extends LeadCommand, Answer>(command: Command, kind: Kind<Command, Answer>): Promise<Answer> {
    return this.holding.during(command, async (tx, lead) => {
      const [outcome] = await kind.decide(tx, [{ command, lead }]);
      if (outcome === 'alone') throw new Error('A command that can go neither alone nor with others');
      if ('refused' in outcome) throw outcome.refused;
      if (outcome.recorded) await this.decisions.record(tx, [outcome.recorded]);
      return outcome.answer;
    });
  }

  /** A second command on a lead, or under a key, goes after the first. What is in the way of some of them is not in the others' way when each goes alone. */
  private async followAll(items: Item[]): Promise<Result[]> {
    const chosen = sharesNothing(items, namesOf);
    try {
      const results = await this.database.transaction((tx) => this.within(tx, chosen));
      return items.map((item) => results.get(item) ?? 'again');
    } catch (error) {
      // An outage says nothing about any of them, and whether it was before the commit is not known.
      if (isTemporary(error) && !isInTheWay(error)) throw error;
      const isChosen = new Set(chosen);
      return items.map((item) => (isChosen.has(item) ? 'alone' : 'again'));
    }
  }

  private async within(tx: Tx, items: Item[]): Promise<Results> {
    await limitPatience(tx, PATIENCE_TOGETHER_MS);
    const results: Results = new Map();
    const held = await this.hold(tx, await this.fresh(tx, items, results), results);
    for (const kind of new Set(held.map(({ command }) => command.kind))) {
      const own = held.filter(({ command }) => command.kind === kind);
      const outcomes = await kind.decide(tx, own.map(({ command: { command }, lead }) => ({ command, lead })));
      own.forEach(({ command }, i) => results.set(command, outcomes[i]));
    }
    await this.keep(tx, held.map(({ command }) => ({ attempt: attemptOf(command.command.context), result: results.get(command)! })));
    return results;
  }

  private async keep(tx: Tx, done: { attempt: KeyedAttempt | undefined; result: Result }[]): Promise<void> {
    await this.decisions.record(tx, done.flatMap(({ result }) => (typeof result !== 'string' && 'recorded' in result && result.recorded ? [result.recorded] : [])));
    await remember(tx, done.flatMap(({ attempt, result }): Parameters<typeof remember>[1] => {
      if (!attempt || typeof result === 'string') return [];
      if ('answer' in result) return [{ attempt, answer: result.answer }];
      return result.refused.body.kind === 'invalid' ? [{ attempt, refusal: result.refused.body }] : [];
    }));
  }

  /** Those that nothing is remembered of; the others have their result then. */
  private async fresh(tx: Tx, items: Item[], results: Results): Promise<Item[]> {
    const keyed = items.flatMap((item) => {
      const attempt = attemptOf(item.command.context);
      return attempt ? [{ item, attempt }] : [];
    });
    const remembered = keyed.length > 0 ? await recall(tx, keyed.map(({ attempt }) => attempt)) : [];
    remembered.forEach((known, i) => {
      if (known.kind === 'answered') results.set(keyed[i].item, { answer: known.answer, recorded: null });
      if (known.kind === 'refused') results.set(keyed[i].item, { refused: new DomainError(known.error) });
    });
    return items.filter((item) => !results.has(item));
  }

  /** Locks leads; of one that isn't known here, or whose reservation ran out, somebody else has to be asked first. */
  private async hold(tx: Tx, items: Item[], results: Results): Promise<Held<Item>[]> {
    const locked = await this.statuses.lockAll(tx, items.map(({ command: { context, lead_id } }) => ({ tenant_id: context.tenant.id, lead_id })));
    const leads = new Map(locked.map((lead) => [`${lead.tenant_id} ${lead.lead_id}`, lead]));
    return items.flatMap((item) => {
      const lead = leads.get(leadNameOf(item.command));
      const held = lead && !isLeaseOver(lead) ? orRefusal(() => heldFor(item, lead)) : 'alone';
      if (held !== 'alone' && 'lead' in held) return [held];
      results.set(item, held);
      return [];
    });
  }
}

/** What the work returns, or its refusal. */
export function orRefusal<Decided>(work: () => Decided): Decided | { refused: DomainError } {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return { refused: error };
    throw error;
  }
}

/** @throws DomainError where nobody may write the lead now */
function heldFor(item: Item, lead: Locked): Held<Item> {
  assertWritable(lead);
  return { command: item, lead };
}

const leadNameOf = ({ context, lead_id }: LeadCommand): string => `${context.tenant.id} ${lead_id}`;

function namesOf({ command }: Item): string[] {
  const attempt = attemptOf(command.context);
  return [`lead ${leadNameOf(command)}`, ...(attempt ? [`key ${attempt.tenant} ${attempt.scope} ${attempt.key}`] : [])];
}
