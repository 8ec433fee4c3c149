import { Document, ENTRIES, Id, Instant, OneOf, Text, VERDICTS, type Entry, type Verdict } from '@headwater/contracts';

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
  @Id({ description: 'null when it made no lead: quarantined or rejected' }) lead_id?: number | null;
  @Text(60, { description: 'why it made none' }) code?: string | null;
  @Instant() received_at?: string;
  @OneOf(ENTRIES) entry?: Entry;
  @Text(60, { description: 'the form, connector or import that it came by, as `form:12`' }) inlet?: string | null;
  @Document({ description: 'the lead that it says, with consent and where the visit came from' }) lead?: object;
  @Document({ description: 'the body as it came, where that is not the lead: `content_type` and `body`' }) raw?: object | null;
  @Text(64, { description: 'SHA-256 of the body, hexadecimal' }) payload_hash?: string | null;
}
