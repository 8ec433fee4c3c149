import { Injectable, Logger } from '@nestjs/common';
import {
  CaptureLeads as CaptureLeadsRequest, DomainError, LANES, type CaptureAnswer, type CaptureItem, type CaptureResult, type ErrorBody, type TenantSettings,
} from '@headwater/contracts';
import { causedByRequest, Outbox, remember } from '@headwater/messaging';
import { about, Database, faultPoint, isBeaten, isTemporary, rpcAttributes, Tracing, type Scope, type Span, type Tx } from '@headwater/platform';
import { ReadOrigins } from './attribution/read-origins';
import { CaptureMetrics } from './capture-metrics';
import { stateOf } from './domain/lead';
import { AccountFinder, accountKeysOf } from './domain/account-finder';
import type { Draft } from './domain/candidate-pool';
import { changedEvents, eventsOf, isChanged, type Announced } from './domain/capture-events';
import { noteAdded } from './domain/lead-events';
import { planCaptures, type Outcome } from './domain/plan-captures';
import { readSubmission } from './domain/read-submission';
import { refusalOf, setAsideFor, whenTooLarge } from './domain/set-aside';
import { EnrichNewLeads } from './enrichment/enrich-new-leads';
import { CheckMailDomains } from './mail-domains/check-mail-domains';
import { FollowLeads } from './matching/follow-leads';
import { OpenDoubts } from './matching/open-doubts';
import { attemptOf, FindRepetitions, noRepetitions } from './find-repetitions';
import { LeadsStore } from './store/leads.store';
import { HoldSubmissions } from './submissions/hold-submissions';
import { noteIdOf, SubmissionsStore, type LogEntry, type StoredNote } from './store/submissions.store';

type Tenants = Record<string, TenantSettings>;

const TRIES = 3;
const NOT_STORED: ErrorBody = { kind: 'unavailable', code: 'not_stored', detail: 'The lead could not be stored: try again' };

/** Takes submissions in: one transaction for all of them, an answer for each. */
@Injectable()
export class CaptureLeads {
  private readonly logger = new Logger(CaptureLeads.name);
  private waiting = 0;

  constructor(
    private readonly database: Database, private readonly outbox: Outbox,
    private readonly leads: LeadsStore, private readonly submissions: SubmissionsStore, private readonly metrics: CaptureMetrics,
    private readonly tracing: Tracing, private readonly origins: ReadOrigins,
    private readonly findRepetitions: FindRepetitions, private readonly holdSubmissions: HoldSubmissions,
    private readonly followLeads: FollowLeads, private readonly openDoubts: OpenDoubts, private readonly enrichNew: EnrichNewLeads,
    private readonly mailDomains: CheckMailDomains,
  ) {}

  /**
   * @returns a result for each item, in their order; an item that fails doesn't take the others with it
   * @throws when the database isn't reachable: what was stored until then has its answer ready when it comes again
   */
  async capture(items: CaptureItem[], tenants: Tenants): Promise<CaptureResult[]> {
    this.waiting += 1;
    const results = await this.attempt(items, tenants).finally(() => { this.waiting -= 1; });
    return results.map((result, i) => {
      if (!(result instanceof Error)) return result;
      about(scopeOf(items[i]), () => this.logger.error({ err: result, submission_id: items[i].submission_id }, 'A submission could not be stored'));
      return { ok: false, error: NOT_STORED };
    });
  }

  /** Somebody waits for an answer. */
  get isBusy(): boolean {
    return this.waiting > 0;
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
        const lostRace = isBeaten(error);
        if (lostRace && attempt < TRIES) continue;
        if (!lostRace && isTemporary(error)) throw error;
        if (items.length > 1) return this.inHalves(items, tenants);
        if (isTooLarge(error)) return this.tooLarge(items[0], tenants);
        this.metrics.failed();
        return [error as Error];
      }
    }
  }

  private async tooLarge(item: CaptureItem, tenants: Tenants): Promise<(CaptureResult | Error)[]> {
    const said = whenTooLarge(item);
    return 'refusal' in said ? [{ ok: false, error: said.refusal.body }] : this.store([{ ...item, rejected: said.rejected }], tenants);
  }

  private async inHalves(items: CaptureItem[], tenants: Tenants): Promise<(CaptureResult | Error)[]> {
    const half = Math.ceil(items.length / 2);
    return [...await this.store(items.slice(0, half), tenants), ...await this.store(items.slice(half), tenants)];
  }

  /**
   * One look at all of them, within the caller's transaction. @param areNew the caller knows that none of them was taken in before
   * @throws when one of them can't be stored
   */
  async captureWithin(tx: Tx, items: CaptureItem[], tenants: Tenants, { areNew = false } = {}): Promise<CaptureResult[]> {
    const { results, secondClicks } = areNew ? noRepetitions() : await this.findRepetitions.among(tx, items);
    const refused = items.flatMap((item) => {
      const refusal = results.has(item) || secondClicks.has(item) ? null : refusalOf(item, tenants[item.tenant]);
      return refusal ? [{ item, refusal: refusal.body }] : [];
    });
    for (const { item, refusal } of refused) results.set(item, { ok: false, error: refusal });
    const fresh = items.filter((item) => !results.has(item) && !secondClicks.has(item));
    const repetitions = [...results.values()];
    const answers = await this.takeIn(tx, fresh, tenants);
    for (const { item, answer } of answers) results.set(item, { ok: true, answer });
    for (const [item, first] of secondClicks) {
      const result = results.get(first) as CaptureResult;
      results.set(item, result);
      repetitions.push(result);
    }
    await remember(tx, [...answers, ...refused].flatMap(({ item, ...said }) => {
      const attempt = attemptOf(item);
      return attempt ? [{ attempt, ...said }] : [];
    }));
    await this.submissions.addRepetitions(tx, repetitionsIn(results));
    tx.afterCommit(() => this.metrics.committed(answers.map(({ answer: { verdict } }) => verdict), repetitions));
    return items.map((item) => results.get(item) as CaptureResult);
  }

  private async takeIn(tx: Tx, items: CaptureItem[], tenants: Tenants): Promise<Answered[]> {
    if (items.length === 0) return [];
    const reasons = items.map((item) => setAsideFor(item, tenants[item.tenant]));
    const aside = items.flatMap((item, i): LogEntry[] =>
      (reasons[i] ? [{ submission: readSubmission(item, tenants[item.tenant]), leadId: null, ...reasons[i] }] : []));
    const outcomes = await this.captureAll(tx, items.filter((_, i) => !reasons[i]), tenants);
    await this.submissions.append(tx, [...outcomes.map(entryOf), ...aside]);
    const notes = await this.submissions.addNotes(tx, outcomes.flatMap(noteOf));
    await this.announce(tx, outcomes, notes);
    await this.holdSubmissions.hold(tx, aside.flatMap(({ submission: { item }, verdict }) => (verdict === 'quarantined' ? [item] : [])));
    return [...outcomes.map((outcome) => ({ item: outcome.submission.item, answer: answerOf(outcome) })), ...aside.map(answerAside)];
  }

  /** Takes in what was set aside until now: as if it came only now, late. Its row in the log is to be gone. */
  async release(tx: Tx, { quarantine: _, confirmation: __, ...item }: CaptureItem, tenant: TenantSettings): Promise<CaptureAnswer> {
    const [{ answer }] = await this.takeIn(tx, [{ ...item, spooled: true }], { [tenant.id]: tenant });
    tx.afterCommit(() => this.metrics.committed([answer.verdict], []));
    return answer;
  }

  /** Leads and their keys; the rest follows from the outcomes. */
  private async captureAll(tx: Tx, items: CaptureItem[], tenants: Tenants): Promise<Outcome[]> {
    if (items.length === 0) return [];
    const { ids, now, origins, enrichment } = await this.origins.read(tx, items);
    const submissions = items.map((item) => readSubmission(item, tenants[item.tenant], origins));
    const keys = submissions.flatMap(({ item: { tenant }, keys: own }) => own.map((key) => ({ ...key, tenant })));
    const accounts = await this.leads.lockKeys(tx, keys, submissions.flatMap(accountKeysOf));
    const known = await this.leads.sharing(tx, keys);
    const { outcomes, drafts } = planCaptures(submissions, known, new AccountFinder(accounts), now);

    drafts.filter(({ isNew }) => isNew).forEach(({ lead }, i) => { lead.id = ids[i]; });
    for (const { lead } of drafts.filter(isChanged)) lead.revision += 1;
    const fresh = drafts.every(({ isNew }) => isNew);
    const bulk = items[0].lane === 'bulk';
    const made = drafts.filter(({ isNew }) => isNew).map(({ lead }) => lead);
    // Nobody waits for the answer: what is here need not be read again to be keyed.
    const keyed = bulk && await this.followLeads.keyNew(tx, made);
    await this.leads.save(tx, drafts.map(({ lead }) => lead), { bulk, fresh, keyed });
    await this.leads.addKeys(tx, drafts.flatMap(keysToAdd), { fresh });
    await this.openDoubts.open(tx, outcomes);
    if (drafts.length > 0) this.followLeads.wakeAfter(tx);
    await this.enrichNew.add(tx, outcomes, { versions: enrichment, tenants });
    this.mailDomains.after(tx, () => [...new Set(outcomes.map(({ draft }) => draft.lead))]);
    return outcomes;
  }

  private async announce(tx: Tx, outcomes: Outcome[], notes: StoredNote[]): Promise<void> {
    const byNote = new Map(outcomes.filter(({ submission }) => submission.note).map(({ submission: { item } }) => [noteIdOf(item.submission_id), item]));
    const events = [
      ...outcomes.flatMap(eventsOf),
      ...changedEvents(outcomes),
      ...notes.map((note): Announced => ({ event: noteAdded(note), item: byNote.get(note.id) as CaptureItem })),
    ];
    for (const lane of LANES) {
      const inLane = events.filter(({ item }) => (item.lane ?? 'live') === lane);
      await this.outbox.add(tx, inLane.map(({ event, item }) => ({ event, cause: causedByRequest(item) })), lane);
    }
  }
}

const isTooLarge = (error: unknown): boolean => error instanceof DomainError && error.body.code === 'too_large';

interface Answered { item: CaptureItem; answer: CaptureAnswer }

const answerAside = ({ submission: { item }, verdict, because }: LogEntry): Answered =>
  ({ item, answer: { submission_id: item.submission_id, verdict, because, lead: null } });

const entryOf = ({ submission, verdict, because, draft }: Outcome): LogEntry =>
  ({ submission, verdict, because, code: null, leadId: draft.lead.id });

function endSpan(span: Span | undefined, result: CaptureResult | Error): void {
  if (!span) return;
  if (result instanceof Error) return span.end(result);
  if (!result.ok) return span.end(result.error);
  const { lead, verdict } = result.answer;
  span.set({ ...(lead ? { 'headwater.lead_id': lead.lead_id } : {}), 'headwater.verdict': verdict });
  span.end();
}

const scopeOf = (item: CaptureItem): Scope =>
  ({ tenant: item.tenant, correlation_id: item.correlation_id, traceparent: item.traceparent, material: item });

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
