/** The words of the product, each list in one place. Field names on the wire are snake_case. */

export const SERVICES = ['gateway', 'intake', 'scoring', 'routing', 'qualification', 'conversion'] as const;
export type Service = (typeof SERVICES)[number];

export const INDUSTRIES = [
  'technology', 'software_saas', 'finance', 'healthcare', 'retail', 'manufacturing', 'education', 'real_estate',
  'media', 'logistics', 'hospitality', 'energy', 'government', 'non_profit', 'other',
] as const;

export const SOURCES = [
  'web', 'referral', 'event', 'trade_show', 'webinar', 'partner', 'advertisement', 'cold_call', 'other',
] as const;

/** Marketing's channel, derived from UTM, click ids and source. */
export const CHANNELS = [
  'paid_search', 'organic_search', 'paid_social', 'social', 'email', 'referral', 'direct', 'event', 'partner',
  'outbound', 'other',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** How a submission came in. */
export const ENTRIES = ['form', 'api', 'import', 'webhook', 'email', 'call', 'handoff'] as const;
export type Entry = (typeof ENTRIES)[number];

/** Whose mailbox an address is: a company's, a free provider's, a function's (sales@), or one that is thrown away. */
export const EMAIL_KINDS = ['business', 'free', 'role', 'disposable'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

export const STATUSES = ['new', 'contacted', 'nurturing', 'qualified', 'disqualified', 'converted'] as const;
export type Status = (typeof STATUSES)[number];

/** Accepted wherever a status is read in, besides the statuses themselves. */
export const STATUS_ALIASES: Readonly<Record<string, Status>> = { unqualified: 'disqualified' };

export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  new: 'New', contacted: 'Contacted', nurturing: 'Nurturing', qualified: 'Qualified',
  disqualified: 'Unqualified', converted: 'Converted',
};

export const LIFECYCLE_STAGES = ['suspect', 'lead', 'mql', 'sql', 'opportunity', 'customer'] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

export const DISQUALIFICATION_REASONS = [
  'no_budget', 'no_authority', 'no_need', 'no_timeline', 'bad_fit', 'competitor', 'not_ready',
  'unreachable', 'duplicate', 'invalid_data', 'spam', 'consent_withdrawn',
] as const;
export type DisqualificationReason = (typeof DISQUALIFICATION_REASONS)[number];

/** Ways to reach a person. */
export const CONTACT_CHANNELS = ['call', 'email', 'sms', 'meeting', 'chat', 'social', 'letter', 'other'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** `outbound` is ours to them. */
export const CONTACT_DIRECTIONS = ['outbound', 'inbound'] as const;
export type ContactDirection = (typeof CONTACT_DIRECTIONS)[number];

/** What came of an attempt, and whether it was a success, a failure, or nobody can say yet. */
export const CONTACT_RESULTS = {
  reached: 'success', replied: 'success', met: 'success',
  sent: 'open',
  no_answer: 'failure', left_message: 'failure', busy: 'failure', bounced: 'failure', wrong_contact: 'failure', no_show: 'failure',
} as const;
export type ContactOutcome = keyof typeof CONTACT_RESULTS;
export const CONTACT_OUTCOMES = Object.keys(CONTACT_RESULTS) as ContactOutcome[];

/** Whether an attempt counts as the contact that a lead waits for: we reached out, or somebody was reached. */
export const countsAsContact = ({ direction, outcome }: { direction: ContactDirection; outcome: ContactOutcome }): boolean =>
  direction === 'outbound' || CONTACT_RESULTS[outcome] === 'success';

/** What a tenant has a raised hand do to a lead that nobody works on: open it again, or be kept as a touch alone. */
export const RAISED_HANDS = ['reopen', 'touch_only'] as const;
export type RaisedHands = (typeof RAISED_HANDS)[number];

/** The causes of a transition from nurturing to contacted that no person made: nobody has talked to the lead because of that. */
export const RETURN_CAUSES = ['raised_hand', 'nurture_exit', 'recycle_date'] as const;
export type ReturnCause = (typeof RETURN_CAUSES)[number];

export const GRADES = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof GRADES)[number];

export const TEMPERATURES = ['suspect', 'cold', 'warm', 'hot'] as const;
export type Temperature = (typeof TEMPERATURES)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Opportunity stages with the band of probability (percent) that is usual in each. */
export const STAGE_BANDS = {
  prospecting: [10, 20], qualification: [20, 30], needs_analysis: [30, 40], proposal: [50, 60],
  negotiation: [60, 80], verbal_commitment: [80, 90], closed_won: [100, 100], closed_lost: [0, 0],
} as const satisfies Record<string, readonly [number, number]>;
export type Stage = keyof typeof STAGE_BANDS;
export const STAGES = Object.keys(STAGE_BANDS) as Stage[];

/** Why a deal is lost. */
export const LOSS_REASONS = [
  'price', 'competitor', 'no_budget', 'no_decision', 'bad_timing', 'missing_feature', 'bad_fit', 'unresponsive', 'other',
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** What part somebody of the customer's plays in a deal. */
export const BUYING_ROLES = [
  'decision_maker', 'economic_buyer', 'technical_buyer', 'influencer', 'champion', 'gatekeeper', 'user', 'legal', 'other',
] as const;
export type BuyingRole = (typeof BUYING_ROLES)[number];

/** What a conversion does about a person who is a contact or customer already: refuse, join them, or make a second one. */
export const DUPLICATE_POLICIES = ['error', 'link', 'create'] as const;
export type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

/** What intake decided about a submission. */
export const VERDICTS = ['created', 'updated', 'touched', 'review', 'existing_customer', 'quarantined', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** Those of submissions that made a lead. */
export const NEW_LEAD_VERDICTS: readonly Verdict[] = ['created', 'review', 'existing_customer'];

export const SCOPES = [
  'leads:insert', 'leads:read', 'leads:write', 'leads:qualify', 'leads:convert', 'leads:merge',
  'leads:force_duplicate', 'customers:read', 'customers:write', 'opportunities:read', 'opportunities:write',
  'campaigns:write', 'routing:admin', 'scoring:admin', 'admin', 'operator',
] as const;
export type Scope = (typeof SCOPES)[number];

const REP_SCOPES: Scope[] = [
  'leads:insert', 'leads:read', 'leads:write', 'leads:qualify', 'leads:convert', 'customers:read',
  'customers:write', 'opportunities:read', 'opportunities:write',
];
const MANAGER_SCOPES: Scope[] = [...REP_SCOPES, 'leads:merge', 'leads:force_duplicate', 'campaigns:write', 'routing:admin'];

/** The scopes that each role is made of. `operator` runs the installation and belongs to no tenant. */
export const ROLE_SCOPES = {
  guest: ['leads:insert'],
  integration: ['leads:insert', 'leads:read', 'leads:write', 'customers:read', 'opportunities:read'],
  rep: REP_SCOPES,
  manager: MANAGER_SCOPES,
  admin: [...MANAGER_SCOPES, 'scoring:admin', 'admin'],
  operator: ['operator', 'admin'],
} as const satisfies Record<string, readonly Scope[]>;
export type Role = keyof typeof ROLE_SCOPES;

/** The roles that a tenant may give to its own keys and users. */
export const TENANT_ROLES = ['guest', 'integration', 'rep', 'manager', 'admin'] as const satisfies readonly Role[];
