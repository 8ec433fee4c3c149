import { Injectable } from '@nestjs/common';
import {
  SlaBreachRetracted, SlaMet, type ContactAttemptedData, type Envelope, type NewEvent, type StatusChangedData,
} from '@headwater/contracts';
import { causedByEvent, Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { keyOf, type Assignment } from '../domain/assignment';
import { anotherClock } from '../domain/sla/another-clock';
import { beganBy, type Clock } from '../domain/sla/clock';
import { clockEvent } from '../domain/sla/clock-event';
import type { SlaSettings } from '../domain/sla/settings';
import { contactAlone, followStanding, learnStanding, standingOf, type Return, type Standing } from '../domain/sla/standing';
import { AssignmentsStore } from '../store/assignments.store';
import { ClocksStore } from '../store/clocks.store';
import { StandingsStore } from '../store/standings.store';
import { SlaMetrics } from './sla-metrics';
import { SlaSettingsInForce } from './sla-settings';

interface Followed { before: Clock | null; after: Clock; lead: Assignment }
interface Heard { standing: Standing; event: Envelope }

const toldBy = ({ tenantid, data }: Envelope<StatusChangedData | ContactAttemptedData>): Standing => ('qualification' in data
  ? standingOf(tenantid, data.qualification, data.transitions) : contactAlone({ tenant: tenantid, lead_id: data.lead_id }, Date.parse(data.at)));

/** What people do with leads, as qualification tells it, and what becomes of the clocks by it: the same in whatever order it is heard. */
@Injectable()
export class FollowStatuses {
  constructor(
    private readonly assignments: AssignmentsStore, private readonly standings: StandingsStore, private readonly clocks: ClocksStore,
    private readonly settings: SlaSettingsInForce, private readonly metrics: SlaMetrics, private readonly outbox: Outbox,
  ) {}

  /**
   * @param events of leads, some perhaps of the same one, of several kinds. Of a lead that is contacted already an attempt alone tells that somebody has
   * called again: after it came back by itself, that meets its clock.
   */
  async fromQualification(events: Envelope<StatusChangedData | ContactAttemptedData>[], tx: Tx): Promise<void> {
    await this.follow(tx, events.map((event) => ({ event, standing: toldBy(event) })));
  }

  private async follow(tx: Tx, told: readonly Heard[]): Promise<void> {
    if (told.length === 0) return;
    const heard = new Map<string, Standing>();
    for (const { standing } of told) heard.set(keyOf(standing), learnStanding(heard.get(keyOf(standing)) ?? null, standing));
    const leads = new Map((await this.assignments.lock(tx, [...heard.values()])).map((lead) => [keyOf(lead), lead]));
    const known = new Map((await this.standings.find(tx, [...heard.values()])).map((standing) => [keyOf(standing), standing]));
    const standings = [...heard.values()].map((standing) => learnStanding(known.get(keyOf(standing)) ?? null, standing));
    await this.standings.write(tx, standings);
    const { clocks, now } = await this.clocks.lock(tx, standings);
    if (clocks.length === 0) return;
    const settings = await this.settings.current(tx, [...new Set(clocks.map(({ tenant }) => tenant))]);
    const restart = new Set(told.filter(({ event }) => !event.republished).map(({ standing }) => keyOf(standing)));
    const followed = standings.flatMap((standing) => {
      const lead = leads.get(keyOf(standing)) as Assignment;
      const own = clocks.filter((clock) => keyOf(clock) === keyOf(standing));
      const { returns } = heard.get(keyOf(standing)) as Standing;
      return followAll(own, standing, lead, restart.has(keyOf(standing)) ? { settings: settings.get(lead.tenant)!, now, returns } : null);
    });
    await this.clocks.write(tx, followed.map(({ after }) => after));
    const causes = new Map(told.map(({ standing, event }) => [keyOf(standing), causedByEvent(event)]));
    await this.outbox.add(tx, followed.flatMap((one) =>
      eventOf(one, settings.get(one.lead.tenant)!).map((event) => ({ event, cause: causes.get(keyOf(one.lead)) as Cause }))));
    tx.afterCommit(() => this.metrics.ended(followed));
  }
}

/** @param starting what another clock goes by; null when none may follow */
function followAll(
  clocks: readonly Clock[], standing: Standing, lead: Assignment, starting: { settings: SlaSettings; now: number; returns: readonly Return[] } | null,
): Followed[] {
  const newest = clocks.at(-1);
  if (!newest) return [];
  const began = beganBy(clocks);
  const changed = clocks.map((clock) => ({ before: clock, after: followStanding(clock, standing, { began: began.get(clock.cycle) }), lead }))
    .filter(({ before, after }) => before !== after);
  const another = starting && anotherClock(newest, standing, lead, starting.settings, starting);
  return another ? [...changed, { before: null, after: another, lead }] : changed;
}

function eventOf({ before, after, lead }: Followed, settings: SlaSettings): NewEvent[] {
  if (before?.state === 'breached' && after.state !== 'breached') return [clockEvent(SlaBreachRetracted, after, lead, settings)];
  return after.state === 'met' && before?.state !== 'met' ? [clockEvent(SlaMet, after, lead, settings)] : [];
}
