import { Injectable } from '@nestjs/common';
import type { Envelope, NurtureData, NurtureExitKind } from '@headwater/contracts';
import { causedByEvent, Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcement, differs, isOver, keyOf, type Assignment, type Change } from '../domain/assignment';
import { isAtHand } from '../domain/choosing/account-owner';
import { withoutOwner } from '../domain/hand-over';
import { returnMails } from '../domain/returned-lead';
import { knownFacts } from '../domain/settle-lead';
import { AlertManagers } from '../queue/alert-managers';
import { RunRules } from '../run-rules';
import { FollowAssignments } from '../sla/follow-assignments';
import { AssignmentsStore } from '../store/assignments.store';
import { RotationStore } from '../store/rotation.store';

/** Exits by which nobody has the lead in hand yet. */
const BY_ITSELF: readonly NurtureExitKind[] = ['signal', 'score', 'date', 'recycle_date', 'raised_hand'];

/** Leads that are nurtured no longer go on with their owners, who are told; where one is gone, the rules decide. */
@Injectable()
export class ReturnLeads {
  constructor(
    private readonly assignments: AssignmentsStore, private readonly rotation: RotationStore, private readonly runRules: RunRules,
    private readonly clocks: FollowAssignments, private readonly managers: AlertManagers, private readonly outbox: Outbox,
  ) {}

  /** @param events each once; a lead may have come back several times */
  async fromNurturing(events: Envelope<NurtureData>[], tx: Tx): Promise<void> {
    const newest = new Map<string, Envelope<NurtureData>>();
    for (const event of events.filter(({ data: { enrolment } }) => BY_ITSELF.includes(enrolment.exit as NurtureExitKind))) {
      const key = keyOf({ tenant: event.tenantid, lead_id: event.data.lead_id });
      if ((newest.get(key)?.data.enrolment.number ?? 0) < event.data.enrolment.number) newest.set(key, event);
    }
    if (newest.size === 0) return;
    const leads = await this.assignments.lock(tx, [...newest.values()].map(({ tenantid, data }) => ({ tenant: tenantid, lead_id: data.lead_id })));
    const back = leads.filter((lead) => !isOver(lead) && knownFacts(lead));
    const changes = await this.withOwners(tx, back, newest);
    const changed = changes.filter(({ before, after }) => before !== after);
    await this.assignments.write(tx, changed);
    await this.clocks.follow(tx, changed);
    await this.managers.ofQueued(tx, changed.map((change) => ({ ...change, cause: causedByEvent(newest.get(keyOf(change.after))!) })));
    await this.outbox.add(tx, changes.flatMap(({ before, after }) => {
      const event = newest.get(keyOf(after)) as Envelope<NurtureData>;
      const { number, exit_because, exited_at } = event.data.enrolment;
      const mails = returnMails(after, { number, because: exit_because ?? 'it is nurtured no longer', at: exited_at as string });
      return [...(before === after ? [] : [announcement(after, 'rules')]), ...mails].map((told) => ({ event: told, cause: causedByEvent(event) }));
    }));
  }

  /** Leads whose owner is there keep them; those of others, and of nobody, are asked for by the rules. */
  private async withOwners(tx: Tx, leads: readonly Assignment[], newest: ReadonlyMap<string, Envelope<NurtureData>>): Promise<Change[]> {
    const reps = await this.rotation.reps(tx, leads.flatMap(({ tenant, owner }) => (owner ? [{ tenant, id: owner.id }] : [])));
    const isThere = ({ tenant, owner }: Assignment) => owner !== null && reps.some((rep) => rep.tenant === tenant && rep.id === owner.id && isAtHand(rep));
    const left = leads.filter((lead) => !isThere(lead));
    const routed = await this.runRules.run(tx, left.map((lead) => ({
      assignment: lead.owner ? withoutOwner(lead) : lead, cause: 'nurture_exit', facts: knownFacts(lead)!,
      key: `nurture_exit:${newest.get(keyOf(lead))!.data.enrolment.number}`,
    })));
    return leads.map((before) => {
      const after = isThere(before) ? undefined : routed.get(keyOf(before));
      return { before, after: after && (differs(before, after) || after.waits !== before.waits) ? { ...after, revision: before.revision + 1 } : before };
    });
  }
}
