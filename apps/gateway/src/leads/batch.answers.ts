import { CapturePreview, Id, Integer, MOST_LEADS_OF_A_BATCH, Nested, NestedList, OneOf, Text, VERDICTS, type Verdict } from '@headwater/contracts';
import { ProblemField } from '../documents/problem';

export class BatchItem {
  @Integer(0, MOST_LEADS_OF_A_BATCH, { required: true, description: 'its place in `leads`' }) index: number;
  @Integer(200, 599, { required: true, description: 'what `POST /leads` would have answered' }) status: number;
  @OneOf(VERDICTS) verdict?: Verdict | null;
  @Text(500, { description: 'why this verdict' }) because?: string | null;
  @Id({ description: 'the lead that it reached; null when it was set aside' }) lead_id?: number | null;
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
