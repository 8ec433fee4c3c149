import {
  CalendarDate, CustomFields, Decimal, Document, Flag, Id, Instant, Integer, Money, Nested, NestedList, OneOf, Pattern, Text, Texts,
} from './field';
import {
  CHANNELS, DISQUALIFICATION_REASONS, EMAIL_KINDS, ENTRIES, GRADES, LIFECYCLE_STAGES, PRIORITIES, STATUSES, TEMPERATURES,
  type Channel, type DisqualificationReason, type EmailKind, type Entry, type Grade, type LifecycleStage, type Priority, type Status,
  type Temperature,
} from './vocabulary';

export const MOST_TAGS = 50;
export const MOST_CUSTOM_FIELDS = 200;

const CURRENCY = /^[A-Z]{3}$/;

export class Consent {
  @Text(100, { description: 'version of the text that was agreed to' }) text_version?: string | null;
  @Instant() at?: string | null;
  @Text(200, { description: 'where it was given: a page, a form, a call' }) origin?: string | null;
  @Text(2_000, { description: 'the text itself' }) text?: string | null;
  @Instant({ description: 'when the person followed the link in the mail to them, where a form asks for that' }) confirmed_at?: string | null;
}

/** The fields of a lead that intake keeps, and that a caller may write. */
export class LeadProfile {
  @Text(40, { example: 'Ms' }) salutation?: string | null;
  @Text(100, { example: 'Sarah' }) first_name?: string | null;
  @Text(100, { example: 'Johnson' }) last_name?: string | null;
  @Text(200, { description: 'made of the parts when absent' }) full_name?: string | null;

  @Text(200, { example: 'TechCorp Inc' }) company_name?: string | null;
  @Text(150, { example: 'CTO' }) job_title?: string | null;
  @Text(80, { description: 'an unknown value becomes `other`; the raw value is kept', example: 'technology' })
  industry?: string | null;
  @Money({ example: 12_000_000 }) annual_revenue?: number | null;
  @Integer(0, 100_000_000, { example: 250 }) employees?: number | null;
  @Text(500, { example: 'https://techcorp.com' }) website?: string | null;

  @Text(320, { description: 'kept as given; `email_valid` says what it is worth', example: 'sarah.johnson@techcorp.com' })
  email?: string | null;
  @Text(60, { description: 'E.164 where the number is possible, else as given', example: '+1-555-0123' })
  phone?: string | null;
  @Text(20, { description: 'digits behind the phone number; read from it when they stand there', example: '42' }) phone_extension?: string | null;
  @Text(60) mobile?: string | null;

  @Text(500, { description: 'as said' }) budget?: string | null;
  @Text(500, { description: 'as said' }) timeline?: string | null;
  @Money({ example: 250_000 }) estimated_value?: number | null;
  @Pattern(CURRENCY, 3, { description: "ISO 4217; the tenant's when absent", example: 'USD' }) currency?: string | null;
  @Integer(0, 100, { description: "a person's estimate, percent" }) probability?: number | null;

  @Text(200) street?: string | null;
  @Text(100) city?: string | null;
  @Text(100) state?: string | null;
  @Text(20) postal_code?: string | null;
  @Pattern(/^[A-Za-z]{2}$/, 2, { description: 'ISO 3166-1 alpha-2', example: 'US' }) country?: string | null;

  @Text(5_000) description?: string | null;
  @Texts(MOST_TAGS, 60, { example: ['demo'] }) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;

  @Flag() email_opt_out?: boolean | null;
  @Flag() do_not_call?: boolean | null;
  @Nested(() => Consent) consent?: Consent | null;
}

export class Utm {
  @Text(200) source?: string | null;
  @Text(200) medium?: string | null;
  @Text(200) campaign?: string | null;
  @Text(200) term?: string | null;
  @Text(200) content?: string | null;
}

export class ClickIds {
  @Text(500, { description: 'Google Ads' }) gclid?: string | null;
  @Text(500, { description: 'Google Ads, from a web page to an app' }) gbraid?: string | null;
  @Text(500, { description: 'Google Ads, from an app to a web page' }) wbraid?: string | null;
  @Text(500, { description: 'Google Display & Video 360, Campaign Manager' }) dclid?: string | null;
  @Text(500, { description: 'Meta' }) fbclid?: string | null;
  @Text(500, { description: 'Microsoft Ads' }) msclkid?: string | null;
  @Text(500, { description: 'LinkedIn' }) li_fat_id?: string | null;
  @Text(500, { description: 'TikTok' }) ttclid?: string | null;
  @Text(500, { description: 'X (Twitter)' }) twclid?: string | null;
  @Text(500, { description: 'Reddit' }) rdt_cid?: string | null;
  @Text(500, { description: 'Snapchat' }) sccid?: string | null;
}

/** What somebody sends in: the profile and where the submission came from. */
export class CreateLead extends LeadProfile {
  @Text(80, { description: 'an unknown value becomes `other`; the raw value is kept', example: 'web' })
  source?: string | null;
  @Text(100, { description: 'code of the campaign, created on first use' }) campaign?: string | null;
  @Nested(() => Utm) utm?: Utm | null;
  @Nested(() => ClickIds) click_ids?: ClickIds | null;
  @Text(2_000) page_url?: string | null;
  @Text(2_000) referrer?: string | null;
  @Text(200, { description: "the sender's own id of this person; equal ids of one source are one lead" })
  external_id?: string | null;
  @Text(100, { description: 'cookie of the browser that it was sent from: what that did counts for the lead (docs/signals.md)' }) visitor_id?: string | null;
  @Text(10_000, { description: 'becomes a note' }) notes?: string | null;
}

export const MOST_LEADS_OF_A_BATCH = 1_000;

/** Body of `POST /leads/batch`. */
export class CreateLeads {
  @NestedList(() => CreateLead, MOST_LEADS_OF_A_BATCH, { required: true, description: 'each is taken in, or refused, by itself' }) leads: CreateLead[];
  @Flag({ description: 'true: say what would become of each, and write nothing' }) dry_run?: boolean | null;
}

/** Body of `POST /leads`. */
export class CreateLeadRequest extends CreateLead {
  @Flag({ description: 'true: say what would become of it, and write nothing' }) dry_run?: boolean | null;
}

/** Body of `PATCH /leads/{id}`: the profile, and what qualification, scoring and routing own. Null empties a field. */
export class PatchLead extends LeadProfile {
  @Text(80) source?: string | null;
  @Text(100) campaign?: string | null;
  @Text(10_000, { description: 'appended as a note' }) notes?: string | null;
  @Text(10_000, { description: 'appended as a note' }) qualification_notes?: string | null;
  @OneOf([...STATUSES, 'unqualified']) status?: string | null;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Integer(0, 5, { description: 'stars; 4 and more make the lead hot' }) rating?: number | null;
  @Id({ description: 'id of a rep' }) owner_id?: number | null;
  @Id({ description: 'id of a team' }) team_id?: number | null;
  @OneOf(PRIORITIES) priority?: Priority | null;
  @CalendarDate() next_follow_up?: string | null;
}

/** What intake found out about the profile by itself. */
export class LeadFacts {
  @Flag() email_valid?: boolean | null;
  @Flag({ description: 'whether its domain takes mail, as DNS says; null while nobody was asked' }) email_mx?: boolean | null;
  @Flag() phone_valid?: boolean | null;
  @Flag() mobile_valid?: boolean | null;
  @OneOf(EMAIL_KINDS, { description: 'null without a valid e-mail' }) email_kind?: EmailKind | null;
  @Text(253, { description: "registrable domain of the company: the website's, else the e-mail's unless it is free mail" })
  company_domain?: string | null;
  @Text(80, { description: 'what was sent, when `industry` became `other`' }) industry_raw?: string | null;
}

export class Attribution {
  @Text(80) source?: string | null;
  @Text(80, { description: 'what was sent, when `source` became `other`' }) source_raw?: string | null;
  @OneOf(CHANNELS, { required: true }) channel: Channel;
  @OneOf(ENTRIES, { required: true }) entry: Entry;
  @Text(100) campaign?: string | null;
  @Text(100, { description: 'what the form by which the lead came says to the rules of routing' }) routing_hint?: string | null;
  @OneOf(['nurturing'], { description: 'the status in which the lead began, by its form; `new` when absent' }) entry_status?: 'nurturing' | null;
}

/** The records that a lead was converted into. */
export class ConvertedInto {
  @Instant({ required: true }) converted_at: string;
  @Id({ required: true }) account_id: number;
  @Id({ required: true }) contact_id: number;
  @Id({ required: true }) customer_id: number;
  @Id() opportunity_id?: number | null;
  @Id({ description: 'rep who owned the lead, or took it by converting it' })
  owner_id?: number | null;
}

/** An earlier, converted lead of the same person, and what became of it. */
export class ReengagedFrom {
  @Id({ required: true }) lead_id: number;
  @Id({ required: true }) account_id: number;
  @Id({ required: true }) contact_id: number;
  @Id({ required: true }) customer_id: number;
}

/** An account that somebody seems to belong to: a contact of it has the same e-mail, or it has the same domain. */
export class KnownAccount {
  @Id({ required: true }) account_id: number;
  @Id({ description: 'who has the same e-mail there' }) contact_id?: number | null;
  @Id({ description: 'rep who owns the customer that the contact is, else the account, as far as it was known at capture' }) owner_id?: number | null;
}

/** Everything that intake knows of a lead: the snapshot in its state events. */
export class IntakeState {
  @Id({ required: true }) lead_id: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) revision: number;
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
  @Nested(() => LeadProfile, { required: true }) profile: LeadProfile;
  @Nested(() => LeadFacts, { required: true }) facts: LeadFacts;
  @Nested(() => Attribution, { required: true }) attribution: Attribution;
  @Text(10_000, { description: 'the latest note' }) notes?: string | null;
  @Integer(0, 1_000, { description: 'values that were sent and wait for a person to accept them; none when absent' }) pending_changes?: number | null;
  @Flag({ description: 'what others know of it is on its way; false when absent' }) enrichment_pending?: boolean | null;
  @Nested(() => ReengagedFrom) reengaged_from?: ReengagedFrom | null;
  @Nested(() => KnownAccount, { description: 'of a person who is new to an account that is known' }) account?: KnownAccount | null;
  @Nested(() => ConvertedInto) converted?: ConvertedInto | null;
  @Id({ description: 'the lead that this one was merged into; that one may have been merged, too' })
  merged_into?: number | null;
}

export class LeadScoreView {
  @Integer(0, 100, { required: true, example: 90 }) total_score: number;
  @Integer(0, 50, { required: true, example: 48 }) behavioral_score: number;
  @Integer(0, 50, { required: true, example: 42 }) demographic_score: number;
  @OneOf(GRADES, { required: true, example: 'A' }) grade: Grade;
  @OneOf(TEMPERATURES, { required: true, example: 'hot' }) temperature: Temperature;
}

/** One line of an explanation: integer hundredths of a point, and why. The lines of a part sum to it exactly. */
export class Contribution {
  @OneOf(['demographic', 'behavioral'], { required: true }) part: 'demographic' | 'behavioral';
  @Text(100, { required: true }) rule: string;
  @Integer(-100_000, 100_000, { required: true, description: 'hundredths of a point' }) points: number;
  @Text(500, { required: true }) because: string;
  @Document({ description: 'what it was read from, by field, where somebody asks for an explanation', example: { employees: 250 } }) evidence?: object | null;
}

export class ScoreOverride {
  @Integer(0, 50) behavioral_score?: number | null;
  @Integer(0, 50) demographic_score?: number | null;
  @Text(2_000) reason?: string | null;
  @Text(200, { required: true }) by: string;
  @Instant({ required: true }) at: string;
  @Instant({ description: 'from then on what is computed counts again; of two parts that end apart, when the first does' }) expires_at?: string | null;
}

/** Everything that scoring knows of a lead, without the facts it was computed from. */
export class ScoringState {
  @Id({ required: true }) lead_id: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) revision: number;
  @Nested(() => LeadScoreView, { required: true, description: 'what counts: the override where there is one, else the computed' })
  effective: LeadScoreView;
  @Nested(() => LeadScoreView, { required: true }) computed: LeadScoreView;
  @Nested(() => ScoreOverride) override?: ScoreOverride | null;
  @Integer(0, 5) rating?: number | null;
  @Flag({ required: true }) is_hot: boolean;
  @Texts(5, 100, { required: true }) hot_reasons: string[];
  @Flag({ required: true, description: "total at or above the model's MQL bound" }) mql: boolean;
  @Integer(1, 1_000_000, { required: true }) model_version: number;
  @Instant({ required: true }) scored_at: string;
}

export class Named {
  @Id({ required: true }) id: number;
  @Text(200, { required: true }) name: string;
}

/** Everything that routing knows of a lead. */
export class RoutingState {
  @Id({ required: true }) lead_id: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) revision: number;
  @Nested(() => Named) owner?: Named | null;
  @Nested(() => Named) team?: Named | null;
  @OneOf(PRIORITIES, { required: true }) priority: Priority;
  @CalendarDate() next_follow_up?: string | null;
  @Text(500, { description: 'why this owner' }) because?: string | null;
  @Id() decision_id?: number | null;
}

/** That a lead should be given up, and why; a person decides. */
export class DisqualificationSuggestion {
  @OneOf(DISQUALIFICATION_REASONS, { required: true }) disqualification_reason: DisqualificationReason;
  @Text(500, { required: true, example: '3 contact attempts have failed since anybody was reached' }) because: string;
  @Instant({ required: true, description: 'since when' }) at: string;
}

/** How a lead was tried to be reached. */
export class ContactSummary {
  @Integer(1, 1_000_000, { required: true, description: 'attempts in all' }) total: number;
  @Integer(0, 1_000_000, { required: true, description: 'outbound ones that failed since somebody was reached, or since the lead was reopened, nurtured, qualified or disqualified' })
  failed: number;
  @Instant({ required: true }) last_at: string;
  @Nested(() => DisqualificationSuggestion) suggestion?: DisqualificationSuggestion | null;
}

/** Everything that qualification knows of a lead. */
export class QualificationState {
  @Id({ required: true }) lead_id: number;
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) revision: number;
  @OneOf(STATUSES, { required: true }) status: Status;
  @OneOf(LIFECYCLE_STAGES, { required: true }) lifecycle_stage: LifecycleStage;
  @Integer(1, 1_000_000, { required: true, description: 'raised when the lead is recycled' }) cycle: number;
  @Instant({ required: true }) in_status_since: string;
  @Instant() first_contacted_at?: string | null;
  @Instant() qualified_at?: string | null;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Text(10_000, { description: 'the latest note kept here' }) notes?: string | null;
  @Flag({ description: 'whether it was qualified at any time, in any cycle' }) ever_qualified?: boolean | null;
  @Nested(() => ContactSummary, { description: 'absent while nobody has logged an attempt' }) contact_attempts?: ContactSummary | null;
}

/** How a lead went from one status to another. */
export class Transition {
  @OneOf(STATUSES, { required: true }) from: Status;
  @OneOf(STATUSES, { required: true }) to: Status;
  @Text(60, { required: true, description: 'qualify, implied_contact, patch, convert …' }) cause: string;
  @Text(200, { required: true }) actor: string;
  @OneOf(DISQUALIFICATION_REASONS) reason?: DisqualificationReason | null;
  @Text(10_000) notes?: string | null;
  @Instant({ required: true }) at: string;
  @Decimal(0, Number.MAX_SAFE_INTEGER, { required: true, description: 'milliseconds in the former status' })
  ms_in_previous: number;
}
