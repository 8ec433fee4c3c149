import { Injectable } from '@nestjs/common';
import { readDeliveries, readRecord, type ReadOne } from '@headwater/inlets';
import { Loop } from '@headwater/messaging';
import { about, Database, type Queries } from '@headwater/platform';
import { DeliveriesStore, type ClaimedFetch } from '../store/deliveries.store';
import { InletsStore } from '../store/inlets.store';
import { AskVendor } from './ask-vendor';
import { setUpOf, TakeInAgain } from './take-in-again';

const POLL_MS = 1_000;
const AT_ONCE = 4;
/** Longer than a vendor is given to answer: after it another replica takes over. */
const CLAIM_SECONDS = 60;
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 3_600;
/** The pauses double until they are an hour long, which is after eleven tries; all of them take three days. */
const MOST_TRIES = 82;
/** A record may be a moment behind the notification that names it. */
const MOST_TRIES_WHEN_GONE = 6;

/** Asks for records that vendors only named, after the notification was taken in: again and again, by one replica at a time. */
@Injectable()
export class FetchRecords extends Loop {
  protected readonly whenFailed = 'Records of vendors are not asked for at the moment';

  constructor(
    private readonly database: Database, private readonly deliveries: DeliveriesStore, private readonly inlets: InletsStore,
    private readonly vendor: AskVendor, private readonly takeInAgain: TakeInAgain,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const claimed = await this.deliveries.claim(this.database, { most: AT_ONCE, seconds: CLAIM_SECONDS });
    await Promise.all(claimed.map((one) => this.fetch(one)));
    return claimed.length < AT_ONCE ? POLL_MS : 0;
  }

  /** What goes wrong puts it off: nobody waits for an answer. */
  private async fetch(claimed: ClaimedFetch): Promise<void> {
    try {
      await this.ask(claimed);
    } catch (err) {
      if (this.ended.aborted) return; // the claim runs out, and another replica asks
      about({ tenant: claimed.tenant_id }, () => this.logger.error({ err, submission_id: claimed.submission_id }, 'A record of a vendor could not be taken in'));
      await this.deliveries.putOff(this.database, claimed, pauseAfter(claimed.tries)).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'A claim stays until it runs out'));
    }
  }

  private async ask(claimed: ClaimedFetch): Promise<void> {
    const found = await this.find(this.database, claimed);
    if (!found) return;
    const { logged, inlet } = found;
    const set = setUpOf(inlet);
    const [{ named, ...asItIs }] = readDeliveries(set, logged.raw);
    if (!named) return this.end(claimed, asItIs); // the token was taken back meanwhile, or the vendor's format is known better by now
    const answer = await this.vendor.ask(inlet, set, named, this.ended);
    const read = 'record' in answer ? readRecord(set, named, answer.record, logged.raw) : null;
    if (read) return this.end(claimed, read);
    const { failed, gone } = 'failed' in answer ? answer : { failed: 'its answer is no lead', gone: false };
    if (claimed.tries < (gone ? MOST_TRIES_WHEN_GONE : MOST_TRIES)) return this.deliveries.putOff(this.database, claimed, pauseAfter(claimed.tries));
    const because = `The vendor did not give the lead: ${failed}`;
    return this.end(claimed, { ...asItIs, captured: { ...asItIs.captured, quarantine: undefined, rejected: { code: 'not_fetched', because } } });
  }

  private end(claimed: ClaimedFetch, read: ReadOne): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.deliveries.lock(tx, claimed.tenant_id, claimed.submission_id);
      const found = await this.find(tx, claimed); // somebody may have replayed it meanwhile
      if (!found) return;
      const { settings, correlation_id, traceparent } = found.item;
      await this.takeInAgain.takeIn(tx, found.logged, found.inlet, [read], settings, { correlation_id, ...(traceparent ? { traceparent } : {}) });
    });
  }

  /** What is needed of one that still waits. */
  private async find(queries: Queries, claimed: ClaimedFetch) {
    const waiting = await this.deliveries.waiting(queries, claimed);
    const inlet = waiting && await this.inlets.find(queries, claimed.tenant_id, 'connector', waiting.logged.inlet_id);
    return waiting && inlet ? { ...waiting, inlet } : null;
  }
}

/** @param tries that failed so far @returns seconds until the next */
const pauseAfter = (tries: number): number => Math.min(FIRST_PAUSE_SECONDS * 2 ** (tries - 1), LONGEST_PAUSE_SECONDS);
