import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer, Opportunity, Warning } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { actorName } from '../domain/actor-name';
import { dateIn } from '../domain/calendar';
import { created, type Made, type MadeRecords } from '../domain/made';
import { carried, customerType, newAccount } from '../domain/new-records';
import { opportunityTerms } from '../domain/opportunity-terms';
import { OpportunitiesStore, type NewOpportunity } from '../store/opportunities.store';
import { RecordsStore, type InTenant } from '../store/records.store';
import { TargetsStore } from '../store/targets.store';
import type { Bound } from './bind-targets';
import { JoinRecords, type Joining } from './join-records';
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

type MadeAccount = Made<Account> & { hasPrimary: boolean };
type MadeDeal = Made<Opportunity> & { warnings: Warning[]; attribution: Record<string, unknown> | null };
/** A conversion with the records that it has by now. */
interface InProgress extends Bound<Decided> { account?: MadeAccount; contact?: Made<Contact>; customer?: Made<Customer>; deal?: MadeDeal }

/**
 * Writes account, contact, customer and opportunity of leads, or joins what is there, within the transaction of their conversions: a
 * statement for all that is new of a kind, and two for all that is joined. No two of them have to do with the same record.
 */
@Injectable()
export class CreateRecords {
  constructor(
    private readonly records: RecordsStore, private readonly opportunities: OpportunitiesStore, private readonly targets: TargetsStore,
    private readonly joining: JoinRecords,
  ) {}

  /** @returns in the order given */
  async create(tx: Tx, conversions: Bound<Decided>[]): Promise<Written[]> {
    await this.joining.hold(tx, conversions);
    const all: InProgress[] = conversions.map((one) => ({ ...one }));
    await this.accounts(tx, all);
    await this.contacts(tx, all);
    await this.customers(tx, all);
    await this.deals(tx, all);
    await this.giveRoles(tx, all);
    return all.map(({ plan, targets, account, contact, customer, deal }) => ({
      account: account!, contact: contact!, customer: customer!, ...(deal && { opportunity: deal }),
      ...(deal && plan.body.contact_role && { contactRole: plan.body.contact_role }),
      warnings: [...plan.mapped.warnings, ...targets.warnings, ...(deal?.warnings ?? [])], attribution: deal?.attribution ?? null,
    }));
  }

  private async accounts(tx: Tx, all: InProgress[]): Promise<void> {
    const fresh = all.filter(({ targets }) => targets.accountId === null);
    const made = await this.records.insertAccounts(tx, fresh.map(({ plan: { context, mapped, company, isCompany, facts: { lead: { lead_id }, ownerId } } }) => (
      { tenant_id: context.tenant.id, ...newAccount(mapped.values.account, company, { lead_id, ownerId, isCompany }) })));
    fresh.forEach((one, i) => { one.account = { ...created(made[i]), hasPrimary: false }; });
    const linked = joining(all, ({ accountId }) => accountId);
    const joined = await this.joining.accounts(tx, linked);
    linked.forEach(({ one }, i) => { one.account = joined[i]; });
  }

  private async contacts(tx: Tx, all: InProgress[]): Promise<void> {
    const fresh = all.filter(({ targets }) => targets.contactId === null);
    // Others have the e-mail: it was decided that this is a further record of the person.
    const further = fresh.filter(({ found }) => found.people.length > 0);
    const numbers = await this.targets.nextDuplicates(tx, further.map(({ plan: { context: { tenant }, person } }) => ({ tenant: tenant.id, email: person.email_normalised })));
    const duplicates = new Map(further.map((one, i) => [one, numbers[i]]));
    const made = await this.records.insertContacts(tx, fresh.map((one) => {
      const { plan: { context: { tenant }, person }, account } = one;
      return { tenant_id: tenant.id, account_id: account!.record.id, is_primary: !account!.hasPrimary, ...person, duplicate_no: duplicates.get(one) ?? 0 };
    }));
    fresh.forEach((one, i) => { one.contact = created(made[i]); });
    const linked = joining(all, ({ contactId }) => contactId);
    const joined = await this.joining.contacts(tx, linked.map(({ plan, id, one: { found } }) => (
      { plan, id, emailIsFree: found.people.every(({ contact_id }) => contact_id === id) })));
    linked.forEach(({ one }, i) => { one.contact = joined[i]; });
  }

  private async customers(tx: Tx, all: InProgress[]): Promise<void> {
    const fresh = all.filter(({ targets }) => targets.customerId === null);
    const made = await this.records.insertCustomers(tx, fresh.map(({ plan: { context, mapped, isCompany, facts: { lead, ownerId } }, contact }) => ({
      tenant_id: context.tenant.id, account_id: contact!.record.account_id, contact_id: contact!.record.id,
      type: customerType({ full_name: contact!.record.full_name ?? null }, isCompany), ...carried(mapped.values.customer), owner_id: ownerId,
      lead_id: lead.lead_id,
    })));
    fresh.forEach((one, i) => { one.customer = created(made[i]); });
    const linked = joining(all, ({ customerId }) => customerId);
    const joined = await this.joining.customers(tx, linked.map(({ plan, id, one }) => ({ plan, id, contactChanged: one.contact!.revision !== null })));
    linked.forEach(({ one }, i) => { one.customer = joined[i]; });
  }

  private async deals(tx: Tx, all: InProgress[]): Promise<void> {
    const fresh = all.flatMap((one) => {
      const deal = one.targets.opportunityId === null ? newDeal(one.plan, one.customer!.record) : undefined;
      return deal ? [{ one, ...deal }] : [];
    });
    const made = await this.opportunities.insert(tx, fresh.map(({ opportunity }) => opportunity));
    fresh.forEach(({ one, warnings }, i) => { one.deal = { ...created(made[i]), warnings, attribution: one.plan.attribution }; });
    const linked = joining(all, ({ opportunityId }) => opportunityId);
    const joined = await this.joining.opportunities(tx, linked);
    linked.forEach(({ one }, i) => { one.deal = { ...joined[i], warnings: [] }; });
  }

  private async giveRoles(tx: Tx, all: InProgress[]): Promise<void> {
    await this.targets.giveRoles(tx, all.flatMap(({ plan: { context, body: { contact_role: role } }, contact, deal }) => (deal && role
      ? [{ tenant_id: context.tenant.id, opportunity_id: deal.record.id, contact_id: contact!.record.id, role, is_primary: !deal.linked }] : [])));
  }
}

/** Those that become part of a record of a kind. */
const joining = (all: InProgress[], idOf: (targets: InProgress['targets']) => number | null): (Joining & { one: InProgress })[] => all.flatMap((one) => {
  const id = idOf(one.targets);
  return id === null ? [] : [{ one, plan: one.plan, id }];
});

function newDeal(
  { context, body, mapped: { values: { opportunity: values } }, facts: { lead, ownerId }, attribution, now }: Decided, customer: Customer,
): { opportunity: NewOpportunity & InTenant; warnings: Warning[] } | undefined {
  if (!body.create_opportunity || body.opportunity_name == null || body.opportunity_amount == null) return undefined;
  const { terms, warnings } = opportunityTerms(
    dealOf(body, values), { today: dateIn(context.tenant.time_zone, now), currency: context.tenant.currency });
  return {
    warnings,
    opportunity: {
      tenant_id: context.tenant.id, ...terms, customer_id: customer.id, account_id: customer.account_id, lead_id: lead.lead_id, owner_id: ownerId,
      notes: body.notes?.trim() || (values.notes as string | null) || null, ...carried(values), attribution, lost_reason: body.opportunity_lost_reason ?? null,
      actor: actorName(context.actor),
    },
  };
}

/** What is said of a new deal, by the caller or else by the lead. */
export const dealOf = (body: Decided['body'], values: Record<string, unknown>) => ({
  name: body.opportunity_name ?? '', value: body.opportunity_amount ?? 0, currency: body.opportunity_currency ?? values.currency as string | null,
  stage: body.opportunity_stage, probability: body.opportunity_probability, closeDate: body.opportunity_close_date,
});
