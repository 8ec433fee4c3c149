import {
  CalendarDate, CustomFields, Decimal, Flag, Id, Instant, Integer, Money, Nested, OneOf, Pattern, Text, Texts,
} from '../field';
import {
  BUYING_ROLES, DISQUALIFICATION_REASONS, DUPLICATE_POLICIES, LOSS_REASONS, RAISED_HANDS, STAGES, TENANT_ROLES,
  type BuyingRole, type DisqualificationReason, type DuplicatePolicy, type LossReason, type RaisedHands, type Role, type Stage,
} from '../vocabulary';
import { AssessRequest, BantElements, MeddicElements } from './assessments';
import type { ConvertBody, CreateOpportunityBody } from './conversion';
import { NurtureTerms } from './nurturing';
import type { QualifyBody } from './qualification';
import { RecordOverrides } from './record-overrides';

/** The bodies of HTTP requests that are not the lead itself; their schemas are in the OpenAPI document. */

const NOTE = 10_000;

export class QualifyRequest implements QualifyBody {
  @Flag({ required: true }) qualified: boolean;
  @Text(NOTE) qualification_notes?: string | null;
  @OneOf(DISQUALIFICATION_REASONS, { description: 'required when `qualified` is false' })
  disqualification_reason?: DisqualificationReason | null;
  @Flag({ description: 'pin the parts that are given; without parts, compute anew' }) update_score?: boolean | null;
  @Integer(0, 50, { example: 48 }) behavioral_score?: number | null;
  @Integer(0, 50, { example: 42 }) demographic_score?: number | null;
  @Text(NOTE) notes?: string | null;
  @CustomFields(200) custom_fields?: Record<string, unknown> | null;
  @Texts(50, 60) tags?: string[] | null;
  @OneOf(['nurture'], { description: 'when `qualified` is false: the lead goes on to be nurtured' }) then?: 'nurture' | null;
  @Nested(() => NurtureTerms, { description: 'how, with `then`' }) nurture?: NurtureTerms | null;
  @Nested(() => BantElements, { description: 'what was found out, by element; what is not named stays as it was' }) bant?: BantElements | null;
  @Nested(() => MeddicElements) meddic?: MeddicElements | null;
  @Nested(() => AssessRequest, { description: 'the same by any framework' }) assessment?: AssessRequest | null;
}

export class ConvertRequest implements ConvertBody {
  @Flag({ description: 'must be true; omitted means true' }) create_customer?: boolean | null;
  @Flag() create_opportunity?: boolean | null;
  @Text(200, { description: 'required with `create_opportunity`' }) opportunity_name?: string | null;
  @Money({ description: 'required with `create_opportunity`', example: 75_000 }) opportunity_amount?: number | null;
  @Pattern(/^[A-Z]{3}$/, 3, { description: "of the amount, ISO 4217; the tenant's when absent", example: 'EUR' }) opportunity_currency?: string | null;
  @OneOf(STAGES, { example: 'proposal' }) opportunity_stage?: Stage | null;
  @CalendarDate({ example: '2026-12-15' }) opportunity_close_date?: string | null;
  @Decimal(0, 100, { description: 'percent' }) opportunity_probability?: number | null;
  @OneOf(LOSS_REASONS, { description: 'of one that is recorded as `closed_lost`' }) opportunity_lost_reason?: LossReason | null;
  @Text(NOTE) notes?: string | null;
  @OneOf(DUPLICATE_POLICIES, { description: 'about a person who is a contact or customer already; `create` needs the scope leads:force_duplicate' })
  duplicate_policy?: DuplicatePolicy | null;
  @Id({ description: 'the company; only its empty fields are filled, as of all that exist' })
  existing_account_id?: number | null;
  @Id({ description: 'the person; of that account, where both are given' }) existing_contact_id?: number | null;
  @Id({ description: 'links the lead to a customer' }) existing_customer_id?: number | null;
  @Id({ description: 'instead of `create_opportunity`: the person joins the deal' }) existing_opportunity_id?: number | null;
  @OneOf(BUYING_ROLES, { description: 'of the person in the opportunity' }) contact_role?: BuyingRole | null;
  @Nested(() => RecordOverrides, { description: 'values that go before those of the lead, by record' }) field_overrides?: RecordOverrides | null;
  @Flag({ description: 'false: no confirmation is sent' }) send_notification_email?: boolean | null;
  @Flag({ description: 'true: say what would become of it; nothing is written and nothing reserved' }) dry_run?: boolean | null;
}

export class ScoreRequest {
  @Integer(0, 50) behavioral_score?: number | null;
  @Integer(0, 50) demographic_score?: number | null;
  @Text(2_000) reason?: string | null;
  @Instant({ description: 'until when it counts, in the future; until it is taken back when absent' }) expires_at?: string | null;
}

export class CreateOpportunityRequest implements CreateOpportunityBody {
  @Text(200, { required: true, example: 'TechCorp - Platform Expansion' }) name: string;
  @Id({ required: true, example: 567 }) customer_id: number;
  @Id({ description: 'must have been converted into that customer' }) lead_id?: number | null;
  @Money({ required: true, example: 50_000 }) value: number;
  @Pattern(/^[A-Z]{3}$/, 3) currency?: string | null;
  @OneOf(STAGES) stage?: Stage | null;
  @Decimal(0, 100, { description: 'percent' }) probability?: number | null;
  @CalendarDate() expected_close_date?: string | null;
  @Text(NOTE) notes?: string | null;
  @OneOf(LOSS_REASONS, { description: 'of one that is recorded as `closed_lost`, for which it is required' }) lost_reason?: LossReason | null;
  @Id({ description: "id of the rep who owns it; the customer's when absent" }) owner_id?: number | null;
  @Texts(50, 60) tags?: string[] | null;
  @CustomFields(200) custom_fields?: Record<string, unknown> | null;
}

export class CreateTenantRequest {
  @Pattern(/^[a-z0-9-]{1,40}$/, 40, { required: true, example: 'acme' }) id: string;
  @Text(200) name?: string | null;
  @Pattern(/^[A-Z]{3}$/, 3, { example: 'EUR' }) currency?: string | null;
  @Text(60, { example: 'Europe/Berlin' }) time_zone?: string | null;
}

export class TenantPicklists {
  @Texts(200, 80) industries?: string[] | null;
  @Texts(200, 80) sources?: string[] | null;
}

export class TenantPoliciesRequest {
  @Flag() require_owner?: boolean | null;
  @Flag({ description: 'true: `convert` with an opportunity needs its stage and close date as well; absent: name and amount are enough' })
  strict_opportunity_fields?: boolean | null;
  @Flag({ description: 'a lead with an open duplicate review is not converted: 409 `duplicates_pending`' }) require_settled_duplicates?: boolean | null;
  @Flag({ description: 'false: a lead must be contacted before it is qualified' }) allow_implied_contact?: boolean | null;
  @Integer(1, 20, { description: 'after so many failed contact attempts a lead is disqualified as `unreachable`; absent: only suggested, after three' })
  disqualify_after_attempts?: number | null;
  @OneOf(RAISED_HANDS, { description: 'what it does to a disqualified or nurtured lead when its person asks for contact: `reopen` when absent' })
  raised_hands?: RaisedHands | null;
  @Flag({ description: 'leads whose `email` can not be written to are refused: 422 at the API; from forms, vendors and files they are `rejected`' })
  refuse_invalid_email?: boolean | null;
  @Flag({ description: 'the same for mailboxes that are thrown away' }) refuse_disposable_email?: boolean | null;
  @Flag({ description: 'the same for mailboxes that anybody may have' }) refuse_free_email?: boolean | null;
}

export class PatchTenantRequest {
  @Text(200) name?: string | null;
  @Pattern(/^[A-Z]{3}$/, 3) currency?: string | null;
  @Text(60) time_zone?: string | null;
  @Nested(() => TenantPicklists) picklists?: TenantPicklists | null;
  @Nested(() => TenantPoliciesRequest) policies?: TenantPoliciesRequest | null;
}

export class CreateKeyRequest {
  @Text(100, { required: true, example: 'website' }) name: string;
  @OneOf(TENANT_ROLES, { required: true, description: 'guest makes a public form key: it can only insert' }) role: Role;
}
