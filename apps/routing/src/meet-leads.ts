import { Injectable } from '@nestjs/common';
import { DomainError, GetLeads } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import type { Assignment } from './domain/assignment';
import { intakeNews, learnAll, type LeadNews } from './domain/learn';
import { FollowMerges } from './follow-merges';
import { AssignmentsStore } from './store/assignments.store';

/**
 * Makes this service know a lead as soon as its creation was answered, before any event of it came: it asks intake, and
 * keeps what intake says as the first state.
 */
@Injectable()
export class MeetLeads {
  constructor(
    private readonly database: Database,
    private readonly assignments: AssignmentsStore,
    private readonly requester: Requester,
    private readonly merges: FollowMerges,
  ) {}

  /**
   * Assignments of those of the ids that exist in the tenant, in the order asked. Not within a transaction.
   * @throws DomainError `unavailable` when intake had to be asked and doesn't answer
   */
  async all(tenant: string, ids: readonly number[]): Promise<Assignment[]> {
    const keys = [...new Set(ids)].map((lead_id) => ({ tenant, lead_id }));
    const known = await this.assignments.find(this.database, keys);
    const missing = keys.map(({ lead_id }) => lead_id).filter((id) => !known.some(({ lead_id }) => lead_id === id));
    if (missing.length === 0) return inOrder(known, ids);
    const { leads } = await this.requester.ask(GetLeads, { tenant, ids: missing });
    if (leads.length === 0) return inOrder(known, ids);
    const news = leads.map((lead): LeadNews => ({
      tenant, lead_id: lead.lead_id, intake: intakeNews(lead), converted: lead.converted,
    }));
    await this.database.transaction(async (tx) => {
      await this.merges.fromSnapshots(tx, tenant, leads);
      const stored = await this.assignments.lock(tx, news);
      await this.assignments.write(tx, learnAll(stored, news));
    });
    return inOrder(await this.assignments.find(this.database, keys), ids);
  }

  /** @throws DomainError `not_found` when there is no such lead in the tenant */
  async one(tenant: string, id: number): Promise<Assignment> {
    const [assignment] = await this.all(tenant, [id]);
    if (!assignment) throw DomainError.notFound('Lead');
    return assignment;
  }
}

function inOrder(assignments: Assignment[], ids: readonly number[]): Assignment[] {
  const byId = new Map(assignments.map((assignment) => [assignment.lead_id, assignment]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
