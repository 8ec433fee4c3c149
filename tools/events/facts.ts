import type {
  AccountCreatedData, ContactAttemptedData, ContactCreatedData, DisqualificationSuggestedData, ContactOptedOutData, CustomerCreatedData, Envelope, LeadAssessedData, LeadCapturedData, LeadConvertedData, LeadEngagedData, LeadEnrichedData,
  InletChangedData, LeadMergedData, LeadRatedData, LeadRoutedData, LeadScoredData, LeadSignalledData, LeadTouchedData, LeadUpdatedData, NoteAddedData, NotificationRequestedData,
  NurtureData, OpportunityClosedData, OpportunityCreatedData, OpportunityLostData, OpportunityStageChangedData, ScoringModelDriftedData, SlaClockData, StatusChangedData,
} from '@headwater/contracts';

const status = ({ qualification: { disqualification_reason: reason }, transitions }: StatusChangedData): string => [
  ...transitions.map(({ from, to, cause }) => `${from} → ${to} by ${cause}`), ...(reason ? [reason] : []),
].join(', ');

const clock = ({ clock: { number, policy, state, reassignments } }: SlaClockData): string =>
  `clock ${number} by ${policy}: ${state}${reassignments > 0 ? `, reassigned ${reassignments} times` : ''}`;

const nurture = ({ enrolment: { number, stage, exit } }: NurtureData): string => `enrolment ${number}, stage ${stage}${exit ? `, ended by ${exit}` : ''}`;

const touch = ({ entry, channel, raised_hand }: LeadTouchedData): string =>
  `${entry}, ${channel}${raised_hand ? ', asks for contact' : ''}`;

const customer = ({ customer: { customer_number, account_id } }: CustomerCreatedData): string => `${customer_number}, of account ${account_id}`;
const deal = ({ opportunity: { value, currency, stage } }: OpportunityCreatedData): string => `${value} ${currency}, ${stage}`;

/** What an event says in short. Ids, numbers and words of ours alone: no name, no address, no text that people wrote. */
const FACTS: Readonly<Record<string, (data: never) => string>> = {
  'lead.captured': (data: LeadCapturedData) => touch(data.touch),
  'lead.updated': ({ changed }: LeadUpdatedData) => (changed.length > 0 ? `changed ${changed.join(', ')}` : ''),
  'lead.enriched': ({ changed, providers }: LeadEnrichedData) => [
    changed.length > 0 ? `filled ${changed.join(', ')}` : 'filled nothing', ...providers.map(({ provider, outcome }) => `${provider}: ${outcome}`),
  ].join(', '),
  'lead.merged': ({ primary_id }: LeadMergedData) => `into lead ${primary_id}`,
  'lead.unmerged': ({ primary_id }: LeadMergedData) => `from lead ${primary_id}`,
  'lead.touched': touch,
  'contact.opted_out': ({ email_opt_out, do_not_call }: ContactOptedOutData) =>
    [...(email_opt_out ? ['no e-mail'] : []), ...(do_not_call ? ['no calls'] : [])].join(', '),
  'lead.engaged': ({ signal }: LeadEngagedData) => signal,
  'lead.scored': ({ score: { effective, override } }: LeadScoredData) =>
    `${effective.total_score} points, ${effective.grade}, ${effective.temperature}${override ? ', set by a person' : ''}`,
  'lead.rated': ({ score: { rating }, former_rating }: LeadRatedData) => `${rating ?? 'no'} stars, before ${former_rating ?? 'none'}`,
  'lead.signalled': ({ signals }: LeadSignalledData) => signals.map(({ type }) => type).join(', '),
  'scoring_model.drifted': ({ model_version, quarter, gap, reference_gap }: ScoringModelDriftedData) =>
    `version ${model_version}, ${quarter}: gap ${gap}, once ${reference_gap}`,
  'lead.routed': ({ assignment: { owner, priority }, cause }: LeadRoutedData) => `owner ${owner?.id ?? 'none'} by ${cause}, ${priority}`,
  'lead.unassigned': () => 'waits for an owner',
  'sla.warned': clock,
  'sla.breached': clock,
  'sla.met': clock,
  'sla.breach_retracted': clock,
  'sla.paused': clock,
  'sla.resumed': clock,
  'lead.contacted': status,
  'lead.qualified': status,
  'lead.nurtured': status,
  'lead.disqualified': status,
  'lead.reopened': status,
  'lead.assessed': ({ cause, framework, score, verdict }: LeadAssessedData) => `${cause}, ${framework}: ${score} points, ${verdict}`,
  'lead.contact_attempted': ({ channel, direction, outcome }: ContactAttemptedData) => `${direction} ${channel}: ${outcome}`,
  'lead.disqualification_suggested': ({ disqualification_reason }: DisqualificationSuggestedData) => disqualification_reason,
  'nurture.enrolled': nurture,
  'nurture.stage_changed': nurture,
  'nurture.exited': nurture,
  'lead.converted': ({ into }: LeadConvertedData) => `account ${into.account_id}, contact ${into.contact_id}, customer ${into.customer_id}`
    + (into.opportunity_id ? `, opportunity ${into.opportunity_id}` : ''),
  'account.created': ({ account }: AccountCreatedData) => account.kind,
  'account.updated': ({ account }: AccountCreatedData) => account.kind,
  'contact.created': ({ contact }: ContactCreatedData) => `of account ${contact.account_id}`,
  'contact.updated': ({ contact }: ContactCreatedData) => `of account ${contact.account_id}`,
  'customer.created': customer,
  'customer.updated': customer,
  'opportunity.created': deal,
  'opportunity.updated': deal,
  'opportunity.stage_changed': ({ from, to }: OpportunityStageChangedData) => `${from} → ${to}`,
  'opportunity.won': ({ amount, currency }: OpportunityClosedData) => `${amount} ${currency}`,
  'opportunity.lost': ({ amount, currency, reason }: OpportunityLostData) => `${amount} ${currency}${reason ? `, ${reason}` : ''}`,
  'note.added': ({ about, about_id, cause }: NoteAddedData) => `on ${about} ${about_id} by ${cause}`,
  'notification.requested': ({ kind }: NotificationRequestedData) => kind,
  'inlet.changed': ({ inlet: { kind, revoked } }: InletChangedData) => `${kind}${revoked ? ', revoked' : ''}`,
  'tenant.changed': () => '',
};

/** Nothing for an event that this build doesn't know, or that isn't as it knows it. */
export function factsOf({ type, data }: Envelope): string {
  try {
    return FACTS[type]?.(data as never) ?? '';
  } catch {
    return ''; // of a newer version, or broken: its line still tells that it passed
  }
}
