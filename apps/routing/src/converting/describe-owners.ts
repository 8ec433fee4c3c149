import { Injectable } from '@nestjs/common';
import type { AnswerOf, DescribeOwnersToConvert, QuestionOf, RoutingFacts } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { routingState } from '../domain/assignment';
import { MeetLeads } from '../meet-leads';
import { OwnersStore } from '../store/owners.store';
import { SetupStore } from '../store/setup.store';

type Item = QuestionOf<typeof DescribeOwnersToConvert>['items'][number];

/** Who owns leads that are being converted, who owned them before, and which rep a user is. */
@Injectable()
export class DescribeOwners {
  constructor(
    private readonly database: Database, private readonly leads: MeetLeads, private readonly owners: OwnersStore, private readonly setup: SetupStore,
  ) {}

  async describe({ items }: QuestionOf<typeof DescribeOwnersToConvert>): Promise<AnswerOf<typeof DescribeOwnersToConvert>> {
    const tenants = [...new Set(items.map(({ tenant }) => tenant))];
    const found = await Promise.all(tenants.map((tenant) => this.ofTenant(tenant, items.filter((item) => item.tenant === tenant))));
    const facts = new Map(found.flat());
    return { facts: items.map((item) => facts.get(item)!) };
  }

  private async ofTenant(tenant: string, items: Item[]): Promise<(readonly [Item, RoutingFacts])[]> {
    const ids = [...new Set(items.map(({ lead_id }) => lead_id))];
    const [assignments, owners] = await Promise.all([this.leads.all(tenant, ids), this.owners.of(this.database, tenant, ids)]);
    const states = new Map(assignments.map((assignment) => [assignment.lead_id, routingState(assignment)]));
    const reps = await this.setup.repsBy(this.database, tenant, {
      ids: [...states.values()].flatMap(({ owner }) => (owner ? [owner.id] : [])), userIds: items.flatMap(({ user_id }) => user_id ?? []),
    });
    return items.map((item) => {
      const assignment = states.get(item.lead_id) ?? null;
      return [item, {
        assignment, owners: owners.get(item.lead_id) ?? [],
        owner: reps.find(({ id }) => id === assignment?.owner?.id) ?? null, rep: reps.find(({ user_id }) => user_id === item.user_id) ?? null,
      }] as const;
    });
  }
}
