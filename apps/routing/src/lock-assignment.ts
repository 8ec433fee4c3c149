import { Injectable } from '@nestjs/common';
import type { Envelope, LeadConvertedData, LockAssignment as LockAssignmentRequest, QuestionOf } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import { keyOf } from './domain/assignment';
import { AssignmentsStore } from './store/assignments.store';

/** Ends what this service does to a lead: conversion tells it before it answers, and its event says the same later. */
@Injectable()
export class LockAssignment {
  constructor(private readonly database: Database, private readonly assignments: AssignmentsStore) {}

  async handle(question: QuestionOf<typeof LockAssignmentRequest>): Promise<Record<string, never>> {
    await this.assignments.lockConverted(this.database, [question]);
    return {};
  }

  async fromEvents(events: Envelope<LeadConvertedData>[], tx: Tx): Promise<void> {
    const leads = events.map(({ tenantid, data: { lead_id, into } }) => ({ tenant: tenantid, lead_id, converted: into }));
    await this.assignments.lockConverted(tx, [...new Map(leads.map((lead) => [keyOf(lead), lead])).values()]);
  }
}
