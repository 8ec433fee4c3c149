import { defineEvent, exampleOfLead } from '../event';
import { Document, Integer, Nested, Text } from '../field';
import { ConvertedInto } from '../lead';
import { Account, Contact, Customer, Opportunity } from '../conversion-records';
import { ACCOUNT, ATTRIBUTION, CAPTURED, CONTACT, CONVERTED_AT, CONVERTED_INTO, CUSTOMER, PRIYA, LEAD, OPPORTUNITY } from './examples';

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

/** What the examples of the records share: who they are about, and where they come from. */
const ABOUT_RECORD = { leadId: LEAD, revision: 1 };
const ORIGIN = { lead_id: LEAD, created_at: CONVERTED_AT };
const { first_name, last_name, full_name, job_title, email, phone, company_name } = CAPTURED.profile;

export const LeadConverted = defineEvent('lead.converted', 1, ['conversion'], 'fact', LeadConvertedData, {
  when: 'a lead became account, contact and customer, and an opportunity where there is one; nothing changes it any more',
  example: exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, into: CONVERTED_INTO, actor: PRIYA.name, attribution: ATTRIBUTION }),
});
export const AccountCreated = defineEvent('account.created', 1, ['conversion'], 'state', AccountCreatedData, {
  when: 'a conversion made an account, not where it found one that fits',
  example: {
    subject: String(ACCOUNT), ...ABOUT_RECORD, data: {
      account: {
        id: ACCOUNT, kind: 'company', name: 'TechCorp Inc', domain: 'techcorp.com', industry: 'technology', employees: 250, country: 'US',
        owner_id: PRIYA.id, ...ORIGIN,
      },
    },
  },
});
export const ContactCreated = defineEvent('contact.created', 1, ['conversion'], 'state', ContactCreatedData, {
  when: 'a conversion made a contact',
  example: {
    subject: String(CONTACT), ...ABOUT_RECORD, data: {
      contact: {
        id: CONTACT, account_id: ACCOUNT, is_primary: true, first_name, last_name, full_name, job_title, email, phone,
        email_opt_out: false, do_not_call: false, ...ORIGIN,
      },
    },
  },
});
export const CustomerCreated = defineEvent('customer.created', 1, ['conversion'], 'state', CustomerCreatedData, {
  when: 'a conversion made a customer',
  example: {
    subject: String(CUSTOMER), ...ABOUT_RECORD, data: {
      customer: {
        id: CUSTOMER, customer_number: 'CUST-000567', first_name, last_name, company_name, email, phone, type: 'individual',
        status: 'active',
        account_id: ACCOUNT, contact_id: CONTACT, owner_id: PRIYA.id, ...ORIGIN,
      },
    },
  },
});
export const OpportunityCreated = defineEvent('opportunity.created', 1, ['conversion'], 'state', OpportunityCreatedData, {
  when: 'a conversion made an opportunity, or somebody added one to a customer',
  example: {
    subject: String(OPPORTUNITY), ...ABOUT_RECORD, data: {
      opportunity: {
        id: OPPORTUNITY, name: 'TechCorp - Enterprise Integration Platform', value: 75_000, currency: 'USD', stage: 'proposal',
        probability: 75,
        expected_close_date: '2026-03-15', customer_id: CUSTOMER, account_id: ACCOUNT, owner_id: PRIYA.id, ...ORIGIN,
      },
      attribution: ATTRIBUTION,
    },
  },
});
