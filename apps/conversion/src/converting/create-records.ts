import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer, Opportunity, Warning } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { actorLabel } from '../domain/actor-label';
import { dateIn } from '../domain/calendar';
import { created, type Made, type MadeRecords } from '../domain/made';
import { carried, customerType, newAccount } from '../domain/new-records';
import { opportunityTerms } from '../domain/opportunity-terms';
import { OpportunitiesStore } from '../store/opportunities.store';
import { RecordsStore } from '../store/records.store';
import { TargetsStore } from '../store/targets.store';
import { FindTargets } from './find-targets';
import { JoinRecords } from './join-records';
import type { Plan } from './plan';

/** A plan in its transaction. */
export interface Decided extends Plan {
  attribution: Record<string, unknown>;
  /** the transaction's time */
  now: string;
}

export interface Written extends MadeRecords {
  warnings: Warning[];
  /** of the opportunity: frozen at the conversion of the lead that it came from */
  attribution: Record<string, unknown> | null;
}

/** Writes account, contact, customer and opportunity of a lead, or joins what is there, within the conversion's transaction. */
@Injectable()
export class CreateRecords {
  constructor(
    private readonly records: RecordsStore, private readonly opportunities: OpportunitiesStore, private readonly targets: TargetsStore,
    private readonly finding: FindTargets, private readonly joining: JoinRecords,
  ) {}

  /** @throws DomainError as `FindTargets` does */
  async create(tx: Tx, plan: Decided): Promise<Written> {
    await this.records.lockKeys(tx, lockNames(plan));
    const found = await this.finding.look(tx, plan);
    const { accountId, contactId, customerId, opportunityId, warnings } = this.finding.choose(plan, found);
    const account = accountId === null ? await this.newAccount(tx, plan) : await this.joining.account(tx, plan, accountId);
    const contact = contactId === null
      ? await this.newContact(tx, plan, account, found.people.length > 0)
      : await this.joining.contact(tx, plan, contactId, found.people.every((person) => person.contact_id === contactId));
    const customer = customerId === null
      ? await this.newCustomer(tx, plan, contact.record) : await this.joining.customer(tx, plan, customerId, contact.revision !== null);
    const deal = opportunityId === null
      ? await this.newOpportunity(tx, plan, customer.record) : { ...await this.joining.opportunity(tx, plan, opportunityId), warnings: [] };
    await this.giveRole(tx, plan, contact.record, deal);
    return {
      account, contact, customer, ...(deal && { opportunity: deal }), ...(deal && plan.body.contact_role && { contactRole: plan.body.contact_role }),
      warnings: [...plan.mapped.warnings, ...warnings, ...(deal?.warnings ?? [])], attribution: deal?.attribution ?? null,
    };
  }

  private async newAccount(tx: Tx, { context, mapped, company, isCompany, facts: { lead: { lead_id }, ownerId } }: Decided) {
    const account = newAccount(mapped.values.account, company, { lead_id, ownerId, isCompany });
    return { ...created<Account>(await this.records.insertAccount(tx, context.tenant.id, account)), hasPrimary: false };
  }

  /** @param known others have the e-mail: it was decided that this is a further record of the person */
  private async newContact(tx: Tx, { context, person }: Decided, account: Made<Account> & { hasPrimary: boolean }, known: boolean): Promise<Made<Contact>> {
    const tenant = context.tenant.id;
    const duplicateNo = known ? await this.targets.nextDuplicate(tx, tenant, person.email_normalised) : 0;
    return created(await this.records.insertContact(tx, tenant, account.record.id, !account.hasPrimary, person, duplicateNo));
  }

  private async newCustomer(tx: Tx, { context, mapped, isCompany, facts: { lead, ownerId } }: Decided, contact: Contact): Promise<Made<Customer>> {
    return created(await this.records.insertCustomer(tx, context.tenant.id, {
      account_id: contact.account_id, contact_id: contact.id, type: customerType({ full_name: contact.full_name ?? null }, isCompany),
      ...carried(mapped.values.customer), owner_id: ownerId, lead_id: lead.lead_id,
    }));
  }

  private async newOpportunity(
    tx: Tx, { context, body, mapped: { values: { opportunity: values } }, facts: { lead, ownerId }, attribution, now }: Decided, customer: Customer,
  ): Promise<(Made<Opportunity> & { warnings: Warning[]; attribution: Record<string, unknown> }) | undefined> {
    if (!body.create_opportunity || body.opportunity_name == null || body.opportunity_amount == null) return undefined;
    const { terms, warnings } = opportunityTerms(
      dealOf(body, values), { today: dateIn(context.tenant.time_zone, now), currency: context.tenant.currency });
    const opportunity = await this.opportunities.insert(tx, context.tenant.id, {
      ...terms, customer_id: customer.id, account_id: customer.account_id, lead_id: lead.lead_id, owner_id: ownerId,
      notes: body.notes?.trim() || (values.notes as string | null) || null, ...carried(values), attribution,
    }, actorLabel(context.actor));
    return { ...created(opportunity), warnings, attribution };
  }

  private async giveRole(tx: Tx, { context, body }: Decided, contact: Contact, deal: Made<Opportunity> | undefined): Promise<void> {
    if (!deal || !body.contact_role) return;
    await this.targets.giveRole(tx, context.tenant.id, {
      opportunityId: deal.record.id, contactId: contact.id, role: body.contact_role, primary: !deal.linked,
    });
  }
}

/** What is said of a new deal, by the caller or else by the lead. */
export const dealOf = (body: Decided['body'], values: Record<string, unknown>) => ({
  name: body.opportunity_name ?? '', value: body.opportunity_amount ?? 0, currency: values.currency as string | null,
  stage: body.opportunity_stage, probability: body.opportunity_probability, closeDate: body.opportunity_close_date,
});

/** Two leads of one person or company that convert at once wait here for each other. */
function lockNames({ context: { tenant }, person: { email_normalised: email }, company: { domain, name, country } }: Plan): string[] {
  return [
    ...(email ? [`conversion e-mail ${tenant.id} ${email}`] : []),
    ...(domain ? [`conversion domain ${tenant.id} ${domain}`] : []),
    ...(name ? [`conversion company ${tenant.id} ${country ?? '-'} ${name}`] : []),
  ];
}
