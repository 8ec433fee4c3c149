import { defineEvent } from '../event';
import { Document, Flag, Instant, Integer, Nested, OneOf, Text, Texts } from '../field';
import { IntakeState } from '../lead';

/** A submission that reached a lead. */
export class LeadTouchedData {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) lead_id: number;
  @Text(40, { required: true }) submission_id: string;
  @Instant({ required: true }) at: string;
  @Text(20, { required: true }) entry: string;
  @Text(20, { required: true }) channel: string;
  @Text(80) source?: string | null;
  @Text(100) campaign?: string | null;
  @Flag({ required: true, description: 'the person asked for contact: a form, an API create, a call, an e-mail' })
  raised_hand: boolean;
}

export class LeadCapturedData {
  @Nested(() => IntakeState, { required: true }) lead: IntakeState;
  @Nested(() => LeadTouchedData, { required: true, description: 'the submission that created it' }) touch: LeadTouchedData;
  @Flag({ required: true, description: 'when true, routing waits for `lead.enriched` within its bound' })
  enrichment_pending: boolean;
}

export class LeadUpdatedData {
  @Nested(() => IntakeState, { required: true }) lead: IntakeState;
  @Texts(100, 100, { required: true, description: 'the fields that this update changed' }) changed: string[];
}

/** The person did something that tells of interest; scoring counts it as a signal, once per `signal_id`. */
export class LeadEngagedData {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) lead_id: number;
  @Text(100, { required: true }) signal_id: string;
  @Text(60, { required: true, example: 'form_submission' }) signal: string;
  @Instant({ required: true }) at: string;
  @Document() properties?: Record<string, unknown> | null;
}

export class NoteAddedData {
  @Text(40, { required: true }) note_id: string;
  @OneOf(['lead', 'opportunity'], { required: true }) about: 'lead' | 'opportunity';
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true }) about_id: number;
  @OneOf(['intake', 'qualification', 'conversion'], { required: true }) kept_by: 'intake' | 'qualification' | 'conversion';
  @Text(10_000, { required: true }) text: string;
  @Text(200, { required: true }) author: string;
  @Text(60, { required: true, example: 'qualify' }) cause: string;
  @Instant({ required: true }) at: string;
}

export const LeadCaptured = defineEvent('lead.captured', 1, ['intake'], 'state', LeadCapturedData);
export const LeadUpdated = defineEvent('lead.updated', 1, ['intake'], 'state', LeadUpdatedData);
/** A further submission of a lead that is known; the first one is in `lead.captured`. */
export const LeadTouched = defineEvent('lead.touched', 1, ['intake'], 'fact', LeadTouchedData);
export const LeadEngaged = defineEvent('lead.engaged', 1, ['intake'], 'fact', LeadEngagedData);
/** Published by whoever keeps the note: intake, qualification or conversion (`kept_by`). */
export const NoteAdded = defineEvent('note.added', 1, ['intake', 'qualification', 'conversion'], 'fact', NoteAddedData);
