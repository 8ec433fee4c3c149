import { Injectable } from '@nestjs/common';
import type { Envelope, LeadSignalledData } from '@headwater/contracts';
import { causedByEvent, type Cause } from '@headwater/messaging';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import type { LeadStatus } from '../domain/lead-status';
import { withoutDates, type Enrolment, type Exit } from '../domain/nurturing/enrolment';
import { exitByDate, exitByScore, exitBySignal } from '../domain/nurturing/find-exit';
import { leaveNurturing } from '../domain/nurturing/leave-nurturing';
import { RecordDecisions, type Recorded } from '../record-decisions';
import { EnrolmentsStore } from '../store/enrolments.store';
import { StatusesStore } from '../store/statuses.store';
import { FollowNurturing, nameOf } from './follow-nurturing';
import { NurtureMetrics } from './nurture-metrics';
import { NurtureRulesInForce } from './rules-in-force';

const SYSTEM = 'system';

interface Nurtured { lead: LeadStatus; enrolment: Enrolment }
interface Leaving { lead: LeadStatus; exit: Exit; at: string; cause: Cause }

/** Brings leads back from the nurtured: by their score, and when a day has come. A batch takes the same number of statements whatever its size. */
@Injectable()
export class ExitLeads {
  constructor(
    private readonly database: Database, private readonly enrolments: EnrolmentsStore, private readonly rules: NurtureRulesInForce,
    private readonly statuses: StatusesStore, private readonly decisions: RecordDecisions,
    private readonly nurturing: FollowNurturing, private readonly metrics: NurtureMetrics,
  ) {}

  /** Nothing is asked where none of them is nurtured. @param leads which are locked, with their newest scores */
  async fromScores(tx: Tx, leads: readonly (LeadStatus & { now: string })[], events: readonly Envelope[]): Promise<void> {
    const nurtured = await this.nurtured(tx, leads.filter(isNurtured));
    if (nurtured.length === 0) return;
    const rules = await this.rules.current(tx, nurtured.map(({ lead }) => lead.tenant_id));
    const found = nurtured.map((one) => ({ ...one, ...exitByScore(rules(one.lead.tenant_id), one.enrolment, one.lead) }));
    await this.enrolments.write(tx, found.filter(({ exit, held, enrolment }) => !exit && held.join('\n') !== enrolment.held.join('\n'))
      .map(({ enrolment, held }) => ({ ...enrolment, held })));
    const now = leads[0].now;
    await this.leave(tx, found.flatMap(({ lead, exit }) => (exit ? [{ lead, exit, at: now, cause: causedByEvent(eventOf(lead, events)) }] : [])));
  }

  /** A signal of a lead that is part of another one is that one's. Signals in the order in which they happened, however they are heard. */
  async fromSignals(events: Envelope<LeadSignalledData>[], tx: Tx): Promise<void> {
    const keyOf = ({ tenantid, data }: Envelope<LeadSignalledData>) => ({ tenant_id: tenantid, lead_id: data.lead_id });
    const { rows, families } = await this.statuses.lockFamilies(tx, events.map(keyOf));
    const nurtured = await this.nurtured(tx, rows.filter(isNurtured));
    if (nurtured.length === 0) return;
    const rules = await this.rules.current(tx, nurtured.map(({ lead }) => lead.tenant_id));
    const rootOf = (event: Envelope<LeadSignalledData>) => nameOf({ tenant_id: event.tenantid, lead_id: families.primaryOf(keyOf(event)) ?? event.data.lead_id });
    await this.leave(tx, nurtured.flatMap(({ lead, enrolment }) => {
      const heard = events.filter((event) => rootOf(event) === nameOf(lead)).flatMap((event) => event.data.signals.map((signal) => ({ signal, event })))
        .sort((a, b) => Date.parse(a.signal.at) - Date.parse(b.signal.at));
      for (const { signal, event } of heard) {
        const exit = exitBySignal(rules(lead.tenant_id), enrolment, lead, signal);
        if (exit) return [{ lead, exit, at: rows[0].now, cause: causedByEvent(event) }];
      }
      return [];
    }));
  }

  /** Waits for nobody: a lead that somebody else is at is left to them. @returns how many leads were looked at */
  async due(tx: Tx, most: number): Promise<number> {
    const keys = await this.enrolments.claimDue(tx, most);
    if (keys.length === 0) return 0;
    const leads = await this.statuses.tryLockAll(tx, keys);
    if (leads.length === 0) return 0;
    const now = leads[0].now;
    // Somebody may have dealt with some of them before they were locked.
    const due = (await this.nurtured(tx, leads)).filter(({ enrolment: { next_at } }) => next_at !== null && Date.parse(next_at) <= Date.parse(now));
    const rules = await this.rules.current(tx, due.map(({ lead }) => lead.tenant_id));
    const found = due.map((one) => ({ ...one, ...exitByDate(rules(one.lead.tenant_id), one.enrolment, one.lead, now) }));
    await this.enrolments.write(tx, found.filter(({ exit }) => !exit).map(({ enrolment, due: passed }) => withoutDates(enrolment, passed)));
    await this.leave(tx, found.flatMap(({ lead, exit, enrolment }) =>
      (exit ? [{ lead, exit, at: now, cause: { correlationId: `nurture ${lead.lead_id}.${enrolment.number}` } }] : [])));
    faultPoint('nurture.before_commit');
    tx.afterCommit(() => this.metrics.fired(due.map(({ enrolment }) => Date.parse(now) - Date.parse(enrolment.next_at as string))));
    return leads.length;
  }

  /** In how many milliseconds the next moment comes; null when there is none. */
  nextIn(): Promise<number | null> {
    return this.enrolments.nextIn(this.database);
  }

  /** The lead that has been due for longest is looked at again in an hour. */
  putOff(): Promise<void> {
    return this.enrolments.putOffFirst(this.database);
  }

  private async nurtured(tx: Tx, leads: readonly LeadStatus[]): Promise<Nurtured[]> {
    if (leads.length === 0) return [];
    const latest = await this.nurturing.latest(tx, leads);
    return leads.flatMap((lead) => {
      const enrolment = latest.get(nameOf(lead));
      return enrolment?.exited_at === null ? [{ lead, enrolment }] : [];
    });
  }

  private async leave(tx: Tx, leaving: readonly Leaving[]): Promise<void> {
    if (leaving.length === 0) return;
    const entries = leaving.map(({ lead, exit, at, cause }): Recorded => ({ decision: leaveNurturing(lead, exit, { actor: SYSTEM, at }), cause, exit }));
    await this.decisions.record(tx, entries);
  }
}

/** Those that were merged into others follow them. Who has reserved one, to merge it, reads under the lock where it stands by then. */
const isNurtured = ({ status, primary_id }: LeadStatus): boolean => status === 'nurturing' && primary_id === null;

const eventOf = ({ tenant_id, lead_id }: LeadStatus, events: readonly Envelope[]): Envelope =>
  events.find(({ tenantid, leadid }) => tenantid === tenant_id && leadid === lead_id)!;
