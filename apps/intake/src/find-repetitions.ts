import { Injectable } from '@nestjs/common';
import type { CaptureAnswer, CaptureItem, CaptureResult, ErrorBody } from '@headwater/contracts';
import { recall, type KeyedAttempt } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { stateOf } from './domain/lead';
import { LeadsStore } from './store/leads.store';
import { SubmissionsStore, type StoredSubmission } from './store/submissions.store';

export interface Repetitions {
  /** what was answered before, and what is refused for being worked on */
  results: Map<CaptureItem, CaptureResult>;
  /** what is the same within the batch, such as second clicks on a form, each with the first one, whose answer is theirs too */
  secondClicks: Map<CaptureItem, CaptureItem>;
}

export const noRepetitions = (): Repetitions => ({ results: new Map(), secondClicks: new Map() });

/** Within this time an equal form is a second click, not a second submission. */
const CLICKS_MS = 300_000;

/** Finds what was taken in before, and must not be taken in again. */
@Injectable()
export class FindRepetitions {
  constructor(private readonly leads: LeadsStore, private readonly submissions: SubmissionsStore) {}

  /** Of an Idempotency-Key, within the batch as well; of a submission that came by another way; of a form that was clicked twice; of a delivery. */
  async among(tx: Tx, items: CaptureItem[]): Promise<Repetitions> {
    const results = await answeredByKey(tx, items);
    const stored = await this.submissions.known(tx, items);
    const repeated = new Map(stored.map((row) => [`${row.tenant_id} ${row.id}`, row]));
    for (const item of items) {
      const row = repeated.get(`${item.tenant} ${item.submission_id}`);
      if (row && !results.has(item)) results.set(item, await this.answerFor(tx, row));
    }
    const clicks = await this.clicks(tx, items.filter((item) => item.inlet?.kind === 'form' && !results.has(item)), results);
    const deliveries = await this.deliveries(tx, items.filter((item) => item.delivery && !results.has(item)), results);
    return { results, secondClicks: new Map([...clicks, ...deliveries]) };
  }

  /** Exact over replicas: the unique index has the last word, and who loses looks again. */
  private async deliveries(tx: Tx, items: CaptureItem[], results: Map<CaptureItem, CaptureResult>): Promise<Map<CaptureItem, CaptureItem>> {
    const second = new Map<CaptureItem, CaptureItem>();
    if (items.length === 0) return second;
    const earlier = await this.submissions.delivered(tx, items);
    const first = new Map<string, CaptureItem>();
    for (const item of items) {
      const name = `${item.tenant} ${item.delivery}`;
      const row = earlier.get(name);
      const before = first.get(name);
      if (row) results.set(item, await this.answerFor(tx, row));
      else if (before) second.set(item, before);
      else first.set(name, item);
    }
    return second;
  }

  /** Exact over replicas: equal forms wait for each other, and the next statement sees what the first one has committed. */
  private async clicks(tx: Tx, items: CaptureItem[], results: Map<CaptureItem, CaptureResult>): Promise<Map<CaptureItem, CaptureItem>> {
    const second = new Map<CaptureItem, CaptureItem>();
    if (items.length === 0) return second;
    const hashes = await this.submissions.lockEqual(tx, items);
    const earlier = await this.submissions.equal(tx, items.map((item, i) => ({ item, hash: hashes[i] })), CLICKS_MS);
    const first: { name: string; at: number; item: CaptureItem }[] = [];
    for (const [i, item] of items.entries()) {
      const row = earlier.get(i);
      const name = `${item.inlet?.id} ${hashes[i]}`;
      const at = Date.parse(item.received_at);
      const before = first.find((one) => one.name === name && Math.abs(at - one.at) <= CLICKS_MS);
      if (row) results.set(item, await this.answerFor(tx, row));
      else if (before) second.set(item, before.item);
      else first.push({ name, at, item });
    }
    return second;
  }

  private async answerFor(tx: Tx, { tenant_id, id, verdict, because, lead_id }: StoredSubmission): Promise<CaptureResult> {
    const [lead = null] = lead_id === null ? [] : await this.leads.get(tx, tenant_id, [lead_id]);
    return { ok: true, answer: { submission_id: id, verdict, because, lead: lead && stateOf(lead) } };
  }
}

async function answeredByKey(tx: Tx, items: CaptureItem[]): Promise<Map<CaptureItem, CaptureResult>> {
  const results = new Map<CaptureItem, CaptureResult>();
  const keyed = items.filter(({ idempotency }) => idempotency);
  const seen = new Set<string>();
  const remembered = keyed.length ? await recall(tx, keyed.map((item) => attemptOf(item) as KeyedAttempt)) : [];
  remembered.forEach((known, i) => {
    const item = keyed[i];
    const { tenant, scope, key } = attemptOf(item) as KeyedAttempt;
    const name = `${tenant} ${scope} ${key}`;
    if (known.kind === 'answered') results.set(item, { ok: true, answer: known.answer as CaptureAnswer });
    else if (known.kind === 'refused') results.set(item, { ok: false, error: known.error });
    else if (seen.has(name)) results.set(item, { ok: false, error: TWICE_AT_ONCE });
    seen.add(name);
  });
  return results;
}

const TWICE_AT_ONCE: ErrorBody = {
  kind: 'conflict', code: 'in_flight', detail: 'A request with this Idempotency-Key is being worked on: try again in a moment',
};

export const attemptOf = ({ tenant, idempotency }: CaptureItem): KeyedAttempt | undefined => idempotency && { ...idempotency, tenant };
