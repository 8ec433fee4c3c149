import { defineEvent, exampleOfLead } from '../event';
import { Id, Instant, Integer, OneOf, Text } from '../field';
import { DisqualificationSuggestion } from '../lead';
import { CONTACT_CHANNELS, CONTACT_DIRECTIONS, CONTACT_OUTCOMES, type ContactChannel, type ContactDirection, type ContactOutcome } from '../vocabulary';
import { CONTACTED_AT, LEAD, PRIYA } from './examples';

/** Somebody tried to reach a lead, or was reached by it. What was said is a note of its own. */
export class ContactAttemptedData {
  @Id({ required: true }) attempt_id: number;
  @Id({ required: true }) lead_id: number;
  @OneOf(CONTACT_CHANNELS, { required: true }) channel: ContactChannel;
  @OneOf(CONTACT_DIRECTIONS, { required: true }) direction: ContactDirection;
  @OneOf(CONTACT_OUTCOMES, { required: true }) outcome: ContactOutcome;
  @Instant({ required: true, description: 'when it was, not when it was logged' }) at: string;
  @Text(200, { required: true }) actor: string;
  @Integer(1, 1_000_000, { required: true, description: 'of the lead' }) cycle: number;
}

export const LeadContactAttempted = defineEvent('lead.contact_attempted', 1, ['qualification'], 'fact', ContactAttemptedData, {
  when: 'an attempt to reach the person was logged, whatever came of it; the first real one is told by `lead.contacted` as well',
  example: exampleOfLead({ lead_id: LEAD }, {
    attempt_id: 41, lead_id: LEAD, channel: 'call', direction: 'outbound', outcome: 'reached', at: CONTACTED_AT, actor: PRIYA.name, cycle: 1,
  }),
});

export class DisqualificationSuggestedData extends DisqualificationSuggestion {
  @Id({ required: true }) lead_id: number;
}

export const LeadDisqualificationSuggested = defineEvent(
  'lead.disqualification_suggested', 1, ['qualification'], 'fact', DisqualificationSuggestedData, {
    when: 'three contact attempts in a row have failed, and the tenant leaves it to people what follows; once until somebody is reached',
    example: exampleOfLead({ lead_id: LEAD }, {
      lead_id: LEAD, disqualification_reason: 'unreachable', because: '3 contact attempts have failed since anybody was reached', at: CONTACTED_AT,
    }),
  },
);
