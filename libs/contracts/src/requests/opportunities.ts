import type { Context } from '../context';
import { ContactRole, type Opportunity } from '../conversion-records';
import type { Warning } from '../domain-error';
import { CalendarDate, Count, CustomFields, Decimal, Flag, Id, Instant, Money, NestedList, Nested, OneOf, Pattern, Text, Texts } from '../field';
import { MOST_CUSTOM_FIELDS, MOST_TAGS } from '../lead';
import { defineRequest } from '../request';
import { BUYING_ROLES, LOSS_REASONS, STAGES, type BuyingRole, type LossReason, type Stage } from '../vocabulary';
import type { Versioned } from './records';

const CURRENCY = /^[A-Z]{3}$/;

/** Body of `PATCH /opportunities/{id}`. Null empties what may be empty; `custom_fields` are merged by key, `tags` replaced. */
export class PatchOpportunityRequest {
  @Text(200) name?: string | null;
  @Money({ example: 72_000 }) value?: number | null;
  @Pattern(CURRENCY, 3) currency?: string | null;
  @OneOf(STAGES, { description: '`closed_won` wins the deal, `closed_lost` loses it, any other one opens it again', example: 'closed_won' }) stage?: Stage | null;
  @Decimal(0, 100, { description: "percent; the middle of the new stage's band when absent" }) probability?: number | null;
  @CalendarDate() expected_close_date?: string | null;
  @OneOf(LOSS_REASONS, { description: 'required to lose it' }) lost_reason?: LossReason | null;
  @Id({ description: 'id of the rep who owns it' }) owner_id?: number | null;
  @Text(10_000, { description: 'becomes a note; the opportunity shows the latest' }) notes?: string | null;
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
}

export interface OpportunityFilter {
  customer_id?: number; account_id?: number; contact_id?: number; owner_id?: number; lead_id?: number; stage?: Stage; open?: boolean;
  closes_from?: string; closes_to?: string; tag?: string;
}
export const OPPORTUNITY_SORTS = ['-id', 'expected_close_date', '-value'] as const;
export type OpportunitySort = (typeof OPPORTUNITY_SORTS)[number];

export const ListOpportunities = defineRequest<
  { context: Context; filter: OpportunityFilter; sort: OpportunitySort; cursor?: string; limit: number },
  { opportunities: Opportunity[]; next_cursor: string | null }
>('conversion', 'list_opportunities');
export const UpdateOpportunity = defineRequest<
  { context: Context; id: number; patch: PatchOpportunityRequest; expected_version?: string },
  Versioned & { opportunity: Opportunity; warnings?: Warning[] }
>('conversion', 'update_opportunity');

/** One step of a deal. */
export class StageChange {
  @OneOf(STAGES, { description: 'null: it was made' }) from?: Stage | null;
  @OneOf(STAGES, { required: true }) to: Stage;
  @Decimal(0, 100, { required: true, description: 'percent, from then on' }) probability: number;
  @Money({ description: 'the amount at that time; null where it was not recorded' }) value?: number | null;
  @OneOf(LOSS_REASONS) lost_reason?: LossReason | null;
  @Text(200, { required: true }) actor: string;
  @Instant({ required: true }) at: string;
  @Count({ description: 'in the stage before; null for the first' }) ms_in_previous?: number | null;
}
export const ListStageChanges =
  defineRequest<{ context: Context; id: number }, { changes: StageChange[] }>('conversion', 'list_stage_changes');

export const MOST_CONTACT_ROLES = 50;

class ContactRoleRequest {
  @Id({ required: true, example: 456, description: "of the opportunity's account" }) contact_id: number;
  @OneOf(BUYING_ROLES, { required: true, example: 'decision_maker' }) role: BuyingRole;
  @Flag({ description: 'whom to talk to first; at most one' }) is_primary?: boolean | null;
}
/** Body of `PUT /opportunities/{id}/contact-roles`: everybody who has a say in the deal. */
export class ContactRolesRequest {
  @NestedList(() => ContactRoleRequest, MOST_CONTACT_ROLES, { required: true }) contacts: ContactRoleRequest[];
}
/** Who of the customer's people has a say in a deal. */
export class ContactRoles {
  @NestedList(() => ContactRole, MOST_CONTACT_ROLES, { required: true }) contacts: ContactRole[];
}
export const GetContactRoles = defineRequest<{ context: Context; id: number }, Versioned & ContactRoles>('conversion', 'get_contact_roles');
export const PutContactRoles = defineRequest<
  { context: Context; id: number; body: ContactRolesRequest; expected_version?: string }, Versioned & ContactRoles
>('conversion', 'put_contact_roles');

export const ATTRIBUTION_MODELS = ['first_touch', 'last_touch', 'lead_creation', 'linear', 'u_shaped', 'time_decay'] as const;
export type AttributionModelName = (typeof ATTRIBUTION_MODELS)[number];

/** One time that the person was heard of, as far as it earns a share. */
export class CreditedTouch {
  @Text(100, { description: 'null where no touch is known: it stands for what the lead says of itself' }) submission_id?: string | null;
  @Instant({ required: true }) at: string;
  @Text(40, { example: 'form' }) entry?: string | null;
  @Text(40, { example: 'paid_search' }) channel?: string | null;
  @Text(80, { example: 'web' }) source?: string | null;
  @Text(100, { example: 'spring-2026' }) campaign?: string | null;
}
/** What one touch has earned. */
export class AttributionShare {
  @Nested(() => CreditedTouch, { required: true }) touch: CreditedTouch;
  @Money({ required: true, description: 'of the amount; all of them are the amount exactly' }) amount: number;
}
/** Who is credited with a deal, by one model. */
export class OpportunityAttribution {
  @OneOf(ATTRIBUTION_MODELS, { required: true }) model: AttributionModelName;
  @Text(500, { required: true, description: 'the rule in a sentence' }) rule: string;
  @Money({ required: true }) amount: number;
  @Pattern(CURRENCY, 3, { required: true }) currency: string;
  @Flag({ required: true, description: 'whether the amount is what it was won with; otherwise what it is about today' }) won: boolean;
  @NestedList(() => AttributionShare, 1_000, { required: true, description: 'oldest touch first; none where the opportunity has no lead' })
  shares: AttributionShare[];
}
export const GetAttribution =
  defineRequest<{ context: Context; id: number; model: AttributionModelName }, { attribution: OpportunityAttribution }>('conversion', 'get_attribution');
