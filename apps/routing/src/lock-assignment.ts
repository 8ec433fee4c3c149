import { Injectable } from '@nestjs/common';
import type {
  ConvertedInto, Envelope, LeadConvertedData, LockAssignment as LockAssignmentRequest, LockConvertedAssignments, QuestionOf,
} from '@headwater/contracts';
import { causedByEvent, Outbox, ToldEvents, type Cause } from '@headwater/messaging';
import { Database, faultPoint, type Tx } from '@headwater/platform';
import { announcement, keyOf, type Assignment, type LeadKey, type Owner } from './domain/assignment';
import { learnAll } from './domain/learn';
import { FollowAssignments } from './sla/follow-assignments';
import { AssignmentsStore } from './store/assignments.store';
import { DecisionsStore } from './store/decisions.store';
import { SetupStore } from './store/setup.store';

interface Converted extends LeadKey {
  converted: ConvertedInto;
  cause: Cause;
}

const BECAUSE = 'nobody owned the lead: it goes to the rep who converted it';

/** Ends what this service does to a lead: conversion tells it before it answers, and its event says the same later. */
@Injectable()
export class LockAssignment {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly assignments: AssignmentsStore,
    private readonly decisions: DecisionsStore, private readonly setup: SetupStore, private readonly clocks: FollowAssignments,
    private readonly events: ToldEvents,
  ) {}

  async handle(question: QuestionOf<typeof LockAssignmentRequest>): Promise<Record<string, never>> {
    await this.database.transaction((tx) => this.lock(tx, [{ ...question, cause: { correlationId: `convert ${question.lead_id}` } }]));
    return {};
  }

  /** Several, likewise. */
  async handleAll({ items }: QuestionOf<typeof LockConvertedAssignments>): Promise<Record<string, never>> {
    const leads = new Map(items.map((item): [string, Converted] => [keyOf(item), { ...item, cause: { correlationId: `convert ${item.lead_id}` } }]));
    await this.events.during(items.flatMap(({ events = [] }) => events), () => this.database.transaction(async (tx) => {
      await this.lock(tx, [...leads.values()]);
      faultPoint('conversion.before_assignment_locked');
    }));
    return {};
  }

  fromEvents(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    const leads = events.map((event): Converted => (
      { tenant: event.tenantid, lead_id: event.data.lead_id, converted: event.data.into, cause: causedByEvent(event) }));
    return this.lock(tx, [...new Map(leads.map((lead) => [keyOf(lead), lead])).values()]);
  }

  private async lock(tx: Tx, leads: Converted[]): Promise<void> {
    const heard = learnAll(await this.assignments.lock(tx, leads), leads);
    const owners = await this.convertersOf(tx, leads.filter((_, i) => !heard[i].before.owner));
    const taken = heard.flatMap(({ before, after }) => {
      const owner = owners.get(keyOf(after));
      return owner ? [{ before, after: { ...after, owner, because: BECAUSE, awaits_routing: false, revision: after.revision + 1 } }] : [];
    });
    const ids = await this.decisions.add(tx, taken.map(({ after }) => takenBy(after)));
    const decided = taken.map(({ before, after }, i) => ({ before, after: { ...after, decision_id: ids[i] } }));
    const changes = [...heard.filter(({ after }) => !owners.has(keyOf(after))), ...decided];
    await this.assignments.write(tx, changes);
    await this.clocks.follow(tx, changes);
    const causes = new Map(leads.map((lead) => [keyOf(lead), lead.cause]));
    await this.outbox.add(tx, decided.map(({ after }) => (
      { event: announcement(after, 'convert'), cause: causes.get(keyOf(after)) as Cause })));
  }

  /** The reps who converted leads, by the lead's key. */
  private async convertersOf(tx: Tx, leads: Converted[]): Promise<Map<string, Owner>> {
    const asked = leads.flatMap(({ tenant, converted: { owner_id: id } }) => (id ? [{ tenant, id }] : []));
    const reps = new Map((await this.setup.owners(tx, asked)).map(({ tenant, ...owner }) => [`${tenant} ${owner.id}`, owner]));
    return new Map(leads.flatMap((lead) => {
      const owner = reps.get(`${lead.tenant} ${lead.converted.owner_id}`);
      return owner ? [[keyOf(lead), owner] as const] : [];
    }));
  }
}

const takenBy = ({ tenant, lead_id, owner }: Assignment) => ({
  tenant, lead_id, key: 'convert', cause: 'convert', because: BECAUSE, actor: null, picked: owner && { id: owner.id, name: owner.name },
});
