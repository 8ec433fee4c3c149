import { Document, Flag, Text, Texts } from '@headwater/contracts';

/** What every connector can be told. */
export class ConnectorOptions {
  @Document({
    description: "which of the sender's fields or questions goes where: its name, or its text, to a field of a lead "
      + '(`job_title`, `custom_fields.budget_range`); null leaves it out',
    example: { interest: 'custom_fields.product' },
  })
  fields?: Record<string, string | null> | null;
  @Text(80, { description: 'source of its leads' }) source?: string | null;
  @Text(100, { description: 'campaign of leads that name none themselves' }) campaign?: string | null;
  @Texts(50, 60, { description: 'tags that its leads get' }) tags?: string[] | null;
  @Flag({ description: 'whether its leads asked for contact; as the vendor lets us know when absent' }) raised_hand?: boolean | null;
}
