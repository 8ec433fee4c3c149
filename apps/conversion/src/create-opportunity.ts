import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError, NoteAdded,
  type AnswerOf, type Context, type CreateOpportunity as CreateOpportunityRequest, type CreateOpportunityBody, type Customer,
  type NewEvent, type Opportunity, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, causedByRequest, once, Outbox } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { actorName } from './domain/actor-name';
import { dateIn } from './domain/calendar';
import { checkOpportunity } from './domain/check-opportunity';
import { announceOpportunity } from './domain/opportunities/announce-opportunity';
import { opportunityTerms } from './domain/opportunity-terms';
import { mergeCustomFields, tagsOf } from './domain/records/changes';
import { CheckOwner } from './records/check-owner';
import { ConversionsStore } from './store/conversions.store';
import { OpportunitiesStore } from './store/opportunities.store';
import { RecordsStore } from './store/records.store';

type Attribution = Record<string, unknown> | null;

/** The version that every deal begins with. */
const FIRST = '1';

/** A deal with a customer that is there already, with or without the lead that they came from. */
@Injectable()
export class CreateOpportunity {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly records: RecordsStore,
    private readonly opportunities: OpportunitiesStore, private readonly conversions: ConversionsStore, private readonly owners: CheckOwner,
  ) {}

  /** @throws DomainError invalid, on `customer_id` when it isn't known, on `lead_id` when it wasn't converted into it */
  async create({ context, body }: QuestionOf<typeof CreateOpportunityRequest>): Promise<AnswerOf<typeof CreateOpportunityRequest>> {
    const errors = checkOpportunity(body);
    if (errors.length > 0) throw DomainError.invalid(errors);
    await this.owners.mustBeRep(context.tenant.id, body.owner_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const customer = await this.customer(tx, context.tenant.id, body.customer_id);
      const attribution = await this.attribution(tx, context.tenant.id, body);
      const now = await nowOf(tx);
      const { terms, warnings } = opportunityTerms({ ...body, closeDate: body.expected_close_date },
        { today: dateIn(context.tenant.time_zone, now), currency: context.tenant.currency });
      const [opportunity] = await this.opportunities.insert(tx, [{
        tenant_id: context.tenant.id, actor: actorName(context.actor), ...terms, customer_id: customer.id, account_id: customer.account_id, lead_id: body.lead_id ?? null,
        owner_id: body.owner_id ?? customer.owner_id, notes: body.notes?.trim() || null, tags: tagsOf(body.tags), attribution,
        custom_fields: mergeCustomFields({}, body.custom_fields), lost_reason: body.lost_reason ?? null,
      }]);
      const cause = causedByRequest(context);
      await this.outbox.add(tx, announce(context, opportunity, attribution).map((event) => ({ event, cause })));
      return { opportunity, version: FIRST, ...(warnings.length > 0 ? { warnings } : {}) };
    });
  }

  private async customer(tx: Tx, tenant: string, id: number): Promise<Customer> {
    const customer = await this.records.getCustomer(tx, tenant, id);
    if (!customer) throw DomainError.invalidField('customer_id', 'unknown_customer', 'There is no customer with this id');
    return customer;
  }

  /** What was frozen when the lead became this customer. */
  private async attribution(tx: Tx, tenant: string, { lead_id, customer_id }: CreateOpportunityBody): Promise<Attribution> {
    if (lead_id == null) return null;
    const done = await this.conversions.findDone(tx, tenant, lead_id);
    if (done?.converted.customer_id !== customer_id) {
      throw DomainError.invalidField('lead_id', 'not_this_customers_lead', 'The lead was not converted into this customer');
    }
    return done.attribution;
  }
}

function announce({ tenant, actor }: Context, opportunity: Opportunity, attribution: Attribution): NewEvent[] {
  const leadId = opportunity.lead_id ?? undefined;
  const created = announceOpportunity(tenant.id, { opportunity, attribution, revision: 1, actor: actorName(actor) });
  if (!opportunity.notes) return created;
  const note_id = randomUUID();
  return [...created, NoteAdded.of(tenant.id, note_id, {
    note_id, about: 'opportunity', about_id: opportunity.id, kept_by: 'conversion', text: opportunity.notes,
    author: actorName(actor), cause: 'create_opportunity', at: opportunity.created_at,
  }, { leadId })];
}
