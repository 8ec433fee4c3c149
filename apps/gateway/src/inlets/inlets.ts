import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError, eventSubject, FindInlet, InletChanged, isInletKey, ListInlets, type AnswerOf, type EdgeInlet, type InletKind } from '@headwater/contracts';
import { Broker, Requester } from '@headwater/messaging';
import { Health } from '@headwater/platform';
import { KeptCopy } from '../access/kept-copy';
import { InletsCopy } from './inlets-copy';
import { TokenBuckets } from './token-bucket';
import { tooMany } from './too-many';

const ANSWER_WITHIN_MS = 2_000;
/** Keys are public, so anybody may try any; intake is asked for no more unknown ones than this. */
const UNKNOWN_PER_MINUTE = 600;

/**
 * Forms and connectors, in memory, so that what comes by them is taken in without asking, also while intake is away. Intake
 * owns them. Refreshed by event (one was changed) and by time (the event was missed).
 */
@Injectable()
export class Inlets implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly kept = new KeptCopy(new InletsCopy([], undefined, -Infinity), (former) => this.load(former), 'Inlets');
  private readonly asked = new TokenBuckets();

  constructor(private readonly requester: Requester, private readonly broker: Broker, health: Health) {
    health.register('inlets', () => {
      const { copy, isGood } = this.kept;
      return { ok: isGood, inlets: copy.size };
    });
  }

  /** Intake may start later than we do: nobody waits for it here. */
  onApplicationBootstrap(): void {
    this.broker.listen(eventSubject(InletChanged, '*', 'live'), () => this.kept.refreshIfPossible());
    this.broker.onReturn(() => this.kept.refreshIfPossible());
    void this.kept.refreshIfPossible().then(() => this.kept.begin());
  }

  onApplicationShutdown(): void {
    this.kept.end();
  }

  /**
   * The inlet of this kind with this key, which lets something in.
   * @throws DomainError `not_found` for a key that there isn't; `gone` for one that was revoked; `unavailable` when the copy is too
   *   old to say, and intake doesn't answer; `too_many_requests` while too many unknown keys are tried
   */
  async require(kind: InletKind, key: string): Promise<EdgeInlet> {
    const inlet = isInletKey(key) ? await this.find(key) : null;
    if (inlet?.kind !== kind) throw DomainError.notFound(WORDS[kind]);
    if (inlet.revoked) throw DomainError.gone(`This ${WORDS[kind].toLowerCase()} takes nothing in any more`);
    return inlet;
  }

  /** After a change that is committed: what could not be read now is read within 30 seconds. */
  refreshIfPossible(): Promise<void> {
    return this.kept.refreshIfPossible();
  }

  private async find(key: string): Promise<EdgeInlet | null> {
    if (!this.kept.isGood) await this.kept.refresh();
    const { copy } = this.kept;
    return copy.find(key) ?? this.kept.lookUp(copy, key, () => this.ask(key), (inlet) => copy.add(inlet));
  }

  private async ask(key: string): Promise<EdgeInlet | null> {
    const waitMs = this.asked.take('unknown', UNKNOWN_PER_MINUTE, performance.now());
    if (waitMs > 0) throw tooMany(waitMs);
    return (await this.requester.ask(FindInlet, { key }, { timeoutMs: ANSWER_WITHIN_MS })).inlet;
  }

  private async load(former: InletsCopy): Promise<InletsCopy> {
    const startedAt = performance.now();
    const inlets: EdgeInlet[] = [];
    let digest: string | undefined;
    for (let after: number | null = 0; after !== null;) {
      const known: string | undefined = after === 0 ? former.digest : undefined;
      const part: AnswerOf<typeof ListInlets> = await this.requester.ask(ListInlets, { after, ...(known ? { digest: known } : {}) }, { timeoutMs: ANSWER_WITHIN_MS });
      if (part.unchanged) return former.confirmed(startedAt);
      digest ??= part.digest;
      inlets.push(...part.inlets);
      after = part.next;
    }
    return new InletsCopy(inlets, digest, startedAt);
  }
}

const WORDS: Readonly<Record<InletKind, string>> = { form: 'Form', connector: 'Connector' };
