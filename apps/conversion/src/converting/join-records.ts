import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer, Opportunity } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { fillAccount, fillContact, fillCustomer, fillOpportunity, type Fill } from '../domain/fill-empty';
import type { Made } from '../domain/made';
import { normaliseEmail, phoneDigits } from '../domain/match-keys';
import type { Targets } from '../domain/targets/choose-targets';
import { TargetsStore, type Fillable, type Lookup } from '../store/targets.store';
import type { Plan } from './plan';

/** A record that is there, and what the lead would add to it. */
export interface Join<Record> { before: Record; fill: Fill }

/** A plan, and the record that it becomes part of. */
export interface Joining { plan: Plan; id: number }
/** @property emailIsFree nobody else has the lead's e-mail */
interface JoiningContact extends Joining { emailIsFree: boolean }
/** @property contactChanged a customer shows its contact, so it has changed with it */
interface JoiningCustomer extends Joining { contactChanged: boolean }

/** Takes records that are there into conversions, and fills what is empty in them: of one kind after the other, no two the same record. */
@Injectable()
export class JoinRecords {
  constructor(private readonly targets: TargetsStore) {}

  /** Locks what is joined, of one kind after the other and in the order of ids, as whoever else changes several records does. */
  async hold(tx: Tx, conversions: { plan: Plan; targets: Targets }[]): Promise<void> {
    const held = (of: (targets: Targets) => number | null) => conversions.flatMap(({ plan, targets }) => {
      const id = of(targets);
      return id === null ? [] : [{ tenant: plan.context.tenant.id, id }];
    });
    await this.targets.hold(tx, 'account', held(({ accountId }) => accountId));
    await this.targets.hold(tx, 'contact', held(({ contactId }) => contactId));
    await this.targets.hold(tx, 'customer', held(({ customerId }) => customerId));
    await this.targets.hold(tx, 'opportunity', held(({ opportunityId }) => opportunityId));
  }

  async accounts(tx: Tx, joining: Joining[]): Promise<(Made<Account> & { hasPrimary: boolean })[]> {
    const joins = await this.joinAccounts(tx, joining);
    const made = await this.write(tx, 'account', joining, joins.map(({ before: { has_primary: _, ...account }, fill }) => ({ before: account, fill })));
    return made.map((one, i) => ({ ...one, hasPrimary: joins[i].before.has_primary }));
  }

  async joinAccounts(queries: Queries, joining: Joining[]): Promise<Join<Account & { has_primary: boolean }>[]> {
    const found = await this.targets.accounts(queries, joining.map(lookup));
    return joining.map(({ plan }, i) => (
      { before: found[i]!, fill: fillAccount(found[i]!, plan.mapped.values.account, { leadId: leadOf(plan), ownerId: plan.facts.ownerId }) }));
  }

  async contacts(tx: Tx, joining: JoiningContact[]): Promise<Made<Contact>[]> {
    const joins = await this.joinContacts(tx, joining);
    return this.write(tx, 'contact', joining, joins.map(({ before: { customer_id: _, ...contact }, fill }) => ({ before: contact, fill })));
  }

  async joinContacts(queries: Queries, joining: JoiningContact[]): Promise<Join<Contact & { customer_id: number | null }>[]> {
    const found = await this.targets.contacts(queries, joining.map(lookup));
    return joining.map(({ plan, emailIsFree }, i) => (
      { before: found[i]!, fill: fillContact(found[i]!, plan.mapped.values.contact, { leadId: leadOf(plan), emailIsFree }) }));
  }

  async customers(tx: Tx, joining: JoiningCustomer[]): Promise<Made<Customer>[]> {
    return this.write(tx, 'customer', joining, await this.joinCustomers(tx, joining), ({ contactChanged }, fill) => contactChanged || isChanged(fill));
  }

  async joinCustomers(queries: Queries, joining: Joining[]): Promise<Join<Customer>[]> {
    const found = await this.targets.customers(queries, joining.map(lookup));
    return joining.map(({ plan }, i) => ({ before: found[i]!, fill: fillCustomer(found[i]!, plan.mapped.values.customer, leadOf(plan)) }));
  }

  async opportunities(tx: Tx, joining: Joining[]): Promise<(Made<Opportunity> & { attribution: Record<string, unknown> | null })[]> {
    const joins = await this.joinOpportunities(tx, joining);
    const made = await this.write(tx, 'opportunity', joining, joins.map(({ before: { attribution: _, ...opportunity }, fill }) => ({ before: opportunity, fill })));
    return made.map((one, i) => ({ ...one, attribution: joins[i].before.attribution }));
  }

  async joinOpportunities(queries: Queries, joining: Joining[]): Promise<Join<Opportunity & { attribution: Record<string, unknown> | null }>[]> {
    const found = await this.targets.opportunities(queries, joining.map(lookup));
    return joining.map(({ plan }, i) => ({ before: found[i]!, fill: fillOpportunity(found[i]!, plan.mapped.values.opportunity, leadOf(plan)) }));
  }

  /** One statement for all that change. */
  private async write<Record extends { id: number }, One extends Joining>(
    tx: Tx, kind: Fillable, joining: One[], joins: Join<Record>[], hasChanged: (one: One, fill: Fill) => boolean = (_, fill) => isChanged(fill),
  ): Promise<Made<Record>[]> {
    const made = joins.map(({ before: record, fill: { filled } }): Made<Record> => ({ record, linked: true, filled, revision: null }));
    const changing = joins.flatMap((join, i) => (hasChanged(joining[i], join.fill) ? [{ ...join, i }] : []));
    const written = await this.targets.change(tx, kind, changing.map(({ fill: { changes }, i }) => (
      { ...lookup(joining[i]), changes: { ...changes, ...derived(kind, changes) } })));
    changing.forEach(({ before, fill: { changes, filled }, i }, n) => {
      const { revision, updated_at } = written[n];
      made[i] = { record: { ...before, ...changes, updated_at }, linked: true, filled, revision };
    });
    return made;
  }
}

const lookup = ({ plan, id }: Joining): Lookup => ({ tenant: plan.context.tenant.id, id });
const isChanged = ({ changes }: Fill): boolean => Object.keys(changes).length > 0;
const leadOf = ({ facts }: Plan): number => facts.lead.lead_id;

/** What a contact is found by follows from what it shows. */
function derived(kind: Fillable, { email, phone, mobile }: Record<string, unknown>): Record<string, unknown> {
  if (kind !== 'contact') return {};
  return {
    ...(email !== undefined && { email_normalised: normaliseEmail(email as string) }),
    ...(phone !== undefined && { phone_digits: phoneDigits(phone as string) }),
    ...(mobile !== undefined && { mobile_digits: phoneDigits(mobile as string) }),
  };
}
