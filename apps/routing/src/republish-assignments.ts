import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@headwater/contracts';
import { nextAfter, type Part, type Republisher } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { announcement } from './domain/assignment';
import { AssignmentsStore } from './store/assignments.store';

/** Says again who owns every lead, and what led to it. */
@Injectable()
export class RepublishAssignments implements Republisher {
  constructor(private readonly assignments: AssignmentsStore) {}

  async republish(tx: Tx, part: Part): Promise<{ events: NewEvent[]; next: number | null }> {
    const assignments = await this.assignments.walk(tx, part);
    const events = assignments.map(({ decided_by, ...assignment }) => announcement(assignment, decided_by));
    return { events, next: nextAfter(assignments.map(({ lead_id }) => lead_id), part.limit) };
  }
}
