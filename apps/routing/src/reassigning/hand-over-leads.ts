import { Injectable } from '@nestjs/common';
import { Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcement, isOver, keyOf, type Assignment, type Change } from '../domain/assignment';
import { given, handedOver, withoutOwner } from '../domain/hand-over';
import type { Rep } from '../domain/choosing/eligibility';
import { RunRules } from '../run-rules';
import { FollowAssignments } from '../sla/follow-assignments';
import { AssignmentsStore } from '../store/assignments.store';
import { DecisionsStore } from '../store/decisions.store';
import type { RunningReassignment } from '../store/rep-reassignments.store';
import { SetupStore } from '../store/setup.store';

type Job = Omit<RunningReassignment, 'at_lead'>;

/** Gives some leads of a rep to others: to one who is named, in the turn of a pool, else to whomever the rules find, without the rep who had them. */
@Injectable()
export class HandOverLeads {
  constructor(
    private readonly assignments: AssignmentsStore, private readonly decisions: DecisionsStore, private readonly setup: SetupStore,
    private readonly runRules: RunRules, private readonly clocks: FollowAssignments, private readonly outbox: Outbox,
  ) {}

  /**
   * Within a transaction, set-based. What isn't the rep's any more, or is converted or merged, is left alone.
   * @returns what changed of each lead that was theirs
   */
  async give(tx: Tx, job: Job, ids: readonly number[]): Promise<Change[]> {
    if (ids.length === 0) return [];
    const locked = await this.assignments.lock(tx, ids.map((lead_id) => ({ tenant: job.tenant, lead_id })));
    const theirs = locked.filter((lead) => lead.owner?.id === job.from_id && !isOver(lead));
    if (theirs.length === 0) return [];
    const to = job.to_id === null ? null : await this.setup.rep(tx, job.tenant, job.to_id);
    // Who was named has left meanwhile: the rules decide about the rest.
    const decided = to?.active ? await this.toRep(tx, job, theirs, to) : await this.byRules(tx, job, theirs);
    const changes = theirs.flatMap((before) => {
      const after = decided.get(keyOf(before));
      return after ? [{ before, after: { ...after, revision: before.revision + 1 } }] : [];
    });
    await this.assignments.write(tx, changes);
    await this.clocks.follow(tx, changes);
    const cause = { correlationId: `reassignment ${job.id}` };
    await this.outbox.add(tx, changes.map(({ after }) => ({ event: announcement(after, to?.active ? 'manual' : 'rules'), cause })), 'bulk');
    return changes;
  }

  private async toRep(tx: Tx, { id, reason, started_by }: Job, leads: readonly Assignment[], to: Rep): Promise<Map<string, Assignment>> {
    const becauses = leads.map(({ owner }) => `given to ${to.name} by ${started_by}; ${handedOver(owner?.name ?? 'nobody', reason)}`);
    const ids = await this.decisions.add(tx, leads.map(({ tenant, lead_id }, i) => ({
      tenant, lead_id, key: `reassignment:${id}`, cause: 'reassignment', because: becauses[i], actor: started_by, picked: { id: to.id, name: to.name },
    })));
    return new Map(leads.map((lead, i) => [keyOf(lead), given(lead, to, becauses[i], ids[i])]));
  }

  private byRules(tx: Tx, { id, from_id, to_pool, reason }: Job, leads: readonly Assignment[]): Promise<Map<string, Assignment>> {
    return this.runRules.run(tx, leads.map((lead) => ({
      pool: to_pool, assignment: withoutOwner(lead), cause: 'reassignment' as const, key: `reassignment:${id}`,
      facts: { ...lead.facts, ...(lead.score ? { score: lead.score } : {}) },
      barred: new Map([[from_id, `had it: their leads go to others${reason ? `, ${reason}` : ''}`]]),
    })));
  }
}
