import { Injectable } from '@nestjs/common';
import { SlaBreached, SlaWarned, type NewEvent, type SlaPolicy } from '@headwater/contracts';
import { Outbox } from '@headwater/messaging';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import { keyOf, type Assignment } from '../domain/assignment';
import { breachMails } from '../domain/sla/breach-mails';
import { fire, type Clock, type Fired } from '../domain/sla/clock';
import { clockEvent } from '../domain/sla/clock-event';
import { warnPercent } from '../domain/sla/policies';
import { calendarFor, timesFrom, wholeTime, type SlaSettings } from '../domain/sla/settings';
import { AssignmentsStore } from '../store/assignments.store';
import { ClocksStore } from '../store/clocks.store';
import { ReassignmentsStore } from '../store/reassignments.store';
import { SlaMetrics } from './sla-metrics';
import { SlaSettingsInForce } from './sla-settings';

interface Due extends Fired { before: Clock; lead: Assignment; settings: SlaSettings; policy: SlaPolicy | null }

/** Warns of clocks and lets them breach when their moment has come: a batch takes the same number of statements whatever its size. */
@Injectable()
export class FireClocks {
  constructor(
    private readonly database: Database, private readonly clocks: ClocksStore, private readonly assignments: AssignmentsStore,
    private readonly reassignments: ReassignmentsStore, private readonly settings: SlaSettingsInForce, private readonly metrics: SlaMetrics,
    private readonly outbox: Outbox,
  ) {}

  /** Waits for nobody: a clock that somebody else is at is left to them. @returns how many clocks were dealt with */
  async due(tx: Tx, most: number): Promise<number> {
    const { clocks, now } = await this.clocks.claimDue(tx, most);
    if (clocks.length === 0) return 0;
    const fired = await this.withLeads(tx, clocks.map((clock) => ({ before: clock, ...fire(clock, now) })));
    await this.clocks.write(tx, fired.map(({ clock }) => clock));
    await this.reassignments.add(tx, fired.filter(goesToAnother).map((one) => ({ ...one.clock, at: reassignedAt(one, now) })));
    const managers = await this.reassignments.managers(tx, fired.filter(({ told }) => told === 'breached').flatMap(({ lead }) =>
      (lead.team ? [{ tenant: lead.tenant, team_id: lead.team.id }] : [])));
    await this.outbox.add(tx, fired.flatMap((one) => eventsOf(one, managers.get(one.lead.team?.id ?? 0) ?? [])
      .map((event) => ({ event, cause: { correlationId: `sla ${one.clock.lead_id}.${one.clock.number}` } }))));
    faultPoint('sla.before_commit');
    tx.afterCommit(() => {
      this.metrics.ended(fired.map(({ before, clock }) => ({ before, after: clock })));
      this.metrics.fired(fired.flatMap(({ told, before }) => (told ? [now - (told === 'warned' ? before.warn_at : before.due_at)] : [])));
    });
    return clocks.length;
  }

  /** In how many milliseconds the next moment comes; null when there is none. */
  nextIn(): Promise<number | null> {
    return this.clocks.nextIn(this.database);
  }

  /** The clock that is due first is looked at again in an hour. */
  putOff(): Promise<void> {
    return this.clocks.putOff(this.database);
  }

  private async withLeads(tx: Tx, fired: readonly (Fired & { before: Clock })[]): Promise<Due[]> {
    const keys = [...new Map(fired.map(({ clock }) => [keyOf(clock), clock])).values()];
    const leads = new Map((await this.assignments.find(tx, keys)).map((lead) => [keyOf(lead), lead]));
    const settings = await this.settings.current(tx, [...new Set(keys.map(({ tenant }) => tenant))]);
    return fired.map((one) => {
      const known = settings.get(one.clock.tenant)!;
      const policy = known.policies.policies.find(({ name }) => name === one.clock.policy) ?? null;
      return { ...one, lead: leads.get(keyOf(one.clock)) as Assignment, settings: known, policy };
    });
  }
}

/** Nobody has called, and the policy gives the lead to somebody else then; only so often. */
const goesToAnother = ({ told, clock, policy, lead }: Due): boolean => told === 'breached' && clock.contacted_at === null
  && lead.owner !== null && clock.reassignments < (policy?.escalation?.reassignments ?? 0);

/** Not before whoever has the lead had the whole time for it: it may have come to them late. */
function reassignedAt({ lead, policy, settings }: Due, now: number): number {
  if (!policy || lead.routed_at === null) return now;
  return Math.max(now, timesFrom(calendarFor(settings, policy, lead)?.calendar ?? null, Date.parse(lead.routed_at), wholeTime(policy)).due);
}

function eventsOf({ clock, told, lead, settings, policy }: Due, managers: Parameters<typeof breachMails>[3]): NewEvent[] {
  if (told === 'warned') return [clockEvent(SlaWarned, clock, lead, settings, `${warnPercent(policy)} % of the time is gone`)];
  if (told === 'breached') return [clockEvent(SlaBreached, clock, lead, settings), ...breachMails(clock, lead, policy, managers)];
  return [];
}
