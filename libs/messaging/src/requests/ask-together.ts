import { DomainError, type RequestDefinition } from '@headwater/contracts';
import { currentScope, within, type Scope } from '@headwater/platform';
import { Batcher } from './batcher';
import type { Requester } from './requester';

/** What somebody wants to know of some of a tenant's entities. */
export interface Asked { tenant: string; ids: readonly number[] }

interface Item<Answer> extends Asked {
  scope: Scope | undefined;
  answer(answer: Answer): void;
  refuse(reason: unknown): void;
}

const MOST = 64;
const MOST_IDS = 200;
/** One question at a time, as long as it is answered as quickly as these usually are. */
const LIMITS = { inFlight: 16, besides: MOST, slowMs: 20, items: MOST, waiting: 2_000, atEndOfTurn: true };

/**
 * Asks another service about entities. What several callers want to know at the same time goes in one question: to be asked costs a
 * service much more than to look up one more. Who finds nobody asking goes at once.
 */
export class AskTogether<Answer> {
  private readonly batcher: Batcher<Item<Answer>, void>;

  /** @param timeoutMs that a caller waits, for others who ask and for the answer together */
  constructor(
    private readonly requester: Requester, private readonly request: RequestDefinition<{ tenant: string; ids: number[] }, Answer>, private readonly timeoutMs: number,
  ) {
    this.batcher = new Batcher((items) => this.askFor(items), { ...LIMITS, size: { of: ({ ids }) => ids.length, most: MOST_IDS }, patienceMs: timeoutMs });
  }

  /** @returns an answer that may be about others of the tenant, too. @throws as `Requester.ask` does */
  about(asked: Asked): Promise<Answer> {
    return new Promise((answer, refuse) => {
      this.batcher.add({ ...asked, scope: currentScope(), answer, refuse }).catch(refuse);
    });
  }

  /** Each is answered when its own tenant's question is, whatever becomes of the others. */
  private async askFor(items: Item<Answer>[]): Promise<void[]> {
    const tenants = [...new Set(items.map(({ tenant }) => tenant))].map((one) => items.filter(({ tenant }) => tenant === one));
    await Promise.all(tenants.map((own) => this.askForTenant(own, this.timeoutMs)));
    return items.map(() => undefined);
  }

  /** What is refused to several is asked for each by itself, in the time that is left: it may be because of one of them. */
  private async askForTenant(items: Item<Answer>[], timeoutMs: number): Promise<void> {
    const since = performance.now();
    try {
      const answer = await this.ask(items, timeoutMs);
      for (const item of items) item.answer(answer);
    } catch (error) {
      const leftMs = timeoutMs - (performance.now() - since);
      if (items.length > 1 && leftMs > 0 && !isOutage(error)) await Promise.all(items.map((item) => this.askForTenant([item], leftMs)));
      else for (const item of items) item.refuse(error);
    }
  }

  /** What many wait for belongs to none of them. */
  private ask(items: Item<Answer>[], timeoutMs: number): Promise<Answer> {
    const [{ tenant, scope }] = items;
    const ids = [...new Set(items.flatMap((item) => item.ids))];
    return within(items.length === 1 && scope ? scope : {}, () => this.requester.ask(this.request, { tenant, ids }, { timeoutMs }));
  }
}

/** Of whoever is asked: to ask once more for each would be the last that it needs. */
const isOutage = (error: unknown): boolean => error instanceof DomainError && error.body.kind === 'unavailable';
