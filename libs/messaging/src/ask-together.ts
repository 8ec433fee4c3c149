import type { RequestDefinition } from '@headwater/contracts';
import { currentScope, within, type Scope } from '@headwater/platform';
import { Batcher } from './batcher';
import type { Requester } from './requester';

/** What somebody wants to know of some of a tenant's entities. */
export interface Asked { tenant: string; ids: readonly number[] }

interface Item extends Asked { scope: Scope | undefined }

const MOST = 64;
/** One question at a time, as long as it is answered as quickly as these usually are. */
const LIMITS = { inFlight: 16, besides: MOST, slowMs: 20, items: MOST, bytes: 200, waiting: 2_000, atEndOfTurn: true };

/**
 * Asks another service about entities. What several callers want to know at the same time goes in one question: to be asked costs a
 * service much more than to look up one more. Who finds nobody asking goes at once.
 */
export class AskTogether<Answer> {
  private readonly batcher: Batcher<Item, PromiseSettledResult<Answer>>;

  /** @param timeoutMs that a caller waits, for others who ask and for the answer together */
  constructor(
    private readonly requester: Requester, private readonly request: RequestDefinition<{ tenant: string; ids: number[] }, Answer>, private readonly timeoutMs: number,
  ) {
    this.batcher = new Batcher((items) => this.askFor(items), ({ ids }) => ids.length, { ...LIMITS, patienceMs: timeoutMs });
  }

  /** @returns an answer that may be about others of the tenant, too. @throws as `Requester.ask` does */
  async about(asked: Asked): Promise<Answer> {
    const result = await this.batcher.add({ ...asked, scope: currentScope() });
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }

  private async askFor(items: Item[]): Promise<PromiseSettledResult<Answer>[]> {
    const tenants = [...new Set(items.map(({ tenant }) => tenant))].map((one) => items.filter(({ tenant }) => tenant === one));
    const results = new Map<Item, PromiseSettledResult<Answer>>();
    await Promise.all(tenants.map(async (own) => (await this.askForTenant(own)).forEach((result, i) => results.set(own[i], result))));
    return items.map((item) => results.get(item)!);
  }

  /** What fails for several is asked for each by itself, if they still wait: it may be because of one of them. */
  private async askForTenant(items: Item[]): Promise<PromiseSettledResult<Answer>[]> {
    const since = performance.now();
    const [result] = await Promise.allSettled([this.ask(items)]);
    if (result.status === 'fulfilled' || items.length === 1 || performance.now() - since >= this.timeoutMs) return items.map(() => result);
    return Promise.allSettled(items.map((item) => this.ask([item])));
  }

  /** What many wait for belongs to none of them. */
  private ask(items: Item[]): Promise<Answer> {
    const [{ tenant, scope }] = items;
    const ids = [...new Set(items.flatMap((item) => item.ids))];
    return within(items.length === 1 && scope ? scope : {}, () => this.requester.ask(this.request, { tenant, ids }, { timeoutMs: this.timeoutMs }));
  }
}
