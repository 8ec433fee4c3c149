import { Injectable } from '@nestjs/common';
import type {
  ConvertedInto, Envelope, LeadConvertedData, LockAssignment as LockAssignmentRequest, QuestionOf,
} from '@headwater/contracts';
import { causedByEvent, Outbox, type Cause } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { announcement, keyOf, type Assignment, type LeadKey } from './domain/assignment';
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
    private readonly decisions: DecisionsStore, private readonly setup: SetupStore,
  ) {}

  async handle(question: QuestionOf<typeof LockAssignmentRequest>): Promise<Record<string, never>> {
    await this.database.transaction((tx) => this.lock(tx, [{ ...question, cause: { correlationId: `convert ${question.lead_id}` } }]));
    return {};
  }

  fromEvents(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    const leads = events.map((event): Converted => (
      { tenant: event.tenantid, lead_id: event.data.lead_id, converted: event.data.into, cause: causedByEvent(event) }));
    return this.lock(tx, [...new Map(leads.map((lead) => [keyOf(lead), lead])).values()]);
  }

  private async lock(tx: Tx, leads: Converted[]): Promise<void> {
    await this.assignments.lockConverted(tx, leads);
    const unowned = (await this.assignments.lock(tx, leads)).filter(({ owner }) => !owner);
    const byKey = new Map(leads.map((lead) => [keyOf(lead), lead]));
    const ownerId = (lead: LeadKey) => byKey.get(keyOf(lead))?.converted.owner_id;
    const asked = unowned.flatMap((lead) => { const id = ownerId(lead); return id ? [{ tenant: lead.tenant, id }] : []; });
    if (asked.length === 0) return;
    const owners = new Map((await this.setup.owners(tx, asked)).map(({ tenant, ...owner }) => [`${tenant} ${owner.id}`, owner]));
    const taken = unowned.flatMap((lead) => {
      const owner = owners.get(`${lead.tenant} ${ownerId(lead)}`);
      return owner ? [{ ...lead, owner, because: BECAUSE, awaits_routing: false, revision: lead.revision + 1 }] : [];
    });
    const ids = await this.decisions.add(tx, taken.map(takenBy));
    const written = taken.map((lead, i) => ({ ...lead, decision_id: ids[i] }));
    await this.assignments.write(tx, written);
    await this.outbox.add(tx, written.map((lead) => (
      { event: announcement(lead, 'convert'), cause: byKey.get(keyOf(lead))?.cause as Cause })));
  }
}

const takenBy = ({ tenant, lead_id, owner }: Assignment) => ({
  tenant, lead_id, key: 'convert', cause: 'convert', because: BECAUSE, actor: null, rule_set_version: null, rules: [], pool: null,
  strategy: null, candidates: [], picked: owner && { id: owner.id, name: owner.name },
});
