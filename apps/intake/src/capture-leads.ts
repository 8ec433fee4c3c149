import { Injectable, Logger } from '@nestjs/common';
import {
  CaptureLeads as CaptureLeadsRequest, LeadCaptured, LeadEngaged, LeadTouched, LeadUpdated, NoteAdded,
  type CaptureAnswer, type CaptureItem, type CaptureResult, type ErrorBody, type LeadTouchedData, type NewEvent, type TenantSettings,
} from '@headwater/contracts';
import { causedByRequest, Outbox, recall, remember, type Cause, type KeyedAttempt } from '@headwater/messaging';
import { about, Database, faultPoint, isTemporary, rpcAttributes, sqlState, Tracing, type Scope, type Span, type Tx } from '@headwater/platform';
import { CaptureMetrics } from './capture-metrics';
import { stateOf } from './domain/lead';
import { planCaptures, type Draft, type Outcome } from './domain/plan-captures';
import { readSubmission } from './domain/read-submission';
import { LeadsStore } from './store/leads.store';
import { noteIdOf, SubmissionsStore } from './store/submissions.store';

type Tenants = Record<string, TenantSettings>;

const TRIES = 3;
/** Unique violation, deadlock, serialisation: another transaction was quicker, and the next look sees what it did. */
const LOST_RACE = new Set(['23505', '40P01', '40001']);
const NOT_STORED: ErrorBody = { kind: 'unavailable', code: 'not_stored', detail: 'The lead could not be stored: try again' };

/** Takes submissions in: one transaction for all of them, an answer for each. */
@Injectable()
export class CaptureLeads {
  private readonly logger = new Logger(CaptureLeads.name);

  constructor(
    private readonly database: Database, private readonly outbox: Outbox,
    private readonly leads: LeadsStore, private readonly submissions: SubmissionsStore, private readonly metrics: CaptureMetrics,
    private readonly tracing: Tracing,
  ) {}

  /**
   * @returns a result for each item, in their order; an item that fails doesn't take the others with it
   * @throws when the database isn't reachable: what was stored until then has its answer ready when it comes again
   */
  async capture(items: CaptureItem[], tenants: Tenants): Promise<CaptureResult[]> {
    const results = await this.attempt(items, tenants);
    return results.map((result, i) => {
      if (!(result instanceof Error)) return result;
      about(scopeOf(items[i]), () => this.logger.error({ err: result, submission_id: items[i].submission_id }, 'A submission could not be stored'));
      return { ok: false, error: NOT_STORED };
    });
  }

  /** The same, with the error itself where an item could not be stored; each is a span of its trace. */
  async attempt(items: CaptureItem[], tenants: Tenants): Promise<(CaptureResult | Error)[]> {
    const spans = items.map((item) => this.tracing.begin('capture lead', {
      kind: 'server', parent: item.traceparent,
      attributes: () => ({ ...rpcAttributes(CaptureLeadsRequest.subject, item), 'headwater.batch_size': items.length }),
    }));
    const traced = items.map((item, i) => (spans[i] ? { ...item, traceparent: spans[i].traceparent } : item));
    const results = await this.store(traced, tenants);
    spans.forEach((span, i) => endSpan(span, results[i]));
    return results;
  }

  private async store(items: CaptureItem[], tenants: Tenants): Promise<(CaptureResult | Error)[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const results = await this.database.transaction((tx) => this.captureWithin(tx, items, tenants));
        faultPoint('capture.after_commit');
        return results;
      } catch (error) {
        const lostRace = LOST_RACE.has(sqlState(error) ?? '');
        if (lostRace && attempt < TRIES) continue;
        if (!lostRace && isTemporary(error)) throw error;
        if (items.length > 1) return this.inHalves(items, tenants);
        this.metrics.failed();
        return [error as Error];
      }
    }
  }

  private async inHalves(items: CaptureItem[], tenants: Tenants): Promise<(CaptureResult | Error)[]> {
    const half = Math.ceil(items.length / 2);
    return [...await this.store(items.slice(0, half), tenants), ...await this.store(items.slice(half), tenants)];
  }

  /** One look at all of them, within the caller's transaction. @throws when one of them can't be stored */
  async captureWithin(tx: Tx, items: CaptureItem[], tenants: Tenants): Promise<CaptureResult[]> {
    const results = await this.answeredBefore(tx, items);
    const repetitions = [...results.values()];
    const fresh = items.filter((item) => !results.has(item));
    const outcomes = await this.takeIn(tx, fresh, tenants);
    for (const outcome of outcomes) results.set(outcome.submission.item, { ok: true, answer: answerOf(outcome) });
    await remember(tx, outcomes.flatMap((outcome) => {
      const attempt = attemptOf(outcome.submission.item);
      return attempt ? [{ attempt, answer: answerOf(outcome) }] : [];
    }));
    await this.submissions.addRepetitions(tx, repetitionsIn(results));
    tx.afterCommit(() => this.metrics.committed(outcomes.map(({ verdict }) => verdict), repetitions));
    return items.map((item) => results.get(item) as CaptureResult);
  }

  /** Repetitions: of an Idempotency-Key, within the batch as well, or of a submission that came by another way. */
  private async answeredBefore(tx: Tx, items: CaptureItem[]): Promise<Map<CaptureItem, CaptureResult>> {
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
    const stored = await this.submissions.known(tx, items);
    const repeated = new Map(stored.map((row) => [`${row.tenant_id} ${row.id}`, row]));
    for (const item of items) {
      const row = repeated.get(`${item.tenant} ${item.submission_id}`);
      if (!row || results.has(item)) continue;
      const [lead] = await this.leads.get(tx, item.tenant, [row.lead_id]);
      results.set(item, { ok: true, answer: { submission_id: row.id, verdict: row.verdict, because: row.because, lead: stateOf(lead) } });
    }
    return results;
  }

  private async takeIn(tx: Tx, items: CaptureItem[], tenants: Tenants): Promise<Outcome[]> {
    if (items.length === 0) return [];
    const submissions = items.map((item) => readSubmission(item, tenants[item.tenant]));
    const keys = submissions.flatMap(({ item: { tenant }, keys: own }) => own.map((key) => ({ ...key, tenant })));
    await this.leads.lockKeys(tx, keys);
    const known = await this.leads.sharing(tx, keys);
    const { ids, now } = await this.leads.idsAndTime(tx, items.length);
    const { outcomes, drafts } = planCaptures(submissions, known, now);

    drafts.filter(({ isNew }) => isNew).forEach(({ lead }, i) => { lead.id = ids[i]; });
    const changed = drafts.filter((draft) => !draft.isNew && draft.changed.size > 0);
    for (const { lead } of changed) lead.revision += 1;
    await this.leads.save(tx, drafts.map(({ lead }) => lead));
    await this.leads.addKeys(tx, drafts.flatMap(keysToAdd));
    await this.submissions.append(tx, outcomes);
    const notes = await this.submissions.addNotes(tx, outcomes.flatMap(noteOf));
    const causes = new Map(outcomes.map(({ submission: { item } }) => [noteIdOf(item.submission_id), causedByRequest(item)]));
    await this.outbox.add(tx, [
      ...outcomes.flatMap(eventsOf),
      ...changedEvents(outcomes, changed),
      ...notes.map((note) => ({ event: noteAdded(note), cause: causes.get(note.id) as Cause })),
    ]);
    return outcomes;
  }
}

function endSpan(span: Span | undefined, result: CaptureResult | Error): void {
  if (!span) return;
  if (result instanceof Error) return span.end(result);
  if (!result.ok) return span.end(result.error);
  span.set({ 'headwater.lead_id': result.answer.lead.lead_id, 'headwater.verdict': result.answer.verdict });
  span.end();
}

const scopeOf = (item: CaptureItem): Scope =>
  ({ tenant: item.tenant, correlation_id: item.correlation_id, traceparent: item.traceparent, material: item });

const TWICE_AT_ONCE: ErrorBody = {
  kind: 'conflict', code: 'in_flight', detail: 'A request with this Idempotency-Key is being worked on: try again in a moment',
};

const attemptOf = ({ tenant, idempotency }: CaptureItem): KeyedAttempt | undefined => idempotency && { ...idempotency, tenant };

/** Who was promised a submission and repeated it with the same Idempotency-Key asks for both of them. */
const repetitionsIn = (results: Map<CaptureItem, CaptureResult>) => [...results].flatMap(([{ spooled, tenant, submission_id }, result]) =>
  (spooled && result.ok && result.answer.submission_id !== submission_id ? [{ tenant, id: submission_id, of: result.answer.submission_id }] : []));

const answerOf = ({ submission: { item }, verdict, because, draft }: Outcome): CaptureAnswer =>
  ({ submission_id: item.submission_id, verdict, because, lead: stateOf(draft.lead) });

const keysToAdd = ({ lead, newKeys }: Draft) =>
  [...newKeys.values()].map((key) => ({ ...key, tenant: lead.tenant_id, leadId: lead.id }));

const noteOf = ({ submission: { item, note }, draft: { lead } }: Outcome) => (note ? [{
  id: noteIdOf(item.submission_id), tenant: item.tenant, leadId: lead.id, text: note, author: item.actor.name ?? item.actor.id, cause: 'capture',
}] : []);

const noteAdded = (note: { id: string; tenant_id: string; lead_id: number; text: string; author: string; cause: string; at: string }): NewEvent =>
  NoteAdded.of(note.tenant_id, note.id, {
    note_id: note.id, about: 'lead', about_id: note.lead_id, kept_by: 'intake', text: note.text, author: note.author, cause: note.cause, at: note.at,
  }, { leadId: note.lead_id });

function eventsOf(outcome: Outcome): { event: NewEvent; cause: Cause }[] {
  const { submission: { item }, draft: { lead }, verdict } = outcome;
  const cause = causedByRequest(item);
  const about = { lead_id: lead.id, revision: lead.revision };
  const touch = touchOf(outcome);
  const events: NewEvent[] = [verdict === 'created'
    ? LeadCaptured.ofLead(item.tenant, about, { lead: stateOf(lead), touch, enrichment_pending: false })
    : LeadTouched.ofLead(item.tenant, { lead_id: lead.id }, touch)];
  if (item.entry === 'form') {
    events.push(LeadEngaged.ofLead(item.tenant, { lead_id: lead.id }, {
      lead_id: lead.id, signal_id: item.submission_id, signal: 'form_submission', at: item.received_at,
    }));
  }
  return events.map((event) => ({ event, cause }));
}

/** One state event per known lead that changed, however many submissions of the batch changed it. */
function changedEvents(outcomes: Outcome[], changed: Draft[]): { event: NewEvent; cause: Cause }[] {
  return changed.map(({ lead, changed: fields }) => {
    const last = outcomes.findLast(({ draft }) => draft.lead === lead) as Outcome;
    return {
      event: LeadUpdated.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), changed: [...fields] }),
      cause: causedByRequest(last.submission.item),
    };
  });
}

const touchOf = ({ submission: { item, attribution, raisedHand }, draft: { lead } }: Outcome): LeadTouchedData => ({
  lead_id: lead.id, submission_id: item.submission_id, at: item.received_at, entry: item.entry, channel: attribution.channel,
  source: attribution.source, campaign: attribution.campaign, raised_hand: raisedHand,
});
