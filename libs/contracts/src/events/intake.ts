import { defineEvent, exampleOfLead } from '../event';
import { Document, Flag, Id, Instant, Nested, NestedList, OneOf, Text, Texts } from '../field';
import { ClickIds, IntakeState, Utm } from '../lead';
import { ENRICHMENT_OUTCOMES, type EnrichmentOutcome } from '../requests/enrichment';
import { CAPTURED, CAPTURED_AT, CONTACT, CONTACTED_AT, PRIYA, LEAD, SUBMISSION } from './examples';

class TouchInlet {
  @OneOf(['form', 'connector', 'import'], { required: true }) kind: 'form' | 'connector' | 'import';
  @Id({ required: true }) id: number;
}

/** What the lead that a submission reached, or that it is a new interest of, was converted into. */
class TouchedRecords {
  @Id({ required: true }) account_id: number;
  @Id({ required: true }) contact_id: number;
  @Id({ required: true }) customer_id: number;
}

/** A submission that reached a lead. */
export class LeadTouchedData {
  @Id({ required: true }) lead_id: number;
  @Text(40, { required: true }) submission_id: string;
  @Instant({ required: true }) at: string;
  @Text(20, { required: true }) entry: string;
  @Text(20, { required: true }) channel: string;
  @Text(80) source?: string | null;
  @Text(100) campaign?: string | null;
  @Flag({ required: true, description: 'the person asked for contact: a form, an API create, a call, an e-mail' })
  raised_hand: boolean;
  @Nested(() => TouchInlet, { description: 'the form, connector or import that it came by; null for what the API took' }) inlet?: TouchInlet | null;
  @Nested(() => Utm) utm?: Utm | null;
  @Nested(() => ClickIds) click_ids?: ClickIds | null;
  @Text(2_000) page_url?: string | null;
  @Text(2_000) referrer?: string | null;
  @Nested(() => TouchedRecords, { description: 'of a person who is a contact by now: the touch is a part of their history' })
  converted?: TouchedRecords | null;
  @Texts(2, 20, { description: 'what the person said in it that they do not want: email, call' }) opted_out?: string[] | null;
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

export class ProviderAsked {
  @Text(40, { required: true, example: 'website' }) provider: string;
  @OneOf(ENRICHMENT_OUTCOMES, { required: true }) outcome: EnrichmentOutcome;
}

export class LeadEnrichedData {
  @Nested(() => IntakeState, { required: true }) lead: IntakeState;
  @Texts(100, 100, { required: true, description: 'the fields that were filled; none when nothing was found' }) changed: string[];
  @NestedList(() => ProviderAsked, 100, { required: true, description: 'who was asked, and what came of it' }) providers: ProviderAsked[];
}

/** A lead became part of another, or a lead of its own again: its state since then. */
export class LeadMergedData {
  @Nested(() => IntakeState, { required: true, description: '`merged_into` says which lead it belongs to' }) lead: IntakeState;
  @Id({ required: true, description: 'the lead that it was merged into, or that it left' })
  primary_id: number;
  @Id({ description: 'the merge; absent where the state is said again' }) merge_id?: number | null;
  @Text(200, { description: 'who did it; absent where the state is said again' }) actor?: string | null;
}

/** The person did something that tells of interest; scoring counts it as a signal, once per `signal_id`. */
export class LeadEngagedData {
  @Id({ required: true }) lead_id: number;
  @Text(100, { required: true }) signal_id: string;
  @Text(60, { required: true, example: 'form_submission' }) signal: string;
  @Instant({ required: true }) at: string;
  @Document() properties?: Record<string, unknown> | null;
}

export class NoteAddedData {
  @Text(40, { required: true }) note_id: string;
  @OneOf(['lead', 'opportunity'], { required: true }) about: 'lead' | 'opportunity';
  @Id({ required: true }) about_id: number;
  @OneOf(['intake', 'qualification', 'conversion'], { required: true }) kept_by: 'intake' | 'qualification' | 'conversion';
  @Text(10_000, { required: true }) text: string;
  @Text(200, { required: true }) author: string;
  @Text(60, { required: true, example: 'qualify' }) cause: string;
  @Instant({ required: true }) at: string;
}

/** A way in that a tenant has set up, as everybody may know it. */
export class InletState {
  @Id({ required: true }) id: number;
  @OneOf(['form', 'connector'], { required: true }) kind: 'form' | 'connector';
  @Text(200, { required: true, example: 'Contact us' }) name: string;
  @Flag({ required: true, description: 'nothing comes in by it any more' }) revoked: boolean;
}

export class InletChangedData {
  @Nested(() => InletState, { required: true }) inlet: InletState;
}

/** What somebody who is a contact by now does not want any more; a lead that is locked keeps no such word. */
export class ContactOptedOutData {
  @Id({ required: true }) contact_id: number;
  @Id({ required: true, description: 'that the submission reached, or made' }) lead_id: number;
  @Text(40, { required: true }) submission_id: string;
  @Instant({ required: true }) at: string;
  @Flag({ required: true, description: 'no e-mail any more' }) email_opt_out: boolean;
  @Flag({ required: true }) do_not_call: boolean;
}

const FORM: LeadTouchedData = {
  lead_id: LEAD, submission_id: SUBMISSION, at: CAPTURED_AT, entry: 'form', channel: 'direct', source: 'web', campaign: null,
  raised_hand: true,
};
const NOTE_ID = '5f0c1c7e-6a3d-4f0b-8f27-2b8f1f6f7a10';
const LATER_AT = '2025-12-16T08:15:00.000Z';
const LATER_SUBMISSION = '019b2f50-8e47-7b21-a6d5-1f7c9e3b0d42';

export const LeadCaptured = defineEvent('lead.captured', 1, ['intake'], 'state', LeadCapturedData, {
  when: 'a submission made a new lead',
  example: exampleOfLead(CAPTURED, { lead: CAPTURED, touch: FORM, enrichment_pending: false }),
});
const TOLD_MORE: IntakeState = {
  ...CAPTURED, revision: 2, updated_at: CONTACTED_AT, profile: { ...CAPTURED.profile, budget: '$75K approved for Q1', timeline: '90 days' },
};
export const LeadUpdated = defineEvent('lead.updated', 1, ['intake'], 'state', LeadUpdatedData, {
  when: 'fields of a lead that intake keeps have changed, by a person, a further submission or its conversion',
  example: exampleOfLead(TOLD_MORE, { lead: TOLD_MORE, changed: ['budget', 'timeline'] }),
});
const LOOKED_UP: IntakeState = { ...CAPTURED, revision: 2, updated_at: '2025-12-15T09:30:02.000Z', profile: { ...CAPTURED.profile, website: 'https://techcorp.com' } };
/** Published whenever enrichment is done with a lead, also when it found nothing: nobody waits in vain. */
export const LeadEnriched = defineEvent('lead.enriched', 1, ['intake'], 'state', LeadEnrichedData, {
  when: 'the providers were asked about a lead, whether they knew something or not',
  example: exampleOfLead(LOOKED_UP, { lead: LOOKED_UP, changed: ['website'], providers: [{ provider: 'website', outcome: 'found' }] }),
});
/** A further submission of a lead that is known; the first one is in `lead.captured`. */
export const LeadTouched = defineEvent('lead.touched', 1, ['intake'], 'fact', LeadTouchedData, {
  when: 'a further submission reached a lead that is known; the first one is in `lead.captured`',
  example: exampleOfLead({ lead_id: LEAD }, {
    ...FORM, submission_id: LATER_SUBMISSION, at: LATER_AT, entry: 'api', channel: 'paid_search', campaign: 'integration-q1',
    raised_hand: false, utm: { source: 'google', medium: 'cpc', campaign: 'integration-q1' }, page_url: 'https://www.example.com/demo',
  }),
});
export const ContactOptedOut = defineEvent('contact.opted_out', 1, ['intake'], 'fact', ContactOptedOutData, {
  when: 'a submission says that somebody whose lead is converted does not want to be written to, or called',
  example: {
    subject: String(CONTACT), leadId: LEAD,
    data: { contact_id: CONTACT, lead_id: LEAD, submission_id: LATER_SUBMISSION, at: LATER_AT, email_opt_out: true, do_not_call: false },
  },
});
export const LeadEngaged = defineEvent('lead.engaged', 1, ['intake'], 'fact', LeadEngagedData, {
  when: 'the person did something that tells of interest',
  example: exampleOfLead({ lead_id: LEAD }, { lead_id: LEAD, signal_id: SUBMISSION, signal: 'form_submission', at: CAPTURED_AT }),
});
const PRIMARY = 1200;
const MERGED: IntakeState = { ...CAPTURED, revision: 3, updated_at: CONTACTED_AT, merged_into: PRIMARY };
export const LeadMerged = defineEvent('lead.merged', 1, ['intake'], 'state', LeadMergedData, {
  when: 'a lead was merged into another one, which everything about it belongs to from then on',
  example: exampleOfLead(MERGED, { lead: MERGED, primary_id: PRIMARY, merge_id: 15, actor: PRIYA.name }),
});
const UNMERGED: IntakeState = { ...MERGED, revision: 4, merged_into: null };
export const LeadUnmerged = defineEvent('lead.unmerged', 1, ['intake'], 'state', LeadMergedData, {
  when: 'a merge was taken back: the lead is one of its own again',
  example: exampleOfLead(UNMERGED, { lead: UNMERGED, primary_id: PRIMARY, merge_id: 15, actor: PRIYA.name }),
});
/** Published by whoever keeps the note: intake, qualification or conversion (`kept_by`). */
export const NoteAdded = defineEvent('note.added', 1, ['intake', 'qualification', 'conversion'], 'fact', NoteAddedData, {
  when: 'somebody wrote a note on a lead or an opportunity; whoever keeps it publishes it',
  example: {
    subject: NOTE_ID, leadId: LEAD, data: {
      note_id: NOTE_ID, about: 'lead', about_id: LEAD, kept_by: 'qualification', text: 'Spoke to Sarah, budget is there',
      author: PRIYA.name,
      cause: 'patch', at: CONTACTED_AT,
    },
  },
});
/** Tells neither its key nor its settings: the edge asks for those. */
export const InletChanged = defineEvent('inlet.changed', 1, ['intake'], 'state', InletChangedData, {
  when: 'a form or a connector was set up, changed, revoked or restored',
  example: { subject: '12', revision: 3, data: { inlet: { id: 12, kind: 'form', name: 'Contact us', revoked: false } } },
});
