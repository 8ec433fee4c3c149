import { Nested, Pattern, Text } from '../field';
import { Consent } from '../lead';
import { AccountFacts, ContactFacts, RecordFields } from './records';

class AccountOverrides extends AccountFacts {
  @Text(200) name?: string;
}

class ContactOverrides extends ContactFacts {
  @Nested(() => Consent) consent?: Consent | null;
}

class OpportunityOverrides extends RecordFields {
  @Pattern(/^[A-Z]{3}$/, 3, { description: 'ISO 4217' }) currency?: string | null;
}

/** What the caller of a conversion says instead of the lead, by record. */
export class RecordOverrides {
  @Nested(() => AccountOverrides) account?: AccountOverrides | null;
  @Nested(() => ContactOverrides) contact?: ContactOverrides | null;
  @Nested(() => RecordFields) customer?: RecordFields | null;
  @Nested(() => OpportunityOverrides) opportunity?: OpportunityOverrides | null;
}
