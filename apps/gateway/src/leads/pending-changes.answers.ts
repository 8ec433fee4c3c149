import { Anything, CONSENT_FIELDS, ENTRIES, Flag, Instant, Nested, OneOf, Text, type ConsentField, type Entry } from '@headwater/contracts';
import { InletOfTouch } from './history.answers';

export class LeadPendingChange {
  @Text(60, { required: true }) field: string;
  @Anything({ description: 'what the lead has; null for nothing' }) present: unknown;
  @Anything({ description: 'what was sent' }) proposed: unknown;
  @Text(40, { description: 'null, as all that follows, where it was not kept' }) submission_id?: string | null;
  @Instant() at?: string | null;
  @OneOf(ENTRIES) entry?: Entry | null;
  @Nested(() => InletOfTouch, { description: 'the form, connector or import that it came by' }) inlet?: InletOfTouch | null;
  @Text(200, { description: 'name of the key, form or person that sent it' }) sender?: string | null;
}

export class LeadConsent {
  @Instant({ required: true, description: 'when it was recorded' }) at: string;
  @OneOf(CONSENT_FIELDS, { required: true }) field: ConsentField;
  @Flag({ required: true, description: 'false: consent withdrawn, opt-out taken back' }) value: boolean;
  @Text(100, { description: 'of a consent: which text was agreed to' }) text_version?: string | null;
  @Text(2_000, { description: 'the text itself' }) text?: string | null;
  @Instant({ description: 'when' }) agreed_at?: string | null;
  @Text(200, { description: 'where' }) origin?: string | null;
  @Instant({ description: 'when the person followed the link in the mail to them' }) confirmed_at?: string | null;
  @Text(40, { description: 'the submission that said it; null for an edit' }) submission_id?: string | null;
  @OneOf(ENTRIES) entry?: Entry | null;
  @Nested(() => InletOfTouch) inlet?: InletOfTouch | null;
  @Text(240, { required: true, description: 'kind and id of who sent or edited it' }) by: string;
}
