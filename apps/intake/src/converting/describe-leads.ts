import { Injectable } from '@nestjs/common';
import { MOST_OPEN_REVIEWS, type AnswerOf, type DescribeLeadsToConvert, type IntakeFacts, type QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { stateOf } from '../domain/lead';
import { explainedReview } from '../domain/matching/review-view';
import { FindPrimaries } from '../merging/find-primaries';
import { KeyTouchesStore } from '../store/key-touches.store';
import { LeadsStore } from '../store/leads.store';
import { ReviewsStore } from '../store/reviews.store';

const MOST_TOUCHES = 200;
type Question = QuestionOf<typeof DescribeLeadsToConvert>;

/** All that is known here of leads that are being converted: as they are, where they came from, and whom they may double. */
@Injectable()
export class DescribeLeads {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly touches: KeyTouchesStore,
    private readonly reviews: ReviewsStore, private readonly primaries: FindPrimaries,
  ) {}

  async describe({ items, touches, reviews }: Question): Promise<AnswerOf<typeof DescribeLeadsToConvert>> {
    const most = { touches: Math.min(touches, MOST_TOUCHES), reviews: Math.min(reviews, MOST_OPEN_REVIEWS) };
    const tenants = [...new Set(items.map(({ tenant }) => tenant))];
    const idsOf = (tenant: string) => [...new Set(items.filter((item) => item.tenant === tenant).map(({ lead_id }) => lead_id))];
    const found = await Promise.all(tenants.map(async (tenant) => [tenant, await this.ofTenant(tenant, idsOf(tenant), most)] as const));
    const facts = new Map(found);
    return { facts: items.map(({ tenant, lead_id }) => facts.get(tenant)!.get(lead_id) ?? null) };
  }

  private async ofTenant(tenant: string, ids: number[], most: { touches: number; reviews: number }): Promise<Map<number, IntakeFacts>> {
    const [leads, touches, reviews] = await Promise.all([
      this.leads.get(this.database, tenant, ids), this.touches.ofEach(this.database, tenant, ids, most.touches),
      this.reviews.openOfEach(this.database, tenant, ids, most.reviews),
    ]);
    const primaries = await this.primaries.of(this.database, tenant, leads);
    return new Map(leads.map((lead) => [lead.id, {
      lead: stateOf(lead), primary_id: primaries.get(lead.id) ?? null, touches: touches.get(lead.id)!,
      reviews: reviews.filter(({ asked_for }) => asked_for === lead.id).map(explainedReview),
    }]));
  }
}
