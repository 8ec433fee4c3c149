import { Document, Flag, Pattern, Text, Texts, type FieldError } from '@headwater/contracts';
import { targetAt } from '../lead-targets';

/** An address without parameters, and without credentials in it. */
export const BASE_URL = /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/;

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
  @Pattern(/^[A-Z]{2}$/, 2, { description: 'country of telephone numbers without a country code (ISO 3166-1 alpha-2)', example: 'DE' })
  phone_country?: string | null;
  @Flag({
    description: 'whether what it says takes the place of what is known already, except where a person edited it; otherwise it fills what is empty. '
      + "When absent: yes for a sender that is verified, no for e-mail, calls, and whoever only knows the address",
  })
  overwrites?: boolean | null;
  @Flag({ description: 'whether its leads asked for contact; as the vendor lets us know when absent' }) raised_hand?: boolean | null;
}

/** Of those whose notifications only name a record. */
export class FetchingOptions extends ConnectorOptions {
  @Pattern(BASE_URL, 500, { description: "where records are fetched from; the vendor's own address when absent", example: 'https://graph.facebook.com/v23.0' })
  base_url?: string | null;
}

const MOST_FIELDS = 200;

/** What is wrong with a mapping of the sender's fields. */
export function wrongFields({ fields }: ConnectorOptions): FieldError[] {
  const entries = Object.entries(fields ?? {});
  if (entries.length > MOST_FIELDS) {
    return [{ field: 'options.fields', code: 'too_many', detail: `options.fields must have at most ${MOST_FIELDS} members` }];
  }
  return entries.filter(([, path]) => path !== null && (typeof path !== 'string' || !targetAt(path))).map(([name]) => {
    const field = `options.fields.${name.slice(0, 100)}`;
    return { field, code: 'unknown_field', detail: `${field} must be a field of a lead, custom_fields.… or null` };
  });
}
