import {
  AssessmentSummary, CapturePreview, Contribution, ConvertedInto, Decimal, DISQUALIFICATION_REASONS, Document, ELEMENT_STATUSES, Flag, IMPORT_STATES, Instant, Integer,
  LeadScoreView, MOST_LEADS_OF_A_BATCH, Named, Nested, NestedList, OneOf, PROPOSAL_STATES, REVIEW_BANDS, RoutingState, ScoreOverride, SLA_STATES, STATUSES, TENANT_ROLES,
  QualificationState, TenantPicklists, TenantPoliciesRequest, Text, Texts, VERDICTS,
  type DisqualificationReason, type ElementStatus, type ImportState, type Inlet, type ProposalState, type Role, type SlaState, type Status, type Verdict,
} from '@headwater/contracts';

/** What the services answer where the contracts have only a type for it, described for the OpenAPI document. */

const ID = [1, Number.MAX_SAFE_INTEGER] as const;
const NOTE = 10_000;

export class SubmissionReceipt {
  @Text(40, { required: true }) submission_id: string;
}

export class SpooledSubmissionReceipt extends SubmissionReceipt {
  @OneOf(['spooled'], { required: true, description: 'kept by the message broker until the lead is made of it' }) durability: 'spooled';
  @Text(200, { required: true, description: 'where to read what became of it' }) status_url: string;
}

export class Submission extends SubmissionReceipt {
  @OneOf(['pending', 'done'], { required: true }) state: 'pending' | 'done';
  @OneOf(VERDICTS) verdict?: Verdict | null;
  @Text(500, { description: 'why this verdict' }) because?: string | null;
  @Integer(...ID, { description: 'null when it made no lead: quarantined or rejected' }) lead_id?: number | null;
  @Text(60, { description: 'why it made none' }) code?: string | null;
}

export class FormSnippet {
  @Text(100_000, { required: true, description: 'works as it is, in any page' }) html: string;
  @Text(10_000, { required: true, description: 'may stand beside it: tells where the visit came from, and how long the person took' }) script: string;
}

export class QualifiedLead {
  @Integer(...ID, { required: true, example: 1234 }) id: number;
  @Text(320) email?: string | null;
  @OneOf(STATUSES, { required: true }) status: Status;
  @Nested(() => LeadScoreView) lead_score?: LeadScoreView | null;
  @Instant() qualified_at?: string | null;
  @OneOf(DISQUALIFICATION_REASONS) lost_reason?: DisqualificationReason | null;
  @OneOf(DISQUALIFICATION_REASONS) disqualification_reason?: DisqualificationReason | null;
  @Text(NOTE) notes?: string | null;
  @NestedList(() => AssessmentSummary, 3, { description: 'where elements were given: where the lead stands now, by each framework that they are of' })
  assessments?: AssessmentSummary[];
}

export class Score {
  @Integer(...ID, { required: true }) id: number;
  @Nested(() => LeadScoreView, { required: true, description: 'what counts: the override where there is one' }) lead_score: LeadScoreView;
  @Nested(() => LeadScoreView, { required: true }) computed: LeadScoreView;
  @Nested(() => ScoreOverride) override?: ScoreOverride | null;
  @Integer(0, 5) rating?: number | null;
  @Flag({ required: true }) is_hot: boolean;
  @Texts(5, 100, { required: true }) hot_reasons: string[];
  @Flag({ required: true }) mql: boolean;
  @Integer(1, 1_000_000, { required: true }) model_version: number;
  @Instant({ required: true }) scored_at: string;
}

/** Points that the total has gained, by its history; null where there was no score then. */
export class ScoreTrendView {
  @Integer(-100, 100, { description: 'in 7 days' }) days_7?: number | null;
  @Integer(-100, 100, { description: 'in 30 days' }) days_30?: number | null;
}

export class ExplainedScore extends Score {
  @NestedList(() => Contribution, 200, { required: true, description: 'they sum to the computed score' }) contributions: Contribution[];
  @Instant({ required: true, description: 'the moment of the answer' }) now: string;
  @Instant({ required: true, description: 'the moment that it is about: the same, unless another one was asked for' }) as_of: string;
  @Texts(5, 20, {
    required: true,
    description: 'what of a past score is told by what is known now: `lead`, whose facts have changed since; `merges`; `model`, where another one was active',
  }) approximate: string[];
  @Nested(() => ScoreTrendView, { required: true }) trend: ScoreTrendView;
}

export class ScoreChange {
  @Integer(...ID, { required: true }) id: number;
  @Text(60, { required: true }) cause: string;
  @Integer(-100_000, 100_000, { required: true, description: 'hundredths of a point' }) demographic: number;
  @Integer(-100_000, 100_000, { required: true, description: 'hundredths of a point' }) behavioral: number;
  @Integer(0, 100, { required: true }) effective_total: number;
  @Text(2_000) reason?: string | null;
  @Text(200) actor?: string | null;
  @Instant({ required: true }) at: string;
}

class RuleTried {
  @Text(200, { required: true }) name: string;
  @Flag({ required: true }) held: boolean;
  @Document({ description: 'how its condition was decided' }) trace?: object | null;
}

class Candidate {
  @Integer(...ID, { required: true }) rep_id: number;
  @Text(200, { required: true }) name: string;
  @Text(500, { description: 'why not; null for who could have been picked' }) excluded?: string | null;
  @Document({ required: true, description: 'before the pick' }) counters: object;
  @Document({ description: 'of who was picked: since then' }) after?: object | null;
}

export class Decision {
  @Integer(...ID, { required: true }) id: number;
  @Instant({ required: true }) at: string;
  @Text(60, { required: true }) cause: string;
  @Text(500, { required: true }) because: string;
  @Text(200, { description: 'who decided, where a person did' }) actor?: string | null;
  @Integer(1, 1_000_000) rule_set_version?: number | null;
  @NestedList(() => RuleTried, 1_000, { required: true }) rules: RuleTried[];
  @Text(100, { description: 'the one that held' }) rule?: string | null;
  @Text(20, { description: 'how the rep was found; `rotation` alone is bound to be fair' }) kind?: string | null;
  @Text(200) pool?: string | null;
  @Text(60) strategy?: string | null;
  @NestedList(() => Candidate, 10_000, { required: true }) candidates: Candidate[];
  @Document({ description: 'of large pools: how many more were looked at, by what was found' }) more_candidates?: object | null;
  @Nested(() => Named) picked?: Named | null;
}

export class RoutingOfLead {
  @Nested(() => RoutingState, { required: true }) assignment: RoutingState;
  @Nested(() => Decision, { description: 'the latest' }) decision?: Decision | null;
  @NestedList(() => Decision, 1_000, { required: true, description: 'newest first' }) decisions: Decision[];
}

export class LeadNote {
  @Text(40, { required: true }) id: string;
  @Text(NOTE, { required: true }) text: string;
  @Text(200, { required: true }) author: string;
  @Text(60, { required: true }) cause: string;
  @Instant({ required: true }) at: string;
}

export class InletOfTouch implements Inlet {
  @OneOf(['form', 'connector', 'import'], { required: true }) kind: Inlet['kind'];
  @Integer(...ID, { required: true }) id: number;
}

export class LeadTouch {
  @Integer(...ID, { required: true }) id: number;
  @Integer(...ID, { required: true, description: 'the lead that it was born with: one that was merged into this one, perhaps' }) lead_id: number;
  @Text(40, { required: true }) submission_id: string;
  @Instant({ required: true, description: 'when it came in; one that waited stands where it belongs' }) at: string;
  @Text(20, { required: true }) entry: string;
  @Nested(() => InletOfTouch, { description: 'the form, connector or import that it came by; null for what the API took' }) inlet?: InletOfTouch | null;
  @Text(20, { required: true }) channel: string;
  @Text(100, { description: 'the rule of the channel table that decided; null when none held' }) channel_rule?: string | null;
  @Integer(0, 1_000_000, { description: 'of the channel table; 0 is the one that every tenant begins with' }) channel_version?: number | null;
  @Text(80) source?: string | null;
  @Text(80) source_raw?: string | null;
  @Text(100) campaign?: string | null;
  @Text(200, { description: 'what the submission called the campaign, where that is not its code' }) campaign_raw?: string | null;
  @Document() utm?: object | null;
  @Document() click_ids?: object | null;
  @Text(2_000) page_url?: string | null;
  @Text(2_000) referrer?: string | null;
  @Text(20, { required: true }) verdict: string;
  @Text(500, { required: true }) because: string;
  @Flag({ required: true }) is_first: boolean;
  @Flag({ required: true }) is_last: boolean;
  @Flag({ required: true, description: 'the lead was made of it' }) made_lead: boolean;
}

export class Tenant {
  @Text(40, { required: true, example: 'acme' }) id: string;
  @Text(200) name?: string | null;
  @Text(3, { required: true, example: 'EUR' }) currency: string;
  @Text(60, { required: true, example: 'Europe/Berlin' }) time_zone: string;
  @Nested(() => TenantPicklists, { required: true }) picklists: TenantPicklists;
  @Nested(() => TenantPoliciesRequest, { required: true }) policies: TenantPoliciesRequest;
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
}

export class ApiKey {
  @Integer(...ID, { required: true }) id: number;
  @OneOf(TENANT_ROLES, { required: true }) role: Role;
  @Text(100, { required: true }) name: string;
  @Instant({ required: true }) created_at: string;
  @Instant() revoked_at?: string | null;
}

export class NewApiKey extends ApiKey {
  @Text(60, { required: true, description: 'shown in this answer only; we keep its hash' }) key: string;
}

/** A person whom leads are routed to. */
class RepOfSetup {
  @Integer(...ID, { required: true }) id: number;
  @Text(200, { required: true, description: 'the `sub` of their token' }) user_id: string;
  @Text(200, { required: true }) name: string;
  @Text(320) email?: string | null;
  @Nested(() => Named) team?: Named | null;
  @Text(60, { required: true, description: 'IANA name' }) time_zone: string;
  @Integer(1, 1_000, { required: true, description: 'share in weighted pools' }) weight: number;
  @Flag({ required: true }) active: boolean;
}

export class RoutingSetupVersion {
  @Integer(0, 1_000_000, { required: true, description: 'rises with every change; 0 before the first' }) version: number;
  @NestedList(() => RepOfSetup, 10_000, { required: true, description: 'everybody, also who left' }) reps: RepOfSetup[];
}

export class RoutingSetupAnswer extends RoutingSetupVersion {
  @Document({ required: true, description: 'teams, reps, pools, rule_set: as it may be sent back' }) setup: object;
}

export class ProblemField {
  @Text(200, { required: true, description: 'dotted path' }) field: string;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}

export class BatchItem {
  @Integer(0, MOST_LEADS_OF_A_BATCH, { required: true, description: 'its place in `leads`' }) index: number;
  @Integer(200, 599, { required: true, description: 'what `POST /leads` would have answered' }) status: number;
  @OneOf(VERDICTS) verdict?: Verdict | null;
  @Text(500, { description: 'why this verdict' }) because?: string | null;
  @Integer(...ID, { description: 'the lead that it reached; null when it was set aside' }) lead_id?: number | null;
  @Text(40) submission_id?: string | null;
  @Text(200, { description: 'of one that is taken in later: where to read what became of it' }) status_url?: string | null;
  @Text(60, { description: 'of one that was refused: for programs' }) code?: string | null;
  @Text(500, { description: 'of one that was refused: for people' }) detail?: string | null;
  @NestedList(() => ProblemField, 50, { description: 'of one that was refused: each field, as `leads[3].email`' }) errors?: ProblemField[] | null;
  @Nested(() => CapturePreview, { description: 'with `dry_run`: what would become of it, with the likeliest candidate' }) preview?: CapturePreview | null;
}

const COUNT = [0, MOST_LEADS_OF_A_BATCH, { required: true }] as const;

export class BatchSummary {
  @Integer(...COUNT) received: number;
  @Integer(...COUNT) created: number;
  @Integer(...COUNT) updated: number;
  @Integer(...COUNT) touched: number;
  @Integer(...COUNT) review: number;
  @Integer(...COUNT) existing_customer: number;
  @Integer(...COUNT) quarantined: number;
  @Integer(...COUNT) rejected: number;
  @Integer(0, MOST_LEADS_OF_A_BATCH, { required: true, description: 'kept durably, and taken in later' }) accepted: number;
  @Integer(0, MOST_LEADS_OF_A_BATCH, { required: true, description: 'refused' }) failed: number;
}

export class BatchOfLeads {
  @Nested(() => BatchSummary, { required: true }) summary: BatchSummary;
  @NestedList(() => BatchItem, MOST_LEADS_OF_A_BATCH, { required: true, description: 'one for each of `leads`, in their order' }) results: BatchItem[];
}

/** A contact with the same e-mail, and the customer that it is, if it is one. */
class KnownCustomer {
  @Integer(...ID) customer_id?: number | null;
  @Text(40) customer_number?: string | null;
  @Integer(...ID, { required: true }) contact_id: number;
  @Integer(...ID, { required: true }) account_id: number;
}

/** Another lead that may be the same person's, and the review where it is decided. */
class PendingDuplicate {
  @Integer(...ID, { required: true }) review_id: number;
  @Integer(...ID, { required: true }) lead_id: number;
  @OneOf(REVIEW_BANDS, { required: true }) band: string;
  @Decimal(0, 1, { required: true }) probability: number;
  @Text(1_000, { required: true }) because: string;
}

/** What keeps a lead from being qualified. */
class GateLack {
  @OneOf(['element', 'score', 'condition'], { required: true }) kind: 'element' | 'score' | 'condition';
  @Text(500, { required: true, description: 'a sentence, for people' }) detail: string;
  @Text(40) element?: string | null;
  @OneOf(ELEMENT_STATUSES, { description: 'of the element' }) status?: ElementStatus | null;
  @OneOf(ELEMENT_STATUSES, { description: 'what the element has to be' }) at_least?: ElementStatus | null;
  @Integer(0, 100, { description: 'of the assessment' }) score?: number | null;
  @Integer(0, 100, { description: 'what it has to be at least' }) min_score?: number | null;
  @Text(40, { description: 'name of the condition' }) condition?: string | null;
  @Text(500, { description: 'what was found' }) because?: string | null;
}

/** Who has decided about a proposal. */
class DecidedProposal {
  @OneOf(PROPOSAL_STATES, { required: true }) state: ProposalState;
  @Text(200) decided_by?: string | null;
  @Instant() decided_at?: string | null;
}

/** RFC 9457. */
export class Problem {
  @Text(200, { required: true }) type: string;
  @Text(60, { required: true }) title: string;
  @Integer(400, 599, { required: true }) status: number;
  @Text(500, { required: true, description: 'a sentence, for people' }) detail: string;
  @Text(500, { required: true, description: 'the same as `detail`' }) message: string;
  @Text(60, { required: true, description: 'lower_snake_case, for programs' }) code: string;
  @NestedList(() => ProblemField, 50) errors?: ProblemField[] | null;
  @Nested(() => ConvertedInto, { description: '`lead_locked`: what the lead became' }) converted?: ConvertedInto | null;
  @Nested(() => Named, { description: '`already_owned`: who has the lead' }) owner?: Named | null;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: '`at_the_cap`: what the rep has' }) open_leads?: number | null;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: '`at_the_cap`: what the rep may have' }) max_open_leads?: number | null;
  @OneOf(SLA_STATES, { description: 'where the clock stands, when its state forbids the request' }) clock_state?: SlaState | null;
  @Integer(...ID, { description: '`lead_merged`: the lead to go to instead' }) primary_id?: number | null;
  @OneOf(STATUSES, { description: 'where the lead stands, when its status forbids the request' }) lead_status?: Status | null;
  @Integer(1, 3_600, { description: '`too_many_requests`: seconds after which it is worth trying again' }) retry_after?: number | null;
  @Texts(10, 20, { description: 'where a PATCH may take it from there, be it a lead or an opportunity; of an import: the states in which it may be told so' }) allowed?: string[] | null;
  @OneOf(IMPORT_STATES, { description: 'where the import stands, when its state forbids the request' }) import_state?: ImportState | null;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: '`wrong_offset`: where an upload goes on' }) bytes?: number | null;
  @Text(200, { description: '`use_command`: the request that gives this status' }) command?: string | null;
  @NestedList(() => KnownCustomer, 1_000, { description: '`customer_exists`, `contact_exists`: those with this e-mail' }) candidates?: KnownCustomer[] | null;
  @NestedList(() => PendingDuplicate, 30, { description: '`duplicates_pending`: leads that may be the same person' }) duplicates?: PendingDuplicate[] | null;
  @Texts(10, 20, { description: 'the commands that the lead would follow instead' }) commands?: string[] | null;
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: '`precondition_failed`: the present revision of what was to be changed' }) revision?: number | null;
  @Nested(() => QualificationState, { description: '`precondition_failed` of a command: where the lead stands now' }) qualification?: QualificationState | null;
  @Text(40, { description: '`gate_not_passed`: by which framework' }) framework?: string | null;
  @Text(40, { description: '`gate_not_passed`: the segment whose gate it is; null for the default one' }) segment?: string | null;
  @Texts(20, 40, { description: '`gate_not_passed`: the elements that are missing' }) missing?: string[] | null;
  @NestedList(() => GateLack, 50, { description: '`gate_not_passed`: all that is lacking' }) lacks?: GateLack[] | null;
  @Nested(() => DecidedProposal, { description: '`already_decided`' }) decision?: DecidedProposal | null;
}
