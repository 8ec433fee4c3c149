import {
  ConvertedInto, Count, Decimal, ELEMENT_STATUSES, IMPORT_STATES, Id, Instant, Integer, Named, Nested, NestedList, OneOf, PROPOSAL_STATES, QualificationState,
  REVIEW_BANDS, SLA_STATES, STATUSES, Text, Texts, type ElementStatus, type ImportState, type ProposalState, type SlaState, type Status,
} from '@headwater/contracts';

/** What a refusal is, with what each says besides. */

export class ProblemField {
  @Text(200, { required: true, description: 'dotted path' }) field: string;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}

/** A contact with the same e-mail, and the customer that it is, if it is one. */
class KnownCustomer {
  @Id() customer_id?: number | null;
  @Text(40) customer_number?: string | null;
  @Id({ required: true }) contact_id: number;
  @Id({ required: true }) account_id: number;
}

/** Another lead that may be the same person's, and the review where it is decided. */
class PendingDuplicate {
  @Id({ required: true }) review_id: number;
  @Id({ required: true }) lead_id: number;
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
  @Count({ description: '`at_the_cap`: what the rep has' }) open_leads?: number | null;
  @Count({ description: '`at_the_cap`: what the rep may have' }) max_open_leads?: number | null;
  @OneOf(SLA_STATES, { description: 'where the clock stands, when its state forbids the request' }) clock_state?: SlaState | null;
  @Id({ description: '`lead_merged`: the lead to go to instead' }) primary_id?: number | null;
  @OneOf(STATUSES, { description: 'where the lead stands, when its status forbids the request' }) lead_status?: Status | null;
  @Integer(1, 3_600, { description: '`too_many_requests`: seconds after which it is worth trying again' }) retry_after?: number | null;
  @Texts(10, 20, {
    description: 'where a PATCH may take it from there, be it a lead or an opportunity; of an import: the states in which it may be told so; '
      + '`method_not_allowed`: the methods that the address takes',
  }) allowed?: string[] | null;
  @OneOf(IMPORT_STATES, { description: 'where the import stands, when its state forbids the request' }) import_state?: ImportState | null;
  @Count({ description: '`wrong_offset`: where an upload goes on' }) bytes?: number | null;
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
