import type { Context } from '../context';
import { Id, Instant, Integer, OneOf, Text } from '../field';
import type { QualificationState } from '../lead';
import { defineRequest } from '../request';
import {
  CONTACT_CHANNELS, CONTACT_DIRECTIONS, CONTACT_OUTCOMES, type ContactChannel, type ContactDirection, type ContactOutcome,
} from '../vocabulary';

/** Body of `POST /leads/{id}/contact-attempts`. */
export class ContactAttemptRequest {
  @OneOf(CONTACT_CHANNELS, { required: true, example: 'call' }) channel: ContactChannel;
  @OneOf(CONTACT_DIRECTIONS, { description: '`outbound` when absent: we tried to reach them' }) direction?: ContactDirection | null;
  @OneOf(CONTACT_OUTCOMES, {
    required: true, example: 'no_answer',
    description: 'success: reached, replied, met; failure: no_answer, left_message, busy, bounced, wrong_contact, no_show; `sent` is neither',
  })
  outcome: ContactOutcome;
  @Instant({ description: 'when it was; now when absent, never in the future' }) at?: string | null;
  @Text(10_000, { description: 'kept as a note of the lead, too' }) note?: string | null;
}

/** One attempt to reach a person, as it was logged. */
export class ContactAttempt {
  @Id({ required: true }) id: number;
  @Id({ required: true, description: 'the lead that it was logged for; of a merged one it shows on the primary' }) lead_id: number;
  @OneOf(CONTACT_CHANNELS, { required: true }) channel: ContactChannel;
  @OneOf(CONTACT_DIRECTIONS, { required: true }) direction: ContactDirection;
  @OneOf(CONTACT_OUTCOMES, { required: true }) outcome: ContactOutcome;
  @Instant({ required: true }) at: string;
  @Text(10_000) note?: string | null;
  @Text(200, { required: true }) actor: string;
  @Integer(1, 1_000_000, { required: true, description: 'of the lead' }) cycle: number;
  @Instant({ required: true, description: 'when it was logged' }) logged_at: string;
}

/** @throws `lead_locked`, `lead_merged`, `too_many_attempts`; 422 for an `at` in the future */
export const LogContactAttempt = defineRequest<
  { context: Context; lead_id: number; attempt: ContactAttemptRequest; expected_revision?: number },
  { attempt: ContactAttempt; qualification: QualificationState }
>('qualification', 'log_contact_attempt');

/** Attempts of a lead and of those merged into it, the last logged first. */
export const ListContactAttempts = defineRequest<
  { context: Context; lead_id: number; limit: number; cursor?: string }, { attempts: ContactAttempt[]; next_cursor: string | null }
>('qualification', 'list_contact_attempts');
