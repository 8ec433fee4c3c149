import { defineEvent } from '../event';
import { Document, Integer, Nested, Text } from '../field';
import { ConvertedInto } from '../lead';
import { Account, Contact, Customer, Opportunity } from '../conversion-records';

/** What was known of a lead at the moment of its conversion; it never changes afterwards. */
export class LeadConvertedData {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) lead_id: number;
  @Nested(() => ConvertedInto, { required: true }) into: ConvertedInto;
  @Text(200, { required: true }) actor: string;
  @Document({ required: true, description: 'source, channel, campaign, score, model version, owner, status history' })
  attribution: Record<string, unknown>;
}

export class AccountCreatedData { @Nested(() => Account, { required: true }) account: Account; }
export class ContactCreatedData { @Nested(() => Contact, { required: true }) contact: Contact; }
export class CustomerCreatedData { @Nested(() => Customer, { required: true }) customer: Customer; }
export class OpportunityCreatedData {
  @Nested(() => Opportunity, { required: true }) opportunity: Opportunity;
  @Document({ description: 'frozen at conversion; absent where the opportunity has no lead' })
  attribution?: Record<string, unknown> | null;
}

export const LeadConverted = defineEvent('lead.converted', 1, ['conversion'], 'fact', LeadConvertedData);
export const AccountCreated = defineEvent('account.created', 1, ['conversion'], 'state', AccountCreatedData);
export const ContactCreated = defineEvent('contact.created', 1, ['conversion'], 'state', ContactCreatedData);
export const CustomerCreated = defineEvent('customer.created', 1, ['conversion'], 'state', CustomerCreatedData);
export const OpportunityCreated = defineEvent('opportunity.created', 1, ['conversion'], 'state', OpportunityCreatedData);
