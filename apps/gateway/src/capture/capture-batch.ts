import { Injectable } from '@nestjs/common';
import { DomainError, type Context, type CreateLead, type Idempotency } from '@headwater/contracts';
import { within, type Checked } from '../input/json-list';
import { CaptureLead, type Captured } from './capture-lead';
import { Turns } from './turns';

/** Half of what intake takes at a time: what comes singly meanwhile goes along. */
const AT_A_TIME = 32;
/** Parts that are on their way at a time, of all batches together: what comes singly is never behind more. */
const PARTS = 2;

export type CapturedItem = { ok: true; captured: Captured } | { ok: false; refusal: DomainError };

/** Takes in a list of leads, each for itself, without standing in the way of those that come singly. */
@Injectable()
export class CaptureBatch {
  /** Each batch has one part at a time, and waits for its turn with the next. */
  private readonly turns = new Turns(PARTS);

  constructor(private readonly captureLead: CaptureLead) {}

  /**
   * What became of each, in their order. An Idempotency-Key is every item's own: a repetition of the request answers what was
   * answered before, and does the rest.
   * @param deferred they are only kept durably, and taken in later
   * @throws DomainError when the key names another body or is being worked on, and `unavailable` when nothing at all can be promised
   */
  async capture(context: Context, leads: Checked<CreateLead>[], { deferred }: { deferred: boolean }): Promise<CapturedItem[]> {
    const captured = new Map<number, CapturedItem>();
    const take = (part: { index: number; lead: CreateLead }[]) => this.turns.take(() => Promise.all(part.map(async ({ index, lead }) => {
      captured.set(index, await this.one(itemContext(context, index), lead, deferred));
    })));
    const waiting = leads.flatMap((lead, index) => (lead.ok ? [{ index, lead: lead.item }] : []));
    if (context.idempotency) {
      // The first one alone: what it says of the key holds for all of them, and nothing is done yet.
      await take(waiting.splice(0, 1));
      for (const result of captured.values()) if (!result.ok && BARRING.has(result.refusal.body.code)) throw result.refusal;
    }
    while (waiting.length > 0) await take(waiting.splice(0, AT_A_TIME));
    return promised(leads.map((lead, index) => (lead.ok ? named(captured.get(index) as CapturedItem, index) : lead)));
  }

  private async one(context: Context, lead: CreateLead, deferred: boolean): Promise<CapturedItem> {
    try {
      return { ok: true, captured: await (deferred ? this.captureLead.defer(context, lead) : this.captureLead.capture(context, lead)) };
    } catch (error) {
      if (error instanceof DomainError) return { ok: false, refusal: error };
      throw error;
    }
  }
}

const BARRING = new Set(['idempotency_key_reused', 'in_flight']);

/** What intake refuses names fields as those of one lead; the key is no lead's. */
const named = (result: CapturedItem, index: number): CapturedItem =>
  (result.ok || BARRING.has(result.refusal.body.code) ? result : { ok: false, refusal: within(`leads[${index}]`, result.refusal) });

/** @throws DomainError when there is none that anything was promised about */
function promised(results: CapturedItem[]): CapturedItem[] {
  const refusals = results.flatMap((result) => (result.ok ? [] : [result.refusal]));
  if (refusals.length === results.length && refusals.every(({ body }) => body.kind === 'unavailable')) throw refusals[0];
  return results;
}

/** Named by its place in the list; the hash is the whole list's: with another one anywhere it is another request. */
const itemContext = (context: Context, index: number): Context =>
  (context.idempotency ? { ...context, idempotency: ofItem(context.idempotency, index) } : context);

const ofItem = ({ scope, key, hash }: Idempotency, index: number): Idempotency => ({ scope: `${scope} ${index}`, key, hash });
