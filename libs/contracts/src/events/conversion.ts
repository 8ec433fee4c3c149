import { defineEvent, exampleOfLead } from '../event';
import { Document, Id, Instant, Money, Nested, NestedList, OneOf, Pattern, Text } from '../field';
import { ConvertedInto } from '../lead';
import { Account, Contact, Customer, Opportunity } from '../conversion-records';
import { ATTRIBUTION_MODELS, type AttributionModelName } from '../requests/opportunities';
import { LOSS_REASONS, STAGES, type LossReason, type Stage } from '../vocabulary';
import { ACCOUNT, ATTRIBUTION, CAPTURED, CONTACT, CONVERTED_AT, CONVERTED_INTO, CUSTOMER, PRIYA, LEAD, OPPORTUNITY, TOUCH } from './examples';

/** What was known of a lead at the moment of its conversion; it never changes afterwards. */
export class LeadConvertedData {
  @Id({ required: true }) lead_id: number;
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

/** A deal has gone from one stage to another. Two of it may be on their way at once: the revision of the event says which is newer. */
export class OpportunityStageChangedData extends OpportunityCreatedData {
  @OneOf(STAGES, { required: true }) from: Stage;
  @OneOf(STAGES, { required: true }) to: Stage;
  @Text(200, { required: true }) actor: string;
  @Instant({ required: true }) at: string;
}

/** How a deal ended. Reopened, it may end again: its latest end is the one with the highest revision. */
export class OpportunityClosedData extends OpportunityCreatedData {
  @Money({ required: true, description: 'what it was about when it ended' }) amount: number;
  @Pattern(/^[A-Z]{3}$/, 3, { required: true }) currency: string;
  @Text(200, { required: true }) actor: string;
  @Instant({ required: true }) at: string;
}
/** What a touch has earned. Which it was stands in the attribution's touches, under the same id. */
class TouchCredit {
  @Text(100, { description: 'null where no touch is known: it stands for what the lead says of itself' }) submission_id?: string | null;
  @Money({ required: true }) amount: number;
}
/** Who is credited with a deal that is won, by one model. */
export class ModelCredit {
  @OneOf(ATTRIBUTION_MODELS, { required: true }) model: AttributionModelName;
  @NestedList(() => TouchCredit, 1_000, { required: true, description: 'oldest touch first, without those that earned nothing; the amount exactly' })
  shares: TouchCredit[];
}
export class OpportunityWonData extends OpportunityClosedData {
  @NestedList(() => ModelCredit, ATTRIBUTION_MODELS.length, { description: 'by each model; none where the opportunity has no lead' }) credits?: ModelCredit[];
}
export class OpportunityLostData extends OpportunityClosedData {
  @OneOf(LOSS_REASONS, { description: 'null where nobody said it: it was lost when it was made' }) reason?: LossReason | null;
}

/** What the examples of the records share: who they are about, and where they come from. */
const ABOUT_RECORD = { leadId: LEAD, revision: 1 };
const CHANGED_RECORD = { leadId: LEAD, revision: 2 };
const WON_AT = '2026-02-20T11:45:00.000Z';
const ORIGIN = { lead_id: LEAD, created_at: CONVERTED_AT };
const { first_name, last_name, full_name, job_title, email, phone, company_name } = CAPTURED.profile;

export const LeadConverted = defineEvent('lead.converted', 1, ['conversion'], 'fact', LeadConvertedData, {
  when: 'a lead became account, contact and customer, and an opportunity where there is one; nothing changes it any more',
  example: exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, into: CONVERTED_INTO, actor: PRIYA.name, attribution: ATTRIBUTION }),
});
const EXAMPLE_ACCOUNT: Account = {
  id: ACCOUNT, kind: 'company', name: 'TechCorp Inc', domain: 'techcorp.com', industry: 'technology', employees: 250, country: 'US',
  owner_id: PRIYA.id, ...ORIGIN,
};
export const AccountCreated = defineEvent('account.created', 1, ['conversion'], 'state', AccountCreatedData, {
  when: 'a conversion made an account, not where it found one that fits; or somebody made one',
  example: { subject: String(ACCOUNT), ...ABOUT_RECORD, data: { account: EXAMPLE_ACCOUNT } },
});
export const AccountUpdated = defineEvent('account.updated', 1, ['conversion'], 'state', AccountCreatedData, {
  when: 'an account was changed, its owner included',
  example: {
    subject: String(ACCOUNT), ...CHANGED_RECORD, data: { account: { ...EXAMPLE_ACCOUNT, name: 'TechCorp International', updated_at: WON_AT } },
  },
});
const EXAMPLE_CONTACT: Contact = {
  id: CONTACT, account_id: ACCOUNT, is_primary: true, first_name, last_name, full_name, job_title, email, phone,
  email_opt_out: false, do_not_call: false, ...ORIGIN,
};
export const ContactCreated = defineEvent('contact.created', 1, ['conversion'], 'state', ContactCreatedData, {
  when: 'a conversion made a contact, or somebody did',
  example: { subject: String(CONTACT), ...ABOUT_RECORD, data: { contact: EXAMPLE_CONTACT } },
});
export const ContactUpdated = defineEvent('contact.updated', 1, ['conversion'], 'state', ContactCreatedData, {
  when: 'a contact was changed, or is the primary one of its account from now on, or no more',
  example: { subject: String(CONTACT), ...CHANGED_RECORD, data: { contact: { ...EXAMPLE_CONTACT, job_title: 'CIO', updated_at: WON_AT } } },
});
const EXAMPLE_CUSTOMER: Customer = {
  id: CUSTOMER, customer_number: 'CUST-000567', first_name, last_name, company_name, email, phone, type: 'individual',
  status: 'active', account_id: ACCOUNT, contact_id: CONTACT, owner_id: PRIYA.id, ...ORIGIN,
};
export const CustomerCreated = defineEvent('customer.created', 1, ['conversion'], 'state', CustomerCreatedData, {
  when: 'a conversion made a customer, or somebody did',
  example: { subject: String(CUSTOMER), ...ABOUT_RECORD, data: { customer: EXAMPLE_CUSTOMER } },
});
export const CustomerUpdated = defineEvent('customer.updated', 1, ['conversion'], 'state', CustomerCreatedData, {
  when: 'a customer was changed, or the contact that it shows; a new name of its account is told by account.updated alone',
  example: { subject: String(CUSTOMER), ...CHANGED_RECORD, data: { customer: { ...EXAMPLE_CUSTOMER, status: 'inactive', updated_at: WON_AT } } },
});
const EXAMPLE_OPPORTUNITY: Opportunity = {
  id: OPPORTUNITY, name: 'TechCorp - Enterprise Integration Platform', value: 75_000, currency: 'USD', stage: 'proposal',
  probability: 75, expected_close_date: '2026-03-15', customer_id: CUSTOMER, account_id: ACCOUNT, owner_id: PRIYA.id, ...ORIGIN,
};
const WON: Opportunity = { ...EXAMPLE_OPPORTUNITY, value: 72_000, stage: 'closed_won', probability: 100, updated_at: WON_AT, closed_at: WON_AT };
const LOST: Opportunity = { ...WON, stage: 'closed_lost', probability: 0, lost_reason: 'competitor' };
const ENDED = { amount: WON.value, currency: WON.currency, actor: PRIYA.name, at: WON_AT, attribution: ATTRIBUTION };

export const OpportunityCreated = defineEvent('opportunity.created', 1, ['conversion'], 'state', OpportunityCreatedData, {
  when: 'a conversion made an opportunity, or somebody added one to a customer',
  example: { subject: String(OPPORTUNITY), ...ABOUT_RECORD, data: { opportunity: EXAMPLE_OPPORTUNITY, attribution: ATTRIBUTION } },
});
export const OpportunityUpdated = defineEvent('opportunity.updated', 1, ['conversion'], 'state', OpportunityCreatedData, {
  when: 'an opportunity was changed, and is in the same stage as before',
  example: {
    subject: String(OPPORTUNITY), ...CHANGED_RECORD, data: {
      opportunity: { ...EXAMPLE_OPPORTUNITY, value: 80_000, updated_at: WON_AT }, attribution: ATTRIBUTION,
    },
  },
});
export const OpportunityStageChanged = defineEvent('opportunity.stage_changed', 1, ['conversion'], 'state', OpportunityStageChangedData, {
  when: 'an opportunity went from one stage to another; also when it is won, lost or opened again',
  example: {
    subject: String(OPPORTUNITY), ...CHANGED_RECORD, data: {
      opportunity: { ...EXAMPLE_OPPORTUNITY, stage: 'negotiation', probability: 70, updated_at: WON_AT }, attribution: ATTRIBUTION,
      from: 'proposal', to: 'negotiation', actor: PRIYA.name, at: WON_AT,
    },
  },
});
export const OpportunityWon = defineEvent('opportunity.won', 1, ['conversion'], 'fact', OpportunityWonData, {
  when: 'a deal is won, or made as one that is; with what was frozen of its lead, the amount, and how it is shared among its touches',
  example: {
    subject: String(OPPORTUNITY), ...CHANGED_RECORD, data: {
      opportunity: WON, ...ENDED, credits: ATTRIBUTION_MODELS.map((model) => ({ model, shares: [{ submission_id: TOUCH.submission_id, amount: WON.value }] })),
    },
  },
});
export const OpportunityLost = defineEvent('opportunity.lost', 1, ['conversion'], 'fact', OpportunityLostData, {
  when: 'a deal is lost, or made as one that is',
  example: { subject: String(OPPORTUNITY), ...CHANGED_RECORD, data: { opportunity: LOST, ...ENDED, reason: 'competitor' } },
});
