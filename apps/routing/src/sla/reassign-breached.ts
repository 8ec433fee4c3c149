import { Injectable } from '@nestjs/common';
import { Loop, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { announcement, isOver, keyOf, type Assignment } from '../domain/assignment';
import { knownFacts } from '../domain/settle-lead';
import { startClock, type Clock } from '../domain/sla/clock';
import { policyOf } from '../domain/sla/policies';
import { calendarFor, type SlaSettings } from '../domain/sla/settings';
import { RunRules } from '../run-rules';
import { AssignmentsStore } from '../store/assignments.store';
import { ClocksStore } from '../store/clocks.store';
import { ReassignmentsStore, type Reassignment } from '../store/reassignments.store';
import { SlaSettingsInForce } from './sla-settings';

/** Leads of one transaction: their rotation is locked meanwhile. */
const BATCH = 50;
/** What another replica has breached is found by then. */
const POLL_MS = 900;

interface Breached { lead: Assignment; clock: Clock }

/**
 * Gives leads that nobody called in time to other reps, by the rules and without those who had them. A transaction of its own, as leads are
 * locked before clocks, and the sweep has only clocks; and a loop of its own, so that no clock waits for it.
 */
@Injectable()
export class ReassignBreached extends Loop {
  protected readonly whenFailed = 'Leads stay with those who have not called in time';

  constructor(
    private readonly database: Database, private readonly assignments: AssignmentsStore, private readonly clocks: ClocksStore,
    private readonly reassignments: ReassignmentsStore, private readonly settings: SlaSettingsInForce, private readonly runRules: RunRules,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  protected async round(): Promise<number> {
    const waiting = await this.reassignments.waiting(this.database, BATCH);
    if (waiting.length === 0) return POLL_MS;
    await this.database.transaction((tx) => this.reassign(tx, waiting));
    return 0;
  }

  private async reassign(tx: Tx, waiting: readonly Reassignment[]): Promise<void> {
    const keys = [...new Map(waiting.map(({ tenant, lead_id }) => [keyOf({ tenant, lead_id }), { tenant, lead_id }])).values()];
    const leads = new Map((await this.assignments.lock(tx, keys)).map((lead) => [keyOf(lead), lead]));
    const taken = new Set((await this.reassignments.take(tx, waiting)).map(nameOf));
    const { clocks, now } = await this.clocks.lock(tx, keys);
    const newest = [...new Map(clocks.map((clock) => [keyOf(clock), clock])).values()];
    const breached = newest.filter((clock) => taken.has(nameOf(clock)) && clock.state === 'breached' && clock.contacted_at === null)
      .map((clock) => ({ clock, lead: leads.get(keyOf(clock)) as Assignment })).filter(({ lead }) => !isOver(lead) && lead.owner);
    const routed = await this.route(tx, breached);
    // Where nobody else is available the lead stays with who has it; the decision says so.
    const changed = breached.flatMap(({ clock, lead }) => {
      const after = routed.get(keyOf(lead));
      return after?.owner && after.owner.id !== lead.owner?.id ? [{ clock, before: lead, after: { ...after, revision: lead.revision + 1 } }] : [];
    });
    await this.assignments.write(tx, changed);
    const settings = await this.settings.current(tx, [...new Set(changed.map(({ after }) => after.tenant))]);
    await this.clocks.write(tx, changed.flatMap(({ clock, after }) => againFor(after, clock, settings.get(after.tenant)!, now)));
    await this.outbox.add(tx, changed.map(({ clock, after }) =>
      ({ event: announcement(after, 'rules'), cause: { correlationId: `sla ${clock.lead_id}.${clock.number}` } })));
  }

  private async route(tx: Tx, breached: readonly Breached[]): Promise<Map<string, Assignment>> {
    const former = await this.reassignments.formerOwners(tx, breached.map(({ lead }) => lead));
    return this.runRules.run(tx, breached.flatMap(({ lead, clock }) => {
      const facts = knownFacts(lead);
      const owners = [...former.get(keyOf(lead)) ?? [], ...(lead.owner ? [lead.owner.id] : [])];
      const barred = new Map(owners.map((id) => [id, 'has had it before']));
      return facts ? [{ assignment: lead, cause: 'sla_breach' as const, key: `sla_breach:${clock.number}`, facts, barred }] : [];
    }));
  }
}

/** The clock of the new owner, where the policy gives them one. */
function againFor(lead: Assignment, clock: Clock, settings: SlaSettings, now: number): Clock[] {
  const policy = policyOf(settings.policies, lead, clock.policy);
  if (!policy?.rearm_on_reassignment) return [];
  return [startClock(lead, {
    number: clock.number + 1, cycle: clock.cycle, policy, calendar: calendarFor(settings, policy, lead), from: now, now,
    reassignments: clock.reassignments + 1, because: `nobody had called; ${lead.owner?.name} has the lead now`,
  })];
}

const nameOf = ({ tenant, lead_id, number }: Reassignment): string => `${tenant} ${lead_id} ${number}`;
