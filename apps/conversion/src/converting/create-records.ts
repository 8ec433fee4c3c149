import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type Account, type Context, type ConvertAnswer, type ConvertBody, type Customer, type IntakeState, type Opportunity,
  type Warning,
} from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { actorLabel } from '../domain/actor-label';
import { dateIn } from '../domain/calendar';
import { chooseAccount } from '../domain/choose-account';
import { companyKeys, customerType, newAccount, newContact, type CompanyKeys } from '../domain/new-records';
import { opportunityTerms } from '../domain/opportunity-terms';
import { OpportunitiesStore } from '../store/opportunities.store';
import { RecordsStore } from '../store/records.store';
import type { Gathered } from './gather-facts';

export type Records = Pick<ConvertAnswer, 'account' | 'contact' | 'customer' | 'opportunity'>;

interface Plan {
  context: Context;
  body: ConvertBody;
  facts: Gathered;
  attribution: Record<string, unknown>;
  /** the transaction's time */
  now: string;
}

/** Writes account (or links one), contact, customer and opportunity of a lead, within the conversion's transaction. */
@Injectable()
export class CreateRecords {
  constructor(private readonly records: RecordsStore, private readonly opportunities: OpportunitiesStore) {}

  /** @throws DomainError `customer_exists` with the candidates */
  async create(tx: Tx, plan: Plan): Promise<{ records: Records; warnings: Warning[] }> {
    const { context: { tenant }, facts: { lead, ownerId } } = plan;
    const person = newContact(lead);
    const company = companyKeys(lead);
    await this.records.lockKeys(tx, lockNames(tenant.id, person.email_normalised, company));
    await this.mustBeNew(tx, tenant.id, person.email_normalised);
    const { account, warnings } = await this.account(tx, tenant.id, lead, company, ownerId);
    const contact = await this.records.insertContact(tx, tenant.id, account.id, !account.linked, person);
    const customer = await this.records.insertCustomer(tx, tenant.id, {
      account_id: account.id, contact_id: contact.id, type: customerType(lead.profile), owner_id: ownerId, lead_id: lead.lead_id,
    });
    const deal = await this.opportunity(tx, plan, customer);
    return {
      records: { account, contact, customer, ...(deal && { opportunity: deal.opportunity }) },
      warnings: [...warnings, ...(deal?.warnings ?? [])],
    };
  }

  private async mustBeNew(tx: Tx, tenant: string, email: string | null): Promise<void> {
    if (email === null) return;
    const candidates = await this.records.findByEmail(tx, tenant, email);
    if (candidates.length > 0) {
      throw DomainError.conflict('customer_exists', 'Customer with this email already exists', { candidates });
    }
  }

  private async account(
    tx: Tx, tenant: string, lead: IntakeState, company: CompanyKeys, ownerId: number | null,
  ): Promise<{ account: Account & { linked: boolean }; warnings: Warning[] }> {
    const { account, warnings } = chooseAccount(await this.records.findCompanies(tx, tenant, company));
    if (account) return { account: { ...account, linked: true }, warnings };
    const created = await this.records.insertAccount(tx, tenant, newAccount(lead, ownerId));
    return { account: { ...created, linked: false }, warnings };
  }

  private async opportunity(
    tx: Tx, { context, body, facts: { lead, ownerId }, attribution, now }: Plan, customer: Customer,
  ): Promise<{ opportunity: Opportunity; warnings: Warning[] } | undefined> {
    if (!body.create_opportunity || body.opportunity_name == null || body.opportunity_amount == null) return undefined;
    const { terms, warnings } = opportunityTerms({
      name: body.opportunity_name, value: body.opportunity_amount, stage: body.opportunity_stage,
      probability: body.opportunity_probability, closeDate: body.opportunity_close_date,
    }, { today: dateIn(context.tenant.time_zone, now), currency: context.tenant.currency });
    const opportunity = await this.opportunities.insert(tx, context.tenant.id, {
      ...terms, customer_id: customer.id, account_id: customer.account_id, lead_id: lead.lead_id, owner_id: ownerId,
      notes: body.notes?.trim() || null, tags: lead.profile.tags ?? null, attribution,
    }, actorLabel(context.actor));
    return { opportunity, warnings };
  }
}

/** Two leads of one person or company that convert at once wait here for each other. */
function lockNames(tenant: string, email: string | null, { domain, name, country }: CompanyKeys): string[] {
  return [
    ...(email ? [`conversion e-mail ${tenant} ${email}`] : []),
    ...(domain ? [`conversion domain ${tenant} ${domain}`] : []),
    ...(name ? [`conversion company ${tenant} ${country ?? '-'} ${name}`] : []),
  ];
}
