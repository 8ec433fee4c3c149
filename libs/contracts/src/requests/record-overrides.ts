import { CustomFields, Flag, Integer, Money, Nested, Pattern, Text, Texts } from '../field';
import { Consent, MOST_CUSTOM_FIELDS, MOST_TAGS } from '../lead';

class Carried {
  @Texts(MOST_TAGS, 60) tags?: string[] | null;
  @CustomFields(MOST_CUSTOM_FIELDS) custom_fields?: Record<string, unknown> | null;
}

class AccountOverrides extends Carried {
  @Text(200) name?: string;
  @Text(253) domain?: string | null;
  @Text(500) website?: string | null;
  @Text(80) industry?: string | null;
  @Integer(0, 100_000_000) employees?: number | null;
  @Money() annual_revenue?: number | null;
  @Text(200) street?: string | null;
  @Text(100) city?: string | null;
  @Text(100) state?: string | null;
  @Text(20) postal_code?: string | null;
  @Pattern(/^[A-Za-z]{2}$/, 2, { description: 'ISO 3166-1 alpha-2' }) country?: string | null;
}

class ContactOverrides extends Carried {
  @Text(40) salutation?: string | null;
  @Text(100) first_name?: string | null;
  @Text(100) last_name?: string | null;
  @Text(200) full_name?: string | null;
  @Text(150) job_title?: string | null;
  @Text(320) email?: string | null;
  @Text(60) phone?: string | null;
  @Text(60) mobile?: string | null;
  @Flag() email_opt_out?: boolean;
  @Flag() do_not_call?: boolean;
  @Nested(() => Consent) consent?: Consent | null;
}

class OpportunityOverrides extends Carried {
  @Pattern(/^[A-Z]{3}$/, 3, { description: 'ISO 4217' }) currency?: string | null;
}

/** What the caller of a conversion says instead of the lead, by record. */
export class RecordOverrides {
  @Nested(() => AccountOverrides) account?: AccountOverrides | null;
  @Nested(() => ContactOverrides) contact?: ContactOverrides | null;
  @Nested(() => Carried) customer?: Carried | null;
  @Nested(() => OpportunityOverrides) opportunity?: OpportunityOverrides | null;
}
