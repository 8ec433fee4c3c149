import { Injectable } from '@nestjs/common';
import type { Account, Contact, Customer, Opportunity } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import { fillAccount, fillContact, fillCustomer, fillOpportunity, type Fill } from '../domain/fill-empty';
import type { Made } from '../domain/made';
import { normaliseEmail, phoneDigits } from '../domain/match-keys';
import type { Targets } from '../domain/targets/choose-targets';
import { TargetsStore, type Fillable } from '../store/targets.store';
import type { Plan } from './plan';

/** A record that is there, and what the lead would add to it. */
export interface Join<Record> { before: Record; fill: Fill }

type Reader = Pick<Tx | Database, 'query'>;

/** Takes records that are there into a conversion, and fills what is empty in them. */
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

  async account(tx: Tx, plan: Plan, id: number): Promise<Made<Account> & { hasPrimary: boolean }> {
    const { before: { has_primary: hasPrimary, ...account }, fill } = await this.joinAccount(tx, plan, id);
    return { ...await this.write(tx, plan, 'account', account, fill), hasPrimary };
  }

  async joinAccount(reader: Reader, plan: Plan, id: number): Promise<Join<Account & { has_primary: boolean }>> {
    const before = (await this.targets.account(reader, { ...of(plan), id }))!;
    return { before, fill: fillAccount(before, plan.mapped.values.account, { leadId: leadOf(plan), ownerId: plan.facts.ownerId }) };
  }

  /** @param emailIsFree nobody else has the lead's e-mail */
  async contact(tx: Tx, plan: Plan, id: number, emailIsFree: boolean): Promise<Made<Contact>> {
    const { before: { customer_id: _, ...contact }, fill } = await this.joinContact(tx, plan, id, emailIsFree);
    return this.write(tx, plan, 'contact', contact, fill);
  }

  async joinContact(
    reader: Reader, plan: Plan, id: number, emailIsFree: boolean,
  ): Promise<Join<Contact & { customer_id: number | null }>> {
    const before = (await this.targets.contact(reader, { ...of(plan), id }))!;
    return { before, fill: fillContact(before, plan.mapped.values.contact, { leadId: leadOf(plan), emailIsFree }) };
  }

  /** @param contactChanged a customer shows its contact, so it has changed with it */
  async customer(tx: Tx, plan: Plan, id: number, contactChanged: boolean): Promise<Made<Customer>> {
    const { before, fill } = await this.joinCustomer(tx, plan, id);
    return this.write(tx, plan, 'customer', before, fill, contactChanged || isChanged(fill));
  }

  async joinCustomer(reader: Reader, plan: Plan, id: number): Promise<Join<Customer>> {
    const before = (await this.targets.customer(reader, { ...of(plan), id }))!;
    return { before, fill: fillCustomer(before, plan.mapped.values.customer, leadOf(plan)) };
  }

  async opportunity(tx: Tx, plan: Plan, id: number): Promise<Made<Opportunity> & { attribution: Record<string, unknown> | null }> {
    const { before: { attribution, ...opportunity }, fill } = await this.joinOpportunity(tx, plan, id);
    return { ...await this.write(tx, plan, 'opportunity', opportunity, fill), attribution };
  }

  async joinOpportunity(
    reader: Reader, plan: Plan, id: number,
  ): Promise<Join<Opportunity & { attribution: Record<string, unknown> | null }>> {
    const before = (await this.targets.opportunity(reader, { ...of(plan), id }))!;
    return { before, fill: fillOpportunity(before, plan.mapped.values.opportunity, leadOf(plan)) };
  }

  private async write<Record extends { id: number }>(
    tx: Tx, plan: Plan, kind: Fillable, record: Record, { changes, filled }: Fill, changed = isChanged({ changes }),
  ): Promise<Made<Record>> {
    if (!changed) return { record, linked: true, filled, revision: null };
    const { revision, updated_at } = await this.targets.change(tx, kind, { ...of(plan), id: record.id }, { ...changes, ...derived(kind, changes) });
    return { record: { ...record, ...changes, updated_at }, linked: true, filled, revision };
  }
}

const isChanged = ({ changes }: Pick<Fill, 'changes'>): boolean => Object.keys(changes).length > 0;
const of = ({ context }: Plan): { tenant: string } => ({ tenant: context.tenant.id });
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
