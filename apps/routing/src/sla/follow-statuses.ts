import { Injectable } from '@nestjs/common';
import { SlaBreachRetracted, SlaMet, type Envelope, type NewEvent, type StatusChangedData } from '@headwater/contracts';
import { causedByEvent, Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { keyOf, type Assignment } from '../domain/assignment';
import { beganBy, startClock, type Clock } from '../domain/sla/clock';
import { clockEvent } from '../domain/sla/clock-event';
import { policyOf } from '../domain/sla/policies';
import { calendarFor, type SlaSettings } from '../domain/sla/settings';
import { followStanding, learnStanding, needsAnother, standingOf, type Standing } from '../domain/sla/standing';
import { AssignmentsStore } from '../store/assignments.store';
import { ClocksStore } from '../store/clocks.store';
import { StandingsStore } from '../store/standings.store';
import { SlaMetrics } from './sla-metrics';
import { SlaSettingsInForce } from './sla-settings';

interface Followed { before: Clock | null; after: Clock; lead: Assignment }

/** What people do with leads, as qualification tells it, and what becomes of the clocks by it: the same in whatever order it is heard. */
@Injectable()
export class FollowStatuses {
  constructor(
    private readonly assignments: AssignmentsStore, private readonly standings: StandingsStore, private readonly clocks: ClocksStore,
    private readonly settings: SlaSettingsInForce, private readonly metrics: SlaMetrics, private readonly outbox: Outbox,
  ) {}

  /** @param events of leads, some perhaps of the same one */
  async fromQualification(events: Envelope<StatusChangedData>[], tx: Tx): Promise<void> {
    const heard = new Map<string, Standing>();
    for (const { tenantid, data } of events) {
      const standing = standingOf(tenantid, data.qualification, data.transitions);
      heard.set(keyOf(standing), learnStanding(heard.get(keyOf(standing)) ?? null, standing));
    }
    const leads = new Map((await this.assignments.lock(tx, [...heard.values()])).map((lead) => [keyOf(lead), lead]));
    const known = new Map((await this.standings.find(tx, [...heard.values()])).map((standing) => [keyOf(standing), standing]));
    const standings = [...heard.values()].map((standing) => learnStanding(known.get(keyOf(standing)) ?? null, standing));
    await this.standings.write(tx, standings);
    const { clocks, now } = await this.clocks.lock(tx, standings);
    if (clocks.length === 0) return;
    const settings = await this.settings.current(tx, [...new Set(clocks.map(({ tenant }) => tenant))]);
    const restart = new Set(events.filter(({ republished }) => !republished).map(({ tenantid, data }) =>
      keyOf({ tenant: tenantid, lead_id: data.qualification.lead_id })));
    const followed = standings.flatMap((standing) => {
      const lead = leads.get(keyOf(standing)) as Assignment;
      const own = clocks.filter((clock) => keyOf(clock) === keyOf(standing));
      return follow(own, standing, lead, restart.has(keyOf(standing)) ? { settings: settings.get(lead.tenant)!, now } : null);
    });
    await this.clocks.write(tx, followed.map(({ after }) => after));
    const causes = new Map(events.map((event) => [keyOf({ tenant: event.tenantid, lead_id: event.data.qualification.lead_id }), causedByEvent(event)]));
    const told = followed.flatMap((one) => eventOf(one, settings.get(one.lead.tenant)!).map((event) => ({ event, cause: causes.get(keyOf(one.lead)) as Cause })));
    await this.outbox.add(tx, told);
    tx.afterCommit(() => this.metrics.ended(followed));
  }
}

/** @param starting what another clock goes by; null when none may follow */
function follow(
  clocks: readonly Clock[], standing: Standing, lead: Assignment, starting: { settings: SlaSettings; now: number } | null,
): Followed[] {
  const newest = clocks.at(-1);
  if (!newest) return [];
  const began = beganBy(clocks);
  const changed = clocks.map((clock) => ({ before: clock, after: followStanding(clock, standing, { began: began.get(clock.cycle) }), lead }))
    .filter(({ before, after }) => before !== after);
  if (!starting || !needsAnother(newest, standing)) return changed;
  const policy = policyOf(starting.settings.policies, lead, lead.sla_policy);
  if (!policy) return changed;
  const another = startClock(lead, {
    number: newest.number + 1, cycle: standing.cycle, policy, calendar: calendarFor(starting.settings, policy, lead), from: standing.since,
    now: starting.now, reassignments: 0, because: 'the lead is open again',
  });
  return [...changed, { before: null, after: followStanding(another, standing), lead }];
}

function eventOf({ before, after, lead }: Followed, settings: SlaSettings): NewEvent[] {
  if (before?.state === 'breached' && after.state !== 'breached') return [clockEvent(SlaBreachRetracted, after, lead, settings)];
  return after.state === 'met' && before?.state !== 'met' ? [clockEvent(SlaMet, after, lead, settings)] : [];
}
