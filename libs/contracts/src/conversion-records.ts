import { CalendarDate, CustomFields, Decimal, Document, Flag, Id, Instant, Integer, Money, OneOf, Pattern, Text, Texts } from './field';
import { MOST_CUSTOM_FIELDS, MOST_TAGS } from './lead';
import { BUYING_ROLES, LOSS_REASONS, STAGES, type BuyingRole, type LossReason, type Stage } from './vocabulary';

export class Account {
  @Id({ required: true }) id: number;
  @OneOf(['company', 'person'], { required: true }) kind: 'company' | 'person';
  @Text(200, { required: true }) name: string;
  @Text(253) domain?: string | null;
  @Text(500) website?: string | null;
  @Text(80) industry?: string | null;
  @Integer(0, 100_000_000) employees?: number | null;
  @Money() annual_revenue?: number | null;
  @Text(200) street?: string | null;
  @Text(100) city?: string | null;
  @Text(100) state?: string | null;
  @Text(20) postal_code?: string | null;
  @Text(2) country?: string | null;
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
  @Document({ description: 'fields that were empty until a later lead filled them, each with the id of that lead' })
  filled_by?: Record<string, number> | null;
  @Id() owner_id?: number | null;
  @Id() lead_id?: number | null;
  @Instant({ required: true }) created_at: string;
  @Instant({ description: 'of the latest change; null when there was none' }) updated_at?: string | null;
}

export class Contact {
  @Id({ required: true }) id: number;
  @Id({ required: true }) account_id: number;
  @Flag({ required: true }) is_primary: boolean;
  @Text(40) salutation?: string | null;
  @Text(100) first_name?: string | null;
  @Text(100) last_name?: string | null;
  @Text(200) full_name?: string | null;
  @Text(150) job_title?: string | null;
  @Text(320) email?: string | null;
  @Text(60) phone?: string | null;
  @Text(60) mobile?: string | null;
  @Flag({ required: true }) email_opt_out: boolean;
  @Flag({ required: true }) do_not_call: boolean;
  @Document() consent?: object | null;
  @Texts(BUYING_ROLES.length, 40, { description: 'in deals' }) roles?: BuyingRole[] | null;
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
  @Document({ description: 'fields that were empty until a later lead filled them, each with the id of that lead' })
  filled_by?: Record<string, number> | null;
  @Id() lead_id?: number | null;
  @Instant({ required: true }) created_at: string;
  @Instant({ description: 'of the latest change; null when there was none' }) updated_at?: string | null;
}

/** A projection over contact and account, with a number of its own. */
export class Customer {
  @Id({ required: true, example: 567 }) id: number;
  @Text(40, { required: true, example: 'CUST-000567' }) customer_number: string;
  @Text(100) first_name?: string | null;
  @Text(100) last_name?: string | null;
  @Text(200) company_name?: string | null;
  @Text(320) email?: string | null;
  @Text(60) phone?: string | null;
  @OneOf(['individual', 'organization'], { required: true }) type: 'individual' | 'organization';
  @OneOf(['active', 'inactive'], { required: true }) status: 'active' | 'inactive';
  @Id({ required: true }) account_id: number;
  @Id({ required: true }) contact_id: number;
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
  @Id() owner_id?: number | null;
  @Id() lead_id?: number | null;
  @Instant({ required: true }) created_at: string;
  @Instant({ description: 'of the latest change; null when there was none' }) updated_at?: string | null;
}

export class Opportunity {
  @Id({ required: true, example: 890 }) id: number;
  @Text(200, { required: true }) name: string;
  @Money({ required: true, example: 75_000 }) value: number;
  @Pattern(/^[A-Z]{3}$/, 3, { required: true }) currency: string;
  @OneOf(STAGES, { required: true, example: 'proposal' }) stage: Stage;
  @Decimal(0, 100, { required: true, description: 'percent' }) probability: number;
  @CalendarDate({ required: true }) expected_close_date: string;
  @Id({ required: true }) customer_id: number;
  @Id({ required: true }) account_id: number;
  @Id() lead_id?: number | null;
  @Id() owner_id?: number | null;
  @Text(10_000) notes?: string | null;
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
  @Document({ description: 'fields that were empty until a later lead filled them, each with the id of that lead' })
  filled_by?: Record<string, number> | null;
  @Instant({ required: true }) created_at: string;
  @Instant({ description: 'of the latest change; null when there was none' }) updated_at?: string | null;
  @Instant({ description: 'when it was won or lost; null while it is open' }) closed_at?: string | null;
  @OneOf(LOSS_REASONS) lost_reason?: LossReason | null;
}

/** One of the people who have a say in a deal. */
export class ContactRole {
  @Id({ required: true, example: 456 }) contact_id: number;
  @OneOf(BUYING_ROLES, { required: true, example: 'decision_maker' }) role: BuyingRole;
  @Flag({ required: true, description: 'whom to talk to first; at most one of a deal' }) is_primary: boolean;
}
